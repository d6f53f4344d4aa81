import express, { type Router } from "express";
import type { EventType } from "../../domain/event-type.ts";
import { findType, listTypes } from "../../event-types/find-type.ts";
import type { Hub } from "../../hub.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { notFound } from "./not-found.ts";

/** Event types: the catalogue, and one type. */
export function catalogueRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const { store, organization } = hub;
  router.get("/v1/event-types", allow("read"), async (_request, response) => {
    const types = await listTypes(store, organization);
    response.json({ items: types.map(typeJson), next: null });
  });
  router.get("/v1/event-types/:name", allow("read"), async (request, response) => {
    const name = String(request.params["name"]);
    const type = await findType(store, organization, name);
    if (!type) return sendProblem(response, notFound("event type"));
    response.json(typeJson(type));
  });
  return router;
}

const typeJson = ({ name, level, texts, sample }: EventType) => ({
  name,
  level,
  title: texts.title ?? "",
  sample,
});
