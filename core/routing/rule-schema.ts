import { z } from "zod";
import { levels } from "../domain/event.ts";
import { say } from "../words/say.ts";
import { eventTextsSchema } from "./event-texts-schema.ts";

/** One rule as people write it, in JSON and in YAML. What names lead to and what patterns mean is checked later. */
export const ruleSchema = z.strictObject({
  name: z.string().min(1).max(100),
  types: z
    .array(
      z.string().regex(/^([A-Za-z0-9][A-Za-z0-9._-]{0,127}\*?|\*)$/, {
        error: () => say`expected a type, or a prefix with * at its end`,
      }),
    )
    .min(1)
    .max(100),
  level: z.enum(levels).optional(),
  pattern: z
    .record(z.string(), z.json())
    .optional()
    .describe("EventBridge event pattern over the CloudEvents JSON"),
  when: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .describe("CEL condition over `event`, asked where all else fits"),
  to: z.array(z.string()).min(1).max(50).describe("Names of destinations"),
  policy: z.string().optional(),
  message: eventTextsSchema.optional(),
  continue: z.boolean().default(false),
});
