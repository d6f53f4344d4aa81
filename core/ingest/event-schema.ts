import { z } from "zod";
import { parseDuration } from "../domain/duration.ts";
import { levels } from "../domain/event.ts";

/** Lengths that people meet; all are characters. */
const text = (most: number) => z.string().min(1).max(most);

const duration = z
  .string()
  .refine(
    (value) => parseDuration(value) !== undefined,
    "expected a span such as 30s, 15m, 24h or 7d",
  );

/** In the years 0 to 9999 of UTC too: beyond them no time is RFC 3339, and the stores' order of times ends. */
const time = z.iso
  .datetime({ offset: true, error: "expected a time as RFC 3339, such as 2026-01-31T14:02:00Z" })
  .refine((value) => {
    const year = new Date(value).getUTCFullYear();
    return !(year < 0 || year > 9_999);
  }, "expected a time that lies in the years 0 to 9999 in UTC, too");

const action = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "expected 1 to 40 characters of a-z, 0-9, - and _"),
  choice: z.enum(["approve", "reject"]),
  label: text(80),
});

/** What `data.approval` may say. */
export const approvalAskSchema = z
  .strictObject({
    policy: text(100).optional(),
    expires_in: duration.optional(),
    expires_at: time.optional(),
    requested_by: text(200).optional(),
    actions: z.array(action).min(1).max(5).optional(),
    callback: z
      .url({ protocol: /^https?$/, error: "expected an http or https address" })
      .optional(),
  })
  .refine((ask) => !(ask.expires_in && ask.expires_at), {
    error: "give expires_in or expires_at, not both",
    path: ["expires_at"],
  })
  .refine((ask) => new Set(ask.actions?.map(({ id }) => id)).size === (ask.actions?.length ?? 0), {
    error: "two actions have the same id",
    path: ["actions"],
  });

/** The attributes of an event, as plain JSON and as CloudEvents JSON alike. */
const attributes = {
  type: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
      "expected 1 to 128 characters of a-z, A-Z, 0-9, dot, - and _",
    ),
  id: text(256).optional(),
  source: text(256).optional(),
  subject: text(256).optional(),
  time: time.optional(),
  level: z.enum(levels).optional(),
  link: z
    .string()
    .max(2048)
    .regex(
      /^(https?:\/\/|\/(?!\/))/,
      "expected an http or https address, or a path that begins with /",
    )
    .optional(),
  // What is read was JSON before. To check it once more made 25 KB of garbage for 1 KB of data (measured).
  data: z.record(z.string(), z.unknown()).optional(),
};

/** A plain event: no member beyond these. */
export const plainEventSchema = z.strictObject(attributes);

/** A CloudEvent: what it requires is required, and its extension attributes are kept. */
export const cloudEventSchema = z
  .object({
    ...attributes,
    id: text(256),
    source: text(256),
    specversion: z.literal("1.0"),
    datacontenttype: z
      .string()
      .regex(/json/, "expected a JSON media type: data must be a JSON object")
      .optional(),
    dataschema: z.string().optional(),
    data_base64: z
      .unknown()
      .refine((value) => value === undefined, "is not read; send data as a JSON object")
      .describe("Not read: send data as a JSON object")
      .optional(),
  })
  .catchall(z.union([z.string(), z.number(), z.boolean()]));

export type PlainEvent = z.infer<typeof plainEventSchema>;
export type ApprovalAskInput = z.infer<typeof approvalAskSchema>;

/** Names that a plain event may have, to suggest the nearest one. */
export const plainEventNames = Object.keys(attributes);
export const approvalAskNames = [
  "policy",
  "expires_in",
  "expires_at",
  "requested_by",
  "actions",
  "callback",
];
