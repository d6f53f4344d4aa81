import { randomBytes } from "node:crypto";
import { sealOwnAddress } from "../deliveries/callback-address.ts";
import { deriveId, type OrganizationId, type ProducerId } from "../domain/ids.ts";
import { parseUrl } from "../domain/parse-url.ts";
import type { ApiKey, Producer, RecordLinks } from "../domain/producer.ts";
import { recordLink } from "../messages/record-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { say } from "../words/say.ts";
import { localProducerId } from "./callers.ts";

/** What people say of a producer. What is left out stays as it is; null takes it away. */
export interface ProducerWish {
  readonly name?: string;
  readonly callback?: string | null;
  readonly callbackHosts?: readonly string[];
  readonly mayNamePolicies?: boolean;
  /** Where its records are read; parts that are left out stay, and an empty text or list takes one away. */
  readonly records?: RecordLinks | null;
}

/** What is wrong with a wish, and at which field. */
export interface ProducerMistake {
  readonly field: "name" | "callback" | "callback_hosts" | "records";
  readonly code: string;
  readonly message: string;
}

/** What needs a producer: while something does, it stays. */
export interface ProducerUser {
  readonly kind: "request" | "key" | "pin";
  readonly name: string;
}

export type CreatedProducer =
  /** The secret is nowhere in clear from here on. */
  | { readonly kind: "created"; readonly producer: Producer; readonly secret: string }
  | { readonly kind: "refused"; readonly mistake: ProducerMistake };

export type ChangedProducer =
  | { readonly kind: "saved"; readonly producer: Producer }
  | { readonly kind: "stale"; readonly producer: Producer }
  | { readonly kind: "refused"; readonly mistake: ProducerMistake }
  | { readonly kind: "unknown" | "built_in" };

export type RotatedSecret =
  | { readonly kind: "rotated"; readonly producer: Producer; readonly secret: string }
  | { readonly kind: "unknown" | "built_in" };

export type RemovedProducer =
  | { readonly kind: "removed" | "unknown" | "built_in" }
  | { readonly kind: "stale"; readonly producer: Producer }
  | { readonly kind: "in_use"; readonly users: readonly ProducerUser[] };

/** Systems that post events: adding, changing and removing them, and their callback secrets. */
export interface Producers {
  list(): Promise<readonly Producer[]>;
  get(id: ProducerId): Promise<Producer | undefined>;
  /** The hub's own producers, which nobody changes: that of its events, and that of people who post by hand. */
  isBuiltIn(id: ProducerId): boolean;
  keysOf(id: ProducerId): Promise<readonly ApiKey[]>;
  /** What is wrong with a wish before anything is saved; `but` is the producer that it would change. */
  mistakeIn(wish: ProducerWish, but?: ProducerId): Promise<ProducerMistake | undefined>;
  create(wish: ProducerWish & { readonly name: string }): Promise<CreatedProducer>;
  change(id: ProducerId, readRevision: number, wish: ProducerWish): Promise<ChangedProducer>;
  /** Make a new secret. For so long, callbacks are signed with both, so that a receiver can follow in its own time. */
  rotateSecret(id: ProducerId, overlapMs: number): Promise<RotatedSecret>;
  remove(id: ProducerId, readRevision: number): Promise<RemovedProducer>;
}

interface ProducersDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly checkAddress?: (address: string) => string | undefined;
}

/** More producers, keys or open requests than are looked at for one answer. */
const most = 10_000;
const mostNamed = 20;

