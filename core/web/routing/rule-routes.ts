import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type { AcceptedEvent } from "../../domain/event.ts";
import { parseId } from "../../domain/ids.ts";
import type { Person } from "../../domain/person.ts";
import type { RuleSet } from "../../domain/rule.ts";
import type { RulesDraft } from "../../hub/rules.ts";
import { say } from "../../words/say.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import { sendErrorPage, sendNotFound } from "../page-errors.ts";
import { renderPreview, renderRuleEditorPage, ruleAddress } from "../pages/rule-editor-page.tsx";
import { askRemoval, moveRule, removeRule, saveFallback } from "./change-rules.ts";
import { type EditorView, previewDraft, viewDraft } from "./editor-view.ts";
import {
  errorsAt,
  formOf,
  newForm,
  placeRule,
  type RuleForm,
  readForm,
  ruleOf,
  switchMode,
} from "./rule-form.ts";

/** Tell whether somebody may change rules (SURFACE §9). */
export const mayRoute = (person: Person | undefined) =>
  person?.roles.some((role) => role === "admin" || role === "router") ?? false;

/** Refuse the pages that change rules to people who only look. */
export function routersOnly(deps: PageDeps): RequestHandler {
  return (request, response, next) => {
    if (mayRoute(request.user)) return next();
    return sendErrorPage(deps, request, response, {
      status: 403,
      title: say`This page is not for you`,
      detail: say`Rules are changed by people with the role admin or router.`,
      hint: say`Ask an admin for the role router.`,
      next: { href: "/routing", label: say`Back to the rules` },
    });
  };
}

