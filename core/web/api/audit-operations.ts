import { z } from "zod";
import type { Operation } from "./operation.ts";
import { listOf } from "./schemas.ts";

export const auditRowSchema = z.object({
  number: z.int().describe("From 1, without a gap"),
  at: z.iso.datetime(),
  action: z.string().describe("A noun and what became of it: person.changed, approval.voted"),
  actor: z.object({
    kind: z.enum(["person", "producer", "account", "stranger", "hub"]),
    id: z.string().nullable(),
    name: z.string(),
    via: z.enum(["web", "api", "slack", "teams"]).nullable(),
    address: z.string().nullable(),
  }),
  target: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable(),
  details: z
    .record(z.string(), z.unknown())
    .describe("What changed. Secrets are named, never shown"),
  hash: z.string().describe("SHA-256 of `line`; the next row names it as `previous`"),
  line: z.string().describe("The row as it is kept and hashed"),
});

export const auditVerifiedSchema = z.object({
  intact: z.boolean(),
  rows: z.int().describe("How many rows stand as they were written, from the first on"),
  head: z.string().nullable().describe("Number and hash of the newest row, as `number:hash`"),
  broken: z
    .object({
      at: z.int().describe("The first row that does not stand as it was written"),
      because: z.enum([
        "altered",
        "missing",
        "out_of_order",
        "cut_off",
        "head_lost",
        "head_forged",
      ]),
    })
    .nullable(),
});

/** What the document says of the audit log. */
export const auditOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/audit",
    summary: "List what people and keys changed, newest first",
    query: ["limit", "order", "after", "action", "who", "what", "since"],
    answer: { status: 200, schema: listOf(auditRowSchema) },
    refusals: [401, 403, 422],
  },
  {
    method: "get",
    path: "/v1/audit/verify",
    summary: "Look at the whole chain; head is a `number:hash` that you noted elsewhere",
    query: ["head"],
    answer: { status: 200, schema: auditVerifiedSchema },
    refusals: [401, 403, 422],
  },
];