/** Keep the producers of one organization. */
export function createProducers(deps: ProducersDeps): Producers {
  const { organization, store, vault } = deps;
  const builtIn: ReadonlySet<string> = new Set([
    localProducerId,
    deriveId("producer", organization, "countersign"),
  ]);
  const get = async (id: ProducerId) => {
    const producer = await store.producers.get(id);
    return producer?.organization === organization ? producer : undefined;
  };
  const keysOf = async (id: ProducerId) => {
    const keys = await store.apiKeys.scan("byOwner", { prefix: [id], limit: most });
    return keys.filter(({ revoked }) => !revoked);
  };
  const nameTaken = async (name: string, but?: ProducerId) => {
    const same = await store.producers.scan("byName", { prefix: [organization, name], limit: 2 });
    return same.some(({ id }) => id !== but);
  };
  const mistakeIn = async (wish: ProducerWish, but?: ProducerId) =>
    mistakeOf(deps, wish) ??
    (wish.name !== undefined && (await nameTaken(wish.name, but)) ? taken(wish.name) : undefined);

  return {
    list: () => store.producers.scan("byName", { prefix: [organization], limit: most }),
    get,
    isBuiltIn: (id) => builtIn.has(id),
    keysOf,
    mistakeIn,
    create: async (wish) => {
      const mistake = await mistakeIn(wish);
      if (mistake) return { kind: "refused", mistake };
      const secret = newSecret();
      const producer = drafted(deps, wish, secret);
      await store.producers.insert(producer);
      // Of two who chose one name at once, the later finds the other's and steps back.
      if (await nameTaken(wish.name, producer.id)) {
        await store.producers.remove(producer.id);
        return { kind: "refused", mistake: taken(wish.name) };
      }
      return { kind: "created", producer, secret };
    },
    change: async (id, readRevision, wish) => {
      if (builtIn.has(id)) return { kind: "built_in" };
      const before = await get(id);
      if (!before) return { kind: "unknown" };
      if (before.revision !== readRevision) return { kind: "stale", producer: before };
      const mistake = await mistakeIn(wish, id);
      if (mistake) return { kind: "refused", mistake };
      const next = changed(vault, before, wish);
      if ((await store.producers.replace(next, readRevision)) === "saved") {
        return { kind: "saved", producer: next };
      }
      const now = await get(id);
      return now ? { kind: "stale", producer: now } : { kind: "unknown" };
    },
    rotateSecret: async (id, overlapMs) =>
      builtIn.has(id) ? { kind: "built_in" } : rotateSecret(deps, () => get(id), overlapMs),
    remove: async (id, readRevision) => {
      if (builtIn.has(id)) return { kind: "built_in" };
      const producer = await get(id);
      if (!producer) return { kind: "unknown" };
      if (producer.revision !== readRevision) return { kind: "stale", producer };
      const users = await usersOf(deps, id, await keysOf(id));
      if (users.length > 0) return { kind: "in_use", users };
      await store.producers.remove(id);
      return { kind: "removed" };
    },
  };
}

const newSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

function drafted(
  { organization, vault, random }: ProducersDeps,
  wish: ProducerWish & { readonly name: string },
  secret: string,
): Producer {
  const { name, callback, callbackHosts, mayNamePolicies } = wish;
  const id = random.id("producer");
  return {
    ...{ id, organization, revision: 1, name },
    ...(callback ? { callback: sealOwnAddress(vault, id, callback) } : {}),
    callbackHosts: callbackHosts ?? [],
    callbackSecret: vault.seal(secret, id),
    mayNamePolicies: mayNamePolicies ?? false,
    ...recordsOf(undefined, wish),
  };
}

function recordsOf(
  before: RecordLinks | undefined,
  { records }: ProducerWish,
): Pick<Producer, "records"> {
  const { address, hosts = [], label } = records === null ? {} : { ...before, ...records };
  const kept = {
    ...(address ? { address } : {}),
    ...(hosts.length > 0 ? { hosts } : {}),
    ...(label ? { label } : {}),
  };
  return Object.keys(kept).length > 0 ? { records: kept } : {};
}

function changed(vault: Vault, before: Producer, wish: ProducerWish): Producer {
  const { callback: own, records, ...rest } = before;
  const { callback, name, callbackHosts, mayNamePolicies } = wish;
  const address =
    callback === undefined
      ? typeof own === "string"
        ? sealOwnAddress(vault, before.id, own)
        : own
      : callback === null
        ? undefined
        : sealOwnAddress(vault, before.id, callback);
  return {
    ...rest,
    ...(address === undefined ? {} : { callback: address }),
    ...(name === undefined ? {} : { name }),
    ...(callbackHosts === undefined ? {} : { callbackHosts }),
    ...(mayNamePolicies === undefined ? {} : { mayNamePolicies }),
    ...recordsOf(records, wish),
    revision: before.revision + 1,
  };
}

