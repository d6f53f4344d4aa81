import { deriveId, type KeyId, type OrganizationId } from "../domain/ids.ts";
import type { ApiKey, Scope } from "../domain/producer.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Store } from "../ports/store.ts";
import { keyHash } from "./callers.ts";

/** What a key is made of. */
export interface ApiKeyWish {
  readonly name: string;
  readonly owner: ApiKey["owner"];
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date;
}

export type CreatedKey =
  /** The text is nowhere from here on; only its hash is kept. */
  | { readonly kind: "created"; readonly key: ApiKey; readonly text: string }
  | {
      readonly kind: "refused";
      readonly code: "owner_unknown" | "scope_not_for_producers" | "admin_role_missing" | "expired";
    };

/** Keys of producers and people. */
export interface ApiKeys {
  /** By name; revoked ones among them. */
  list(): Promise<readonly ApiKey[]>;
  get(id: KeyId): Promise<ApiKey | undefined>;
  create(wish: ApiKeyWish, by: string): Promise<CreatedKey>;
  /**
   * End a key for good; undefined when there is none. This process refuses it at once, every other within a second.
   */
  revoke(id: KeyId, by: string): Promise<ApiKey | undefined>;
}

interface ApiKeysDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
}

/** More keys than one hub has. */
const most = 10_000;
const ofProducers: readonly Scope[] = ["events", "read"];

/** Keep the keys of one organization. */
export function createApiKeys(deps: ApiKeysDeps): ApiKeys {
  const { organization, store, clock, random } = deps;
  const get = async (id: KeyId) =>
    (await store.apiKeys.scan("byKey", { prefix: [organization, id], limit: 1 }))[0];
  return {
    list: () => store.apiKeys.scan("byName", { prefix: [organization], limit: most }),
    get,
    create: async (wish, by) => {
      const code = await refusalOf(deps, wish);
      if (code) return { kind: "refused", code };
      const text = `cs_${random.token()}`;
      const id = keyHash(text);
      const key: ApiKey = {
        ...{ ...wish, id, key: deriveId("key", id), organization, revision: 1 },
        ...{ createdAt: clock.now(), createdBy: by },
      };
      await store.apiKeys.insert(key);
      return { kind: "created", key, text };
    },
    revoke: async (id, by) => {
      for (;;) {
        const key = await get(id);
        if (!key || key.revoked) return key;
        const revoked = { at: clock.now(), by };
        const next: ApiKey = { ...key, revoked, revision: key.revision + 1 };
        if ((await store.apiKeys.replace(next, key.revision)) === "saved") return next;
      }
    },
  };
}

async function refusalOf({ store, organization, clock }: ApiKeysDeps, wish: ApiKeyWish) {
  const { owner, scopes, expiresAt } = wish;
  if (expiresAt && expiresAt <= clock.now()) return "expired";
  if (owner.kind === "producer") {
    const producer = await store.producers.get(owner.producer);
    if (producer?.organization !== organization) return "owner_unknown";
    return scopes.every((scope) => ofProducers.includes(scope))
      ? undefined
      : "scope_not_for_producers";
  }
  const person = await store.people.get(owner.person);
  if (person?.organization !== organization || person.suspended) return "owner_unknown";
  return scopes.includes("admin") && !person.roles.includes("admin")
    ? "admin_role_missing"
    : undefined;
}
