import { z } from "zod";
import { outcomes } from "../domain/approval.ts";
import { levels } from "../domain/event.ts";
import { say } from "../words/say.ts";

const text = (most: number) => z.string().min(1).max(most);
const template = text(10_000).describe("LiquidJS over type, subject, source, level, link and data");
const pointer = z
  .string()
  .max(500)
  .regex(/^(\/([^~/]|~0|~1)*)+$/, {
    error: () => say`expected a JSON pointer into data, such as /expires_at`,
  });
const names = z.array(text(200)).max(50);

const fact = z.strictObject({
  label: template,
  value: template,
  bound: z
    .literal(true)
    .optional()
    .describe("What an approver answers for: shown whole, else the card has Open only"),
});

const textsSchema = z.strictObject({
  title: template.optional(),
  body: template.optional(),
  facts: z.array(fact).max(20).optional(),
  link: z.strictObject({ label: template.optional(), path: template.optional() }).optional(),
  buttons: z.strictObject({ approve: template.optional(), reject: template.optional() }).optional(),
  colour: z
    .string()
    .regex(/^#[0-9A-Fa-f]{6}$/, {
      error: () => say`this is not a hex colour; write it like #1A7F37`,
    })
    .optional(),
});

const at = z.strictObject({
  deadline: pointer.optional(),
  requester: pointer.optional(),
  actions: pointer.optional(),
});
const asking = { policy: text(100).optional(), at: at.optional() };

const approvalSchema = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("opens"), ...asking }),
    z.strictObject({ kind: z.literal("may"), ...asking }),
    z.strictObject({
      kind: z.literal("closes"),
      state: z.union(
        [
          z.enum(["approved", "rejected", "expired", "cancelled"]),
          z.strictObject({ action: pointer }),
        ],
        {
          error: () =>
            say`expected approved, rejected, expired, cancelled, or {"action": "/pointer"}`,
        },
      ),
      by: template.optional(),
      reason: template.optional(),
      may_follow_approval: z.literal(true).optional(),
    }),
    z.strictObject({
      kind: z.literal("outcome"),
      outcome: z.enum(outcomes),
      detail: template.optional(),
    }),
    z.strictObject({ kind: z.literal("reply") }),
    z.strictObject({ kind: z.literal("marks"), says: template }),
    z.strictObject({ kind: z.literal("no") }),
  ],
  { error: () => say`expected a kind: opens, may, closes, outcome, reply, marks or no` },
);

/** An event type as people and programs write it. */
export const definitionSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, {
    error: () => say`expected 1 to 128 characters of a-z, A-Z, 0-9, dot, - and _`,
  }),
  version: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe("Made by the hub where it is left out"),
  about: z.string().max(300).default("").describe("When such an event is sent, in one sentence"),
  level: z.enum(levels).default("info").describe("Where the event has none of its own"),
  on: z.boolean().default(true).describe("Off: its events are kept, and nothing follows from them"),
  schema: z
    .record(z.string(), z.json())
    .nullish()
    .describe("JSON Schema 2020-12 of data; without one, any data fits"),
  sample: z
    .strictObject({
      time: z.iso.datetime({ offset: true }).optional().describe("Times move along with it"),
      subject: text(256).optional(),
      link: text(2_048).optional(),
      data: z.record(z.string(), z.json()),
    })
    .default({ data: {} }),
  texts: textsSchema.default({}),
  attributes: z
    .strictObject({
      general: names.optional(),
      slack: names.optional(),
      teams: names.optional(),
      actor: z.boolean().optional(),
    })
    .nullish(),
  approval: approvalSchema.default({ kind: "no" }),
});

/** An event type as it is written; what the hub fills in may be left out. */
export type DefinitionText = z.infer<typeof definitionSchema>;

/** Names that a written type may use at its top, to suggest the nearest one. */
export const definitionNames: readonly string[] = Object.keys(definitionSchema.shape);
