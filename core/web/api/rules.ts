import express, { type Request, type Response, type Router } from "express";
import type { Problem } from "../../domain/problem.ts";
import type { Rule, RuleSet } from "../../domain/rule.ts";
import type { Hub } from "../../hub.ts";
import { accessOf, requireOverview } from "../access.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem } from "./lists.ts";
import { readBody } from "./read-body.ts";
import { ruleSchema, ruleSetDraftSchema } from "./schemas.ts";
import { ruleSetJson } from "./to-json.ts";

/** Rules: reading the newest version, replacing the whole set. */
export function ruleRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  router.get(
    "/v1/rules",
    allow("read", "admin"),
    requireOverview("not even own"),
    async (_request, response) => sendRules(response, await hub.rules.current()),
  );
  router.put("/v1/rules", allow("admin"), (request, response) => replace(hub, request, response));
  return router;
}

const etagOf = ({ version }: RuleSet) => `"${version}"`;

function sendRules(response: Response, ruleSet: RuleSet): void {
  response.setHeader("etag", etagOf(ruleSet));
  response.json(ruleSetJson(ruleSet));
}

async function replace(hub: Hub, request: Request, response: Response): Promise<void> {
  const match = request.headers["if-match"];
  if (match === undefined) return sendProblem(response, matchMissing);
  const draft = readBody(request, ruleSetDraftSchema, [
    ...Object.keys(ruleSchema.shape),
    "rules",
    "fallback",
  ]);
  if (isProblem(draft)) return sendProblem(response, draft);
  const { rules, fallback } = draft;
  const version = Number(/^(?:W\/)?"(\d+)"$/.exec(match)?.[1] ?? Number.NaN);
  const saved = await hub.rules.save(
    { rules: rules as readonly Rule[], ...(fallback ? { fallback } : {}) },
    version,
    accessOf(response).name,
  );
  switch (saved.kind) {
    case "saved":
      return sendRules(response, saved.ruleSet);
    case "stale":
      response.setHeader("etag", etagOf(saved.newest));
      return sendProblem(response, stale(saved.newest));
    case "invalid":
      return sendProblem(response, {
        status: 422,
        code: "rules_invalid",
        title: "The rules are not valid",
        detail: saved.errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; "),
        hint: "Correct these places and send the whole set again. Nothing was saved.",
        errors: saved.errors,
      });
  }
}

const matchMissing: Problem = {
  status: 428,
  code: "if_match_missing",
  title: "If-Match is missing",
  detail: "Replacing the rules takes the version that you read, so that nobody's change is lost.",
  hint: "GET /v1/rules, and send its ETag as If-Match.",
};

const stale = ({ version, author }: RuleSet): Problem => ({
  status: 412,
  code: "rules_stale",
  title: "Somebody saved the rules meanwhile",
  detail: `The newest version is ${version}, saved by ${author}; If-Match names another.`,
  hint: "Read the rules again, bring your change in, and send it with the new ETag.",
});
