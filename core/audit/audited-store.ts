import type { Actor, AuditAct } from "../domain/audit.ts";
import type { Json, JsonObject } from "../domain/json.ts";
import type { Records, Store } from "../ports/store.ts";
import type { Stored } from "../ports/stored.ts";
import { currentActor } from "./acting.ts";
import { type AuditedKind, auditedKinds, type NamedChange } from "./audited-kinds.ts";

type Tell = (act: AuditAct, actor: Actor) => Promise<void>;

/**
 * The same store, which tells of every change that somebody makes of the kinds that are audited.
 *
 * It stands where all use cases write, so none can forget it, and a new kind of record cannot be added without saying
 * what becomes of it here. Changes that the hub makes by itself are told only where their kind says as whose.
 */
export function auditStore(store: Store, tell: Tell): Store {
  const watched = Object.entries(auditedKinds).flatMap(([name, kind]) => {
    if (typeof kind === "string") return [];
    const records = store[name as keyof typeof auditedKinds] as Records<Stored, string>;
    return [[name, watch(store, records, kind as AuditedKind<Stored>, tell)]];
  });
  return { ...store, ...(Object.fromEntries(watched) as Partial<Store>) };
}

function watch<Value extends Stored, Index extends string>(
  store: Store,
  records: Records<Value, Index>,
  kind: AuditedKind<Value>,
  tell: Tell,
): Records<Value, Index> {
  const told = async (before: Value | undefined, after: Value | undefined) => {
    const actor = kind.actor ? kind.actor(before, after, currentActor()) : currentActor();
    if (!actor) return;
    const named = kind.tell ? kind.tell(before, after) : undefined;
    if (named === "nothing") return;
    const act = actOf(kind, before, after, named);
    if (!act) return;
    const stored = tell(await nameOver(store, kind, after ?? before, act), actor);
    if (!kind.later) await stored;
  };
  const asks = () => currentActor() !== undefined || kind.actor !== undefined;
  return {
    ...records,
    insert: async (record) => {
      const written = await records.insert(record);
      if (written === "inserted") await told(undefined, record);
      return written;
    },
    replace: async (record, readRevision) => {
      const before = asks() ? await records.get(record.id) : undefined;
      const written = await records.replace(record, readRevision);
      if (written === "saved" && before) await told(before, record);
      return written;
    },
    remove: async (id) => {
      const before = asks() ? await records.get(id) : undefined;
      await records.remove(id);
      if (before) await told(before, undefined);
    },
  };
}

/** What a row says of a change; undefined where nothing changed that anybody looks after. */
function actOf<Value extends Stored>(
  kind: AuditedKind<Value>,
  before: Value | undefined,
  after: Value | undefined,
  named: NamedChange | undefined,
): AuditAct | undefined {
  const record = after ?? before;
  if (!record) return undefined;
  const changes = changesBetween(kind, before, after);
  const word = before ? (after ? "changed" : "removed") : "added";
  if (word === "changed" && !named && Object.keys(changes).length === 0) return undefined;
  const details = named?.details ?? changes;
  return {
    action: `${named?.noun ?? kind.noun}.${named?.word ?? word}`,
    target: { kind: kind.noun, id: kind.id?.(record) ?? record.id, name: kind.name(record) },
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/** The same row with the name that another record says. */
async function nameOver<Value extends Stored>(
  store: Store,
  { nameElsewhere }: AuditedKind<Value>,
  record: Value | undefined,
  act: AuditAct,
): Promise<AuditAct> {
  const { target } = act;
  if (!nameElsewhere || !record || !target) return act;
  // The change stands, so its row is written under the id rather than not at all.
  const name = (await nameElsewhere(record, store).catch(() => undefined)) ?? target.name;
  return { ...act, target: { ...target, name } };
}

/** Longer values are named, not shown. */
const mostShown = 300;

function changesBetween<Value extends Stored>(
  { shown, hidden = [] }: AuditedKind<Value>,
  before: Value | undefined,
  after: Value | undefined,
): JsonObject {
  const [from, to] = [membersOf(before), membersOf(after)];
  const unseen: ReadonlySet<string> = new Set(["id", "organization", "revision", ...hidden]);
  const visible: ReadonlySet<string> = new Set(shown);
  const changes: Record<string, Json> = {};
  for (const member of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const change = { from: from[member] ?? null, to: to[member] ?? null };
    if (unseen.has(member) || JSON.stringify(change.from) === JSON.stringify(change.to)) continue;
    const fits = visible.has(member) && JSON.stringify(change).length <= mostShown;
    changes[member] = fits ? (before ? change : change.to) : "changed";
  }
  return changes;
}

const membersOf = (record: object | undefined): JsonObject =>
  JSON.parse(JSON.stringify(record ?? {})) as JsonObject;
