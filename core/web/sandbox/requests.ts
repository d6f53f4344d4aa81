import type { Request, Response } from "express";
import { z } from "zod";
import { parseDuration } from "../../domain/duration.ts";
import type { Problem } from "../../domain/problem.ts";
import { isProblem } from "../api/lists.ts";
import { readBody } from "../api/read-body.ts";
import { sendProblem } from "../problem.ts";

const inputs = z.record(z.string(), z.string());
const platform = z.enum(["slack", "teams"]);

/** The bodies of the sandbox API (SURFACE §7). */
export const requests = {
  click: z.strictObject({
    message: z.string(),
    person: z.string(),
    action: z.string(),
    inputs: inputs.optional(),
    client: z.literal("old").optional(),
  }),
  refresh: z.strictObject({
    message: z.string(),
    person: z.string(),
    trigger: z.enum(["manual", "automatic"]).default("manual"),
  }),
  submit: z.strictObject({ dialog: z.string(), person: z.string(), inputs }),
  say: z.strictObject({
    platform: platform.optional(),
    person: z.string(),
    channel: z.string(),
    text: z.string().min(1).max(4_000),
  }),
  delete: z.strictObject({ message: z.string() }),
  chaos: z.strictObject({
    platform: z.enum(["slack", "teams", "callback"]),
    channel: z.string().optional(),
    method: z.string().optional(),
    next: z.int().min(1).max(1_000).default(1),
    answer: z.union([z.int().min(400).max(599), z.string().regex(/^[A-Za-z_]{2,60}$/)]),
    effect: z.enum(["before", "after"]).default("before"),
  }),
  clock: z.strictObject({
    advance: z
      .string()
      .refine(
        (span) => parseDuration(span) !== undefined,
        "expected a span such as 30s, 15m, 24h or 7d",
      ),
  }),
  send: z.looseObject({ type: z.string() }),
} as const;

/** Read a body, or answer with what is wrong in it. */
export function readOrRefuse<Schema extends z.ZodObject>(
  request: Request,
  response: Response,
  schema: Schema,
): z.infer<Schema> | undefined {
  const read = readBody(request, schema, Object.keys(schema.shape));
  if (!isProblem(read as object)) return read as z.infer<Schema>;
  sendProblem(response, read as Problem);
  return undefined;
}

/** Say that the sandbox has no such thing. */
export const unknown = (what: string, name: string, known: readonly string[]): Problem => ({
  status: 404,
  code: `${what}_unknown`,
  title: `The sandbox has no such ${what}`,
  detail: `There is no ${what} "${name}".${known.length > 0 ? ` There are: ${known.join(", ")}.` : ""}`,
  hint: "Give a name or an id, as GET /sandbox/api/state lists them.",
});