/** The editor of rules: new, change, remove, move. Behind the doors of `/routing`. */
export function ruleRoutes(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  const change = [routersOnly(deps), csrf];
  router.get(ruleAddress, routersOnly(deps), (request, response) => open(deps, request, response));
  router.post(ruleAddress, ...change, (request, response) => step(deps, request, response));
  router.post("/routing/preview", ...change, async (request, response) => {
    const form = readForm(request.body ?? {});
    const preview = await previewDraft(deps, form, await deps.hub.rules.current());
    sendPage(response, renderPreview(preview, deps.hub.clock.now()));
  });
  router.get("/routing/remove", routersOnly(deps), (request, response) =>
    askRemoval(deps, request, response),
  );
  router.post("/routing/remove", ...change, (request, response) =>
    removeRule(deps, request, response),
  );
  router.post("/routing/move", ...change, (request, response) => moveRule(deps, request, response));
  router.post("/routing/fallback", ...change, (request, response) =>
    saveFallback(deps, request, response),
  );
  return router;
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

async function sendEditor(
  deps: PageDeps,
  request: Request,
  response: Response,
  view: EditorView,
  status = 200,
): Promise<void> {
  const frame = await frameOf(deps, request);
  sendPage(response, renderRuleEditorPage({ frame, ...view }), status);
}

async function open(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { query } = request;
  const newest = await deps.hub.rules.current();
  const name = textOf(query["name"]);
  const index = newest.rules.findIndex((rule) => rule.name === name);
  const rule = newest.rules[index];
  if (name !== "" && !rule) return sendNotFound(deps, request, response, "rule");
  const form = rule
    ? formOf(rule, index + 1, newest.version)
    : await startForm(deps, query, newest);
  await sendEditor(deps, request, response, await viewDraft(deps, form, newest));
}

/** A new rule: at the end, or, made from an event, right before the rule that takes such events now. */
async function startForm(
  { hub }: PageDeps,
  query: Readonly<Record<string, unknown>>,
  newest: RuleSet,
): Promise<RuleForm> {
  const id = parseId("event", query["event"]);
  const accepted = id && (await hub.store.events.get(id));
  const last = newest.rules.length + 1;
  if (!accepted || accepted.organization !== hub.organization) {
    return newForm(query, last, newest.version);
  }
  const { place, policy } = await standOf(hub, accepted, newest);
  const fields = ["environment", "service"].filter(
    (field) => typeof accepted.event.data[field] === "string",
  );
  const known = fields.slice(0, 1);
  return newForm(
    {
      type: accepted.event.type,
      field: known.map((field) => `data.${field}`),
      value: known.map((field) => String(accepted.event.data[field])),
      policy: policy ?? "",
      ...query,
    },
    place ?? last,
    newest.version,
  );
}

/**
 * Where a rule has to stand to take such an event before the rule that ends the walk now, and the policy that a rule
 * names now: who sends an event elsewhere does not mean to ask for less.
 */
async function standOf(
  hub: PageDeps["hub"],
  { event }: AcceptedEvent,
  { rules }: RuleSet,
): Promise<{ readonly place?: number; readonly policy?: string }> {
  const producer = await hub.store.producers.get(event.producer);
  const explained = await hub.ruleTrials.explain(
    event,
    producer ?? { id: event.producer, name: event.source, mayNamePolicies: false },
  );
  if (explained.kind === "invalid") return {};
  const { policy, policyFrom } = explained.plan;
  const ends = explained.traces.find(
    ({ outcome, position }) => outcome === "taken" && !rules[position]?.continue,
  );
  return {
    ...(ends ? { place: ends.position + 1 } : {}),
    ...(policy && policyFrom?.kind === "rule" ? { policy: policy.name } : {}),
  };
}

async function step(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const form = readForm(body);
  const wish = textOf(body["do"]);
  if (wish === "save") return save(deps, request, response, form);
  const newest = await deps.hub.rules.current();
  const [, at] = /^remove-(\d+)$/.exec(wish) ?? [];
  if (at !== undefined) {
    const lines = form.lines.filter((_, index) => index !== Number(at));
    const focus = Math.max(0, Math.min(Number(at), lines.length) - 1);
    const view = await viewDraft(deps, { ...form, lines }, newest, { focus });
    return sendEditor(deps, request, response, view);
  }
  if (wish === "add") {
    const blank = { field: "", operator: "is", value: "" } as const;
    const lines = [...(form.lines.length === 0 ? [blank] : form.lines), blank];
    const view = await viewDraft(deps, { ...form, lines }, newest, { focus: lines.length - 1 });
    return sendEditor(deps, request, response, view);
  }
  const { errors } = ruleOf(form);
  if (wish === "json" || wish === "lines") {
    const switched = switchMode(form, wish);
    const shown = switched.why === undefined ? undefined : errors;
    const more = { why: switched.why, ...(shown ? { errors: patternErrors(shown) } : {}) };
    return sendEditor(deps, request, response, await viewDraft(deps, switched.form, newest, more));
  }
  await sendEditor(deps, request, response, await viewDraft(deps, form, newest));
}

const patternErrors = (errors: ReadonlyMap<string, string>) =>
  new Map([...errors].filter(([field]) => field === "json" || field.startsWith("line-")));

async function save(
  deps: PageDeps,
  request: Request,
  response: Response,
  form: RuleForm,
): Promise<void> {
  const { hub } = deps;
  const newest = await hub.rules.current();
  if (form.version !== newest.version) return meet(deps, request, response, form, newest);
  const { rule, errors } = ruleOf(form);
  if (errors.size > 0) {
    const view = await viewDraft(deps, form, newest, { errors });
    return sendEditor(deps, request, response, view, 422);
  }
  const placed = placeRule(newest.rules, form, rule);
  const saved = await hub.rules.save(
    draftOf(newest, placed.rules, form.description),
    form.version,
    (request.user as Person).name,
  );
  switch (saved.kind) {
    case "saved":
      return response.redirect(303, savedAddress(rule.name, placed.index));
    case "stale":
      return meet(deps, request, response, form, saved.newest);
    case "invalid": {
      const found = errorsAt(saved.errors, placed.index, form);
      const view = await viewDraft(deps, form, newest, {
        errors: found.errors,
        otherErrors: found.others,
      });
      return sendEditor(deps, request, response, view, 422);
    }
  }
}

const savedAddress = (name: string, index: number) =>
  `/routing?${new URLSearchParams({ saved: name })}#rule-${index + 1}`;

const draftOf = (
  { fallback }: RuleSet,
  rules: RulesDraft["rules"],
  description: string,
): RulesDraft => ({
  rules,
  ...(fallback === undefined ? {} : { fallback }),
  ...(description === "" ? {} : { description }),
});

/** Somebody saved meanwhile: show what, and let this draft stand on top of it. */
async function meet(
  deps: PageDeps,
  request: Request,
  response: Response,
  form: RuleForm,
  newest: RuleSet,
): Promise<void> {
  const base = await deps.hub.rules.version(form.version);
  const onTop = { ...form, version: newest.version };
  const view = await viewDraft(deps, onTop, newest, { meanwhile: { base } });
  await sendEditor(deps, request, response, view, 409);
}
