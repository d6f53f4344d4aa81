import express, { type Request, type Response, type Router } from "express";
import type { EventType } from "../../domain/event-type.ts";
import type { Problem, ProblemAt } from "../../domain/problem.ts";
import { definitionNames } from "../../event-types/definition-schema.ts";
import { writeDefinition } from "../../event-types/definition-text.ts";
import { sampleNow } from "../../event-types/sample-now.ts";
import type { TypeUser } from "../../hub/event-types.ts";
import type { Hub } from "../../hub.ts";
import type { DrawMessage } from "../../ports/pictures.ts";
import { requireRouter } from "../access.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import {
  type EventTypeJson,
  eventTypeDraftSchema,
  type OneTypeJson,
} from "./event-type-operations.ts";
import { etagOf, matchMissing, readIfMatch } from "./if-match.ts";
import { isProblem } from "./lists.ts";
import { notFound } from "./not-found.ts";
import { readBody } from "./read-body.ts";

/** Event types: the catalogue, one type with its pictures, and writing them for those who route. */
export function catalogueRoutes(
  hub: Hub,
  { allow }: ApiDoors,
  draw: DrawMessage | undefined,
): Router {
  const router = express.Router();
  const mayRoute = [allow("read", "admin"), requireRouter];
  router.get("/v1/event-types", allow("read"), async (_request, response) => {
    const types = await hub.eventTypes.list();
    response.json({ items: types.map((type) => typeJson(hub, type)), next: null });
  });
  router.get("/v1/event-types/:name", allow("read"), async (request, response) => {
    const type = await hub.eventTypes.get(String(request.params["name"]));
    if (!type) return sendProblem(response, notFound("event type", "name"));
    return send(hub, response, type, draw);
  });
  router.put("/v1/event-types/:name", ...mayRoute, (request, response) =>
    save(hub, request, response, draw),
  );
  router.delete("/v1/event-types/:name", ...mayRoute, (request, response) =>
    remove(hub, request, response),
  );
  return router;
}

/** A type as the API shows it. Times of its sample are moved along, so that it can be sent as it is. */
function typeJson(hub: Hub, type: EventType): EventTypeJson {
  const written = writeDefinition({ ...type, sample: sampleNow(type.sample, hub.clock.now()) });
  return {
    ...written,
    version: type.version,
    origin: hub.eventTypes.originOf(type),
    revision: type.revision,
  };
}

async function send(
  hub: Hub,
  response: Response,
  type: EventType,
  draw: DrawMessage | undefined,
  status = 200,
): Promise<void> {
  const { missing, trouble, ...messages } = await hub.eventTypes.preview(type);
  const warnings = [
    ...missing.map(
      ({ field, place }) => `The sample has no field ${field}, which texts/${place} asks for.`,
    ),
    ...(trouble === undefined ? [] : [`A text of this type failed: ${trouble}.`]),
  ];
  const pictures = (await draw?.(messages)) ?? null;
  const body = { ...typeJson(hub, type), pictures, warnings };
  response.setHeader("etag", etagOf(type.revision));
  response.status(status).json(body satisfies Omit<OneTypeJson, "pictures"> & object);
}

async function save(
  hub: Hub,
  request: Request,
  response: Response,
  draw: DrawMessage | undefined,
): Promise<void> {
  const name = String(request.params["name"]);
  const body = readBody(request, eventTypeDraftSchema, definitionNames);
  if (isProblem(body)) return sendProblem(response, body);
  const { origin: _, revision: __, pictures: ___, warnings: ____, ...written } = body;
  if (written.name !== name) return sendProblem(response, otherName(name));
  const saved = await hub.eventTypes.save(written, readIfMatch(request));
  switch (saved.kind) {
    case "saved":
    case "unchanged":
      return send(hub, response, saved.type, draw, saved.type.revision === 1 ? 201 : 200);
    case "unread":
      return sendProblem(response, matchMissing("an event type", `/v1/event-types/${name}`));
    case "stale":
      return sendProblem(response, stale(name));
    case "invalid":
      return sendProblem(response, typeInvalid(saved.errors));
  }
}

async function remove(hub: Hub, request: Request, response: Response): Promise<void> {
  const name = String(request.params["name"]);
  const revision = readIfMatch(request);
  if (revision === undefined) {
    return sendProblem(response, matchMissing("an event type", `/v1/event-types/${name}`));
  }
  const removed = await hub.eventTypes.remove(name, revision);
  switch (removed.kind) {
    case "unknown":
      return sendProblem(response, notFound("event type", "name"));
    case "builtin":
      return sendProblem(response, isBuiltin(name));
    case "stale":
      return sendProblem(response, stale(name));
    case "in_use":
      return sendProblem(response, inUse(name, removed.users));
    case "removed":
      response.status(204).end();
      return;
  }
}

/** Say what is wrong with a type, place by place. */
const typeInvalid = (errors: readonly ProblemAt[]): Problem => ({
  status: 422,
  code: "event_type_invalid",
  title: "The event type is not valid",
  detail: errors.map(({ pointer, message }) => `${pointer || "/"}: ${message}`).join("; "),
  hint: "Correct these places and send it again. Nothing was saved.",
  errors,
});

const otherName = (name: string): Problem =>
  typeInvalid([{ pointer: "/name", message: `expected "${name}", as the address says` }]);

const stale = (name: string): Problem => ({
  status: 412,
  code: "event_type_stale",
  title: "Somebody saved this event type meanwhile",
  detail: `If-Match names another revision of ${name} than the newest one.`,
  hint: `Read /v1/event-types/${name} again, bring your change in, and send it with the new ETag.`,
});

const isBuiltin = (name: string): Problem => ({
  status: 409,
  code: "event_type_builtin",
  title: "Every hub knows this event type",
  detail: `${name} is as it was shipped, so there is nothing to take back.`,
  hint: 'To let nothing follow from its events, save it with "on": false.',
});

const inUse = (name: string, users: readonly TypeUser[]): Problem => ({
  status: 409,
  code: "event_type_in_use",
  title: "The event type is in use",
  detail: `${name} is named by ${users.map((user) => `the ${user.kind} ${user.name}`).join(", ")}.`,
  hint: "Take it out there first.",
});
