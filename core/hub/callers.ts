import { hash } from "node:crypto";
import { deriveId, type OrganizationId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import type { ApiKey, Producer, Scope } from "../domain/producer.ts";
import type { Records, Store } from "../ports/store.ts";
import type { Stored } from "../ports/stored.ts";

/** Who is behind an API key. A person's key may post too; then its events are those of the producer `local`. */
export interface Caller {
  readonly key: ApiKey;
  readonly producer?: Producer;
  readonly person?: Person;
}

/** What a key is stored and found by. */
export const keyHash = (key: string) => hash("sha256", key, "hex");

/** The producer as which people post by hand and the command line posts. */
export const localProducerId = deriveId("producer", "local");

/**
 * What a key may. It administers only while its person is admin; the key of the hub's own machine was made by nobody, and
 * stands for no role.
 */
export const scopesOf = ({ key: { scopes, createdBy }, person }: Caller): readonly Scope[] =>
  person && createdBy !== undefined && !person.roles.includes("admin")
    ? scopes.filter((scope) => scope !== "admin")
    : scopes;

/** Find who is behind a key; undefined when nobody is, or when its time is over. */
export async function findCaller(
  store: Store,
  key: string,
  now: Date,
): Promise<Caller | undefined> {
  const caller = await readCaller(store, keyHash(key));
  return caller && isOver(caller, now) ? undefined : caller;
}

const isOver = ({ key: { expiresAt } }: Caller, now: Date) => expiresAt && expiresAt <= now;

async function readCaller(store: Store, hash: string): Promise<Caller | undefined> {
  const found = await store.apiKeys.get(hash);
  if (!found || found.revoked) return undefined;
  const { owner } = found;
  const producer = await store.producers.get(
    owner.kind === "producer" ? owner.producer : localProducerId,
  );
  const person = owner.kind === "person" ? await store.people.get(owner.person) : undefined;
  if (owner.kind === "producer" ? !producer : !person || person.suspended) return undefined;
  return { key: found, ...(producer ? { producer } : {}), ...(person ? { person } : {}) };
}

/** Who is behind a key, for doors that are asked often. */
export interface Callers {
  find(key: string, now: Date): Promise<Caller | undefined>;
}

/** What another process changed holds here after this time at the latest. */
const freshMs = 500;
/** More callers than this are not remembered at once. */
const mostRemembered = 1_000;

/**
 * Remember who is behind a key for half a second, so that a busy producer is not looked up for each of its requests.
 *
 * A key, producer or person that is changed through the store which is answered here is looked up anew at once, also by
 * a request that was looking meanwhile. Only keys that somebody has are remembered, by their hash.
 */
export function rememberCallers(
  store: Store,
  nowMs: () => number,
): { readonly callers: Callers; readonly store: Store } {
  let known = new Map<string, { readonly caller: Caller; readonly readAt: number }>();
  const forget = () => {
    known = new Map();
  };
  const look = async (hash: string) => {
    const table = known;
    const readAt = nowMs();
    const caller = await readCaller(store, hash);
    if (!caller) return undefined;
    if (table.size >= mostRemembered) table.clear();
    // A table that was forgotten meanwhile is nobody's any more.
    table.set(hash, { caller, readAt });
    return caller;
  };
  const noteUse = useNoter(store);
  const find: Callers["find"] = async (key, now) => {
    const hash = keyHash(key);
    const remembered = known.get(hash);
    const isFresh = remembered && nowMs() - remembered.readAt < freshMs;
    const caller = isFresh ? remembered.caller : await look(hash);
    if (!caller || isOver(caller, now)) return undefined;
    noteUse(caller.key, now);
    return caller;
  };
  const watched = {
    apiKeys: watchWrites(store.apiKeys, forget),
    producers: watchWrites(store.producers, forget),
    people: watchWrites(store.people, forget),
  };
  return { callers: { find }, store: { ...store, ...watched } };
}

/** A use is noted once in this time, so that a busy producer costs one write a minute. */
const noteMs = 60_000;

/** Note when a key was used, behind the request that used it. A note that is lost costs the next minute's. */
function useNoter({ apiKeys }: Store): (key: ApiKey, now: Date) => void {
  const noted = new Map<string, number>();
  return (key, now) => {
    const last = Math.max(noted.get(key.id) ?? 0, key.lastUsedAt?.getTime() ?? 0);
    if (now.getTime() - last < noteMs) return;
    if (noted.size >= mostRemembered) noted.clear();
    noted.set(key.id, now.getTime());
    const used: ApiKey = { ...key, lastUsedAt: now, revision: key.revision + 1 };
    apiKeys.replace(used, key.revision).catch(() => {});
  };
}

/** The same records, with word of every change that was stored. */
function watchWrites<Value extends Stored, Index extends string>(
  records: Records<Value, Index>,
  changed: () => void,
): Records<Value, Index> {
  return {
    ...records,
    insert: (record) => records.insert(record).finally(changed),
    replace: (record, readRevision) => records.replace(record, readRevision).finally(changed),
    remove: (id) => records.remove(id).finally(changed),
  };
}

/** Store a key for its owner, by its hash; a key that is there already stays as it is. */
export async function keepKey(
  store: Store,
  key: string,
  fields: {
    readonly organization: OrganizationId;
    readonly name: string;
    readonly owner: ApiKey["owner"];
    readonly scopes: readonly Scope[];
  },
): Promise<void> {
  const id = keyHash(key);
  await store.apiKeys.insert({ id, key: deriveId("key", id), revision: 1, ...fields });
}
