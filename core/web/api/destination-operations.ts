import { z } from "zod";
import { languages } from "../../domain/message.ts";
import { eventTextsSchema } from "../../routing/event-texts-schema.ts";
import type { Operation } from "./openapi.ts";
import { attemptSchema, deliverySchema, listOf } from "./schemas.ts";

const time = z.iso.datetime();

/** A destination as the API shows it. */
export const destinationSchema = z.object({
  id: z.string(),
  name: z.string().describe("What rules say; it stays when the channel is renamed"),
  kind: z.enum(["slack", "teams"]),
  workspace: z.string().describe("Slack team, or Microsoft 365 tenant"),
  channel: z.object({
    id: z.string(),
    name: z.string().describe("What the channel is called now"),
  }),
  fallback: z
    .string()
    .nullable()
    .describe("The destination that stands in while this one is broken"),
  disabled: z.boolean().describe("Live events are off"),
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
      kind: z.enum(["rule", "unrouted events", "workspace", "destination"]),
      name: z.string(),
    }),
  ),
});

const channel = z
  .string()
  .min(1)
  .max(500)
  .describe("An id, a link to the channel or to a message in it, or #name");

export const destinationDraftSchema = z.strictObject({
  workspace: z.string().describe("Id of the connected workspace, ins_…"),
  channel,
  name: z.string().optional().describe("Made from the channel's name where it is left out"),
});

export const destinationChangeSchema = z.strictObject({
  name: z.string().optional(),
  workspace: z.string().optional().describe("Where the channel lies; left out: the same workspace"),
  channel: channel.optional(),
  fallback: z.string().nullish().describe("Id or name of another destination; null: none"),
  disabled: z.boolean().optional(),
  language: z.enum(languages).optional().describe("In which messages are written there"),
  message: eventTextsSchema
    .nullish()
    .describe("Texts in place of those of types and rules; null: none"),
});

/** What a test did and found. */
export const destinationTestSchema = z.object({
  outcome: z.enum(["passed", "failed", "waiting"]),
  steps: z.array(
    z.object({
      step: z.string(),
      state: z.enum(["done", "failed", "waiting"]),
      detail: z.string(),
    }),
  ),
  duration_ms: z.int(),
  note: z.string().nullable().describe("Such as: live events are off here"),
  event: z.string(),
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
    summary: "Choose a channel: make it a destination, or read the one that it is",
    body: { types: json, schema: destinationDraftSchema },
    answer: { status: 201, schema: destinationSchema },
    refusals: [400, 401, 403, 404, 409, 422],
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
      "Rename it, let it lead to another channel, give it a fallback, switch live events off or on",
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
    path: "/v1/destinations/{id}/test",
    summary: "Post a hello there, and wait a moment for what becomes of it",
    answer: { status: 200, schema: destinationTestSchema },
    refusals: [401, 403, 404],
  },
];
