import { z } from "zod";
import type { JsonObject } from "../domain/json.ts";
import { type Rule, type RuleSet, writeRule } from "../domain/rule.ts";
import { mistakesOf, type RulesDraft } from "../hub/rules.ts";
import type { Hub } from "../hub.ts";
import type { PinText } from "../routing/policy-schema.ts";
import { ruleSchema } from "../routing/rule-schema.ts";
import {
  isSame,
  type SettingsFile,
  type SettingsKind,
  type SettingsStep,
} from "./settings-kind.ts";

const written = ({ rules, fallback }: Pick<RuleSet, "rules" | "fallback">): JsonObject => ({
  ...(rules.length === 0 ? {} : { rules: rules.map(writeRule) }),
  ...(fallback === undefined ? {} : { fallback }),
});

/** The rules and the fallback that the file leads to; undefined where it says nothing of them. */
function draftOf(file: SettingsFile, newest: RuleSet, prune: boolean): RulesDraft | undefined {
  const rules = file["rules"] as unknown as readonly Rule[] | undefined;
  const said = file["fallback"] as string | null | undefined;
  if (rules === undefined && said === undefined) return undefined;
  const stays = prune && rules !== undefined ? undefined : newest.fallback;
  const fallback = said === undefined ? stays : (said ?? undefined);
  return { rules: rules ?? newest.rules, ...(fallback === undefined ? {} : { fallback }) };
}

/** Rules are an ordered list, so the file's list takes the place of the whole one, as one version. */
export const ruleSettings: SettingsKind = {
  shape: { rules: z.array(ruleSchema).max(100_000), fallback: z.string().nullable() },
  known: Object.keys(ruleSchema.shape),
  read: async (hub) => written(await hub.rules.current()),
  mistakes: async (hub, file, names, prune) => {
    const draft = draftOf(file, await hub.rules.current(), prune);
    if (!draft) return [];
    const mapOf = (section: string) =>
      new Map([...(names.get(section) ?? [])].map((name) => [name, true] as const));
    const pins = (file["pins"] as unknown as readonly PinText[] | undefined) ?? [];
    const current = (await hub.policies.pins()).flatMap(({ on, policy }) =>
      on.kind === "type" ? [[on.name, policy] as const] : [],
    );
    const types = new Map([
      ...current,
      ...pins.flatMap((pin) => ("type" in pin ? [[pin.type, pin.policy] as const] : [])),
    ]);
    const found = mistakesOf(draft, {
      destinationIds: mapOf("destinations"),
      policies: mapOf("policies"),
      pins: { types },
    });
    // Of rules that the file leaves as they are, nothing is said at a place of the file.
    return file["rules"] === undefined
      ? found.map((error) => ({ ...error, pointer: "/fallback" }))
      : found;
  },
  steps: async (hub, file, prune) => {
    const newest = await hub.rules.current();
    const draft = draftOf(file, newest, prune);
    if (!draft) return [];
    const before = written(newest);
    const after = written(draft);
    if (isSame(before, after)) return [];
    return [stepOf(hub, draft, newest, before, after)];
  },
};

const stepOf = (
  hub: Hub,
  draft: RulesDraft,
  newest: RuleSet,
  before: JsonObject,
  after: JsonObject,
): SettingsStep => ({
  section: "rules",
  name: "rules",
  change: newest.version === 0 ? "added" : "changed",
  before,
  after,
  run: async (by) => {
    const description = "Applied from a file";
    const saved = await hub.rules.save({ ...draft, description }, newest.version, by);
    switch (saved.kind) {
      case "saved":
        return undefined;
      case "stale":
        return `${saved.newest.author} saved version ${saved.newest.version} meanwhile`;
      case "invalid":
        return saved.errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; ");
    }
  },
});
