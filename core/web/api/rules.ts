import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import type { Problem, ProblemAt } from "../../domain/problem.ts";
import { changesBetween, type Rule, type RuleSet } from "../../domain/rule.ts";
import type { RulesDraft, SavedRules } from "../../hub/rules.ts";
import type { Hub } from "../../hub.ts";
import { ruleSchema } from "../../routing/rule-schema.ts";
import { accessOf, requireOverview, requireRouter } from "../access.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { etagOf, matchMissing, readIfMatch } from "./if-match.ts";
import { isProblem, readList, readPage } from "./lists.ts";
import { notFound } from "./not-found.ts";
import type { Operation } from "./operation.ts";
import { readBody } from "./read-body.ts";
import { listOf, ruleSetDraftSchema, ruleSetSchema } from "./schemas.ts";
import { ruleSetJson } from "./to-json.ts";

/** Rules: reading a version, replacing the whole set, what each version changed, and going back to one. */
export function ruleRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const overview = requireOverview("settings");
  router.get("/v1/rules", allow("read", "admin"), overview, async (request, response) => {
    const { version } = request.query;
    const ruleSet =
      version === undefined ? await hub.rules.current() : await hub.rules.version(Number(version));
    if (ruleSet) sendRules(response, ruleSet);
    else sendProblem(response, notFound("version of the rules", "number"));
  });
  const mayRoute = [allow("read", "admin"), requireRouter];
  router.put("/v1/rules", ...mayRoute, (request, response) => replace(hub, request, response));
  router.get("/v1/rules/versions", allow("read", "admin"), overview, (request, response) =>
    listVersions(hub, request, response),
  );
  router.post("/v1/rules/rollback", ...mayRoute, (request, response) =>
    rollBack(hub, request, response),
  );
  return router;
}

function sendRules(response: Response, ruleSet: RuleSet): void {
  response.setHeader("etag", etagOf(ruleSet.version));
  response.json(ruleSetJson(ruleSet));
}

async function replace(hub: Hub, request: Request, response: Response): Promise<void> {
  const read = readVersion(request);
  if (typeof read !== "number") return sendProblem(response, read);
  const draft = readBody(request, ruleSetDraftSchema, draftNames);
  if (isProblem(draft)) return sendProblem(response, draft);
  sendSaved(response, await hub.rules.save(draftOf(draft), read, accessOf(response).name));
}

/** The names that a body with a rule set may hold, for "did you mean". */
export const draftNames = [...Object.keys(ruleSchema.shape), "rules", "fallback", "description"];

/** A rule set as it was posted, without what a reader of the newest one sends back. */
export function draftOf({
  rules,
  fallback,
  description,
}: Pick<z.infer<typeof ruleSetDraftSchema>, "rules" | "fallback" | "description">): RulesDraft {
  return {
    rules: rules as readonly Rule[],
    ...(fallback ? { fallback } : {}),
    ...(description ? { description } : {}),
  };
}

async function rollBack(hub: Hub, request: Request, response: Response): Promise<void> {
  const read = readVersion(request);
  if (typeof read !== "number") return sendProblem(response, read);
  const draft = readBody(request, rollBackSchema, ["version"]);
  if (isProblem(draft)) return sendProblem(response, draft);
  const saved = await hub.rules.rollBack(draft.version, read, accessOf(response).name);
  if (saved) sendSaved(response, saved);
  else sendProblem(response, notFound("version of the rules", "number"));
}

const rollBackSchema = z.strictObject({ version: z.int().min(0) });

/** The version that `If-Match` names, or what is wrong with it. A wrong one matches no version. */
function readVersion(request: Request): number | Problem {
  return readIfMatch(request) ?? matchMissing("the rules", "/v1/rules");
}

function sendSaved(response: Response, saved: SavedRules): void {
  switch (saved.kind) {
    case "saved":
      sendRules(response, saved.ruleSet);
      break;
    case "stale":
      response.setHeader("etag", etagOf(saved.newest.version));
      sendProblem(response, stale(saved.newest));
      break;
    case "invalid":
      sendProblem(response, rulesInvalid(saved.errors));
  }
}

/** Say what is wrong with a rule set, place by place. */
export const rulesInvalid = (errors: readonly ProblemAt[]): Problem => ({
  status: 422,
  code: "rules_invalid",
  title: "The rules are not valid",
  detail: errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; "),
  hint: "Correct these places and send the whole set again. Nothing was saved.",
  errors,
});

async function listVersions(hub: Hub, request: Request, response: Response): Promise<void> {
  const asked = readList(request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const { store, organization } = hub;
  const page = await readPage(store.ruleSets, "byVersion", [organization], asked, () => true);
  const items = await Promise.all(
    page.items.map(async (ruleSet) => {
      const before = await hub.rules.version(ruleSet.version - 1);
      return {
        version: ruleSet.version,
        author: ruleSet.author,
        description: ruleSet.description ?? null,
        saved_at: ruleSet.savedAt.toISOString(),
        rules: ruleSet.rules.length,
        changes: changesBetween(before?.rules ?? [], ruleSet.rules),
      } satisfies z.infer<typeof versionSchema>;
    }),
  );
  response.json({ items, next: page.next });
}

const names = z.array(z.string());
const versionSchema = z.object({
  version: z.int(),
  author: z.string(),
  description: z.string().nullable(),
  saved_at: z.iso.datetime(),
  rules: z.int().describe("How many"),
  changes: z
    .object({
      added: names.readonly(),
      removed: names.readonly(),
      changed: names.readonly(),
      reordered: z.boolean(),
    })
    .describe("Against the version before, by the names of rules"),
});

/** What the document says of versions. */
export const ruleVersionOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/rules/versions",
    summary: "List the versions of the rules, with what each changed",
    query: ["limit", "order", "after"],
    answer: { status: 200, schema: listOf(versionSchema) },
    refusals: [401, 403, 422],
  },
  {
    method: "post",
    path: "/v1/rules/rollback",
    summary: "Save what an earlier version said as the newest one",
    headers: ["If-Match"],
    body: { types: ["application/json"], schema: rollBackSchema },
    answer: { status: 200, schema: ruleSetSchema },
    refusals: [400, 401, 403, 404, 412, 422, 428],
  },
];

const stale = ({ version, author }: RuleSet): Problem => ({
  status: 412,
  code: "rules_stale",
  title: "Somebody saved the rules meanwhile",
  detail: `The newest version is ${version}, saved by ${author}; If-Match names another.`,
  hint: "Read the rules again, bring your change in, and send it with the new ETag.",
});
