import express, { type Request, type Response, type Router } from "express";
import type { Person } from "../../domain/person.ts";
import type { ProblemAt } from "../../domain/problem.ts";
import type { Rule } from "../../domain/rule.ts";
import { errorsOf } from "../../ingest/parse-event.ts";
import { parseJson } from "../../ingest/parse-json.ts";
import { say } from "../../words/say.ts";
import { draftNames } from "../api/rules.ts";
import { ruleSetDraftSchema } from "../api/schemas.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import { sendErrorPage, sendNotFound } from "../page-errors.ts";
import { type BacktestPageProps, renderBacktestPage } from "../pages/backtest-page.tsx";
import { renderRoutingPage } from "../pages/routing-page.tsx";
import { renderVersionsPage } from "../pages/versions-page.tsx";
import { mayRoute, routersOnly, ruleRoutes } from "./rule-routes.ts";
import { typeRoutes } from "./type-routes.ts";

/** The pages below `/routing`. They stand behind the doors of those who look after the hub. */
export function routingPages(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.get("/routing", (request, response) => list(deps, request, response));
  router.get("/routing/versions", (request, response) => versions(deps, request, response));
  router.post("/routing/rollback", routersOnly(deps), csrf, (request, response) =>
    rollBack(deps, request, response),
  );
  router.get("/routing/backtest", async (request, response) => {
    const { rules, fallback } = await deps.hub.rules.current();
    const text = JSON.stringify(
      { rules, ...(fallback === undefined ? {} : { fallback }) },
      null,
      2,
    );
    // A long set would be a page of many megabytes, and is tried from a file.
    const shown = text.length > mostText ? "" : text;
    await sendBacktest(deps, request, response, { text: shown, last: "1000", errors: [] });
  });
  router.post("/routing/backtest", csrf, (request, response) => backtest(deps, request, response));
  router.use(ruleRoutes(deps), typeRoutes(deps));
  return router;
}

const partSize = 100;
const mostUnrouted = 1_000;
const mostText = 40_000;

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

async function list(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const { store, organization } = hub;
  const [rules, destinations, unrouted, frame] = await Promise.all([
    hub.rules.current(),
    hub.destinations.list(),
    store.events.scan("unrouted", { prefix: [organization], limit: mostUnrouted }),
    frameOf(deps, request),
  ]);
  const { q, from, saved, moved, to } = request.query;
  const search = textOf(q).trim().slice(0, 100);
  const wanted = textOf(moved) || textOf(saved);
  const index = rules.rules.findIndex(({ name }) => name === wanted);
  // What was just saved is on the page that is shown.
  const start = index >= 0 ? index - (index % partSize) : Math.max(0, Number(textOf(from)) || 0);
  const done =
    index < 0
      ? undefined
      : textOf(moved) === ""
        ? ({ kind: "saved", name: wanted } as const)
        : ({ kind: "moved", name: wanted, to: to === "up" ? "up" : "down" } as const);
  sendPage(
    response,
    renderRoutingPage({
      ...{ frame, rules, done },
      destinationKinds: new Map(destinations.map(({ name, kind }) => [name, kind])),
      mayChange: mayRoute(request.user),
      unrouted: { count: unrouted.length, more: unrouted.length === mostUnrouted },
      part: { from: start, size: partSize, search },
    }),
  );
}

const versionsSize = 20;

async function versions(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const newest = await hub.rules.current();
  const asked = Number(textOf(request.query["from"])) || newest.version;
  const from = Math.min(Math.max(asked, 1), newest.version);
  const numbers = Array.from({ length: Math.min(versionsSize, from) }, (_, at) => from - at);
  // One more than is shown, to compare the last with.
  const sets = await Promise.all([...numbers, from - numbers.length].map(hub.rules.version));
  const shown = numbers.flatMap((_, at) => {
    const version = sets[at];
    return version ? [{ version, before: sets[at + 1] }] : [];
  });
  const next = from - numbers.length;
  const html = renderVersionsPage({
    frame: await frameOf(deps, request),
    versions: shown,
    newest: newest.version,
    mayChange: mayRoute(request.user),
    older: next > 0 ? `/routing/versions?from=${next}` : undefined,
    rolledBack: /^\d+$/.exec(textOf(request.query["back"]))?.[0],
  });
  sendPage(response, html);
}

async function rollBack(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { to, version } = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const by = (request.user as Person).name;
  const saved = await deps.hub.rules.rollBack(Number(to), Number(version), by);
  if (!saved) return sendNotFound(deps, request, response, "version");
  if (saved.kind === "saved") return response.redirect(303, `/routing/versions?back=${Number(to)}`);
  const next = { href: "/routing/versions", label: say`Show the versions` };
  if (saved.kind === "stale") {
    const { author, version: newest } = saved.newest;
    return sendErrorPage(deps, request, response, {
      status: 409,
      title: say`The rules have changed meanwhile`,
      detail: say`${author} saved version ${newest} after you opened the page. Nothing was changed by you.`,
      hint: say`Look at the versions as they are now.`,
      next,
    });
  }
  return sendErrorPage(deps, request, response, {
    status: 422,
    title: say`That version cannot be brought back`,
    detail: saved.errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; "),
    hint: say`What it names has gone or was pinned since. Make the change in the editor.`,
    next,
  });
}

type Backtest = Omit<BacktestPageProps, "frame">;

async function sendBacktest(
  deps: PageDeps,
  request: Request,
  response: Response,
  shown: Backtest,
): Promise<void> {
  const frame = await frameOf(deps, request);
  const status = shown.errors.length > 0 ? 422 : 200;
  sendPage(response, renderBacktestPage({ frame, ...shown }), status);
}

async function backtest(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const text = textOf(body["rules"]);
  const last = textOf(body["last"]);
  const refuse = (errors: readonly ProblemAt[]) =>
    sendBacktest(deps, request, response, { text, last, errors });
  const count = Number(last);
  if (!Number.isInteger(count) || count < 1 || count > 100_000) {
    return refuse([{ pointer: say`how many`, message: say`give a number from 1 to 100000` }]);
  }
  const read = parseJson(text);
  if (read.kind === "refused") return refuse([{ pointer: "", message: read.problem.detail }]);
  const draft = ruleSetDraftSchema.safeParse(read.value);
  if (!draft.success) return refuse(errorsOf(draft.error, "", draftNames));
  const { rules, fallback } = draft.data;
  const began = performance.now();
  const result = await deps.hub.ruleTrials.backtest(
    { rules: rules as readonly Rule[], ...(fallback ? { fallback } : {}) },
    count,
  );
  if (result.kind === "invalid") return refuse(result.errors);
  const ms = performance.now() - began;
  await sendBacktest(deps, request, response, {
    text,
    last,
    errors: [],
    result: { ...result, ms },
  });
}
