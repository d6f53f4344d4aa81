import { type CallbackAddress, callbackHost } from "../domain/callback-address.ts";
import type { Destination } from "../domain/destination.ts";
import type { EventTypeDefinition } from "../domain/event-type.ts";
import { deriveId, type OrganizationId } from "../domain/ids.ts";
import { accountId, type Group, type Person } from "../domain/person.ts";
import type { Policy } from "../domain/policy.ts";
import type { Producer } from "../domain/producer.ts";
import type { Rule } from "../domain/rule.ts";
import { isWhole, recordOf } from "../event-types/find-type.ts";
import { defaultPolicy } from "../ingest/planning-table.ts";
import type { SandboxPlatform } from "../ports/sandbox.ts";
import type { SandboxChannel } from "../ports/sandbox-life.ts";
import type { Records, Store } from "../ports/store.ts";
import type { Stored } from "../ports/stored.ts";

/** People of the sandbox: two who decide, one who asks. Dov is a guest and Eve is nobody's account yet. */
const cast = [
  { name: "Ann", email: "ann@example.com", roles: ["admin", "approver"], decides: true },
  { name: "Ben", email: "ben@example.com", roles: ["approver"], decides: true },
  { name: "Chloé", email: "chloe@example.com", roles: [], decides: false },
  { name: "Dov", email: "dov@example.com", roles: [], decides: true },
] as const;

/** The person as whom the sandbox signs in. */
export const sandboxPersonId = (organization: OrganizationId, name: string) =>
  deriveId("person", organization, "sandbox", name);

const rules: readonly Rule[] = [
  {
    name: "Production deploys",
    types: ["deploy.*"],
    pattern: { data: { environment: ["production"] } },
    to: ["#releases", "Ops › General"],
    policy: "production",
    continue: false,
  },
  {
    name: "Other deploys",
    types: ["deploy.*"],
    to: ["#releases", "Ops › General"],
    continue: false,
  },
  {
    name: "Releases",
    types: ["release.*"],
    to: ["#releases", "Ops › General"],
    policy: "two votes",
    continue: false,
  },
  {
    name: "Alerts",
    types: ["*"],
    level: "warning",
    to: ["#ops", "Ops › Incidents"],
    continue: false,
  },
];

const types: readonly EventTypeDefinition[] = [
  {
    name: "deploy.requested",
    version: 1,
    about: "Something is about to be rolled out",
    level: "notice",
    texts: { title: "Deploy {{ data.service }} {{ data.version }}" },
    approval: { kind: "may" },
    sample: {
      subject: "web/1.4.2",
      data: { service: "web", version: "1.4.2", environment: "production" },
    },
  },
  {
    name: "deploy.finished",
    version: 1,
    about: "Something was rolled out",
    level: "info",
    texts: { title: "{{ data.service }} {{ data.version }} is live" },
    approval: { kind: "no" },
    sample: {
      subject: "web/1.4.2",
      data: { service: "web", version: "1.4.2", environment: "staging" },
    },
  },
  {
    name: "release.requested",
    version: 1,
    about: "A release is about to go out",
    level: "notice",
    texts: { title: "Release {{ data.product }} {{ data.version }}" },
    approval: { kind: "may" },
    sample: {
      subject: "app/5.0.0",
      data: { product: "app", version: "5.0.0" },
    },
  },
];

export interface SeedDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly platforms: readonly SandboxPlatform[];
  /** Where the sandbox's producer is called back. */
  readonly callback: CallbackAddress;
  readonly sealedCallbackSecret: string;
  readonly now: Date;
}

/**
 * Fill the sandbox: people with their chat accounts, channels as destinations, a policy, rules and a producer.
 *
 * What a person may have changed (rules, names of channels) is written once; what follows from where this process
 * listens (addresses) is written at every start.
 */
