import type { EventTypeDefinition, FactText } from "../../domain/event-type.ts";
import type { JsonObject } from "../../domain/json.ts";
import { count, members, object, sampledAt, text, time, timeText } from "../shapes.ts";

const subject = "web/1.4.2";
const ids = { request_id: "apr_01sample", decision_id: "dec_01sample" };
const about = { label: "About", value: "{{ subject }}" };
const votes = { type: "array", items: { type: "object" } } as const;
const sampleVotes = [{ name: "Ann", choice: "approve", at: "2026-03-02T08:59:00Z", via: "slack" }];
const named = `{% for vote in data.votes %}{{ vote.name }}{% unless forloop.last %}, {% endunless %}{% endfor %}`;
const reason = { label: "Reason", value: "{{ data.reason }}" };

/** What the hub says of one request: all of them are information, and about a subject. */
const type = (
  said: Pick<EventTypeDefinition, "name" | "about" | "level"> & {
    readonly schema: JsonObject;
    readonly data: JsonObject;
    readonly title: string;
    readonly facts: readonly FactText[];
    readonly colour?: string;
  },
): EventTypeDefinition => {
  const { schema, data, title, facts, colour, ...named } = said;
  return {
    ...named,
    version: 1,
    schema,
    sample: { time: sampledAt, subject, data },
    texts: { title, facts: [about, ...facts], ...(colour === undefined ? {} : { colour }) },
    approval: { kind: "no" },
  };
};

const request = { request_id: text };
const decided = { request_id: text, decision_id: text };

