import { z } from "zod";
import { languages } from "../../domain/message.ts";
import { eventTextsSchema } from "../../routing/event-texts-schema.ts";
import type { Operation } from "./operation.ts";
import { rotateDraftSchema } from "./read-overlap.ts";
import { attemptSchema, deliverySchema, listOf } from "./schemas.ts";

const time = z.iso.datetime();

/** A destination as the API shows it. */
export const destinationSchema = z.object({
  id: z.string(),
  name: z.string().describe("What rules say; it stays when the channel is renamed"),
  kind: z.enum(["slack", "teams", "webhook", "slack-webhook", "teams-workflow"]),
  can: z
    .array(z.enum(["decide", "edit"]))
    .describe("What people can do there besides reading; nothing on a webhook"),
  workspace: z.string().nullable().describe("Slack team, or Microsoft 365 tenant"),
  channel: z
    .object({
      id: z.string(),
      name: z.string().describe("What the channel is called now"),
    })
    .nullable(),
  settings: z
    .record(z.string(), z.string())
    .nullable()
    .describe("Of a webhook, by field; an address stands as its host and last four characters"),
  state: z.enum(["active", "disabled", "test"]),
  types: z
    .array(z.string())
    .nullable()
    .describe("The event types that are switched on; null: all, rules are asked first"),
  test_target: z.string().nullable().describe("Where everything goes while the state is test"),
  description: z.string().nullable(),
  application: z.string().nullable(),
  environment: z.string().nullable(),
  fallback: z
    .string()
    .nullable()
    .describe("The destination that stands in while this one is broken"),
  disabled: z.boolean().describe("Live events are off: the state is disabled"),
  former_secret_until: time
    .nullable()
    .describe("Until then calls are signed with the former secret too"),
  outsiders: z.boolean().describe("People of other companies read there"),
  broken: z
    .object({ code: z.string(), since: time })
    .nullable()
    .describe("Why nothing arrives: the platform's own code"),
  language: z.enum(languages).describe("In which messages are written there"),
  message: eventTextsSchema.nullable(),
  revision: z.int().describe("Send it as If-Match"),
});

/** One destination with what needs it. */
const destinationWithUsersSchema = destinationSchema.extend({
  used_by: z.array(
    z.object({
      kind: z.enum(["rule", "unrouted events", "workspace", "destination", "operations"]),
      name: z.string(),
    }),
  ),
});

const channel = z
  .string()
  .min(1)
  .max(500)
  .describe("An id, a link to the channel or to a message in it, or #name");

const settings = z
  .record(
    z.string(),
    z.union([
      z.string().max(50_000),
      z.number(),
      z.record(z.string().max(200), z.string().max(2_000)).describe("Headers by their names"),
    ]),
  )
  .describe("The fields of the kind: address, method, headers, secret_headers, body, …");

const label = z.string().max(200);

/** What every kind of destination may be told. */
const shared = {
  state: z.enum(["active", "disabled", "test"]).optional(),
  types: z
    .array(z.string().max(129))
    .max(200)
    .nullish()
    .describe("Event types that are switched on, as rules name them; null: all"),
  fallback: z.string().nullish().describe("Id or name of another destination; null: none"),
  test_target: z.string().nullish().describe("Id or name of another destination; null: none"),
  language: z.enum(languages).optional().describe("In which messages are written there"),
  message: eventTextsSchema
    .nullish()
    .describe("Texts in place of those of types and rules; null: none"),
  description: label.optional(),
  application: label.optional(),
  environment: label.optional(),
};

export const destinationDraftSchema = z.strictObject({
  kind: z
    .enum(["channel", "webhook", "slack-webhook", "teams-workflow"])
    .optional()
    .describe("Left out: a channel of a connected workspace"),
  workspace: z.string().optional().describe("For a channel: the connected workspace, ins_…"),
  channel: channel.optional(),
  name: z.string().optional().describe("Made from the channel's name where it is left out"),
  settings: settings.optional(),
  ...shared,
});

export const destinationChangeSchema = z.strictObject({
  name: z.string().optional(),
  workspace: z.string().optional().describe("Where the channel lies; left out: the same workspace"),
  channel: channel.optional(),
  settings: settings.optional(),
  disabled: z.boolean().optional().describe("The same as the state disabled, or active"),
  ...shared,
});

