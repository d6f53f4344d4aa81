import express, { type Request, type Response, type Router } from "express";
import type { z } from "zod";
import {
  type Destination,
  type HookKind,
  isChannel,
  workspaceOf,
} from "../../domain/destination.ts";
import { parseId } from "../../domain/ids.ts";
import type { Problem } from "../../domain/problem.ts";
import { type DestinationWish, wishTroubles } from "../../hub/destination-wish.ts";
import type { DestinationUser } from "../../hub/destinations.ts";
import type { Hub } from "../../hub.ts";
import { accessOf, requireOverview, requireRouter } from "../access.ts";
import { sendProblem } from "../problem.ts";
import { destinationJson } from "./destination-json.ts";
import { destinationChangeSchema, destinationDraftSchema } from "./destination-operations.ts";
import { testSaved, tryUnsaved } from "./destination-tests.ts";
import { channelMissing, refused, refusedWish, valuesOf, wishOf } from "./destination-wishes.ts";
import type { ApiDoors } from "./doors.ts";
import { findChannel } from "./find-channel.ts";
import { etagOf, matchMissing, readIfMatch } from "./if-match.ts";
import { isProblem } from "./lists.ts";
import { notFound } from "./not-found.ts";
import { readBody } from "./read-body.ts";
import { readOverlap } from "./read-overlap.ts";

type Change = z.infer<typeof destinationChangeSchema>;
type Draft = z.infer<typeof destinationDraftSchema>;

/** Destinations: listing, choosing channels, changing, removing, testing. */
export function destinationRoutes(hub: Hub, { allow, waits }: ApiDoors): Router {
  const router = express.Router();
  const overview = requireOverview("settings");
  const mayRead = [allow("read", "admin"), overview];
  const mayRoute = [allow("read", "admin"), requireRouter];
  const found =
    (step: (hub: Hub, one: Destination, request: Request, response: Response) => Promise<void>) =>
    async (request: Request, response: Response) => {
      const id = parseId("destination", request.params["id"]);
      const destination = id && (await hub.destinations.get(id));
      if (!destination) return sendProblem(response, notFound("destination"));
      return step(hub, destination, request, response);
    };
  router.get("/v1/destinations", ...mayRead, async (_request, response) => {
    const items = await hub.destinations.list();
    response.json({ items: items.map(destinationJson), next: null });
  });
  router.post("/v1/destinations", ...mayRoute, (request, response) =>
    choose(hub, request, response),
  );
  router.post("/v1/destinations/test", ...mayRoute, waits, (request, response) =>
    tryUnsaved(hub, request, response),
  );
  router.get("/v1/destinations/:id", ...mayRead, found(show));
  router.patch("/v1/destinations/:id", ...mayRoute, found(change));
  router.delete("/v1/destinations/:id", ...mayRoute, found(remove));
  router.post("/v1/destinations/:id/rotate-secret", ...mayRoute, found(rotate));
  router.post("/v1/destinations/:id/test", ...mayRoute, waits, found(testSaved));
  return router;
}

function send(response: Response, destination: Destination, status = 200): void {
  response.setHeader("etag", etagOf(destination.revision));
  response.status(status).json(destinationJson(destination));
}

async function show(hub: Hub, destination: Destination, _request: Request, response: Response) {
  const users = await hub.destinations.usersOf(destination);
  response.setHeader("etag", etagOf(destination.revision));
  response.json({ ...destinationJson(destination), used_by: users });
}

async function choose(hub: Hub, request: Request, response: Response): Promise<void> {
  const draft = readBody(
    request,
    destinationDraftSchema,
    Object.keys(destinationDraftSchema.shape),
  );
  if (isProblem(draft)) return sendProblem(response, draft);
  const { kind = "channel" } = draft;
  return kind === "channel"
    ? chooseChannel(hub, draft, accessOf(response).name, response)
    : makeHook(hub, { ...draft, kind }, response);
}

async function chooseChannel(
  hub: Hub,
  draft: Draft,
  by: string,
  response: Response,
): Promise<void> {
  const { workspace, channel, name } = draft;
  if (workspace === undefined || channel === undefined) {
    return sendProblem(response, channelMissing);
  }
  const wish = await wishOf(hub, draft);
  if (isProblem(wish)) return sendProblem(response, wish);
  const found = await findChannel(hub, workspace, channel);
  if (isProblem(found)) return sendProblem(response, found);
  const before = await hub.destinations.list();
  const chosen = await hub.channels.choose(found.installation, {
    workspace: found.workspace,
    channelId: found.channelId,
    ...(name === undefined ? {} : { name }),
  });
  if (chosen.kind === "refused") return sendProblem(response, refused(chosen.code, chosen.text));
  const { destination } = chosen;
  if (before.some(({ id }) => id === destination.id)) return send(response, destination);
  if (Object.keys(wish).length === 0) return send(response, destination, 201);
  const { id, revision } = destination;
  const changed = await hub.destinations.change(id, revision, wish, by);
  if (changed.kind === "saved") return send(response, changed.destination, 201);
  if (changed.kind !== "refused") return send(response, destination, 201);
  await hub.destinations.remove(id, revision);
  sendProblem(response, refusedWish(changed.troubles));
}

