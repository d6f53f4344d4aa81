import type { Event } from "../domain/event.ts";
import type { EventType, EventTypeDefinition } from "../domain/event-type.ts";
import { canonicalJson, type Json } from "../domain/json.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { builtinTypes } from "../event-types/builtin-types.ts";
import type { DefinitionText } from "../event-types/definition-schema.ts";
import { readDefinition } from "../event-types/definition-text.ts";
import { findType, listTypes, mostTypes, recordOf } from "../event-types/find-type.ts";
import { sampleNow } from "../event-types/sample-now.ts";
import { newestRuleSet } from "../ingest/planning-table.ts";
import { say } from "../words/say.ts";
import { type PreviewDeps, previewType, type TypePreview } from "./preview-type.ts";

/** Where a type comes from: the catalogue's own, one of these that an admin changed, or an admin's. */
export type TypeOrigin = "builtin" | "changed" | "added";

export type SavedType =
  | { readonly kind: "saved" | "unchanged"; readonly type: EventType }
  /** Somebody saved or removed it meanwhile. */
  | { readonly kind: "stale"; readonly type: EventType | undefined }
  /** It is there, and the caller did not say which one it has read. */
  | { readonly kind: "unread"; readonly type: EventType }
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

/** What names a type: while something does, it stays. */
export interface TypeUser {
  readonly kind: "rule" | "pin";
  readonly name: string;
}

export type RemovedType =
  | { readonly kind: "removed"; readonly builtin: EventType | undefined }
  | { readonly kind: "unknown" | "builtin" }
  | { readonly kind: "stale"; readonly type: EventType }
  | { readonly kind: "in_use"; readonly users: readonly TypeUser[] };

/** The catalogue of event types. What is saved holds for the next event, here at once and elsewhere within a second. */
export interface EventTypes {
  list(): Promise<readonly EventType[]>;
  get(name: string): Promise<EventType | undefined>;
  originOf(type: EventType): TypeOrigin;
  /** Save a type over the one that was read at this revision; 0 is the catalogue's own, none is a new one. */
  save(written: DefinitionText, readRevision: number | undefined): Promise<SavedType>;
  /** What is wrong with a type that somebody wrote, before it is saved; `policies`: those that there will be by then. */
  mistakesOf(
    written: DefinitionText,
    policies?: ReadonlySet<string>,
  ): Promise<readonly ProblemAt[]>;
  /** Draw what its sample would post, or an event of it that came. Nothing is sent or stored. */
  preview(type: EventType, came?: Event): Promise<TypePreview>;
  /** The type that a draft would be, with what is wrong with it; what is wrong may still be drawn. */
  draft(
    written: DefinitionText,
  ): Promise<{ readonly type: EventType; readonly errors: readonly ProblemAt[] }>;
  /** Switch a type on or off, whatever it says. */
  turn(name: string, on: boolean): Promise<EventType | undefined>;
  /** Take an admin's type away; of the catalogue's own, what was changed of it. */
  remove(name: string, readRevision: number): Promise<RemovedType>;
}

interface EventTypesDeps extends PreviewDeps {
  readonly planning: PreviewDeps["planning"] & { forget(): void };
}

/** Keep the types of one organization. */
export function createEventTypes(deps: EventTypesDeps): EventTypes {
  const { organization, store, planning } = deps;
  const get = (name: string) => findType(store, organization, name);
  const put = async (next: EventType, before: number): Promise<boolean> => {
    const written =
      before === 0
        ? (await store.eventTypes.insert(next)) === "inserted"
        : (await store.eventTypes.replace(next, before)) === "saved";
    planning.forget();
    return written;
  };
  return {
    list: () => listTypes(store, organization),
    get,
    preview: (type, came) => previewType(deps, type, came),
    draft: async (written) => {
      const before = await get(written.name);
      const definition = readDefinition(written, versionOf(written, before));
      const errors = await mistakesOf(deps, definition, before);
      return { type: recordOf(organization, definition, before?.revision ?? 0), errors };
    },
    originOf: ({ name, revision }) =>
      revision === 0 ? "builtin" : builtinTypes.has(name) ? "changed" : "added",
    mistakesOf: async (written, policies) => {
      const before = await get(written.name);
      const definition = readDefinition(written, versionOf(written, before));
      return mistakesOf(deps, definition, before, policies);
    },
    save: (written, readRevision) => saveType(deps, put, written, readRevision),
    turn: async (name, on) => {
      for (;;) {
        const before = await get(name);
        if (!before || !before.off === on) return before;
        const { off: _, ...type } = before;
        const next = {
          ...type,
          revision: before.revision + 1,
          ...(on ? {} : { off: true as const }),
        };
        if (await put(next, before.revision)) return next;
      }
    },
    remove: async (name, readRevision) => {
      const before = await get(name);
      if (!before) return { kind: "unknown" };
      if (before.revision === 0) return { kind: "builtin" };
      if (before.revision !== readRevision) return { kind: "stale", type: before };
      const users = builtinTypes.has(name) ? [] : await usersOf(deps, name);
      if (users.length > 0) return { kind: "in_use", users };
      await store.eventTypes.remove(before.id);
      planning.forget();
      return { kind: "removed", builtin: await get(name) };
    },
  };
}

