import { z } from "zod";
import { say } from "../words/say.ts";

const text = (most: number) => z.string().min(1).max(most);

/** What a rule or a destination says in place of a type's texts, as people write it in JSON and in YAML. */
export const eventTextsSchema = z
  .strictObject({
    title: text(500).optional(),
    body: text(5_000).optional(),
    facts: z
      .array(
        z.strictObject({
          label: text(200),
          value: text(1_000),
          bound: z.literal(true).optional(),
        }),
      )
      .max(8)
      .optional(),
    link: z.strictObject({ label: text(100).optional(), path: text(1_000).optional() }).optional(),
    buttons: z
      .strictObject({ approve: text(100).optional(), reject: text(100).optional() })
      .optional(),
    colour: z
      .string()
      .regex(/^#[0-9A-Fa-f]{6}$/u, {
        error: () => say`expected a hex colour such as #1A7F37`,
      })
      .optional(),
  })
  .describe("LiquidJS texts in place of those of the event type; what is left out stays");
