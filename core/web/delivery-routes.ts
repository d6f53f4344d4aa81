import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type { Attempt, Delivery } from "../domain/delivery.ts";
import { parseId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import { deliveriesOf } from "../hub/deliveries-of.ts";
import { say } from "../words/say.ts";
import { watchPage } from "./connecting/watch-page.ts";
import {
  type DeliveryFilter,
  deliveryQuery,
  readDeliveryFilter,
  readDeliverySearch,
} from "./deliveries/delivery-filter.ts";
import { readAttempts } from "./deliveries/read-attempts.ts";
import { findDead, readDeliveries } from "./deliveries/read-deliveries.ts";
import { frameOf, sendPage } from "./frame.ts";
import { readPageAsked } from "./lists/bounded-page.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage, sendNotFound } from "./page-errors.ts";
import { sentIn } from "./pages/chat/message-drawing.tsx";
import { renderDeliveriesPage } from "./pages/deliveries-page.tsx";
import { type DeliveryFlash, renderDeliveryPage } from "./pages/delivery-page.tsx";
import { renderRedeliverPage } from "./pages/redeliver-page.tsx";
import { readTypeNames } from "./read-type-names.ts";
import { saveSession } from "./session.ts";
import { traceEvent } from "./trace-event.ts";

declare module "express-session" {
  interface SessionData {
    /** What the last step on a delivery's page led to, said once. */
    deliveryFlash?: DeliveryFlash | undefined;
    /** How many deliveries the last yes put back, said once. */
    redelivered?: number | undefined;
  }
}

const pageSize = 30;
/** The most that one yes puts back. */
const mostAtOnce = 1_000;

/** The pages of deliveries: the log, one delivery, sending failed ones again. */
export function deliveryPages(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  const routers: RequestHandler = (request, response, next) =>
    mayRedeliver(request) ? next() : sendErrorPage(deps, request, response, routersOnly());
  router.get("/deliveries", (request, response) => list(deps, request, response));
  router.get("/deliveries/changes", (request, response) => watchList(deps, request, response));
  router.get("/deliveries/redeliver", routers, (request, response) =>
    count(deps, request, response),
  );
  router.post("/deliveries/redeliver", routers, csrf, (request, response) =>
    redeliverMany(deps, request, response),
  );
  router.get("/deliveries/:id", (request, response) => show(deps, request, response));
  router.get("/deliveries/:id/changes", (request, response) => watchOne(deps, request, response));
  for (const step of ["redeliver", "now"] as const) {
    router.get(`/deliveries/:id/${step}`, (request, response) =>
      response.redirect(303, `/deliveries/${request.params["id"]}`),
    );
    router.post(`/deliveries/:id/${step}`, routers, csrf, (request, response) =>
      act(deps, step, request, response),
    );
  }
  return router;
}

const mayRedeliver = ({ user }: Request) =>
  (user as Person | undefined)?.roles.some((role) => role === "admin" || role === "router") ??
  false;

const routersOnly = () => ({
  status: 403,
  title: say`This is for people who route`,
  detail: say`Deliveries are sent again by people with the role admin or router.`,
  hint: say`Ask an admin for the role router.`,
});

async function list(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const search = readDeliverySearch(request.query["q"]);
  if (search?.kind === "page") return response.redirect(303, `/deliveries/${search.delivery}`);
  const filter = { ...readDeliveryFilter(request.query), ...search?.filter };
  if (search) return response.redirect(303, `/deliveries${deliveryQuery(filter)}`);
  const [frame, page, destinations, types] = await Promise.all([
    frameOf(deps, request),
    readDeliveries(hub, filter, readPageAsked(request.query), pageSize),
    hub.store.destinations.scan("byName", { prefix: [hub.organization], limit: 200 }),
    readTypeNames(hub),
  ]);
  const places = destinations.map(({ name }) => name);
  const html = renderDeliveriesPage({
    ...{ frame, page, filter, places, types },
    mayRedeliver: mayRedeliver(request),
  });
  sendPage(response, html);
}

/** The newest page is watched by the revisions that it shows. */
async function watchList({ hub }: PageDeps, request: Request, response: Response): Promise<void> {
  const filter = readDeliveryFilter(request.query);
  await watchPage(response, async () => {
    const { items } = await readDeliveries(hub, filter, {}, pageSize);
    return items.map(({ delivery: { id, revision } }) => [id, revision]);
  });
}

async function find({ hub }: PageDeps, request: Request): Promise<Delivery | undefined> {
  const id = parseId("delivery", request.params["id"]);
  const delivery = id && (await hub.store.deliveries.get(id));
  return delivery?.organization === hub.organization ? delivery : undefined;
}

async function watchOne(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const delivery = await find(deps, request);
  if (!delivery) return sendNotFound(deps, request, response, "delivery");
  const { id } = delivery;
  await watchPage(response, async () => {
    const now = await deps.hub.store.deliveries.get(id);
    return [now?.revision, now?.state === "pending" && now.dueAt <= deps.hub.clock.now()];
  });
}

async function show(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const { store } = hub;
  const delivery = await find(deps, request);
  if (!delivery) return sendNotFound(deps, request, response, "delivery");
  const [frame, attempts, accepted, approval] = await Promise.all([
    frameOf(deps, request),
    readAttempts(store, delivery.id, 500),
    store.events.get(delivery.event),
    delivery.approval && store.approvals.get(delivery.approval),
  ]);
  const deliveries = accepted ? await deliveriesOf(store, accepted) : [];
  const chosen = Number(request.query["attempt"]);
  const flash = request.session.deliveryFlash;
  delete request.session.deliveryFlash;
  const attempt = attempts.find(({ number }) => number === chosen) ?? attempts.at(-1);
  const html = renderDeliveryPage({
    ...{ frame, delivery, attempts, attempt, accepted, flash },
    mistakes: await mistakesIn(deps, delivery, attempt),
    traced: accepted && (await traceEvent(hub, accepted)),
    approval: approval || undefined,
    others: deliveries.filter(({ id }) => id !== delivery.id),
    may: { redeliver: mayRedeliver(request) },
  });
  sendPage(response, html);
}

/** What its chat says against what a try sent. */
async function mistakesIn({ check }: PageDeps, delivery: Delivery, attempt: Attempt | undefined) {
  const { platform } = delivery;
  const sent = attempt && sentIn(delivery, attempt);
  if (!check || !sent || (platform !== "slack" && platform !== "teams")) return [];
  return check(platform, sent);
}

async function act(
  deps: PageDeps,
  step: "redeliver" | "now",
  request: Request,
  response: Response,
): Promise<void> {
  const delivery = await find(deps, request);
  if (!delivery) return sendNotFound(deps, request, response, "delivery");
  const { hub } = deps;
  const outcome = await (step === "now" ? hub.sendNow(delivery.id) : hub.redeliver(delivery.id));
  const done = step === "now" ? "hurried" : "queued";
  request.session.deliveryFlash = outcome?.kind === "queued" ? done : "refused";
  await saveSession(request);
  response.redirect(303, `/deliveries/${delivery.id}`);
}

async function count(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const filter = readDeliveryFilter(request.query);
  await showFound(deps, request, response, filter);
}

async function showFound(
  deps: PageDeps,
  request: Request,
  response: Response,
  filter: DeliveryFilter,
): Promise<void> {
  const queued = request.session.redelivered;
  delete request.session.redelivered;
  const [frame, found] = await Promise.all([
    frameOf(deps, request),
    findDead(deps.hub, filter, mostAtOnce),
  ]);
  const html = renderRedeliverPage({
    ...{ frame, filter, found },
    ...(queued === undefined ? {} : { queued }),
  });
  sendPage(response, html);
}

async function redeliverMany(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const filter = readDeliveryFilter(body);
  // No more than were counted on the page that asked: what failed since is asked about first.
  const counted = Math.min(mostAtOnce, Math.max(0, Number(body["count"]) || 0));
  const { deliveries } = await findDead(hub, filter, counted);
  let queued = 0;
  for (const { delivery } of deliveries) {
    if ((await hub.redeliver(delivery.id))?.kind === "queued") queued += 1;
  }
  request.session.redelivered = queued;
  await saveSession(request);
  response.redirect(303, `/deliveries/redeliver${deliveryQuery(filter)}`);
}