async function saveType(
  deps: EventTypesDeps,
  put: (next: EventType, before: number) => Promise<boolean>,
  written: DefinitionText,
  readRevision: number | undefined,
): Promise<SavedType> {
  const { organization, store } = deps;
  const before = await findType(store, organization, written.name);
  const draft = readDefinition(written, versionOf(written, before));
  const errors = await mistakesOf(deps, draft, before);
  if (errors.length > 0) return { kind: "invalid", errors };
  if (before && readRevision === undefined) return { kind: "unread", type: before };
  if (before?.revision !== readRevision) return { kind: "stale", type: before };
  const revision = before?.revision ?? 0;
  const off = written.on ? {} : { off: true as const };
  const next: EventType = { ...recordOf(organization, draft, revision + 1), ...off };
  if (before && isSame(next, before, deps.clock.now())) return { kind: "unchanged", type: before };
  if (await put(next, revision)) return { kind: "saved", type: next };
  return { kind: "stale", type: await findType(store, organization, written.name) };
}

/** Who changes a schema makes another version of it, whatever number was sent. */
function versionOf({ version, schema }: DefinitionText, before: EventType | undefined): number {
  if (!before) return version ?? 1;
  const isSameSchema = sameJson(schema ?? null, before.schema ?? null);
  return isSameSchema ? Math.max(before.version, version ?? 1) : before.version + 1;
}

const sameJson = (one: unknown, other: unknown) =>
  canonicalJson(one as Json) === canonicalJson(other as Json);

/** Whether two say the same. Samples are read with their times moved along, and may come back so. */
function isSame(next: EventType, before: EventType, now: Date): boolean {
  const said = (type: EventType) =>
    JSON.stringify({ ...type, sample: sampleNow(type.sample, now), revision: 0 });
  return sameJson(JSON.parse(said(next)), JSON.parse(said(before)));
}

async function mistakesOf(
  { organization, store }: EventTypesDeps,
  draft: EventTypeDefinition,
  before: EventType | undefined,
  names?: ReadonlySet<string>,
): Promise<readonly ProblemAt[]> {
  // Loaded when somebody writes a type: it brings the validator with it.
  const { definitionMistakes } = await import("../event-types/definition-mistakes.ts");
  const errors = definitionMistakes(draft);
  const { approval } = draft;
  const policy = "policy" in approval ? approval.policy : undefined;
  const all = { prefix: [organization], limit: 10_000 };
  const readNames = async () =>
    new Set((await store.policies.scan("byName", all)).map((one) => one.policy.name));
  const isKnown = policy === undefined || (names ?? (await readNames())).has(policy);
  const types = before ? [] : await store.eventTypes.scan("byName", { ...all, limit: mostTypes });
  return [
    ...errors,
    ...(isKnown
      ? []
      : [{ pointer: "/approval/policy", message: say`there is no policy called ${policy}` }]),
    ...(types.length < mostTypes
      ? []
      : [{ pointer: "/name", message: say`a hub keeps at most ${mostTypes} types of its own` }]),
  ];
}

async function usersOf(
  { organization, store }: EventTypesDeps,
  name: string,
): Promise<readonly TypeUser[]> {
  const [ruleSet, pins] = await Promise.all([
    newestRuleSet(store, organization),
    store.pins.scan("byName", { prefix: [organization], limit: 10_000 }),
  ]);
  return [
    ...ruleSet.rules
      .filter(({ types }) => types.includes(name))
      .map((rule) => ({ kind: "rule", name: rule.name }) as const),
    ...pins
      .filter(({ on }) => on.kind === "type" && on.name === name)
      .map(() => ({ kind: "pin", name }) as const),
  ];
}
