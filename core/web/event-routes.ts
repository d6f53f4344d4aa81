import express, { type Request, type Response, type Router } from "express";
import { parseId } from "../domain/ids.ts";
import { opaque } from "./api/lists.ts";
import { readNames } from "./api/names.ts";
import { readEventLine } from "./event-lines.ts";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendNotFound } from "./page-errors.ts";
import { renderEventPage } from "./pages/event-page.tsx";
import { mostUnrouted, renderEventsPage } from "./pages/events-page.tsx";

/** The pages of events. */
export function eventPages(deps: PageDeps): Router {
  const router = express.Router();
  router.get("/events", (request, response) => list(deps, request, response));
  router.get("/events/:id", (request, response) => show(deps, request, response));
  return router;
}

const pageSize = 30;
const lookedThrough = 1_000;

async function list(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { store, organization } = deps.hub;
  const type = typeof request.query["type"] === "string" ? request.query["type"] : undefined;
  const isUnrouted = request.query["unrouted"] === "true";
  const index = isUnrouted ? "unrouted" : "byTime";
  const after = request.query["after"];
  const scanned = await store.events.scan(index, {
    prefix: [organization],
    order: "descending",
    limit: type === undefined ? pageSize + 1 : lookedThrough,
    ...(typeof after === "string" ? { after: Buffer.from(after, "base64url").toString() } : {}),
  });
  const found = scanned.filter(({ event }) => type === undefined || event.type === type);
  const shown = found.slice(0, pageSize);
  const last = shown.at(-1);
  const next =
    found.length > pageSize && last ? opaque(store.events.cursorOf(index, last)) : undefined;
  const events = await Promise.all(
    shown.map((accepted) => readEventLine(deps.hub.store, accepted)),
  );
  const unrouted = { count: await countUnrouted(deps), only: isUnrouted };
  const frame = await frameOf(deps, request);
  sendPage(response, renderEventsPage({ frame, events, type, unrouted, next }));
}

/** How many events no rule matched, one more than the page tells at most. */
async function countUnrouted({ hub: { store, organization } }: PageDeps): Promise<number> {
  const limit = mostUnrouted + 1;
  return (await store.events.scan("unrouted", { prefix: [organization], limit })).length;
}

async function show(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const { store } = hub;
  const id = parseId("event", request.params["id"]);
  const accepted = id && (await store.events.get(id));
  if (!accepted || accepted.organization !== hub.organization) {
    return sendNotFound(deps, request, response, "event");
  }
  const [line, names] = await Promise.all([readEventLine(store, accepted), readNames(hub)]);
  const attempts = await Promise.all(
    line.deliveries.map(
      async ({ id }) =>
        [id, await store.attempts.scan("byDelivery", { prefix: [id], limit: 100 })] as const,
    ),
  );
  const places = accepted.plan.destinations.map(
    (place) => [place, names.destination(place)] as const,
  );
  const html = renderEventPage({
    frame: await frameOf(deps, request),
    ...line,
    producerName: names.producer(accepted.event.producer),
    attempts: new Map(attempts),
    destinationNames: new Map(places),
  });
  sendPage(response, html);
}
