import { z } from "zod";
import { type ApprovalState, outcomes } from "../../domain/approval.ts";
import { parseDuration } from "../../domain/duration.ts";
import { levels } from "../../domain/event.ts";
import type { Json } from "../../domain/json.ts";
import { ruleSchema } from "../../routing/rule-schema.ts";

/** The shapes that the API answers with. One schema gives the type, the OpenAPI document and the tests' check. */

const time = z.iso.datetime().describe("RFC 3339, UTC");
const choice = z.enum(["approve", "reject"]);

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string().describe("Stable, for programs"),
  hint: z.string().optional().describe("What to do"),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  request_id: z.string().optional(),
});

export const approvalStates = [
  "open",
  "locked",
  "approved",
  "rejected",
  "expired",
  "cancelled",
  "revoked",
] as const satisfies readonly ApprovalState[];

export const approvalSchema = z.object({
  id: z.string(),
  state: z.enum(approvalStates),
  revision: z.int(),
  key: z.string().nullable(),
  title: z.string(),
  body: z.string().nullable(),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  level: z.enum(levels),
  link: z.string().nullable(),
  event: z.string(),
  source: z.string(),
  external_id: z.string(),
  producer: z.object({ id: z.string(), name: z.string() }),
  policy: z.object({
    name: z.string(),
    version: z.int(),
    approvers: z.array(z.string()),
    votes: z.int(),
    rejections: z.int(),
    via: z.array(z.enum(["slack", "teams", "web", "api"])),
  }),
  requester: z.object({ claim: z.string(), name: z.string(), known: z.boolean() }).nullable(),
  actions: z.array(z.object({ id: z.string(), choice, label: z.string() })),
  votes: z.array(
    z.object({
      person: z.string(),
      name: z.string(),
      choice,
      action: z.string(),
      reason: z.string().nullable(),
      at: time,
      via: z.enum(["slack", "teams", "web", "api"]),
      assurance: z.enum(["click", "sso"]),
      proof: z
        .object({ issuer: z.string(), signed_in_at: time })
        .nullable()
        .describe("The fresh sign-in that the policy asked for"),
      identity: z.enum(["link", "admin_link", "email", "session", "key"]),
    }),
  ),
  opened_at: time,
  expires_at: time,
  closed_at: time.nullable(),
  closed_by: z.string().nullable().describe("Who decided or cancelled it"),
  closed_via: z
    .enum(["slack", "teams", "web", "api", "producer"])
    .nullable()
    .describe("Where it was decided; producer: its own system settled it"),
  decision: z.string().nullable(),
  marks: z
    .array(z.object({ event: z.string(), type: z.string(), says: z.string(), at: time }))
    .describe("What the producer told of it while it was open"),
  conflict: z
    .object({
      event: z.string(),
      state: z.enum(["approved", "rejected", "expired", "cancelled"]),
      by: z.string(),
      at: time,
    })
    .nullable()
    .describe("How the producer says that it ended, where it ended otherwise here"),
  outcome: z
    .object({
      outcome: z.enum(outcomes),
      detail: z.string().nullable(),
      fields: z
        .record(z.string(), z.custom<Json>())
        .describe("What it said, under its own names: `granted_until`, `handed_to`"),
      facts: z
        .array(z.object({ label: z.string(), value: z.string() }))
        .describe("As cards say it"),
      at: time,
    })
    .nullable()
    .describe("What the producer reported after the approval"),
  links: z.object({ self: z.string(), page: z.string() }),
});

export const deliveryStates = [
  "pending",
  "sending",
  "held",
  "delivered",
  "suppressed",
  "dead",
] as const;

export const deliverySchema = z.object({
  id: z.string(),
  kind: z
    .enum(["post", "edit", "note", "callback"])
    .describe("note: a few words in the thread below a posted message"),
  platform: z.enum(["slack", "teams", "webhook", "slack-webhook", "teams-workflow", "callback"]),
  label: z.string().describe("The channel, or the host of a callback"),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  because: z.string().nullable(),
  status: z.int().nullable(),
  duration_ms: z.int().nullable(),
  approval_revision: z.int().nullable(),
  created_at: time,
  due_at: time.nullable(),
  settled_at: time.nullable(),
});

export const attemptSchema = z.object({
  id: z.string(),
  number: z.int(),
  outcome: z.enum(["sent", "retry", "unknown", "rejected", "disconnected"]),
  because: z.string().nullable(),
  status: z.int().nullable(),
  request: z.string().describe("What was sent, redacted"),
  response: z.string().describe("What came back, redacted"),
  started_at: time,
  duration_ms: z.int(),
});

export const deliveryWithAttemptsSchema = deliverySchema.extend({
  attempts_made: z.array(attemptSchema),
});

