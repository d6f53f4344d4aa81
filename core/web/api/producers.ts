import express, { type Request, type Response, type Router } from "express";
import type { z } from "zod";
import { parseId } from "../../domain/ids.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Producer, RecordLinks } from "../../domain/producer.ts";
import type { ProducerMistake, ProducerUser, ProducerWish } from "../../hub/producers.ts";
import type { Hub } from "../../hub.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { etagOf, matchMissing, readIfMatch } from "./if-match.ts";
import { isProblem } from "./lists.ts";
import { notFound } from "./not-found.ts";
import { producerJson } from "./producer-json.ts";
import { producerChangeSchema, producerDraftSchema } from "./producer-operations.ts";
import { readBody } from "./read-body.ts";
import { readOverlap } from "./read-overlap.ts";

/** Producers: listing, adding, replacing, removing, and their callback secrets. For admins. */
export function producerRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const admin = allow("admin");
  const found =
    (step: (hub: Hub, one: Producer, request: Request, response: Response) => Promise<void>) =>
    async (request: Request, response: Response) => {
      const id = parseId("producer", request.params["id"]);
      const producer = id && (await hub.producers.get(id));
      if (!producer) return sendProblem(response, notFound("producer"));
      return step(hub, producer, request, response);
    };
  router.get("/v1/producers", admin, async (_request, response) => {
    const items = (await hub.producers.list()).map((one) => producerJson(hub, one));
    response.json({ items, next: null });
  });
  router.post("/v1/producers", admin, (request, response) => create(hub, request, response));
  router.get("/v1/producers/:id", admin, found(show));
  router.put("/v1/producers/:id", admin, found(replace));
  router.delete("/v1/producers/:id", admin, found(remove));
  router.post("/v1/producers/:id/rotate-secret", admin, found(rotate));
  return router;
}

function send(hub: Hub, response: Response, producer: Producer, status = 200, secret = {}): void {
  response.setHeader("etag", etagOf(producer.revision));
  response.status(status).json({ ...producerJson(hub, producer), ...secret });
}

const show = async (hub: Hub, producer: Producer, _request: Request, response: Response) =>
  send(hub, response, producer);

async function create(hub: Hub, request: Request, response: Response): Promise<void> {
  const draft = readBody(request, producerDraftSchema, Object.keys(producerDraftSchema.shape));
  if (isProblem(draft)) return sendProblem(response, draft);
  const { name, callback = null, callback_hosts, may_name_policies } = draft;
  const created = await hub.producers.create({
    ...{ name, callback, callbackHosts: callback_hosts, mayNamePolicies: may_name_policies },
    ...recordsOf(draft),
  });
  if (created.kind === "refused") return sendProblem(response, refused(created.mistake));
  send(hub, response, created.producer, 201, { callback_secret: created.secret });
}

async function replace(
  hub: Hub,
  producer: Producer,
  request: Request,
  response: Response,
): Promise<void> {
  const revision = readIfMatch(request);
  const path = `/v1/producers/${producer.id}`;
  if (revision === undefined) return sendProblem(response, matchMissing("a producer", path));
  const draft = readBody(request, producerChangeSchema, Object.keys(producerChangeSchema.shape));
  if (isProblem(draft)) return sendProblem(response, draft);
  const { name, callback, callback_hosts, may_name_policies } = draft;
  const changed = await hub.producers.change(producer.id, revision, {
    ...{ name, callbackHosts: callback_hosts, mayNamePolicies: may_name_policies },
    ...(callback === undefined ? {} : { callback }),
    ...recordsOf(draft),
  });
  switch (changed.kind) {
    case "unknown":
      return sendProblem(response, notFound("producer"));
    case "built_in":
      return sendProblem(response, builtIn(producer));
    case "refused":
      return sendProblem(response, refused(changed.mistake));
    case "stale":
      return sendProblem(response, stale(changed.producer));
    case "saved":
      return send(hub, response, changed.producer);
  }
}

/** The links that a draft names; a replacement names all of them or none. */
const recordsOf = ({ records }: z.infer<typeof producerChangeSchema>): ProducerWish =>
  records === undefined
    ? {}
    : { records: records && ({ address: "", hosts: [], label: "", ...records } as RecordLinks) };

async function rotate(
  hub: Hub,
  producer: Producer,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = readOverlap(request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const rotated = await hub.producers.rotateSecret(producer.id, asked.overlapMs);
  if (rotated.kind !== "rotated") {
    const known = rotated.kind === "built_in";
    return sendProblem(response, known ? builtIn(producer) : notFound("producer"));
  }
  send(hub, response, rotated.producer, 200, { callback_secret: rotated.secret });
}

async function remove(
  hub: Hub,
  producer: Producer,
  request: Request,
  response: Response,
): Promise<void> {
  const revision = readIfMatch(request);
  const path = `/v1/producers/${producer.id}`;
  if (revision === undefined) return sendProblem(response, matchMissing("a producer", path));
  const removed = await hub.producers.remove(producer.id, revision);
  switch (removed.kind) {
    case "unknown":
      return sendProblem(response, notFound("producer"));
    case "built_in":
      return sendProblem(response, builtIn(producer));
    case "stale":
      return sendProblem(response, stale(removed.producer));
    case "in_use":
      return sendProblem(response, inUse(producer, removed.users));
    case "removed":
      response.status(204).end();
      return;
  }
}

const refused = ({ field, code, message }: ProducerMistake): Problem => ({
  status: code === "name_taken" ? 409 : 422,
  code,
  title: "The producer cannot be like that",
  detail: `${field}: ${message}.`,
  hint: "Correct this and send it again. Nothing was changed.",
  errors: [{ pointer: `/${field}`, message }],
});

const stale = ({ name, revision }: Producer): Problem => ({
  status: 412,
  code: "producer_stale",
  title: "The producer has changed meanwhile",
  detail: `${name} is at revision ${revision}; If-Match names another.`,
  hint: "Read it again, bring your change in, and send it with the new ETag.",
});

const builtIn = ({ name }: Producer): Problem => ({
  status: 409,
  code: "producer_built_in",
  title: "This producer is the hub's own",
  detail: `${name} posts the hub's own events, or those that people post by hand.`,
  hint: "Add a producer for your system instead.",
});

const inUse = ({ name }: Producer, users: readonly ProducerUser[]): Problem => ({
  status: 409,
  code: "producer_in_use",
  title: "The producer is in use",
  detail: `${name} is needed by ${users.map(({ kind, name: user }) => `${kind} ${user}`).join(", ")}.`,
  hint: "Revoke its keys, take its pins away and let its requests close, then remove it.",
  errors: users.map(({ kind, name: user }) => ({ pointer: "", message: `${kind}: ${user}` })),
});
