import { z } from "zod";
import { destinationNamePattern } from "../domain/destination.ts";
import { parseDuration } from "../domain/duration.ts";
import { say } from "../words/say.ts";

const count = z.int().min(1).max(20);
const durationText = () => say`expected a time such as 30m, 24h or 7d`;

/** One policy as people write it, in JSON and in YAML (SURFACE §8). Whom names mean is checked later. */
export const policySchema = z.strictObject({
  name: z.string().regex(destinationNamePattern, {
    error: () => say`expected letters, digits, space and # - _ . › /`,
  }),
  approvers: z
    .array(
      z.union([
        z.strictObject({ group: z.string().min(1).max(100) }),
        z.strictObject({
          person: z.string().min(1).max(254).describe("E-mail address, name, or id"),
        }),
        z.strictObject({ anyone: z.literal(true).describe("Everybody with the role approver") }),
      ]),
    )
    .min(1)
    .max(100),
  votes: count.default(1).describe("Distinct people who must approve"),
  rejections: count.default(1).describe("Distinct people who end it by rejecting"),
  self: z.boolean().default(false).describe("May the requester vote?"),
  requester: z.enum(["optional", "required"]).default("optional"),
  reason: z.enum(["none", "on_reject", "on_approve", "both"]).default("on_reject"),
  via: z
    .array(z.enum(["slack", "teams", "web", "api"]))
    .min(1)
    .max(4)
    .default(["slack", "teams", "web"]),
  assurance: z.enum(["click", "sso"]).default("click").describe("What a vote must be proven by"),
  expires_in: z
    .string()
    .refine((text) => parseDuration(text) !== undefined, { error: durationText })
    .default("24h"),
});

/** A policy as it is written, with every default filled in. */
export type PolicyText = z.infer<typeof policySchema>;

/** To what a policy is pinned, as people write it. */
export const pinSchema = z.union([
  z.strictObject({
    type: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, {
      error: () => say`expected a whole event type`,
    }),
    policy: z.string(),
  }),
  z.strictObject({ producer: z.string().min(1).max(100), policy: z.string() }),
]);

export type PinText = z.infer<typeof pinSchema>;