/** What becomes of requests, as the hub raises it. */
export const hubRequests: readonly EventTypeDefinition[] = [
  type({
    name: "approval.created",
    about: "A request is open, and its cards are on their way",
    level: "notice",
    schema: members(
      { ...request, info: text },
      {
        ...{ key: text, requester: text, policy: text, version: count, expires_at: time },
        actions: { type: "array", items: object },
      },
    ),
    data: {
      request_id: ids.request_id,
      key: subject,
      info: "Deploy web 1.4.2",
      requester: "Chloé",
      policy: "production",
      version: 1,
      expires_at: "2026-03-03T09:00:00Z",
      actions: [{ id: "approve", choice: "approve", label: "Approve" }],
    },
    title: "New request: {{ data.info }}",
    facts: [
      { label: "Asked by", value: "{{ data.requester }}" },
      { label: "Policy", value: "{{ data.policy }}" },
      { label: "Expires", value: timeText("data.expires_at") },
    ],
  }),
  type({
    name: "approval.approved",
    about: "The policy of a request is met",
    level: "info",
    schema: members(decided, { votes, reason: text, decided_at: time, granted_fields: object }),
    data: {
      ...ids,
      votes: sampleVotes,
      reason: "The release notes are fine.",
      decided_at: "2026-03-02T08:59:00Z",
      granted_fields: {},
    },
    title: "Approved: {{ subject }}",
    facts: [
      { label: "Votes", value: named },
      reason,
      { label: "When", value: timeText("data.decided_at") },
    ],
    colour: "#1A7F37",
  }),
  type({
    name: "approval.rejected",
    about: "As many people rejected a request as its policy takes for a no",
    level: "notice",
    schema: members(decided, { votes, reason: text, decided_at: time }),
    data: {
      ...ids,
      votes: [{ name: "Ben", choice: "reject", at: "2026-03-02T08:59:00Z", via: "teams" }],
      reason: "Not on the day of the sale.",
      decided_at: "2026-03-02T08:59:00Z",
    },
    title: "Rejected: {{ subject }}",
    facts: [
      { label: "Votes", value: named },
      reason,
      { label: "When", value: timeText("data.decided_at") },
    ],
    colour: "#CF222E",
  }),
  type({
    name: "approval.expired",
    about: "The deadline of a request passed",
    level: "warning",
    schema: members(request, { key: text, expired_at: time, votes }),
    data: {
      request_id: ids.request_id,
      key: subject,
      expired_at: "2026-03-02T08:59:00Z",
      votes: [],
    },
    title: "Expired: {{ subject }}",
    facts: [
      { label: "Votes", value: named },
      { label: "When", value: timeText("data.expired_at") },
    ],
    colour: "#9A6700",
  }),
  type({
    name: "approval.cancelled",
    about: "The requester, the producer or an admin withdrew a request",
    level: "notice",
    schema: members(request, { key: text, cancelled_by: text, reason: text }),
    data: {
      request_id: ids.request_id,
      key: subject,
      cancelled_by: "Chloé",
      reason: "Version 1.4.3 follows today.",
    },
    title: "Cancelled: {{ subject }}",
    facts: [{ label: "By", value: "{{ data.cancelled_by }}" }, reason],
    colour: "#6E7781",
  }),
  type({
    name: "approval.pin_failed",
    about: "Somebody typed a wrong PIN",
    level: "warning",
    schema: members(
      { ...request, attempts: count, max_attempts: count },
      { key: text, person: text, surface: text },
    ),
    data: {
      request_id: ids.request_id,
      key: subject,
      person: "Ann",
      attempts: 2,
      max_attempts: 5,
      surface: "slack",
    },
    title: "Wrong PIN: {{ subject }}",
    facts: [
      { label: "Who", value: "{{ data.person }}" },
      { label: "Tries used", value: "{{ data.attempts }} of {{ data.max_attempts }}" },
      { label: "Where", value: "{{ data.surface }}" },
    ],
    colour: "#9A6700",
  }),
  type({
    name: "approval.locked",
    about: "A request is locked after too many wrong proofs",
    level: "alert",
    schema: members(request, { key: text, person: text, reason: text, locked_at: time }),
    data: {
      request_id: ids.request_id,
      key: subject,
      person: "Ann",
      reason: "Five wrong PINs",
      locked_at: "2026-03-02T08:59:00Z",
    },
    title: "Locked: {{ subject }}",
    facts: [
      { label: "Who", value: "{{ data.person }}" },
      reason,
      { label: "When", value: timeText("data.locked_at") },
    ],
    colour: "#CF222E",
  }),
  type({
    name: "approval.executed",
    about: "The producer reports that what was approved is done",
    level: "info",
    schema: members(decided, { action: text, reported_at: time }),
    data: { ...ids, action: "approve", reported_at: "2026-03-02T08:59:00Z" },
    title: "Done: {{ subject }}",
    facts: [
      { label: "Action", value: "{{ data.action }}" },
      { label: "When", value: timeText("data.reported_at") },
    ],
    colour: "#1A7F37",
  }),
  type({
    name: "approval.granted",
    about: "The producer reports that the access is in place",
    level: "info",
    schema: members(decided, { granted_until: time }),
    data: { ...ids, granted_until: "2026-03-02T13:00:00Z" },
    title: "Access in place: {{ subject }}",
    facts: [{ label: "Until", value: timeText("data.granted_until") }],
    colour: "#1A7F37",
  }),
  type({
    name: "approval.failed",
    about: "The producer reports that what was approved did not work",
    level: "alert",
    schema: members(decided, { error: text }),
    data: { ...ids, error: "The host web-2 did not answer its health check." },
    title: "Did not work: {{ subject }}",
    facts: [{ label: "Error", value: "{{ data.error }}" }],
    colour: "#CF222E",
  }),
  type({
    name: "approval.fulfilled",
    about: "The producer reports that the thing was handed over",
    level: "info",
    schema: members(decided, { item: text, handed_to: text }),
    data: { ...ids, item: "27-inch monitor", handed_to: "Chloé" },
    title: "Handed over: {{ subject }}",
    facts: [
      { label: "Item", value: "{{ data.item }}" },
      { label: "Handed to", value: "{{ data.handed_to }}" },
    ],
    colour: "#1A7F37",
  }),
  type({
    name: "approval.revoked",
    about: "Somebody took an approval back",
    level: "warning",
    schema: members(decided, { revoked_by: text, reason: text }),
    data: { ...ids, revoked_by: "Ann", reason: "The certificate of the build is not ours." },
    title: "Taken back: {{ subject }}",
    facts: [{ label: "By", value: "{{ data.revoked_by }}" }, reason],
    colour: "#9A6700",
  }),
];
