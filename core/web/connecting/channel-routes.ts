import express, { type Request, type Response, type Router } from "express";
import { parseId } from "../../domain/ids.ts";
import type { Person } from "../../domain/person.ts";
import type { ChannelTrial } from "../../hub/test-channel.ts";
import type { Chosen, WorkspaceView } from "../../hub/workspaces.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import { type ChannelsPageProps, mostShown, renderChannelsPage } from "../pages/channels-page.tsx";
import { destinationAddress } from "../pages/workspace-channels.tsx";
import { testChannel } from "../places/place-trials.ts";
import { readTypeNames } from "../read-type-names.ts";
import { findDestination } from "./find.ts";
import { sparingMs, watchPage } from "./watch-page.ts";
import { withWorkspace } from "./workspace-routes.ts";

/** The channel picker. */
export function channelRoutes(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.get("/workspaces/:id/channels", withWorkspace(deps, show));
  router.get("/workspaces/:id/channels/stream", withWorkspace(deps, stream));
  router.post("/workspaces/:id/channels", csrf, withWorkspace(deps, choose));
  router.post("/workspaces/:id/channels/refresh", csrf, withWorkspace(deps, refresh));
  return router;
}

const formOf = ({ body }: Request) => (body ?? {}) as Readonly<Record<string, unknown>>;

const textOf = (value: unknown) => (typeof value === "string" ? value.trim().slice(0, 500) : "");

const search = ({ hub: { channels } }: PageDeps, view: WorkspaceView, asked: string) =>
  channels.search(view.id, asked, mostShown);

async function show(
  deps: PageDeps,
  view: WorkspaceView,
  request: Request,
  response: Response,
  { refused, test }: Pick<ChannelsPageProps, "refused" | "test"> = {},
): Promise<void> {
  const { query } = request;
  const form = formOf(request);
  const asked = textOf(query["q"] ?? form["q"]);
  const [frame, found, moving] = await Promise.all([
    frameOf(deps, request),
    search(deps, view, asked),
    findDestination(deps, view, query["move"] ?? form["move"]),
  ]);
  const html = renderChannelsPage({
    ...{ frame, view, asked, found, moving, refused, test },
    connected: "connected" in query,
  });
  sendPage(response, html, refused === undefined ? 200 : 409);
}

function stream(
  deps: PageDeps,
  view: WorkspaceView,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = textOf(request.query["q"]);
  const read = async () => {
    const { items, ...found } = await search(deps, view, asked);
    const lines = items.map(({ channel: { id, name, member }, destination, ...line }) => [
      { id, name, member, destination: destination?.id },
      line,
    ]);
    return [found, lines];
  };
  // An id, a link and a whole name may be asked for at the platform; an empty field and part of a name never are.
  return watchPage(response, read, /^[\w-]{0,8}$/.test(asked) ? undefined : sparingMs);
}

async function choose(
  deps: PageDeps,
  view: WorkspaceView,
  request: Request,
  response: Response,
): Promise<void> {
  const form = formOf(request);
  const wish = { workspace: textOf(form["workspace"]), channelId: textOf(form["channel"]) };
  if (form["do"] === "test") return test(deps, view, wish, request, response);
  const moving = parseId("destination", form["move"]);
  const chosen: Chosen = moving
    ? await deps.hub.channels.move(moving, wish)
    : await deps.hub.channels.choose(view.id, wish);
  if (chosen.kind === "refused") {
    return show(deps, view, request, response, { refused: chosen.text });
  }
  response.redirect(303, `${destinationAddress(view, chosen.destination)}?done=chosen`);
}

/** Send a test to a channel before it is chosen; the page shows what became of it. */
async function test(
  deps: PageDeps,
  view: WorkspaceView,
  wish: ChannelTrial["wish"],
  request: Request,
  response: Response,
): Promise<void> {
  const form = formOf(request);
  const sample = textOf(form["sample"]);
  const over = await findDestination(deps, view, form["move"]);
  const by = (request.user as Person).name;
  const shown = await testChannel(deps, { installation: view.id, wish }, sample, by, over);
  if ("refused" in shown) return show(deps, view, request, response, shown);
  const [name, types] = [textOf(form["name"]), await readTypeNames(deps.hub)];
  return show(deps, view, request, response, { test: { ...wish, name, sample, types, shown } });
}

async function refresh(
  { hub: { channels } }: PageDeps,
  { id }: WorkspaceView,
  _request: Request,
  response: Response,
): Promise<void> {
  channels.refresh(id);
  response.redirect(303, `/workspaces/${id}/channels`);
}