export async function seedSandbox(deps: SeedDeps): Promise<void> {
  const { organization, store, platforms, now } = deps;
  const firstRules = `${organization} 1`;
  const isNew = (await store.ruleSets.get(firstRules)) === undefined;
  const people = cast.map(
    ({ name, email, roles }): Person => ({
      id: sandboxPersonId(organization, name),
      organization,
      revision: 1,
      name,
      email,
      roles,
    }),
  );
  const deciders = cast
    .filter(({ decides }) => decides)
    .map(({ name }) => sandboxPersonId(organization, name));
  const group: Group = {
    id: deriveId("group", organization, "release managers"),
    organization,
    revision: 1,
    name: "release managers",
    members: deciders,
  };
  const policies = policiesOf(organization, group);
  await Promise.all([
    ...people.map((person) => store.people.insert(person)),
    ...people.flatMap((person) => accountsOf(deps, person)),
    ...types.map((type) => seedType(deps, type)),
    ...platforms
      .filter(({ platform }) => isNew || platform === "teams")
      .flatMap((platform) => destinationsOf(deps, platform))
      .map((one) => put(store.destinations, one)),
    store.groups.insert(group),
    ...policies.map((policy) =>
      store.policies.insert({ id: policy.id, organization, revision: 1, policy }),
    ),
    put(store.producers, ciProducer(deps)),
    store.ruleSets.insert({
      id: firstRules,
      organization,
      revision: 1,
      version: 1,
      author: "Sandbox",
      rules,
      fallback: "#ops",
      savedAt: now,
    }),
  ]);
}

/** The producer of the sandbox; its key is in the printed curl. */
export const sandboxProducerId = deriveId("producer", "sandbox", "ci");

function ciProducer({ organization, callback, sealedCallbackSecret }: SeedDeps): Producer {
  return {
    id: sandboxProducerId,
    organization,
    revision: 1,
    name: "ci",
    callback,
    callbackHosts: [callbackHost(callback)],
    callbackSecret: sealedCallbackSecret,
    mayNamePolicies: true,
  };
}

/** One of the release managers decides a deploy; a release takes two, whichever way. */
function policiesOf(organization: OrganizationId, { id, name }: Group): readonly Policy[] {
  const policy = (named: string, votes: number): Policy => ({
    ...defaultPolicy,
    id: deriveId("policy", organization, named),
    name: named,
    approvers: [{ kind: "group", group: id, name }],
    votes,
    rejections: votes,
    via: ["slack", "teams", "web", "api"],
  });
  return [policy("production", 1), policy("two votes", 2)];
}

function accountsOf({ organization, store, platforms, now }: SeedDeps, person: Person) {
  return platforms.flatMap(({ platform, workspace }) =>
    workspace.people
      .filter(({ name }) => name === person.name)
      .map(({ id }) =>
        store.accounts.insert({
          id: accountId(platform, workspace.id, id),
          organization,
          revision: 1,
          person: person.id,
          linkedAt: now,
        }),
      ),
  );
}

function destinationsOf(
  { organization }: SeedDeps,
  platform: SandboxPlatform,
): readonly Destination[] {
  const { workspace } = platform;
  return workspace.channels
    .filter(({ member }) => member)
    .map((channel) => {
      const id = deriveId("destination", organization, platform.platform, channel.id);
      const record = { id, organization, revision: 1, name: channel.name, channelId: channel.id };
      return platform.platform === "slack"
        ? { ...record, kind: "slack", slackTeamId: workspace.id }
        : {
            ...record,
            kind: "teams",
            entraTenantId: workspace.id,
            serviceUrl: serviceUrlOf(channel),
          };
    });
}

const serviceUrlOf = ({ serviceUrl }: SandboxChannel) => serviceUrl ?? "";

/**
 * Keep a type that nobody has changed here. One of an earlier state, which says too little to be used, is replaced;
 * else an older sandbox would not know it.
 */
async function seedType(
  { organization, store }: Pick<SeedDeps, "organization" | "store">,
  type: EventTypeDefinition,
): Promise<void> {
  const record = recordOf(organization, type, 1);
  if ((await store.eventTypes.insert(record)) === "inserted") return;
  const before = await store.eventTypes.get(record.id);
  if (!before || isWhole(before)) return;
  await store.eventTypes.replace({ ...record, revision: before.revision + 1 }, before.revision);
}

/** Insert a record, or replace it where it is there already. */
async function put<Value extends Stored>(
  records: Records<Value, string>,
  value: Value,
): Promise<void> {
  if ((await records.insert(value)) === "inserted") return;
  const before = await records.get(value.id);
  const after = { ...before, ...value, revision: (before?.revision ?? 0) + 1 };
  if (before) await records.replace(after, before.revision);
}