async function rotateSecret(
  deps: ProducersDeps,
  read: () => Promise<Producer | undefined>,
  overlapMs: number,
): Promise<RotatedSecret> {
  for (;;) {
    const before = await read();
    if (!before) return { kind: "unknown" };
    const secret = newSecret();
    const producer = withSecret(deps, before, secret, overlapMs);
    const saved = await deps.store.producers.replace(producer, before.revision);
    if (saved === "saved") return { kind: "rotated", producer, secret };
  }
}

function withSecret(
  { vault, clock }: ProducersDeps,
  before: Producer,
  secret: string,
  overlapMs: number,
): Producer {
  const { formerSecret: _, ...rest } = before;
  const endsAt = new Date(clock.now().getTime() + overlapMs);
  const keeps = overlapMs > 0 && before.callbackSecret !== "";
  return {
    ...rest,
    ...(keeps ? { formerSecret: { sealed: before.callbackSecret, endsAt } } : {}),
    callbackSecret: vault.seal(secret, before.id),
    revision: before.revision + 1,
  };
}

async function usersOf(
  { store, organization }: ProducersDeps,
  id: ProducerId,
  keys: readonly ApiKey[],
): Promise<readonly ProducerUser[]> {
  const [open, pins] = await Promise.all([
    store.approvals.scan("openByProducer", { prefix: [organization, id], limit: mostNamed }),
    store.pins.scan("byName", { prefix: [organization], limit: most }),
  ]);
  return [
    ...open.map(({ title }) => ({ kind: "request", name: title }) as const),
    ...keys.map(({ name }) => ({ kind: "key", name }) as const),
    ...pins
      .filter(({ on }) => on.kind === "producer" && on.producer === id)
      .map(({ policy }) => ({ kind: "pin", name: policy }) as const),
  ].slice(0, mostNamed);
}

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u;

const taken = (name: string): ProducerMistake => ({
  field: "name",
  code: "name_taken",
  message: say`another producer is called ${name}`,
});

function mistakeOf(
  { checkAddress }: ProducersDeps,
  wish: ProducerWish,
): ProducerMistake | undefined {
  const { name, callback, callbackHosts = [] } = wish;
  if (name !== undefined && !namePattern.test(name)) {
    const message = say`expected a letter or digit, then letters, digits, space and . _ -, at most 100 in all`;
    return { field: "name", code: "name_bad", message };
  }
  const wrongHost = callbackHosts.find((host) => !isHost(host));
  if (wrongHost !== undefined) {
    const message = say`${wrongHost || say`an empty text`} is no host; expected host or host:port, such as ci.example`;
    return { field: "callback_hosts", code: "host_bad", message };
  }
  const records = recordsMistake(wish);
  if (records || callback === undefined || callback === null) return records;
  const refusal = isAddress(callback) ? checkAddress?.(callback) : "url_malformed";
  return refusal === undefined
    ? undefined
    : { field: "callback", code: refusal, message: addressWords[refusal]?.() ?? refusal };
}

function recordsMistake({ records }: ProducerWish): ProducerMistake | undefined {
  const { address = "", hosts = [] } = records ?? {};
  if (address !== "" && recordLink("/", { address }) === undefined) {
    const message = say`expected the https address of its records, such as https://cmdb.example/app`;
    return { field: "records", code: "url_not_https", message };
  }
  const wrong = hosts.find((host) => !isHost(host));
  if (wrong === undefined) return undefined;
  const message = say`${wrong || say`an empty text`} is no host; expected host or host:port`;
  return { field: "records", code: "host_bad", message };
}

const addressWords: Readonly<Record<string, () => string>> = {
  url_malformed: () => say`expected a whole address, such as https://ci.example/hooks`,
  url_not_https: () => say`expected an address that begins with https://`,
  url_port: () =>
    say`only port 443 is called, unless the operator lists the host in OUTBOUND_ALLOW`,
  address_private: () =>
    say`it leads to an inside network; the operator can list it in OUTBOUND_ALLOW`,
  address_link_local: () => say`it leads to an address that is never called`,
};

const isHost = (host: string) =>
  /^[^/?#@\s]+$/.test(host) && parseUrl(`http://${host}`)?.host === host.toLowerCase();

const isAddress = (text: string) => /^https?:\/\//i.test(text) && parseUrl(text) !== undefined;
