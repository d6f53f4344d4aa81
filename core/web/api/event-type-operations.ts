import { z } from "zod";
import { definitionSchema } from "../../event-types/definition-schema.ts";
import type { Operation } from "./operation.ts";
import { listOf } from "./schemas.ts";

/** An event type as the API shows it: what an admin may write, and what the hub knows of it. */
const eventTypeSchema = definitionSchema.extend({
  version: z.int(),
  origin: z
    .enum(["builtin", "changed", "added"])
    .describe("The catalogue's own; that, changed by an admin; or an admin's"),
  revision: z.int().describe("Send it as If-Match; 0 of a builtin one"),
});

const oneTypeSchema = eventTypeSchema.extend({
  pictures: z
    .object({
      slack: z.record(z.string(), z.json()).describe("text and blocks of chat.postMessage"),
      teams: z.record(z.string(), z.json()).describe("The Adaptive Card"),
    })
    .nullable()
    .describe("What the sample would post, as it would be sent"),
  warnings: z.array(z.string()).describe("What the texts miss in the sample"),
});

export type EventTypeJson = z.infer<typeof eventTypeSchema>;
export type OneTypeJson = z.infer<typeof oneTypeSchema>;

const passedOver = z.json().optional().describe("Of the type that was read; passed over");

/** A type as it may be sent: one that was read may be sent back as it is. */
export const eventTypeDraftSchema = definitionSchema.extend({
  ...{ origin: passedOver, revision: passedOver, pictures: passedOver, warnings: passedOver },
});

/** What the document says of event types. */
export const eventTypeOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/event-types",
    summary: "List the catalogue; times in samples lie as if they were sent now",
    answer: { status: 200, schema: listOf(eventTypeSchema) },
    refusals: [401, 403],
  },
  {
    method: "get",
    path: "/v1/event-types/{name}",
    summary: "Read one event type, with what its sample would post on Slack and on Teams",
    answer: { status: 200, schema: oneTypeSchema },
    refusals: [401, 403, 404],
  },
  {
    method: "put",
    path: "/v1/event-types/{name}",
    summary: "Add an event type, or replace one as it was read",
    headers: ["If-Match"],
    body: { types: ["application/json"], schema: eventTypeDraftSchema },
    answer: { status: 200, schema: oneTypeSchema },
    refusals: [400, 401, 403, 412, 422, 428],
  },
  {
    method: "delete",
    path: "/v1/event-types/{name}",
    summary: "Remove an admin's type; of a builtin one, what was changed of it",
    headers: ["If-Match"],
    answer: { status: 204 },
    refusals: [401, 403, 404, 409, 412, 428],
  },
];
