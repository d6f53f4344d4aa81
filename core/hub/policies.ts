import { deriveId, type OrganizationId, type PersonId } from "../domain/ids.ts";
import { type Pin, pinId } from "../domain/pin.ts";
import type { Policy } from "../domain/policy.ts";
import type { ProblemAt } from "../domain/problem.ts";
import { listTypes } from "../event-types/find-type.ts";
import { newestRuleSet } from "../ingest/planning-table.ts";
import type { Clock } from "../ports/clock.ts";
import type { StoredPolicy } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";
import type { PinText, PolicyText } from "../routing/policy-schema.ts";
import type { HubDeps } from "./hub-deps.ts";
import { type Known, readPolicy, unknown, writePolicy } from "./policy-text.ts";

export type SavedPolicy =
  | { readonly kind: "saved" | "unchanged"; readonly stored: StoredPolicy }
  /** Somebody saved or removed it meanwhile; or it is there and the caller has not read it. */
  | { readonly kind: "stale"; readonly stored: StoredPolicy | undefined }
  | { readonly kind: "unread"; readonly stored: StoredPolicy }
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

/** What names a policy: while something does, the policy stays. */
export interface PolicyUser {
  readonly kind: "rule" | "type" | "pin";
  readonly name: string;
}

export type RemovedPolicy =
  | { readonly kind: "removed" | "unknown" }
  | { readonly kind: "stale"; readonly stored: StoredPolicy }
  | { readonly kind: "in_use"; readonly users: readonly PolicyUser[] };

export type SavedPin =
  | { readonly kind: "saved"; readonly pin: Pin }
  | { readonly kind: "taken"; readonly pin: Pin }
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

/** Policies, their versions, and what they are pinned to. */
export interface Policies {
  /** Who can be named, and what a vote can be proven by. */
  known(): Promise<Known>;
  list(): Promise<readonly StoredPolicy[]>;
  get(name: string): Promise<StoredPolicy | undefined>;
  /** Every version that there was, newest first. */
  versions(name: string): Promise<readonly StoredPolicy[]>;
  /** As people write it. */
  write(policy: Policy): Promise<PolicyText>;
  /** What is wrong with a policy that somebody wrote. */
  mistakesOf(text: PolicyText, known?: Known): Promise<readonly ProblemAt[]>;
  /**
   * Save the next version of what was read at this revision; without one, the first. Requests that are open keep the
   * version under which they were opened.
   */
  save(text: PolicyText, readRevision: number | undefined, author: string): Promise<SavedPolicy>;
  usersOf(name: string): Promise<readonly PolicyUser[]>;
  remove(name: string, readRevision: number): Promise<RemovedPolicy>;
  pins(): Promise<readonly Pin[]>;
  pin(text: PinText, by: { readonly name: string; readonly person?: PersonId }): Promise<SavedPin>;
  /** Take a pin away; false when there is none. */
  unpin(kind: Pin["on"]["kind"], name: string): Promise<boolean>;
}

interface PoliciesDeps extends Pick<HubDeps, "singleSignOn"> {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly clock: Clock;
  readonly planning: { forget(): void };
}

/** More policies, people or groups than one hub has. */
const most = 10_000;

/** Keep the policies of one organization. */
export function createPolicies(deps: PoliciesDeps): Policies {
  const { organization, store, planning } = deps;
  const all = { prefix: [organization], limit: most };
  const list = () => store.policies.scan("byName", all);
  const get = async (name: string) =>
    (await store.policies.scan("byName", { prefix: [organization, name], limit: 1 }))[0];
  const pins = () => readPins(deps);
  const usersOf = (name: string) => readUsers(deps, name);
  return {
    known: () => readKnown(deps),
    list,
    get,
    versions: async (name) => {
      const kept = await store.policyVersions.scan("byVersion", {
        prefix: [organization, name],
        order: "descending",
        limit: 1_000,
      });
      const newest = await get(name);
      const isKept = kept.some(({ policy }) => policy.version === newest?.policy.version);
      return newest && !isKept ? [newest, ...kept] : kept;
    },
    write: async (policy) => writePolicy(policy, await readKnown(deps)),
    mistakesOf: async (text, known) => {
      const read = readPolicy(text, known ?? (await readKnown(deps)));
      return "errors" in read ? read.errors : [];
    },
    save: async (text, readRevision, author) => {
      const saved = await savePolicy(deps, text, await get(text.name), readRevision, author);
      planning.forget();
      return saved.kind === "stale" ? { kind: "stale", stored: await get(text.name) } : saved;
    },
    usersOf,
    remove: async (name, readRevision) => {
      const stored = await get(name);
      if (!stored) return { kind: "unknown" };
      if (stored.revision !== readRevision) return { kind: "stale", stored };
      const users = await usersOf(name);
      if (users.length > 0) return { kind: "in_use", users };
      await keepVersion(deps, stored);
      await store.policies.remove(stored.id);
      planning.forget();
      return { kind: "removed" };
    },
    pins,
    pin: async (text, by) => {
      const saved = await savePin(deps, text, by);
      planning.forget();
      return saved;
    },
    unpin: async (kind, name) => {
      const pin = (await pins()).find(({ on }) => on.kind === kind && on.name === name);
      if (pin) await store.pins.remove(pin.id);
      planning.forget();
      return pin !== undefined;
    },
  };
}

/** Read who can be named in a policy. */
async function readKnown({ organization, store, singleSignOn }: PoliciesDeps): Promise<Known> {
  const all = { prefix: [organization], limit: most };
  const [people, groups] = await Promise.all([
    store.people.scan("byName", all),
    store.groups.scan("byName", all),
  ]);
  return { people, groups, signOn: singleSignOn !== undefined };
}

