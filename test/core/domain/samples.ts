import type { OpenApproval, Vote } from "../../../core/domain/approval.ts";
import type { PendingDelivery } from "../../../core/domain/delivery.ts";
import type { SlackChannel, TeamsChannel } from "../../../core/domain/destination.ts";
import type { AcceptedEvent, Event } from "../../../core/domain/event.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Person } from "../../../core/domain/person.ts";
import type { Policy } from "../../../core/domain/policy.ts";
import type { Producer } from "../../../core/domain/producer.ts";

/** The moment at which the samples happen. */
export const start = new Date("2026-11-20T14:00:00.000Z");

/** A time so many seconds after the start. */
export const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

export const organization = deriveId("organization", "acme");

/** Make a person of the sample organization. */
export function personOf(name: string, roles: Person["roles"] = ["approver"]): Person {
  const email = `${name.toLowerCase()}@example.com`;
  return { id: deriveId("person", name), organization, revision: 1, name, email, roles };
}

export const ann = personOf("Ann");
export const ben = personOf("Ben");
export const chloe = personOf("Chloe", []);

export const producer: Producer = {
  id: deriveId("producer", "ci"),
  organization,
  revision: 1,
  name: "ci",
  callback: "https://ci.example/hooks/countersign",
  callbackHosts: ["ci.example"],
  callbackSecret: "sealed",
  mayNamePolicies: true,
  records: { address: "https://ci.example" },
};

export const policy: Policy = {
  id: deriveId("policy", "production"),
  name: "production",
  version: 4,
  approvers: [{ kind: "anyone" }],
  votes: 1,
  rejections: 1,
  requesterMayVote: false,
  requester: "optional",
  reason: "on_reject",
  via: ["slack", "teams", "web"],
  expiresInMs: 86_400_000,
};

export const event: Event = {
  id: deriveId("event", "812"),
  organization,
  producer: producer.id,
  externalId: "812",
  type: "deploy.requested",
  source: "ci",
  subject: "web/1.4.2",
  level: "notice",
  extensions: {},
  data: { service: "web", environment: "production" },
  occurredAt: start,
  receivedAt: start,
  contentHash: "hash",
};

/** The sample event, as stored under a number of its own. */
export function acceptedOf(number: number, fields: Partial<Event> = {}): AcceptedEvent {
  const id = deriveId("event", "sample", number);
  const receivedAt = later(number);
  return {
    id,
    organization,
    revision: 1,
    event: { ...event, id, externalId: String(number), receivedAt, ...fields },
    plan: { ruleSetVersion: 1, matched: [], destinations: [], unrouted: true },
    known: true,
    state: "accepted",
  };
}

export const approval: OpenApproval = {
  id: deriveId("approval", event.id),
  organization,
  revision: 1,
  announced: 1,
  state: "open",
  event: event.id,
  producer: producer.id,
  producerName: "ci",
  source: "ci",
  externalId: "812",
  key: "web/1.4.2",
  level: "notice",
  title: "Deploy web 1.4.2",
  facts: [{ label: "Environment", value: "production" }],
  digest: "0123456789abcdef0123456789abcdef",
  policy,
  actions: [
    { id: "approve", choice: "approve", label: "Approve" },
    { id: "reject", choice: "reject", label: "Reject" },
  ],
  votes: [],
  openedAt: start,
  expiresAt: later(1_800),
};

/** Make somebody's vote in the sample request. */
export function voteOf(person: Person, choice: Vote["choice"], fields: Partial<Vote> = {}): Vote {
  return {
    person: person.id,
    name: person.name,
    action: choice,
    choice,
    ...(choice === "reject" ? { reason: "not on a Friday" } : {}),
    at: later(60),
    via: "slack",
    assurance: "click",
    identity: "link",
    click: `click of ${person.name}`,
    ...fields,
  };
}

export const slackChannel: SlackChannel = {
  id: deriveId("destination", "releases"),
  organization,
  revision: 1,
  kind: "slack",
  name: "#releases",
  slackTeamId: "T1",
  channelId: "C1",
};

export const teamsChannel: TeamsChannel = {
  id: deriveId("destination", "general"),
  organization,
  revision: 1,
  kind: "teams",
  name: "Ops › General",
  entraTenantId: "tenant-1",
  channelId: "19:general@thread.tacv2",
  serviceUrl: "https://smba.example/",
};

/** Make a delivery that posts to the Slack channel, told apart by its number. */
export function postOf(number: number, fields: Partial<PendingDelivery> = {}): PendingDelivery {
  return {
    id: deriveId("delivery", "sample", number),
    organization,
    revision: 1,
    lane: "lane:slack:releases",
    task: { kind: "post", destination: slackChannel.id },
    priority: 1,
    event: deriveId("event", "sample", number),
    label: slackChannel.name,
    platform: "slack",
    attempts: 0,
    createdAt: later(number),
    state: "pending",
    dueAt: later(number),
    ...fields,
  };
}
