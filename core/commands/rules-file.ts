import { z } from "zod";
import type { Rule } from "../domain/rule.ts";
import { errorsOf } from "../ingest/parse-event.ts";
import { patternMistakes } from "../routing/compile.ts";
import { ruleSchema } from "../routing/rule-schema.ts";
import { loadYaml } from "../settings-code/load-yaml.ts";
import { offsetOf } from "../settings-code/yaml-places.ts";

/** Rules from a file, or every place of it that is wrong, with its line. */
export type RulesFile =
  | { readonly ok: true; readonly rules: readonly Rule[]; readonly fallback?: string }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** A file may hold more of the settings; what is not about rules is passed over here. */
const fileSchema = z.looseObject({
  rules: z.array(ruleSchema),
  fallback: z.string().nullish(),
});

/** Read rules as `export` writes them, in YAML or JSON. `name` is what the file is called in a mistake. */
export function readRulesFile(text: string, name: string): RulesFile {
  const { LineCounter, parseDocument } = loadYaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    const mistakes = document.errors.map(
      ({ pos, message }) => `${name}, line ${lineOf(pos[0])}: ${message}`,
    );
    return { ok: false, mistakes };
  }
  const read = fileSchema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  const errors = read.success
    ? patternMistakes(read.data.rules as readonly Rule[])
    : errorsOf(read.error, "", Object.keys(ruleSchema.shape));
  if (!read.success || errors.length > 0) {
    const mistakes = errors.map(({ pointer, message }) => {
      const line = lineOf(offsetOf(document, pointer));
      return `${name}, line ${line}, ${pointer || "/"}: ${message}`;
    });
    return { ok: false, mistakes };
  }
  const { rules, fallback } = read.data;
  return { ok: true, rules: rules as readonly Rule[], ...(fallback ? { fallback } : {}) };
}
