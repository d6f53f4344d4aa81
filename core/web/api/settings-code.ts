import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import type { Json } from "../../domain/json.ts";
import type { Problem, ProblemAt } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import { type Applied, applySettings, exportSettings } from "../../settings-code/settings-code.ts";
import type { SettingsStep } from "../../settings-code/settings-kind.ts";
import { accessOf } from "../access.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem, wrong } from "./lists.ts";
import type { Operation } from "./operation.ts";

const changeSchema = z.object({
  section: z.string(),
  name: z.string(),
  change: z.enum(["added", "changed", "removed"]),
  before: z.custom<Json>().nullable(),
  after: z.custom<Json>().nullable(),
});
const appliedSchema = z.object({
  dry_run: z.boolean(),
  changes: z.array(changeSchema).describe("In the order in which they were made"),
});

/** Settings as code: writing all of them as YAML, and bringing the hub to what a file says. For admins. */
export function settingsCodeRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  router.get("/v1/export", allow("admin"), async (request, response) => {
    const text = await exportSettings(hub);
    const isForJson =
      request.accepts(["application/yaml", "application/json"]) !== "application/yaml";
    response.setHeader("cache-control", "no-store");
    if (isForJson) response.json({ settings: text });
    else response.type("application/yaml").send(text);
  });
  router.post("/v1/apply", allow("admin"), (request, response) => apply(hub, request, response));
  return router;
}

function readFlag(request: Request, name: string): boolean | Problem {
  const value = request.query[name];
  if (value === undefined || value === "false") return false;
  return value === "true" || value === "" ? true : wrong(name, "expected true or false");
}

async function apply(hub: Hub, request: Request, response: Response): Promise<void> {
  const dryRun = readFlag(request, "dry_run");
  if (typeof dryRun !== "boolean") return sendProblem(response, dryRun);
  const prune = readFlag(request, "prune");
  if (typeof prune !== "boolean") return sendProblem(response, prune);
  const text = fileOf(request);
  if (typeof text !== "string") return sendProblem(response, text);
  const applied = await applySettings(hub, text, { dryRun, prune, by: accessOf(response).name });
  const answer = answerOf(applied, dryRun);
  if (isProblem(answer)) sendProblem(response, answer);
  else response.json(answer);
}

/** The file as it was sent: YAML or JSON, or as one JSON text, the form in which it is easily posted. */
function fileOf(request: Request): string | Problem {
  const text = typeof request.body === "string" ? request.body : "";
  if (text.trim() === "") return fileMissing;
  if (!text.startsWith('"')) return text;
  try {
    const inner: unknown = JSON.parse(text);
    return typeof inner === "string" ? inner : text;
  } catch {
    return text;
  }
}

function answerOf(applied: Applied, dryRun: boolean): z.infer<typeof appliedSchema> | Problem {
  switch (applied.kind) {
    case "applied":
      return { dry_run: dryRun, changes: applied.steps.map(changeOf) };
    case "invalid":
      return settingsInvalid(applied.errors);
    case "stopped":
      return stopped(applied);
  }
}

const changeOf = ({ section, name, change, before, after }: SettingsStep) => ({
  ...{ section, name, change },
  before: before ?? null,
  after: after ?? null,
});

const fileMissing: Problem = {
  status: 400,
  code: "settings_missing",
  title: "There is no settings file in the request",
  detail: "The body is empty.",
  hint: "Send the YAML that GET /v1/export gives, with what you want to change.",
};

const settingsInvalid = (errors: readonly ProblemAt[]): Problem => ({
  status: 422,
  code: "settings_invalid",
  title: "The settings file is not valid",
  detail: errors.map(({ message }) => message).join("; "),
  hint: "Correct these lines and apply it again. Nothing was changed.",
  errors,
});

const stopped = ({ done, at, why }: Extract<Applied, { kind: "stopped" }>): Problem => ({
  status: 409,
  code: "settings_stopped",
  title: "Not all of the file could be applied",
  detail: `${at.section} ${at.name} could not be ${at.change}: ${why}. ${done.length} ${done.length === 1 ? "change was" : "changes were"} made before it.`,
  hint: "Look at what stands in the way, and apply the file again: what is done is not done twice.",
});

/** What the document says of settings as code. */
export const settingsCodeOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/export",
    summary: "Write all settings as YAML, without secrets; as JSON where that alone is accepted",
    answer: { status: 200, type: "application/yaml" },
    refusals: [401, 403],
  },
  {
    method: "post",
    path: "/v1/apply",
    summary:
      "Bring the hub to what a settings file says; dry_run only tells, prune removes the rest",
    query: ["dry_run", "prune"],
    body: { types: ["application/yaml", "application/json"], schema: z.string() },
    answer: { status: 200, schema: appliedSchema },
    refusals: [400, 401, 403, 409, 422],
  },
];
