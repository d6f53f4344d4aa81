import { z } from "zod";
import { pinSchema, policySchema } from "../../routing/policy-schema.ts";
import type { Operation } from "./operation.ts";
import { listOf } from "./schemas.ts";

const time = z.iso.datetime();
const shown = z.object(policySchema.shape).extend({ version: z.int(), revision: z.int() });
const withUsers = shown.extend({
  used_by: z.array(z.object({ kind: z.enum(["rule", "type", "pin"]), name: z.string() })),
});
const version = z
  .object(policySchema.shape)
  .extend({ version: z.int(), author: z.string().nullable(), saved_at: time.nullable() });
const pin = z.object({
  type: z.string().optional(),
  producer: z.string().optional(),
  policy: z.string(),
  author: z.string(),
  pinned_at: time,
});

export type PolicyJson = z.infer<typeof shown>;
export type PolicyVersionJson = z.infer<typeof version>;
export type PinJson = z.infer<typeof pin>;

const json = ["application/json"];

/** What the document says of policies and pins. */
export const policyOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/policies",
    summary: "List policies by name",
    answer: { status: 200, schema: listOf(shown) },
    refusals: [401, 403],
  },
  {
    method: "get",
    path: "/v1/policies/{name}",
    summary:
      "Read a policy with the rules, event types and pins that name it; its revision is the ETag",
    answer: { status: 200, schema: withUsers },
    refusals: [401, 403, 404],
  },
  {
    method: "get",
    path: "/v1/policies/{name}/versions",
    summary: "List every version of a policy, newest first; they are kept for ever",
    answer: { status: 200, schema: listOf(version) },
    refusals: [401, 403, 404],
  },
  {
    method: "put",
    path: "/v1/policies/{name}",
    summary: "Save the next version of a policy; without If-Match, a new policy",
    headers: ["If-Match"],
    body: { types: json, schema: policySchema },
    answer: { status: 200, schema: withUsers },
    refusals: [400, 401, 403, 412, 422, 428],
  },
  {
    method: "delete",
    path: "/v1/policies/{name}",
    summary: "Remove a policy that no rule, event type or pin names",
    headers: ["If-Match"],
    answer: { status: 204 },
    refusals: [401, 403, 404, 409, 412, 428],
  },
  {
    method: "get",
    path: "/v1/pins",
    summary: "List what policies are pinned to",
    answer: { status: 200, schema: listOf(pin) },
    refusals: [401, 403],
  },
  {
    method: "post",
    path: "/v1/pins",
    summary:
      "Pin a policy to an event type or to a producer: no rule and no event changes it there",
    body: { types: json, schema: pinSchema },
    answer: { status: 201, schema: pin },
    refusals: [400, 401, 403, 409, 422],
  },
  {
    method: "delete",
    path: "/v1/pins/{kind}/{name}",
    summary: "Take a pin away; kind is type or producer",
    answer: { status: 204 },
    refusals: [401, 403, 404],
  },
];