async function makeHook(
  hub: Hub,
  draft: Draft & { readonly kind: HookKind },
  response: Response,
): Promise<void> {
  const { kind, name = "" } = draft;
  const values = valuesOf(hub, kind, draft.settings ?? {});
  if (isProblem(values)) return sendProblem(response, values);
  const wish = await wishOf(hub, draft);
  if (isProblem(wish)) return sendProblem(response, wish);
  const made = await hub.destinations.create({ types: null, ...wish, kind, name, values });
  if (made.kind === "refused") return sendProblem(response, refusedWish(made.troubles));
  const { destination, signingSecret } = made;
  response.setHeader("etag", etagOf(destination.revision));
  response.status(201).json({
    ...destinationJson(destination as Destination),
    ...(signingSecret === undefined ? {} : { signing_secret: signingSecret }),
  });
}

async function change(
  hub: Hub,
  destination: Destination,
  request: Request,
  response: Response,
): Promise<void> {
  const revision = readIfMatch(request);
  const path = `/v1/destinations/${destination.id}`;
  if (revision === undefined) return sendProblem(response, matchMissing("a destination", path));
  const draft = readBody(
    request,
    destinationChangeSchema,
    Object.keys(destinationChangeSchema.shape),
  );
  if (isProblem(draft)) return sendProblem(response, draft);
  if (revision !== destination.revision) return sendProblem(response, stale(destination));
  const shared = await wishOf(hub, draft);
  if (isProblem(shared)) return sendProblem(response, shared);
  const values =
    draft.settings === undefined || isChannel(destination)
      ? undefined
      : valuesOf(hub, destination.kind, draft.settings);
  if (values && isProblem(values)) return sendProblem(response, values);
  const wish = { ...shared, ...(values ? { values } : {}) };
  const by = accessOf(response).name;
  const moved = await move(hub, destination, draft, wish);
  if (isProblem(moved)) return sendProblem(response, moved);
  const changed = await hub.destinations.change(moved.id, moved.revision, wish, by);
  switch (changed.kind) {
    case "unknown":
      return sendProblem(response, notFound("destination"));
    case "stale":
      return sendProblem(response, stale(changed.destination));
    case "refused":
      return sendProblem(response, refusedWish(changed.troubles));
    case "saved":
      return send(response, changed.destination);
  }
}

async function rotate(
  hub: Hub,
  { id }: Destination,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = readOverlap(request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const rotated = await hub.destinations.rotateSecret(id, asked.overlapMs);
  switch (rotated.kind) {
    case "unknown":
      return sendProblem(response, notFound("destination"));
    case "unsigned":
      return sendProblem(response, unsigned);
    case "rotated": {
      const { destination, secret } = rotated;
      response.setHeader("etag", etagOf(destination.revision));
      response.json({ ...destinationJson(destination), signing_secret: secret });
    }
  }
}

const unsigned = refused("not_signed", "Only webhooks sign their calls, so this has no secret.");

/** Let it lead to the channel that is asked for, if one is. Where the rest of the wish cannot be, it stays. */
async function move(
  hub: Hub,
  destination: Destination,
  { channel, workspace }: Change,
  wish: DestinationWish,
): Promise<Destination | Problem> {
  if (channel === undefined || !isChannel(destination)) return destination;
  const troubles = await wishTroubles(hub, destination, wish);
  if (troubles.length > 0) return refusedWish(troubles);
  const own = await hub.doors.recordOf(destination.kind, workspaceOf(destination));
  const found = await findChannel(hub, workspace ?? own?.id ?? "", channel);
  if (isProblem(found)) return found;
  const moved = await hub.channels.move(destination.id, found);
  return moved.kind === "refused" ? refused(moved.code, moved.text) : moved.destination;
}

async function remove(
  hub: Hub,
  destination: Destination,
  request: Request,
  response: Response,
): Promise<void> {
  const revision = readIfMatch(request);
  const path = `/v1/destinations/${destination.id}`;
  if (revision === undefined) return sendProblem(response, matchMissing("a destination", path));
  const removed = await hub.destinations.remove(destination.id, revision);
  switch (removed.kind) {
    case "unknown":
      return sendProblem(response, notFound("destination"));
    case "stale":
      return sendProblem(response, stale(removed.destination));
    case "in_use":
      return sendProblem(response, inUse(destination, removed.users));
    case "removed":
      response.status(204).end();
      return;
  }
}

const stale = ({ name, revision }: Destination): Problem => ({
  status: 412,
  code: "destination_stale",
  title: "The destination has changed meanwhile",
  detail: `${name} is at revision ${revision}; If-Match names another.`,
  hint: "Read it again, bring your change in, and send it with the new ETag.",
});

const inUse = ({ name }: Destination, users: readonly DestinationUser[]): Problem => ({
  status: 409,
  code: "destination_in_use",
  title: "The destination is in use",
  detail: `${name} is needed by ${users.map(({ kind, name: user }) => `${kind} ${user}`).join(", ")}.`,
  hint: "Let these use another destination, then remove it.",
  errors: users.map(({ kind, name: user }) => ({ pointer: "", message: `${kind}: ${user}` })),
});
