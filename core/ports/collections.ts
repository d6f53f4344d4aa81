import type { Approval } from "../domain/approval.ts";
import type { Channel } from "../domain/channel.ts";
import { type Attempt, type Awaited, type Delivery, placeInLane } from "../domain/delivery.ts";
import { type Destination, isChannel, workspaceOf } from "../domain/destination.ts";
import type { AcceptedEvent } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import { isMadeAt } from "../domain/ids.ts";
import { refKey } from "../domain/message-ref.ts";
import type { Group, LinkedAccount, Person } from "../domain/person.ts";
import type { Pin } from "../domain/pin.ts";
import type { ApiKey, Producer } from "../domain/producer.ts";
import type { RuleSet } from "../domain/rule.ts";
import type { InstallationRecord } from "./installations.ts";
import type {
  AccountLink,
  AuditBlock,
  BudgetUse,
  ChannelListing,
  ConnectState,
  EnteredSettings,
  HubChoices,
  IssuerAccount,
  KeptAuditHead,
  OpenKey,
  Password,
  SecretEnd,
  SeenClick,
  SessionRecord,
  SharedSecret,
  SignInLink,
  SignInTries,
  StoredPolicy,
} from "./small-records.ts";
import type { KeyPart, Stored } from "./stored.ts";

type Key = readonly KeyPart[];
type IndexOf<Value> = (record: Value) => Key | undefined;

const collection = <Value extends Stored>() => {
  return <Indexes extends Readonly<Record<string, IndexOf<Value>>>>(indexes: Indexes) => ({
    indexes,
    record: undefined as Value | undefined,
  });
};

function laneKey(delivery: Delivery): Key | undefined {
  const place = placeInLane(delivery);
  return place && [delivery.lane, ...place];
}

/** What a delivery is held for, as part of a key. */
export const awaitedKey = (awaits: Awaited) =>
  awaits.kind === "workspace" ? awaits.workspace : awaits.destination;

/**
 * Every kind of record that the hub keeps, with the orders in which it is found.
 *
 * An index gives a record's key, or undefined to leave the record out. A key ends in nothing unique by itself: the
 * engines add the record's id. The same table makes the tables of SQLite and the collections of MongoDB, so an order
 * that is not named here does not exist.
 */
