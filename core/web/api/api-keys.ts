import express, { type Request, type Response, type Router } from "express";
import type { z } from "zod";
import { parseDuration } from "../../domain/duration.ts";
import { parseId } from "../../domain/ids.ts";
import type { Problem } from "../../domain/problem.ts";
import type { ApiKey } from "../../domain/producer.ts";
import type { CreatedKey } from "../../hub/api-keys.ts";
import type { Hub } from "../../hub.ts";
import { accessOf } from "../access.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem } from "./lists.ts";
import { notFound } from "./not-found.ts";
import { apiKeyJson, readKeyOwners } from "./producer-json.ts";
import { apiKeyDraftSchema } from "./producer-operations.ts";
import { readBody } from "./read-body.ts";

/** API keys: listing, making, revoking. For admins. */
export function apiKeyRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const admin = allow("admin");
  router.get("/v1/keys", admin, async (_request, response) => {
    const [keys, nameOf] = await Promise.all([hub.apiKeys.list(), readKeyOwners(hub)]);
    const now = hub.clock.now();
    response.json({ items: keys.map((key) => apiKeyJson(key, nameOf, now)), next: null });
  });
  router.post("/v1/keys", admin, (request, response) => create(hub, request, response));
  router.delete("/v1/keys/:id", admin, async (request, response) => {
    const id = parseId("key", request.params["id"]);
    const revoked = id && (await hub.apiKeys.revoke(id, accessOf(response).name));
    if (!revoked) return sendProblem(response, notFound("key"));
    response.json(apiKeyJson(revoked, await readKeyOwners(hub), hub.clock.now()));
  });
  return router;
}

type Draft = z.infer<typeof apiKeyDraftSchema>;

async function create(hub: Hub, request: Request, response: Response): Promise<void> {
  const draft = readBody(request, apiKeyDraftSchema, Object.keys(apiKeyDraftSchema.shape));
  if (isProblem(draft)) return sendProblem(response, draft);
  const span = draft.expires_in === undefined ? 0 : parseDuration(draft.expires_in);
  if (span === undefined) return sendProblem(response, spanBad);
  const owner = await findOwner(hub, draft);
  if (!owner) return sendProblem(response, ownerUnknown);
  const { name, scopes } = draft;
  const expires = span > 0 ? { expiresAt: new Date(hub.clock.now().getTime() + span) } : {};
  const wish = { name, owner, scopes: [...new Set(scopes)], ...expires };
  const created = await hub.apiKeys.create(wish, accessOf(response).name);
  if (created.kind === "refused") return sendProblem(response, refusals[created.code]);
  const nameOf = await readKeyOwners(hub);
  response
    .status(201)
    .json({ ...apiKeyJson(created.key, nameOf, hub.clock.now()), key: created.text });
}

/** A producer by id or name, or a person by id or e-mail address; exactly one of the two. */
async function findOwner(
  { store, organization }: Hub,
  { producer, person }: Draft,
): Promise<ApiKey["owner"] | undefined> {
  if ((producer === undefined) === (person === undefined)) return undefined;
  if (producer !== undefined) {
    const id = parseId("producer", producer);
    const [found] = id
      ? [await store.producers.get(id)]
      : await store.producers.scan("byName", { prefix: [organization, producer], limit: 1 });
    return found && { kind: "producer", producer: found.id };
  }
  const id = parseId("person", person);
  const email = (person ?? "").toLowerCase();
  const [found] = id
    ? [await store.people.get(id)]
    : await store.people.scan("byEmail", { prefix: [organization, email], limit: 1 });
  return found && { kind: "person", person: found.id };
}

const invalid = (code: string, pointer: string, message: string, hint: string): Problem => ({
  status: 422,
  code,
  title: "The key cannot be like that",
  detail: `${pointer.slice(1)}: ${message}.`,
  hint,
  errors: [{ pointer, message }],
});

const ownerUnknown = invalid(
  "owner_unknown",
  "/producer",
  "expected one producer, by id or name, or one person, by id or e-mail address, who is here and not suspended",
  "GET /v1/producers and /v1/people list them.",
);

const spanBad = invalid(
  "expiry_invalid",
  "/expires_in",
  "expected a span of time such as 24h or 90d",
  "Leave it out for a key that does not run out.",
);

const refusals: Readonly<Record<Extract<CreatedKey, { kind: "refused" }>["code"], Problem>> = {
  owner_unknown: ownerUnknown,
  expired: spanBad,
  scope_not_for_producers: invalid(
    "scope_not_for_producers",
    "/scopes",
    "a producer's key may have events and read",
    "For vote or admin make a person's key.",
  ),
  admin_role_missing: invalid(
    "admin_role_missing",
    "/scopes",
    "admin is for keys of people who have the role admin",
    "Give the person that role first, or leave admin out.",
  ),
};
