import { z } from "zod";
import type { ProblemAt } from "../domain/problem.ts";
import { errorsOf } from "../ingest/parse-event.ts";
import { loadYaml } from "./load-yaml.ts";
import type { SettingsFile } from "./settings-kind.ts";
import { settingsKinds } from "./settings-kinds.ts";
import { offsetOf } from "./yaml-places.ts";

/** A settings file, or what is wrong with it, each with its line. */
export type ReadSettings =
  | {
      readonly ok: true;
      readonly file: SettingsFile;
      /** The line, counted from 1, of what a pointer names. */
      readonly lineOf: (pointer: string) => number;
    }
  | { readonly ok: false; readonly errors: readonly ProblemAt[] };

const shape = Object.fromEntries(settingsKinds.flatMap((kind) => Object.entries(kind.shape)));
const fileSchema = z.strictObject(shape).partial();
const known = [...Object.keys(shape), ...settingsKinds.flatMap((kind) => kind.known)];

/** Read a settings file in YAML or JSON. Fields that nobody knows are refused with the nearest name that somebody does. */
export function readSettings(text: string): ReadSettings {
  const { LineCounter, parseDocument } = loadYaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    const errors = document.errors.map(({ pos, message }) => ({
      pointer: "",
      message: `line ${lineAt(pos[0])}: ${message}`,
    }));
    return { ok: false, errors };
  }
  const lineOf = (pointer: string) => lineAt(offsetOf(document, pointer));
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    return { ok: false, errors: [{ pointer: "", message: (cause as Error).message }] };
  }
  const read = fileSchema.safeParse(value ?? {});
  if (read.success) return { ok: true, file: read.data as SettingsFile, lineOf };
  return { ok: false, errors: withLines(errorsOf(read.error, "", known), lineOf) };
}

/** Say the line before each mistake. */
export const withLines = (
  errors: readonly ProblemAt[],
  lineOf: (pointer: string) => number,
): readonly ProblemAt[] =>
  errors.map(({ pointer, message }) => ({
    pointer,
    message: `line ${lineOf(pointer)}: ${message}`,
  }));
