import { z } from "zod";
import {
  approvalAskSchema,
  cloudEventSchema,
  plainEventSchema,
} from "../../ingest/event-schema.ts";
import { mostEvents } from "../../ingest/read-events.ts";
import { auditOperations } from "./audit-operations.ts";
import { destinationOperations } from "./destination-operations.ts";
import { eventTypeOperations } from "./event-type-operations.ts";
import type { Operation } from "./operation.ts";
import { peopleOperations } from "./people-operations.ts";
import { policyOperations } from "./policy-operations.ts";
import { producerOperations } from "./producer-operations.ts";
import { ruleTrialOperations } from "./rule-trials.ts";
import { ruleVersionOperations } from "./rules.ts";
import {
  approvalSchema,
  cancelDraftSchema,
  deliverySchema,
  deliveryWithAttemptsSchema,
  eventSchema,
  eventSummarySchema,
  listOf,
  outcomeDraftSchema,
  receiptSchema,
  redeliverDraftSchema,
  redeliveredSchema,
  rotationSchema,
  ruleSetDraftSchema,
  ruleSetSchema,
  signInLinkSchema,
  voteDraftSchema,
} from "./schemas.ts";
import { settingsCodeOperations } from "./settings-code.ts";
import { workspaceOperations } from "./workspace-operations.ts";

const json = ["application/json"];
const page = ["limit", "order", "after"];
/** What asks for a decision lies in `data`, and is read apart from it. */
const data = z
  .object({
    approval: approvalAskSchema.optional().describe("Asks people to decide; no part of the data"),
  })
  .catchall(z.unknown())
  .optional();
const event = z.union([plainEventSchema.extend({ data }), cloudEventSchema.extend({ data })]);
const events = z.union([event, z.array(event).min(1).max(mostEvents)]);

/** Every operation under `/v1`, as the document lists them. */
export const operations: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/events",
    summary: `Post one event, or a batch of at most ${mostEvents}`,
    body: {
      types: [...json, "application/cloudevents+json", "application/cloudevents-batch+json"],
      schema: events,
    },
    headers: ["Idempotency-Key"],
    answer: {
      status: 202,
      schema: z.union([receiptSchema, z.object({ items: z.array(receiptSchema) })]),
    },
    refusals: [400, 401, 403, 409, 413, 415, 422, 503],
  },
  {
    method: "get",
    path: "/v1/events",
    summary: "List events, newest first",
    query: [...page, "type", "source", "subject", "since", "unrouted"],
    answer: { status: 200, schema: listOf(eventSummarySchema) },
    refusals: [401, 403, 422],
  },
  {
    method: "get",
    path: "/v1/events/{id}",
    summary: "Read one event with its plan, deliveries and approval",
    answer: { status: 200, schema: eventSchema },
    refusals: [401, 403, 404],
  },
  {
    method: "get",
    path: "/v1/approvals",
    summary: "List approvals; with key and state it answers whether something is pending",
    query: [...page, "key", "state"],
    answer: { status: 200, schema: listOf(approvalSchema) },
    refusals: [401, 403, 422],
  },
  {
    method: "get",
    path: "/v1/approvals/{id}",
    summary: "Read one approval; wait for a change of it",
    query: ["wait", "after_revision"],
    answer: { status: 200, schema: approvalSchema },
    refusals: [401, 403, 404, 422],
  },
  {
    method: "get",
    path: "/v1/approvals/{id}/stream",
    summary:
      "Watch one approval as server-sent events; the id is the revision. 204: it is closed, and that was heard",
    headers: ["Last-Event-ID"],
    answer: { status: 200, type: "text/event-stream" },
    refusals: [401, 403, 404],
  },
  {
    method: "post",
    path: "/v1/approvals/{id}/votes",
    summary: "Decide as a person",
    body: { types: json, schema: voteDraftSchema },
    answer: { status: 200, schema: approvalSchema },
    refusals: [400, 401, 403, 404, 409, 422],
  },
  {
    method: "post",
    path: "/v1/approvals/{id}/cancel",
    summary: "Withdraw an open approval",
    body: { types: json, schema: cancelDraftSchema },
    answer: { status: 200, schema: approvalSchema },
    refusals: [400, 401, 403, 404, 409, 422],
  },
  {
    method: "post",
    path: "/v1/approvals/{id}/outcome",
    summary: "Report what was done after the approval, once, as its producer",
    body: { types: json, schema: outcomeDraftSchema },
    answer: { status: 200, schema: approvalSchema },
    refusals: [400, 401, 403, 404, 409, 422],
  },
  {
    method: "post",
    path: "/v1/approvals/{id}/revoke",
    summary: "Take an approval back",
    body: { types: json, schema: cancelDraftSchema },
    answer: { status: 200, schema: approvalSchema },
    refusals: [400, 401, 403, 404, 409, 422],
  },
  {
    method: "post",
    path: "/v1/approvals/{id}/unlock",
    summary: "Open a locked approval again",
    body: { types: json, schema: cancelDraftSchema },
    answer: { status: 200, schema: approvalSchema },
    refusals: [400, 401, 403, 404, 409, 422],
  },
  {
    method: "get",
    path: "/v1/deliveries",
    summary: "List deliveries, newest first",
    query: [...page, "state", "label", "event"],
    answer: { status: 200, schema: listOf(deliverySchema) },
    refusals: [401, 403, 422],
  },
  {
    method: "get",
    path: "/v1/deliveries/{id}",
    summary: "Read one delivery with its attempts",
    answer: { status: 200, schema: deliveryWithAttemptsSchema },
    refusals: [401, 403, 404],
  },
  {
    method: "post",
    path: "/v1/deliveries/{id}/redeliver",
    summary: "Put a dead delivery back into its lane",
    answer: { status: 202, schema: deliverySchema },
    refusals: [401, 403, 404, 409],
  },
  {
    method: "post",
    path: "/v1/deliveries/redeliver",
    summary: "Put dead deliveries back, as a filter names them; dry_run only counts",
    body: { types: json, schema: redeliverDraftSchema },
    answer: { status: 202, schema: redeliveredSchema },
    refusals: [400, 401, 403, 422],
  },
  {
    method: "get",
    path: "/v1/rules",
    summary: "Read the newest rule set, or an earlier version; its version is the ETag",
    query: ["version"],
    answer: { status: 200, schema: ruleSetSchema },
    refusals: [401, 403],
  },
  {
    method: "put",
    path: "/v1/rules",
    summary: "Replace the whole rule set",
    headers: ["If-Match"],
    body: { types: json, schema: ruleSetDraftSchema },
    answer: { status: 200, schema: ruleSetSchema },
    refusals: [400, 401, 403, 412, 422, 428],
  },
  {
    method: "get",
    path: "/v1/feed",
    summary: "Watch what the hub does as server-sent events",
    answer: { status: 200, type: "text/event-stream" },
    refusals: [401, 403],
  },
  {
    method: "post",
    path: "/v1/admin/links",
    summary: "Make a one-time sign-in link",
    answer: { status: 201, schema: signInLinkSchema },
    refusals: [401, 403],
  },
  {
    method: "post",
    path: "/v1/admin/keys/rotate",
    summary: "Seal every secret anew under the newest key, and retire the older ones",
    answer: { status: 200, schema: rotationSchema },
    refusals: [401, 403, 409],
  },
  ...ruleVersionOperations,
  ...ruleTrialOperations,
  ...workspaceOperations,
  ...destinationOperations,
  ...eventTypeOperations,
  ...peopleOperations,
  ...auditOperations,
  ...policyOperations,
  ...producerOperations,
  ...settingsCodeOperations,
];
