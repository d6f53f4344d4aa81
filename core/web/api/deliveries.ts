import express, { type Request, type Response, type Router } from "express";
import type { Delivery } from "../../domain/delivery.ts";
import { parseDuration } from "../../domain/duration.ts";
import { parseId } from "../../domain/ids.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import { requireOverview, requireRouter } from "../access.ts";
import { readAttempts } from "../deliveries/read-attempts.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem, readList, readPage, wrong } from "./lists.ts";
import { notFound } from "./not-found.ts";
import { readBody } from "./read-body.ts";
import { deliveryStates, redeliverDraftSchema } from "./schemas.ts";
import { attemptJson, deliveryJson } from "./to-json.ts";

/** Deliveries: the log and one with its attempts, for those who keep the hub; asking for dead ones again, for routers. */
export function deliveryRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const mayRead = [allow("read", "admin"), requireOverview("everybody's")];
  const mayRoute = [allow("read", "admin"), requireRouter];
  router.get("/v1/deliveries", ...mayRead, (request, response) => list(hub, request, response));
  router.get("/v1/deliveries/:id", ...mayRead, (request, response) => show(hub, request, response));
  router.post("/v1/deliveries/redeliver", ...mayRoute, (request, response) =>
    redeliverMany(hub, request, response),
  );
  router.post("/v1/deliveries/:id/redeliver", ...mayRoute, (request, response) =>
    redeliverOne(hub, request, response),
  );
  return router;
}

async function list(hub: Hub, request: Request, response: Response): Promise<void> {
  const asked = readList(request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const { state, label, event } = request.query;
  if (state !== undefined && !deliveryStates.some((known) => known === state)) {
    return sendProblem(response, wrong("state", `expected one of ${deliveryStates.join(", ")}`));
  }
  const { organization } = hub;
  const { index, prefix } =
    typeof state === "string"
      ? ({ index: "byState", prefix: [organization, state] } as const)
      : ({ index: "byTime", prefix: [organization] } as const);
  const page = await readPage(
    hub.store.deliveries,
    index,
    prefix,
    asked,
    (delivery) =>
      (label === undefined || delivery.label === label) &&
      (event === undefined || delivery.event === event),
  );
  response.json({ items: page.items.map(deliveryJson), next: page.next });
}

async function find(hub: Hub, request: Request): Promise<Delivery | undefined> {
  const id = parseId("delivery", request.params["id"]);
  const delivery = id && (await hub.store.deliveries.get(id));
  return delivery?.organization === hub.organization ? delivery : undefined;
}

async function show(hub: Hub, request: Request, response: Response): Promise<void> {
  const delivery = await find(hub, request);
  if (!delivery) return sendProblem(response, notFound("delivery"));
  const attempts = await readAttempts(hub.store, delivery.id, 500);
  response.json({ ...deliveryJson(delivery), attempts_made: attempts.map(attemptJson) });
}

async function redeliverOne(hub: Hub, request: Request, response: Response): Promise<void> {
  const delivery = await find(hub, request);
  const redelivered = delivery && (await hub.redeliver(delivery.id));
  if (!redelivered) return sendProblem(response, notFound("delivery"));
  if (redelivered.kind === "refused") return sendProblem(response, notDead(redelivered.delivery));
  response.status(202).json(deliveryJson(redelivered.delivery));
}

/** The most that one call puts back. */
const mostAtOnce = 1_000;
/** How many dead deliveries one call looks at for those that are meant. */
const mostLookedAt = 10_000;

async function redeliverMany(hub: Hub, request: Request, response: Response): Promise<void> {
  const draft = readBody(request, redeliverDraftSchema, ["filter", "since", "label", "dry_run"]);
  if (isProblem(draft)) return sendProblem(response, draft);
  const { filter, dry_run: dryRun } = draft;
  const span = filter.since === undefined ? undefined : parseDuration(filter.since);
  const from = span === undefined ? new Date(0) : new Date(hub.clock.now().getTime() - span);
  const { items, next } = await readPage(
    hub.store.deliveries,
    "byState",
    [hub.organization, "dead"],
    { limit: mostAtOnce, order: "descending" },
    (delivery) =>
      delivery.state === "dead" &&
      delivery.settledAt >= from &&
      (filter.label === undefined || delivery.label === filter.label),
    mostLookedAt,
  );
  const queued: string[] = [];
  for (const { id } of dryRun ? [] : items) {
    if ((await hub.redeliver(id))?.kind === "queued") queued.push(id);
  }
  response.status(dryRun ? 200 : 202).json({
    dry_run: dryRun,
    found: items.length,
    queued: queued.length,
    more: next !== null,
    items: items.map(deliveryJson),
  });
}

const whyNot: Readonly<Record<Delivery["state"], string>> = {
  pending: "it is still being tried by itself",
  sending: "it is being sent right now",
  held: "it is held until its workspace is connected or the app is in its channel, and then goes out by itself",
  delivered: "it was delivered, and sending it again would make a second message",
  suppressed: "it was not needed",
  dead: "it is dead",
};

const notDead = ({ state }: Delivery): Problem => ({
  status: 409,
  code: "delivery_not_dead",
  title: "This delivery is not sent again",
  detail: `Only dead deliveries are redelivered; ${whyNot[state]}.`,
  hint: "Nothing was changed.",
});
