import { createHash } from "node:crypto";
import { deriveId, type OrganizationId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import type { ApiKey, Producer, Scope } from "../domain/producer.ts";
import type { Store } from "../ports/store.ts";

/** Who is behind an API key. A person's key may post too; then its events are those of the producer `local`. */
export interface Caller {
  readonly key: ApiKey;
  readonly producer?: Producer;
  readonly person?: Person;
}

/** What a key is stored and found by. */
const keyHash = (key: string) => createHash("sha256").update(key).digest("hex");

/** The producer as which people post by hand and the command line posts. */
export const localProducerId = deriveId("producer", "local");

/** Find who is behind a key; undefined when nobody is, or when its time is over. */
export async function findCaller(
  store: Store,
  key: string,
  now: Date,
): Promise<Caller | undefined> {
  const found = await store.apiKeys.get(keyHash(key));
  if (!found || (found.expiresAt && found.expiresAt <= now)) return undefined;
  const { owner } = found;
  const producer = await store.producers.get(
    owner.kind === "producer" ? owner.producer : localProducerId,
  );
  const person = owner.kind === "person" ? await store.people.get(owner.person) : undefined;
  if (owner.kind === "producer" ? !producer : !person || person.suspended) return undefined;
  return { key: found, ...(producer ? { producer } : {}), ...(person ? { person } : {}) };
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
