import type { JsonObject } from "../domain/json.ts";
import type { ProblemAt } from "../domain/problem.ts";
import type { Hub } from "../hub.ts";
import { loadYaml } from "./load-yaml.ts";
import { readSettings, withLines } from "./read-settings.ts";
import type { SettingsStep } from "./settings-kind.ts";
import { settingsKinds } from "./settings-kinds.ts";

/** What applying a file did, or would do. */
export type Applied =
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] }
  /** All is done; or, in a dry run, would be. */
  | { readonly kind: "applied"; readonly steps: readonly SettingsStep[] }
  /** A step met something that was otherwise than when the file was checked. Those before it are done; a rerun goes on. */
  | {
      readonly kind: "stopped";
      readonly done: readonly SettingsStep[];
      readonly at: SettingsStep;
      readonly why: string;
    };

/**
 * Write the settings of a hub as YAML. What is equal is written in equal bytes: members in a fixed order, things by
 * name, rules as they stand. Secrets are not in it.
 */
export async function exportSettings(hub: Hub): Promise<string> {
  const parts: JsonObject[] = [];
  for (const kind of settingsKinds) parts.push(await kind.read(hub));
  const settings = Object.assign({}, ...parts) as JsonObject;
  if (Object.keys(settings).length === 0) return "# Nothing is set yet.\n";
  return loadYaml().stringify(settings, { lineWidth: 0, aliasDuplicateObjects: false });
}

/**
 * Bring a hub to what a file says. Items match by name; what the file leaves out stays, unless `prune`.
 *
 * All is checked before the first write, so a wrong file changes nothing. Then it is done thing by thing: a crash or
 * somebody who changes the same thing leaves some done, and applying the file again finishes. Applied twice, the
 * second time changes nothing.
 */
export async function applySettings(
  hub: Hub,
  text: string,
  { dryRun, prune, by }: { readonly dryRun: boolean; readonly prune: boolean; readonly by: string },
): Promise<Applied> {
  const read = readSettings(text);
  if (!read.ok) return { kind: "invalid", errors: read.errors };
  const { file, lineOf } = read;
  const names = new Map<string, ReadonlySet<string>>();
  for (const kind of settingsKinds) {
    const [section = ""] = Object.keys(kind.shape);
    const after = await kind.namesAfter?.(hub, file, prune);
    if (after) names.set(section, after);
  }
  const errors: ProblemAt[] = [];
  for (const kind of settingsKinds) {
    errors.push(...(await kind.mistakes(hub, file, names, prune)));
  }
  if (errors.length > 0) return { kind: "invalid", errors: withLines(errors, lineOf) };
  const steps = await orderedSteps(hub, file, prune);
  if (dryRun) return { kind: "applied", steps };
  for (const [index, step] of steps.entries()) {
    const why = await step.run(by);
    if (why !== undefined) return { kind: "stopped", done: steps.slice(0, index), at: step, why };
  }
  return { kind: "applied", steps };
}

/** What is named comes before what names it, and goes after it. */
async function orderedSteps(
  hub: Hub,
  file: Parameters<(typeof settingsKinds)[number]["steps"]>[1],
  prune: boolean,
): Promise<readonly SettingsStep[]> {
  const first: SettingsStep[] = [];
  const kept: SettingsStep[] = [];
  const last: SettingsStep[] = [];
  for (const kind of settingsKinds) {
    const steps = await kind.steps(hub, file, prune);
    kept.push(...steps.filter(({ change }) => change !== "removed"));
    const removals = steps.filter(({ change }) => change === "removed");
    if (kind.removedFirst) first.push(...removals);
    else last.unshift(...removals);
  }
  return [...first, ...kept, ...last];
}
