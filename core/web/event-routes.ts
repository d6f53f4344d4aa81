import express, { type Request, type Response, type Router } from "express";
import type { AcceptedEvent } from "../domain/event.ts";
import { parseId } from "../domain/ids.ts";
import { readNames } from "./api/names.ts";
import { watchPage } from "./connecting/watch-page.ts";
import { readAttempts } from "./deliveries/read-attempts.ts";
import { readEventLine } from "./event-lines.ts";
import { eventQuery, readEventFilter } from "./events/event-filter.ts";
import { readEventPage } from "./events/read-event-page.ts";
import { frameOf, sendPage } from "./frame.ts";
import { readPageAsked } from "./lists/bounded-page.ts";
import { readTyped } from "./lists/since.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendNotFound } from "./page-errors.ts";
import { renderEventPage } from "./pages/event-page.tsx";
import { type EventLine, mostUnrouted, renderEventsPage } from "./pages/events-page.tsx";
import { readTypeNames } from "./read-type-names.ts";
import { findAnything } from "./search/find-anything.ts";
import { traceEvent } from "./trace-event.ts";

/** The pages of events. */
export function eventPages(deps: PageDeps): Router {
  const router = express.Router();
  router.get("/events", (request, response) => list(deps, request, response));
  router.get("/events/changes", (request, response) => watchList(deps, request, response));
  router.get("/events/:id/changes", (request, response) => watchOne(deps, request, response));
  router.get("/events/:id", (request, response) => show(deps, request, response));
  return router;
}

const pageSize = 30;

async function list(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const { store, organization } = hub;
  const search = readTyped(request.query["q"]);
  const filter = readEventFilter(request.query);
  if (search !== undefined) {
    const found = await findAnything(hub, search);
    if (found.kind === "page") return response.redirect(303, found.href);
    return response.redirect(303, `/events${eventQuery({ ...filter, subject: search })}`);
  }
  const [frame, page, unrouted, producers, types] = await Promise.all([
    frameOf(deps, request),
    readEventPage(hub, filter, readPageAsked(request.query), pageSize),
    countUnrouted(deps),
    store.producers.scan("byName", { prefix: [organization], limit: 200 }),
    readTypeNames(hub),
  ]);
  const { items, older, newer, lookedBackTo } = page;
  const events = await Promise.all(items.map((accepted) => readEventLine(store, accepted)));
  const names = producers.map(({ id, name }) => [id, name] as const);
  const html = renderEventsPage({
    ...{ frame, events, filter, unrouted, types, older, newer, lookedBackTo },
    producers: names,
  });
  sendPage(response, html);
}

/** The newest page is watched by what it shows: new events, and what becomes of these. */
async function watchList({ hub }: PageDeps, request: Request, response: Response): Promise<void> {
  const filter = readEventFilter(request.query);
  await watchPage(response, async () => {
    const { items } = await readEventPage(hub, filter, {}, pageSize);
    const lines = await Promise.all(items.map((accepted) => readEventLine(hub.store, accepted)));
    return lines.map(lineRevisions);
  });
}

const lineRevisions = ({ accepted, approval, deliveries }: EventLine) => [
  accepted.id,
  approval?.revision,
  deliveries.map(({ revision }) => revision),
];

async function watchOne(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const accepted = await find(deps, request);
  if (!accepted) return sendNotFound(deps, request, response, "event");
  const { id } = accepted;
  const { store } = deps.hub;
  await watchPage(response, async () => {
    const now = await store.events.get(id);
    return now && lineRevisions(await readEventLine(store, now));
  });
}

async function find({ hub }: PageDeps, request: Request): Promise<AcceptedEvent | undefined> {
  const id = parseId("event", request.params["id"]);
  const accepted = id && (await hub.store.events.get(id));
  return accepted?.organization === hub.organization ? accepted : undefined;
}

/** How many events no rule matched, one more than the page tells at most. */
async function countUnrouted({ hub: { store, organization } }: PageDeps): Promise<number> {
  const limit = mostUnrouted + 1;
  return (await store.events.scan("unrouted", { prefix: [organization], limit })).length;
}

async function show(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const { store } = hub;
  const accepted = await find(deps, request);
  if (!accepted) return sendNotFound(deps, request, response, "event");
  const [line, names, traced] = await Promise.all([
    readEventLine(store, accepted),
    readNames(hub),
    traceEvent(hub, accepted),
  ]);
  const attempts = await Promise.all(
    line.deliveries.map(async ({ id }) => [id, await readAttempts(store, id, 100)] as const),
  );
  const places = accepted.plan.destinations.map(
    (place) => [place, names.destination(place)] as const,
  );
  const html = renderEventPage({
    frame: await frameOf(deps, request),
    ...line,
    traced,
    producerName: names.producer(accepted.event.producer),
    attempts: new Map(attempts),
    destinationNames: new Map(places),
  });
  sendPage(response, html);
}