export const redeliverDraftSchema = z.strictObject({
  filter: z
    .strictObject({
      since: z
        .string()
        .refine(
          (span) => parseDuration(span) !== undefined,
          "expected a span such as 30s, 15m, 24h or 7d",
        )
        .optional()
        .describe("Dead for at most this long"),
      label: z.string().optional(),
    })
    .default({}),
  dry_run: z.boolean().default(false),
});

export const redeliveredSchema = z.object({
  dry_run: z.boolean(),
  found: z.int(),
  queued: z.int(),
  more: z.boolean().describe("Not all dead deliveries were looked at: ask again for the others"),
  items: z.array(deliverySchema),
});

const eventFields = {
  id: z.string(),
  external_id: z.string(),
  type: z.string(),
  source: z.string(),
  subject: z.string().nullable(),
  level: z.enum(levels),
  link: z.string().nullable(),
  data: z.record(z.string(), z.json()),
  extensions: z.record(z.string(), z.json()),
  time,
  received_at: time,
  producer: z.object({ id: z.string(), name: z.string() }),
  state: z.enum(["accepted", "expanded"]),
  known: z.boolean().describe("Whether the hub has a type of this name"),
  rule_set_version: z.int(),
  unrouted: z.boolean().describe("No rule matched it"),
  matched: z.array(
    z.object({ rule: z.int(), name: z.string(), destinations: z.array(z.string()) }),
  ),
};

export const eventSummarySchema = z.object(eventFields);
export const eventSchema = z.object({
  ...eventFields,
  deliveries: z.array(deliverySchema),
  approval: approvalSchema.nullable(),
});

export const receiptSchema = z.object({
  id: z.string(),
  external_id: z.string(),
  status: z.enum(["accepted", "duplicate"]),
  known: z.boolean(),
  matched: z.array(
    z.object({ rule: z.int(), name: z.string(), destinations: z.array(z.string()) }),
  ),
  approval: z
    .object({
      id: z.string(),
      state: approvalSchema.shape.state,
      expires_at: time,
      differs: z
        .boolean()
        .optional()
        .describe("It joined an open request that shows something else"),
    })
    .optional(),
  links: z.object({ self: z.string(), page: z.string(), approval: z.string().optional() }),
});

export const ruleSetDraftSchema = z.strictObject({
  rules: z.array(ruleSchema).max(100_000),
  fallback: z.string().nullish().describe("Where events go that no rule matched"),
  description: z.string().max(500).nullish().describe("What this version is for"),
  version: z.int().optional().describe("Of the set that was read; If-Match decides"),
  author: z.string().optional().describe("Of the set that was read; passed over"),
  saved_at: z.string().optional().describe("Of the set that was read; passed over"),
});

export const ruleSetSchema = z.object({
  version: z.int(),
  author: z.string(),
  description: z.string().nullable(),
  saved_at: time,
  rules: z.array(ruleSchema),
  fallback: z.string().nullable(),
});

export const voteDraftSchema = z
  .strictObject({
    action: z.string().optional(),
    choice: choice.optional(),
    reason: z.string().max(3_000).optional(),
  })
  .refine(({ action, choice }) => (action === undefined) !== (choice === undefined), {
    error: "give action or choice, one of them",
    path: ["action"],
  });

export const cancelDraftSchema = z.strictObject({ reason: z.string().max(3_000).optional() });

export const outcomeDraftSchema = z.strictObject({
  outcome: z.enum(outcomes),
  detail: z.string().max(1_000).optional(),
  fields: z
    .record(z.string().min(1).max(60), z.union([z.string().max(1_000), z.number(), z.boolean()]))
    .refine((fields) => Object.keys(fields).length <= 20, { error: "at most 20 fields" })
    .optional()
    .describe("What was done, by name: `granted_until`, `asset`, `by`. Cards say it too"),
});

export const rotationSchema = z.object({
  newest: z.string().describe("Fingerprint of the key that seals now"),
  kept_by: z.enum(["hub", "operator"]).describe("operator: in COUNTERSIGN_KEYS"),
  resealed: z.int(),
  retired: z.int(),
});

export const signInLinkSchema = z.object({ url: z.string(), expires_at: time });

/** A list answer: newest first, `next` null at the end. A page holds what fits of the records that it may read, or none. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export type ApprovalJson = z.infer<typeof approvalSchema>;
export type EventSummaryJson = z.infer<typeof eventSummarySchema>;
export type AttemptJson = z.infer<typeof attemptSchema>;
export type DeliveryJson = z.infer<typeof deliverySchema>;
export type ReceiptJson = z.infer<typeof receiptSchema>;
export type RuleSetJson = z.infer<typeof ruleSetSchema>;
