import type { IncomingHttpHeaders } from "node:http";
import express, { type Request, type Response, type Router } from "express";
import type { AcceptedEvent } from "../../domain/event.ts";
import { parseId } from "../../domain/ids.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Producer } from "../../domain/producer.ts";
import { deliveriesOf } from "../../hub/deliveries-of.ts";
import type { Hub } from "../../hub.ts";
import { type Access, accessOf, requireOverview } from "../access.ts";
import { sendJson, sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem, readList, readPage, wrong } from "./lists.ts";
import { readNames } from "./names.ts";
import { notFoundOfProducer } from "./not-found.ts";
import { approvalJson, deliveryJson, eventJson, receiptJson } from "./to-json.ts";

/** Events: posting, listing, one with its trace. */
export function eventRoutes(hub: Hub, { allow, hasRoom }: ApiDoors): Router {
  const router = express.Router();
  const ownOrAll = requireOverview("own");
  router.post("/v1/events", allow("events"), hasRoom, (request, response) =>
    post(hub, request, response),
  );
  router.get("/v1/events", allow("read"), ownOrAll, (request, response) =>
    list(hub, request, response),
  );
  router.get("/v1/events/:id", allow("read"), ownOrAll, (request, response) =>
    show(hub, request, response),
  );
  return router;
}

async function post(hub: Hub, request: Request, response: Response): Promise<void> {
  const { producer } = accessOf(response);
  if (!producer) return sendProblem(response, noProducer);
  const body = typeof request.body === "string" ? request.body : "";
  const told = await receiveEvents(hub, producer, { body, headers: request.headers });
  if (told.kind === "refused") sendProblem(response, told.problem);
  else sendJson(response, 202, told.receipts);
}

/** What a producer is told of its request. */
export type Told =
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "accepted"; readonly receipts: object | undefined };

/** Take the events of one request, and answer their receipts: one, or a list where a list came. */
export async function receiveEvents(
  hub: Hub,
  producer: Producer,
  { body, headers }: { readonly body: string; readonly headers: IncomingHttpHeaders },
): Promise<Told> {
  const contentType = headers["content-type"] ?? "";
  const received = await hub.receive(producer, { body, contentType, headers });
  if (received.kind === "refused") return received;
  const names = { destination: received.nameOf };
  const receipts = received.receipts.map((receipt) => receiptJson(receipt, names, hub.links));
  return { kind: "accepted", receipts: received.isBatch ? { items: receipts } : receipts[0] };
}

async function list(hub: Hub, request: Request, response: Response): Promise<void> {
  const asked = readList(request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const { since, unrouted } = request.query;
  if (unrouted !== undefined && unrouted !== "true") {
    return sendProblem(response, wrong("unrouted", "expected true"));
  }
  const from = typeof since === "string" ? new Date(since) : undefined;
  if (from && Number.isNaN(from.getTime())) {
    return sendProblem(response, wrong("since", "expected a time as RFC 3339"));
  }
  const { index, prefix } = indexOf(hub, accessOf(response), request.query);
  const page = await readPage(hub.store.events, index, prefix, asked, filterOf(request, from));
  const names = await readNames(hub);
  response.json({
    items: page.items.map((accepted) => eventJson(accepted, names)),
    next: page.next,
  });
}

function indexOf(
  { organization }: Hub,
  { onlyOwn, producer }: Access,
  { unrouted, type }: Request["query"],
) {
  if (onlyOwn && producer) {
    return { index: "byProducer", prefix: [organization, producer.id] } as const;
  }
  if (typeof type === "string") {
    return { index: "byType", prefix: [organization, type] } as const;
  }
  return { index: unrouted ? "unrouted" : "byTime", prefix: [organization] } as const;
}

function filterOf({ query }: Request, since: Date | undefined) {
  const same = (asked: unknown, value: string | undefined) =>
    asked === undefined || asked === value;
  return ({ event, plan }: AcceptedEvent) =>
    (query["unrouted"] === undefined || plan.unrouted) &&
    same(query["type"], event.type) &&
    same(query["source"], event.source) &&
    same(query["subject"], event.subject) &&
    (!since || event.receivedAt >= since);
}

async function show(hub: Hub, request: Request, response: Response): Promise<void> {
  const id = parseId("event", request.params["id"]);
  const accepted = id && (await hub.store.events.get(id));
  const access = accessOf(response);
  if (!accepted || !maySee(hub, access, accepted))
    return sendProblem(response, notFoundOfProducer("event"));
  const [names, deliveries, approval] = await Promise.all([
    readNames(hub),
    deliveriesOf(hub.store, accepted),
    accepted.approval && hub.store.approvals.get(accepted.approval),
  ]);
  response.json({
    ...eventJson(accepted, names),
    deliveries: deliveries.map(deliveryJson),
    approval: approval ? approvalJson(approval, hub.links) : null,
  });
}

const maySee = (hub: Hub, { onlyOwn, producer }: Access, { organization, event }: AcceptedEvent) =>
  organization === hub.organization && (!onlyOwn || event.producer === producer?.id);

const noProducer = {
  status: 403,
  code: "producer_missing",
  title: "This key belongs to no producer",
  detail: "Events are posted with a producer's key.",
  hint: "Use the key of a producer.",
};