/** A test of values that are not saved, or of a saved destination. */
export const destinationTrialSchema = z.strictObject({
  kind: z.enum(["channel", "webhook", "slack-webhook", "teams-workflow"]).optional(),
  workspace: z.string().optional().describe("For a channel: the connected workspace, ins_…"),
  channel: channel.optional(),
  name: z.string().max(100).optional(),
  settings: settings.optional(),
  destination: z
    .string()
    .optional()
    .describe("Id or name of a saved one over whose values these are typed"),
  sample: z.string().optional().describe("Post the sample of this event type"),
});

/** What to post as a test. */
export const destinationSampleSchema = z.strictObject({
  sample: z.string().optional().describe("Post the sample of this event type"),
});

/** A hook that was made: its signing secret is shown once. */
const madeDestinationSchema = destinationSchema.extend({
  signing_secret: z
    .string()
    .optional()
    .describe(
      "For a webhook that was just made or got a new one: what signs its calls, shown once",
    ),
});

/** What a test did and found. */
export const destinationTestSchema = z.object({
  outcome: z.enum(["passed", "failed", "waiting"]),
  steps: z.array(
    z.object({
      step: z.string(),
      state: z.enum(["done", "failed", "waiting", "not_tried"]),
      detail: z.string(),
    }),
  ),
  duration_ms: z.int(),
  note: z.string().nullable().describe("Such as: unsaved value; live events are off here"),
  trouble: z
    .object({ code: z.string(), cause: z.string(), next: z.string() })
    .nullable()
    .describe("What went wrong, and who does what about it"),
  event: z.string().nullable(),
  delivery: deliverySchema.nullable(),
  attempt: attemptSchema.nullable().describe("The last try"),
});

const json = ["application/json"];
const changing = [400, 401, 403, 404, 409, 412, 422, 428] as const;

/** What the document says of destinations. */
export const destinationOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/destinations",
    summary: "List destinations by name",
    answer: { status: 200, schema: listOf(destinationSchema) },
    refusals: [401, 403],
  },
  {
    method: "post",
    path: "/v1/destinations",
    summary:
      "Make a webhook a destination, or choose a channel: make it one, or read the one that it is",
    body: { types: json, schema: destinationDraftSchema },
    answer: { status: 201, schema: madeDestinationSchema },
    refusals: [400, 401, 403, 404, 409, 422],
  },
  {
    method: "post",
    path: "/v1/destinations/test",
    summary:
      "Send a test to values that are not saved, or a channel that is not chosen, and wait a moment for what becomes of it",
    body: { types: json, schema: destinationTrialSchema },
    answer: { status: 200, schema: destinationTestSchema },
    refusals: [400, 401, 403, 404, 422],
  },
  {
    method: "get",
    path: "/v1/destinations/{id}",
    summary: "Read one destination, with what needs it; its revision is the ETag",
    answer: { status: 200, schema: destinationWithUsersSchema },
    refusals: [401, 403, 404],
  },
  {
    method: "patch",
    path: "/v1/destinations/{id}",
    summary:
      "Rename it, let it lead elsewhere, switch it or its event types on and off, give it a fallback",
    headers: ["If-Match"],
    body: { types: json, schema: destinationChangeSchema },
    answer: { status: 200, schema: destinationSchema },
    refusals: changing,
  },
  {
    method: "delete",
    path: "/v1/destinations/{id}",
    summary: "Remove a destination that nothing needs",
    headers: ["If-Match"],
    answer: { status: 204 },
    refusals: [401, 403, 404, 409, 412, 428],
  },
  {
    method: "post",
    path: "/v1/destinations/{id}/rotate-secret",
    summary: "Make a new signing secret of a webhook; for a while both sign",
    body: { types: json, schema: rotateDraftSchema },
    answer: { status: 200, schema: madeDestinationSchema },
    refusals: [400, 401, 403, 404, 422],
  },
  {
    method: "post",
    path: "/v1/destinations/{id}/test",
    summary: "Post a hello there, and wait a moment for what becomes of it",
    body: { types: json, schema: destinationSampleSchema },
    answer: { status: 200, schema: destinationTestSchema },
    refusals: [400, 401, 403, 404, 422],
  },
];
