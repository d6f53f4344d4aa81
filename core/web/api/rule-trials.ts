import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import type { Json } from "../../domain/json.ts";
import type { Problem } from "../../domain/problem.ts";
import { localProducerId } from "../../hub/callers.ts";
import type { Backtested, Explained } from "../../hub/rule-trials.ts";
import type { Hub } from "../../hub.ts";
import { parseEvent } from "../../ingest/parse-event.ts";
import { sayPolicyFrom } from "../../routing/choose-policy.ts";
import { writeTraces } from "../../routing/explain.ts";
import { ruleSchema } from "../../routing/rule-schema.ts";
import { accessOf, requireOverview } from "../access.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem } from "./lists.ts";
import type { Operation } from "./operation.ts";
import { readBody } from "./read-body.ts";
import { draftNames, draftOf, rulesInvalid } from "./rules.ts";

const mostEvents = 100_000;

const rulesOf = {
  rules: z.array(ruleSchema).max(100_000),
  fallback: z.string().nullish(),
};
const explainSchema = z.strictObject({
  event: z.record(z.string(), z.json()).describe("As it would be posted"),
  rules: rulesOf.rules.optional().describe("A draft; without it, the rules in force"),
  fallback: rulesOf.fallback,
});
const backtestSchema = z.strictObject({
  ...rulesOf,
  last: z.int().min(1).max(mostEvents).default(1_000).describe("How many events, newest first"),
});

const clauseSchema = z.object({
  field: z.string(),
  wanted: z.custom<Json>().meta({ description: "As the rule says it" }),
  found: z.custom<Json>().nullable().describe("null where the event has nothing there"),
  holds: z.boolean(),
  error: z.string().nullable(),
});
const explainedSchema = z.object({
  version: z.int(),
  destinations: z.array(z.string()),
  messages: z
    .array(
      z.object({
        destination: z.string(),
        title: z.string(),
        body: z.string().nullable(),
        facts: z.array(z.object({ label: z.string(), value: z.string() })),
        missing: z
          .array(z.string())
          .describe(
            "Fields that its texts ask for and the event lacks: ⟨name?⟩ stands in their place",
          ),
        missing_at: z
          .array(z.object({ field: z.string(), place: z.string() }))
          .describe("The same, each with the text that asks for it: `title`, `facts/0/value`"),
        trouble: z.string().nullable().describe("A text took too long or failed"),
      }),
    )
    .describe("What each destination would show"),
  unrouted: z.boolean(),
  policy: z.string().nullable(),
  policy_from: z.string().nullable().describe("Why it is this policy, in words"),
  rules: z.array(
    z.object({
      rule: z.int(),
      name: z.string(),
      outcome: z.enum(["taken", "left", "not_reached"]),
      clauses: z.array(clauseSchema),
    }),
  ),
});
const sideSchema = z.object({ destinations: z.array(z.string()), policy: z.string().nullable() });
const backtestedSchema = z.object({
  events: z.int(),
  moved: z.int(),
  unrouted: z.object({ was: z.int(), would: z.int() }),
  messages: z.array(z.object({ destination: z.string(), was: z.int(), would: z.int() })),
  examples: z.array(
    z.object({
      event: z.string(),
      type: z.string(),
      subject: z.string().nullable(),
      was: sideSchema,
      would: sideSchema,
    }),
  ),
});

/** Trying rules: nothing is sent and nothing is stored. */
export function ruleTrialRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const overview = requireOverview("everybody's");
  router.post("/v1/rules/explain", allow("read", "admin"), overview, (request, response) =>
    explain(hub, request, response),
  );
  router.post("/v1/rules/backtest", allow("read", "admin"), overview, (request, response) =>
    backtest(hub, request, response),
  );
  return router;
}

async function explain(hub: Hub, request: Request, response: Response): Promise<void> {
  const body = readBody(request, explainSchema, [...draftNames, "event"]);
  if (isProblem(body)) return sendProblem(response, body);
  const { event, rules, fallback } = body;
  const read = parseEvent(event as Json, "/event");
  if (read.kind === "invalid") return sendProblem(response, eventInvalid(read.errors));
  const { producer = { id: localProducerId, name: "local", mayNamePolicies: true } } =
    accessOf(response);
  const draft = rules && draftOf({ rules, fallback });
  const explained = await hub.ruleTrials.explain(read.draft, producer, draft);
  if (explained.kind === "invalid") return sendProblem(response, rulesInvalid(explained.errors));
  response.json(explainedJson(explained));
}

async function backtest(hub: Hub, request: Request, response: Response): Promise<void> {
  const body = readBody(request, backtestSchema, [...draftNames, "last"]);
  if (isProblem(body)) return sendProblem(response, body);
  const tried = await hub.ruleTrials.backtest(draftOf(body), body.last);
  if (tried.kind === "invalid") return sendProblem(response, rulesInvalid(tried.errors));
  response.json(backtestedJson(tried));
}

function explainedJson({ plan, traces, destinations, messages }: Explained) {
  return {
    version: plan.ruleSetVersion,
    destinations: [...destinations],
    messages: messages.map(({ destination, title, body, facts, missing, trouble }) => ({
      ...{ destination, title, body: body ?? null },
      missing: [...new Set(missing.map(({ field }) => field))],
      missing_at: missing.map(({ field, place }) => ({ field, place })),
      facts: facts.map(({ label, value }) => ({ label, value })),
      trouble: trouble ?? null,
    })),
    unrouted: plan.unrouted,
    policy: plan.policy?.name ?? null,
    policy_from: plan.policyFrom ? sayPolicyFrom(plan.policyFrom) : null,
    rules: writeTraces(traces),
  } satisfies z.infer<typeof explainedSchema>;
}

function backtestedJson({ kind: _, examples, messages, ...counts }: Backtested) {
  const side = ({ destinations, policy }: Backtested["examples"][number]["was"]) => ({
    destinations: [...destinations],
    policy: policy ?? null,
  });
  return {
    ...counts,
    messages: [...messages],
    examples: examples.map(({ subject, was, would, ...named }) => ({
      ...named,
      subject: subject ?? null,
      was: side(was),
      would: side(would),
    })),
  } satisfies z.infer<typeof backtestedSchema>;
}

const eventInvalid = (errors: Problem["errors"] & object): Problem => ({
  status: 422,
  code: "event_invalid",
  title: "The event is not valid",
  detail: errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; "),
  hint: "Correct these places and send it again.",
  errors,
});

const json = ["application/json"];

/** What the document says of trying rules. */
export const ruleTrialOperations: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/rules/explain",
    summary: "Say where an event would go and why, rule by rule; nothing is sent",
    body: { types: json, schema: explainSchema },
    answer: { status: 200, schema: explainedSchema },
    refusals: [400, 401, 403, 422],
  },
  {
    method: "post",
    path: "/v1/rules/backtest",
    summary: "Plan the last events again under a draft, and say what would be different",
    body: { types: json, schema: backtestSchema },
    answer: { status: 200, schema: backtestedSchema },
    refusals: [400, 401, 403, 422],
  },
];