export const collections = {
  events: collection<AcceptedEvent>()({
    byTime: (e) => [e.organization, e.event.receivedAt],
    byProducer: (e) => [e.organization, e.event.producer, e.event.receivedAt],
    byType: (e) => [e.organization, e.event.type, e.event.receivedAt],
    unrouted: (e) => (e.plan.unrouted ? [e.organization, e.event.receivedAt] : undefined),
    toExpand: (e) => (e.state === "accepted" ? [e.event.receivedAt] : undefined),
  }),
  approvals: collection<Approval>()({
    byTime: (a) => [a.organization, a.openedAt],
    byState: (a) => [a.organization, a.state, a.openedAt],
    byProducer: (a) => [a.organization, a.producer, a.openedAt],
    byKey: (a) =>
      a.key === undefined ? undefined : [a.organization, a.producer, a.key, a.openedAt],
    openByProducer: (a) =>
      a.state === "open" ? [a.organization, a.producer, a.openedAt] : undefined,
    toAnnounce: (a) => (a.announced < a.revision ? [a.openedAt] : undefined),
    toExpire: (a) => (a.state === "open" ? [a.expiresAt] : undefined),
  }),
  deliveries: collection<Delivery>()({
    byTime: (d) => [d.organization, d.createdAt],
    // The posts of a plan are found by their ids, which alone are made for a moment: see `deliveriesOf`.
    byEvent: (d) => (isMadeAt(d.id, d.createdAt) ? undefined : [d.event, d.createdAt]),
    byApproval: (d) => (d.approval === undefined ? undefined : [d.approval, d.createdAt]),
    byState: (d) => [d.organization, d.state, d.createdAt],
    byQueue: laneKey,
    byAwaited: (d) =>
      d.state === "held"
        ? [d.organization, d.platform, awaitedKey(d.awaits), d.createdAt]
        : undefined,
    byRef: (d) =>
      d.state === "delivered" && d.ref && d.task.kind === "post" ? [refKey(d.ref)] : undefined,
  }),
  budgets: collection<BudgetUse>()({}),
  attempts: collection<Attempt>()({ byDelivery: (a) => [a.delivery, a.number] }),
  ruleSets: collection<RuleSet>()({ byVersion: (r) => [r.organization, r.version] }),
  destinations: collection<Destination>()({
    byName: (d) => [d.organization, d.name],
    byChannel: (d) =>
      isChannel(d) ? [d.organization, d.kind, workspaceOf(d), d.channelId] : undefined,
  }),
  policies: collection<StoredPolicy>()({ byName: (p) => [p.organization, p.policy.name] }),
  policyVersions: collection<StoredPolicy>()({
    byVersion: (p) => [p.organization, p.policy.name, p.policy.version],
  }),
  pins: collection<Pin>()({ byName: (p) => [p.organization, p.on.kind, p.on.name] }),
  eventTypes: collection<EventType>()({ byName: (t) => [t.organization, t.name] }),
  producers: collection<Producer>()({ byName: (p) => [p.organization, p.name] }),
  apiKeys: collection<ApiKey>()({
    byName: (k) => [k.organization, k.name],
    byKey: (k) => [k.organization, k.key],
    byOwner: (k) => [k.owner.kind === "producer" ? k.owner.producer : k.owner.person, k.name],
  }),
  people: collection<Person>()({
    byName: (p) => [p.organization, p.name],
    byEmail: (p) => (p.email === undefined ? undefined : [p.organization, p.email.toLowerCase()]),
  }),
  accounts: collection<LinkedAccount>()({ byPerson: (a) => [a.person] }),
  groups: collection<Group>()({ byName: (g) => [g.organization, g.name] }),
  installations: collection<InstallationRecord>()({
    byWorkspace: (i) => [i.platform, i.workspace],
    orgWide: (i) => (i.teams ? [i.organization, i.platform] : undefined),
    toLook: (i) => (i.lookAt ? [i.organization, i.platform, i.lookAt] : undefined),
    toRenew: (i) => (i.renewAt ? [i.organization, i.platform, i.renewAt] : undefined),
  }),
  channels: collection<Channel>()({
    byName: (c) => [c.installation, c.name.toLowerCase()],
    byChannel: (c) => [c.workspace, c.channelId],
  }),
  channelListings: collection<ChannelListing>()({ byDue: (l) => [l.dueAt] }),
  connectStates: collection<ConnectState>()({ byExpiry: (s) => [s.expiresAt] }),
  accountLinks: collection<AccountLink>()({
    byExpiry: (l) => [l.expiresAt],
    waiting: (l) => (l.claim?.waits && !l.claim.settled ? [l.organization, l.claim.at] : undefined),
  }),
  enteredSettings: collection<EnteredSettings>()({ byId: (e) => [e.organization, e.id] }),
  secretEnds: collection<SecretEnd>()({}),
  hubChoices: collection<HubChoices>()({}),
  openKeys: collection<OpenKey>()({}),
  seenClicks: collection<SeenClick>()({ byTime: (s) => [s.seenAt] }),
  sessions: collection<SessionRecord>()({
    byExpiry: (s) => [s.expiresAt],
    byPerson: (s) => (s.person === undefined ? undefined : [s.person]),
  }),
  sharedSecrets: collection<SharedSecret>()({ byName: (s) => [s.organization, s.name] }),
  signInLinks: collection<SignInLink>()({ byExpiry: (l) => [l.expiresAt] }),
  issuerAccounts: collection<IssuerAccount>()({ byPerson: (a) => [a.person] }),
  passwords: collection<Password>()({ byPerson: (p) => [p.person] }),
  auditBlocks: collection<AuditBlock>()({ byFirst: (b) => [b.organization, b.first] }),
  auditHeads: collection<KeptAuditHead>()({}),
  signInTries: collection<SignInTries>()({ byExpiry: (t) => [t.expiresAt] }),
} as const;

type Collections = typeof collections;
export type CollectionName = keyof Collections;
export type RecordOf<Name extends CollectionName> = NonNullable<Collections[Name]["record"]>;
export type IndexName<Name extends CollectionName> = keyof Collections[Name]["indexes"] & string;
