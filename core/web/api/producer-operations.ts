import { z } from "zod";
import { scopes } from "../../domain/producer.ts";
import type { Operation } from "./operation.ts";
import { rotateDraftSchema } from "./read-overlap.ts";
import { listOf } from "./schemas.ts";

const time = z.iso.datetime();
const json = ["application/json"];

const records = z.strictObject({
  address: z.string().max(500).optional().describe("https; before paths such as /deploys/812"),
  hosts: z
    .array(z.string().max(300))
    .max(50)
    .optional()
    .describe("Further hosts on which links may lie"),
  label: z.string().max(60).optional().describe("What the button says; left out: Open"),
});

/** A producer as the API shows it. Its callback address may hold a secret, so only its host is told. */
export const producerSchema = z.object({
  id: z.string(),
  name: z.string(),
  callback: z.object({ host: z.string() }).nullable(),
  callback_hosts: z.array(z.string()),
  may_name_policies: z.boolean(),
  records: records
    .nullable()
    .describe("Where links of its events lead; none: to the hub's own pages"),
  built_in: z.boolean().describe("The hub's own; nobody changes it"),
  former_secret_until: time
    .nullable()
    .describe("Until then callbacks are signed with the former secret too"),
  revision: z.int().describe("Send it as If-Match"),
});

export const producerDraftSchema = z.strictObject({
  name: z.string(),
  callback: z.string().max(2_000).nullish().describe("Write-only; null: none"),
  callback_hosts: z.array(z.string().max(300)).max(50).default([]),
  may_name_policies: z.boolean().default(false),
  records: records.nullish(),
});

/** A replacement: the address stays where it is left out. */
export const producerChangeSchema = z.strictObject({
  name: z.string(),
  callback: z.string().max(2_000).nullish().describe("Left out: it stays; null: none"),
  callback_hosts: z.array(z.string().max(300)).max(50),
  may_name_policies: z.boolean(),
  records: records.nullish().describe("Left out: it stays; null: none"),
});

const producerWithSecretSchema = producerSchema.extend({
  callback_secret: z.string().describe("whsec_…, shown this once"),
});

/** An API key as the API shows it; its text is shown once, when it is made. */
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.object({ kind: z.enum(["producer", "person"]), id: z.string(), name: z.string() }),
  scopes: z.array(z.enum(scopes)),
  state: z.enum(["active", "expired", "revoked"]),
  created_at: time.nullable(),
  created_by: z.string().nullable(),
  expires_at: time.nullable(),
  last_used_at: time.nullable().describe("To the minute"),
  revoked_at: time.nullable(),
  revoked_by: z.string().nullable(),
});

const apiKeyWithTextSchema = apiKeySchema.extend({ key: z.string().describe("Shown this once") });

export const apiKeyDraftSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  producer: z.string().optional().describe("Id or name of the producer that it belongs to"),
  person: z.string().optional().describe("Id or e-mail address of the person that it belongs to"),
  scopes: z
    .array(z.enum(scopes))
    .min(1)
    .describe("A producer's key may have events and read; vote is never there by default"),
  expires_in: z.string().optional().describe("Such as 24h or 90d; left out: never"),
});

/** What the document says of producers and their keys. */
export const producerOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/producers",
    summary: "List the systems that post events",
    answer: { status: 200, schema: listOf(producerSchema) },
    refusals: [401, 403],
  },
  {
    method: "post",
    path: "/v1/producers",
    summary: "Add a producer; its callback secret is in the answer, and nowhere else",
    body: { types: json, schema: producerDraftSchema },
    answer: { status: 201, schema: producerWithSecretSchema },
    refusals: [400, 401, 403, 409, 422],
  },
  {
    method: "get",
    path: "/v1/producers/{id}",
    summary: "Read a producer",
    answer: { status: 200, schema: producerSchema },
    refusals: [401, 403, 404],
  },
  {
    method: "put",
    path: "/v1/producers/{id}",
    summary: "Replace a producer; a callback address that is left out stays",
    headers: ["If-Match"],
    body: { types: json, schema: producerChangeSchema },
    answer: { status: 200, schema: producerSchema },
    refusals: [400, 401, 403, 404, 409, 412, 422, 428],
  },
  {
    method: "delete",
    path: "/v1/producers/{id}",
    summary: "Remove a producer that has no open request and no key",
    headers: ["If-Match"],
    answer: { status: 204 },
    refusals: [401, 403, 404, 409, 412, 428],
  },
  {
    method: "post",
    path: "/v1/producers/{id}/rotate-secret",
    summary: "Make a new callback secret; for a while both sign",
    body: { types: json, schema: rotateDraftSchema },
    answer: { status: 200, schema: producerWithSecretSchema },
    refusals: [400, 401, 403, 404, 409, 422],
  },
  {
    method: "get",
    path: "/v1/keys",
    summary: "List API keys, without their text",
    answer: { status: 200, schema: listOf(apiKeySchema) },
    refusals: [401, 403],
  },
  {
    method: "post",
    path: "/v1/keys",
    summary: "Make an API key; its text is in the answer, and nowhere else",
    body: { types: json, schema: apiKeyDraftSchema },
    answer: { status: 201, schema: apiKeyWithTextSchema },
    refusals: [400, 401, 403, 422],
  },
  {
    method: "delete",
    path: "/v1/keys/{id}",
    summary: "Revoke an API key: it opens nothing any more, within a second everywhere",
    answer: { status: 200, schema: apiKeySchema },
    refusals: [401, 403, 404],
  },
];
