import type { DecidedApproval, OpenApproval, Vote } from "../../../../core/domain/approval.ts";
import type { Delivery } from "../../../../core/domain/delivery.ts";
import type { AcceptedEvent } from "../../../../core/domain/event.ts";
import { deriveId } from "../../../../core/domain/ids.ts";
import type { Person } from "../../../../core/domain/person.ts";
import type { Policy } from "../../../../core/domain/policy.ts";
import type { RuleSet } from "../../../../core/domain/rule.ts";
import type { PageFrame } from "../../../../core/web/pages/page-frame.ts";

/** The moment at which every page of these tests is looked at. */
export const now = new Date("2026-11-20T14:07:00Z");
const organization = deriveId("organization", "acme");

/** A time so many seconds before the look. */
export const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

export const ann: Person = {
  id: deriveId("person", "ann"),
  organization,
  revision: 1,
  name: "Ann",
  email: "ann@example.com",
  roles: ["approver"],
};

export const frame: PageFrame = {
  viewer: ann,
  csrf: "csrf-of-ann",
  now,
  instance: { sandbox: true },
  waiting: 1,
};

export const policy: Policy = {
  id: deriveId("policy", "production"),
  name: "production",
  version: 4,
  approvers: [{ kind: "group", group: deriveId("group", "rm"), name: "release managers" }],
  votes: 1,
  rejections: 1,
  requesterMayVote: false,
  requester: "optional",
  reason: "on_reject",
  via: ["slack", "teams", "web"],
  expiresInMs: 86_400_000,
};

export const open: OpenApproval = {
  id: deriveId("approval", "billing"),
  organization,
  revision: 1,
  announced: 1,
  event: deriveId("event", "billing"),
  producer: deriveId("producer", "ci"),
  producerName: "ci",
  source: "ci",
  externalId: "812",
  level: "notice",
  title: "Deploy billing 3.0.1",
  facts: [{ label: "Environment", value: "production" }],
  digest: "digest-of-what-is-shown",
  policy,
  requester: { claim: "chloe@example.com", name: "Chloé", person: deriveId("person", "chloe") },
  actions: [
    { id: "approve", choice: "approve", label: "Approve" },
    { id: "hold", choice: "reject", label: "Hold" },
  ],
  votes: [],
  openedAt: ago(120),
  expiresAt: new Date(now.getTime() + 28 * 60_000),
  state: "open",
};

export const vote: Vote = {
  person: deriveId("person", "ben"),
  name: "Ben",
  action: "approve",
  choice: "approve",
  reason: "lgtm",
  at: ago(60),
  via: "slack",
  assurance: "click",
  identity: "link",
  click: "click-of-ben",
};

export const approved: DecidedApproval = {
  ...open,
  revision: 2,
  state: "approved",
  decision: deriveId("decision", "billing"),
  votes: [vote],
  deciding: vote,
  closedAt: ago(60),
};

const destination = deriveId("destination", "releases");
export const destinationNames = new Map<string, string>([[destination, "#releases"]]);

/** What all deliveries of these tests have. */
export const delivery = {
  id: deriveId("delivery", "releases"),
  organization,
  revision: 1,
  lane: "lane:releases",
  task: { kind: "post", destination },
  priority: 0,
  event: open.event,
  approval: open.id,
  label: "#releases",
  platform: "slack",
  attempts: 1,
  createdAt: ago(120),
} as const;

export const post: Delivery = {
  ...delivery,
  state: "delivered",
  status: 200,
  durationMs: 38,
  settledAt: ago(119),
};

export const accepted: AcceptedEvent = {
  id: open.event,
  organization,
  revision: 1,
  event: {
    id: open.event,
    organization,
    producer: open.producer,
    externalId: "812",
    type: "deploy.requested",
    source: "ci",
    subject: "billing/3.0.1",
    level: "notice",
    extensions: {},
    data: { service: "billing" },
    occurredAt: ago(121),
    receivedAt: ago(120),
    contentHash: "hash",
  },
  plan: {
    ruleSetVersion: 12,
    matched: [{ rule: 2, name: "Production deploys", destinations: [destination] }],
    destinations: [destination],
    unrouted: false,
    policy,
  },
  known: true,
  state: "expanded",
  approval: open.id,
};

export const rules: RuleSet = {
  id: "rules",
  organization,
  revision: 12,
  version: 12,
  author: "Ben",
  savedAt: ago(3_600),
  fallback: "#ops",
  rules: [
    {
      name: "Production deploys",
      types: ["deploy.*"],
      level: "notice",
      pattern: { data: { environment: ["production"] } },
      to: ["#releases"],
      policy: "production",
      continue: true,
    },
  ],
};
