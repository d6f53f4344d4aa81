import type { Request } from "express";
import type { z } from "zod";
import type { Problem } from "../../domain/problem.ts";
import { errorsOf } from "../../ingest/parse-event.ts";
import { parseJson } from "../../ingest/parse-json.ts";

/** Read a JSON body of a known shape, or say where it is wrong. An empty body counts as `{}`. */
export function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  names: readonly string[],
): z.infer<Schema> | Problem {
  const text = typeof request.body === "string" && request.body.trim() !== "" ? request.body : "{}";
  const json = parseJson(text);
  if (json.kind === "refused") return json.problem;
  const read = schema.safeParse(json.value);
  if (read.success) return read.data;
  const errors = errorsOf(read.error, "", names);
  return {
    status: 422,
    code: "body_invalid",
    title: "The request is not valid",
    detail: errors.map(({ pointer, message }) => `${pointer || "/"}: ${message}`).join("; "),
    hint: "Correct these places and send it again. Nothing was changed.",
    errors,
  };
}
