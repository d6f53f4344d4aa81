import express, { type Request, type Response, type Router } from "express";
import type { z } from "zod";
import { parseId } from "../../domain/ids.ts";
import type { Problem } from "../../domain/problem.ts";
import type { FoundChannels, WorkspaceView } from "../../hub/workspaces.ts";
import type { Hub } from "../../hub.ts";
import { accessOf, requireRouter } from "../access.ts";
import { sendProblem } from "../problem.ts";
import { findDestination } from "./destination-json.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem, readList, wrong } from "./lists.ts";
import { notFound } from "./not-found.ts";
import { readBody } from "./read-body.ts";
import {
  type foundChannelsSchema,
  workspaceChangeSchema,
  type workspaceSchema,
} from "./workspace-operations.ts";

/** Workspaces: health, the channel picker, options, a look now, disconnecting. */
export function workspaceRoutes(hub: Hub, { allow, waits }: ApiDoors): Router {
  const router = express.Router();
  const mayPick = [allow("read", "admin"), requireRouter];
  const found =
    (
      step: (hub: Hub, view: WorkspaceView, request: Request, response: Response) => Promise<void>,
    ) =>
    async (request: Request, response: Response) => {
      const id = parseId("installation", request.params["id"]);
      const view = id && (await hub.workspaces.get(id));
      if (!view) return sendProblem(response, notFound("workspace"));
      return step(hub, view, request, response);
    };
  router.get("/v1/workspaces", ...mayPick, async (_request, response) => {
    const views = await hub.workspaces.list();
    response.json({ items: views.map(workspaceJson), next: null });
  });
  router.get(
    "/v1/workspaces/:id",
    ...mayPick,
    found(async (_hub, view, _request, response) => void response.json(workspaceJson(view))),
  );
  router.patch("/v1/workspaces/:id", allow("admin"), found(change));
  router.get("/v1/workspaces/:id/channels", ...mayPick, found(search));
  router.post("/v1/workspaces/:id/check", allow("admin"), waits, found(check));
  router.post("/v1/workspaces/:id/disconnect", allow("admin"), found(disconnect));
  return router;
}

const sendNow = async (hub: Hub, { id }: WorkspaceView, response: Response) => {
  const view = await hub.workspaces.get(id);
  if (view) response.json(workspaceJson(view));
  else sendProblem(response, notFound("workspace"));
};

async function change(
  hub: Hub,
  view: WorkspaceView,
  request: Request,
  response: Response,
): Promise<void> {
  const draft = readBody(request, workspaceChangeSchema, Object.keys(workspaceChangeSchema.shape));
  if (isProblem(draft)) return sendProblem(response, draft);
  const { default_destination: named, match_by_email: matchByEmail } = draft;
  const place = named === undefined ? undefined : await findDestination(hub, named);
  if (named !== undefined && !place) return sendProblem(response, noSuchDestination(named));
  await hub.workspaces.change(view.id, {
    ...(place ? { defaultDestination: place.id } : {}),
    ...(matchByEmail === undefined ? {} : { matchByEmail }),
    ...(draft.allow_outsiders === undefined ? {} : { allowOutsiders: draft.allow_outsiders }),
  });
  return sendNow(hub, view, response);
}

async function search(
  hub: Hub,
  view: WorkspaceView,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = readList(request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const { q = "" } = request.query;
  if (typeof q !== "string" || q.length > 500) {
    return sendProblem(response, wrong("q", "expected at most 500 characters"));
  }
  response.json(foundJson(await hub.channels.search(view.id, q, asked.limit)));
}

async function check(hub: Hub, view: WorkspaceView, _request: Request, response: Response) {
  await hub.workspaces.check(view.id);
  return sendNow(hub, view, response);
}

async function disconnect(hub: Hub, view: WorkspaceView, _request: Request, response: Response) {
  const { person } = accessOf(response);
  if (!person) return sendProblem(response, notAPerson);
  await hub.workspaces.disconnect(view.id, person.id);
  return sendNow(hub, view, response);
}

function workspaceJson(view: WorkspaceView): z.infer<typeof workspaceSchema> {
  const { id, platform, workspace, name, state, health, record } = view;
  return {
    ...{ id, platform, workspace, name, state },
    health: {
      state: health.kind,
      because: health.because ?? null,
      since: health.since?.toISOString() ?? null,
    },
    scopes: [...view.scopes],
    missing: [...view.missing],
    held_deliveries: view.heldDeliveries,
    default_destination: record.defaultDestination ?? null,
    match_by_email: record.matchByEmail ?? false,
    allow_outsiders: record.allowOutsiders ?? false,
  };
}

function foundJson(found: FoundChannels): z.infer<typeof foundChannelsSchema> {
  return {
    items: found.items.map(({ channel, destination, blocked, invite, note }) => ({
      id: channel.channelId,
      workspace: channel.workspace,
      name: channel.name,
      visibility: channel.visibility,
      member: channel.member,
      outsiders: channel.outsiders,
      destination: destination ? { id: destination.id, name: destination.name } : null,
      blocked: blocked ?? null,
      invite: invite ?? null,
      note: note ?? null,
    })),
    next: null,
    listed_at: found.listedAt?.toISOString() ?? null,
    because: found.because ?? null,
    invite: found.invite ?? null,
  };
}

const noSuchDestination = (named: string): Problem => ({
  status: 422,
  code: "destination_unknown",
  title: "There is no such destination",
  detail: `No destination is called ${named}.`,
  hint: "GET /v1/destinations lists them.",
});

const notAPerson: Problem = {
  status: 403,
  code: "person_missing",
  title: "Only a person disconnects a workspace",
  detail: "This key belongs to a producer.",
  hint: "Use the key of an admin, or the console.",
};