async function savePolicy(
  deps: PoliciesDeps,
  text: PolicyText,
  stored: StoredPolicy | undefined,
  readRevision: number | undefined,
  author: string,
): Promise<SavedPolicy> {
  const { organization, store, clock } = deps;
  const read = readPolicy(text, await readKnown(deps));
  if ("errors" in read) return { kind: "invalid", errors: read.errors };
  if (stored && readRevision === undefined) return { kind: "unread", stored };
  if (stored?.revision !== readRevision) return { kind: "stale", stored };
  const said = { author, savedAt: clock.now() };
  if (!stored) {
    const id = deriveId("policy", organization, text.name);
    const version = (await lastVersion(deps, text.name)) + 1;
    const first: StoredPolicy = {
      ...{ id, organization, revision: 1, ...said },
      policy: { ...read, id, version },
    };
    const inserted = await store.policies.insert(first);
    return inserted === "inserted"
      ? { kind: "saved", stored: first }
      : { kind: "stale", stored: undefined };
  }
  const { id, version } = stored.policy;
  if (isSame({ ...read, id, version }, stored.policy)) return { kind: "unchanged", stored };
  await keepVersion(deps, stored);
  const next: StoredPolicy = {
    ...stored,
    ...said,
    revision: stored.revision + 1,
    policy: { ...read, id, version: version + 1 },
  };
  return (await store.policies.replace(next, stored.revision)) === "saved"
    ? { kind: "saved", stored: next }
    : { kind: "stale", stored };
}

/** Compare what two policies say, whatever order their members were written in. */
const isSame = (one: Policy, other: Policy) => sortedJson(one) === sortedJson(other);
const sortedJson = (policy: Policy) =>
  JSON.stringify(Object.entries(policy).sort(([one], [other]) => one.localeCompare(other)));

/** Keep a version for ever. Whoever is overtaken here has kept the same. */
async function keepVersion({ store }: PoliciesDeps, stored: StoredPolicy): Promise<void> {
  const id = `${stored.id} ${stored.policy.version}`;
  await store.policyVersions.insert({ ...stored, id });
}

/** The last version that a policy of this name had before it was removed. */
async function lastVersion({ organization, store }: PoliciesDeps, name: string): Promise<number> {
  const [last] = await store.policyVersions.scan("byVersion", {
    prefix: [organization, name],
    order: "descending",
    limit: 1,
  });
  return last?.policy.version ?? 0;
}

async function readUsers(deps: PoliciesDeps, name: string): Promise<readonly PolicyUser[]> {
  const { organization, store } = deps;
  const [{ rules }, types, pins] = await Promise.all([
    newestRuleSet(store, organization),
    listTypes(store, organization),
    readPins(deps),
  ]);
  return [
    ...rules
      .filter(({ policy }) => policy === name)
      .map((rule) => ({ kind: "rule", name: rule.name }) as const),
    ...types
      .filter(({ approval }) => "policy" in approval && approval.policy === name)
      .map((type) => ({ kind: "type", name: type.name }) as const),
    ...pins
      .filter(({ policy }) => policy === name)
      .map(({ on }) => ({ kind: "pin", name: `${on.kind} ${on.name}` }) as const),
  ];
}

/** Read what is pinned, a producer by the name that it has now. */
async function readPins({ organization, store }: PoliciesDeps): Promise<readonly Pin[]> {
  const all = { prefix: [organization], limit: most };
  const [pins, producers] = await Promise.all([
    store.pins.scan("byName", all),
    store.producers.scan("byName", all),
  ]);
  const names = new Map(producers.map(({ id, name }) => [id, name] as const));
  return pins.map((pin) => {
    const { on } = pin;
    const name = on.kind === "producer" ? names.get(on.producer) : undefined;
    return name === undefined ? pin : { ...pin, on: { ...on, name } };
  });
}

async function savePin(
  { organization, store, clock }: PoliciesDeps,
  text: PinText,
  by: { readonly name: string; readonly person?: PersonId },
): Promise<SavedPin> {
  const all = { prefix: [organization], limit: most };
  const [policies, producers] = await Promise.all([
    store.policies.scan("byName", all),
    store.producers.scan("byName", all),
  ]);
  const errors: ProblemAt[] = [];
  const names = policies.map(({ policy }) => policy.name);
  if (!names.includes(text.policy)) {
    errors.push({ pointer: "/policy", message: unknown("policy", text.policy, names) });
  }
  const on = pinnedOn(text, producers);
  if (!on && "producer" in text) {
    const known = producers.map(({ name }) => name);
    errors.push({ pointer: "/producer", message: unknown("producer", text.producer, known) });
  }
  if (!on || errors.length > 0) return { kind: "invalid", errors };
  const pin: Pin = {
    ...{ id: pinId(organization, on), organization, revision: 1, on },
    ...{ policy: text.policy, author: by.name, pinnedAt: clock.now() },
    ...(by.person === undefined ? {} : { person: by.person }),
  };
  if ((await store.pins.insert(pin)) === "inserted") return { kind: "saved", pin };
  const taken = await store.pins.get(pin.id);
  if (taken?.policy === pin.policy) return { kind: "saved", pin: taken };
  return { kind: "taken", pin: taken ?? pin };
}

function pinnedOn(
  text: PinText,
  producers: readonly { readonly id: `prd_${string}`; readonly name: string }[],
): Pin["on"] | undefined {
  if ("type" in text) return { kind: "type", name: text.type };
  const producer = producers.find(({ name }) => name === text.producer);
  return producer && { kind: "producer", name: producer.name, producer: producer.id };
}

/** Write a pin as people read it. */
export const writePin = ({ on, policy }: Pin): PinText =>
  on.kind === "type" ? { type: on.name, policy } : { producer: on.name, policy };
