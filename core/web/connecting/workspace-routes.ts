import express, { type Request, type Response, type Router } from "express";
import { parseId } from "../../domain/ids.ts";
import type { Person } from "../../domain/person.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import { sendNotFound } from "../page-errors.ts";
import { renderWorkspacePage, type WorkspaceFlash } from "../pages/workspace-page.tsx";
import { renderWorkspacesPage } from "../pages/workspaces-page.tsx";
import { findWorkspace, readDestinations } from "./find.ts";
import { readLastPosts } from "./last-posts.ts";
import type { SetupDeps } from "./setup-deps.ts";
import { watchPage } from "./watch-page.ts";

type Deps = PageDeps & SetupDeps;

/** The pages of workspaces: all of them, and one with its options. */
export function workspaceRoutes(deps: Deps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.get("/workspaces", (request, response) => list(deps, request, response));
  router.get("/workspaces/stream", (_request, response) =>
    watchPage(response, () => deps.hub.workspaces.list()),
  );
  router.get("/workspaces/:id", (request, response) => show(deps, request, response));
  router.get("/workspaces/:id/stream", withWorkspace(deps, stream));
  router.post("/workspaces/:id/check", csrf, withWorkspace(deps, check));
  router.post("/workspaces/:id/options", csrf, withWorkspace(deps, saveOptions));
  router.post("/workspaces/:id/disconnect", csrf, withWorkspace(deps, disconnect));
  return router;
}

type Step<Given extends PageDeps> = (
  deps: Given,
  view: WorkspaceView,
  request: Request,
  response: Response,
) => Promise<void>;

/** Take a step with the workspace that the address names, or answer that there is none. */
export function withWorkspace<Given extends PageDeps>(deps: Given, step: Step<Given>) {
  return async (request: Request, response: Response): Promise<void> => {
    const view = await findWorkspace(deps, request.params["id"]);
    if (!view) return sendNotFound(deps, request, response, "workspace");
    return step(deps, view, request, response);
  };
}

async function list(deps: Deps, request: Request, response: Response): Promise<void> {
  const [frame, workspaces, slackApp, teamsBot] = await Promise.all([
    frameOf(deps, request),
    deps.hub.workspaces.list(),
    deps.settings.viewSlack(),
    deps.settings.viewTeams(),
  ]);
  sendPage(response, renderWorkspacesPage({ frame, workspaces, slackApp, teamsBot }));
}

const flashes: readonly string[] = ["saved", "checked", "disconnected"] satisfies WorkspaceFlash[];

const show = (deps: Deps, request: Request, response: Response) =>
  withWorkspace(deps, async (_deps, view) => {
    const { done } = request.query;
    const [frame, parts, rights] = await Promise.all([
      frameOf(deps, request),
      readParts(deps, view),
      rightsOf(deps, view),
    ]);
    const flash = flashes.includes(String(done)) ? (done as WorkspaceFlash) : undefined;
    sendPage(response, renderWorkspacePage({ frame, view, rights, ...parts, flash }));
  })(request, response);

const rightsOf = async ({ slackApp }: Deps, { platform }: WorkspaceView) =>
  platform === "slack" ? (await slackApp()).rights : [];

async function readParts(deps: Deps, view: WorkspaceView) {
  const { store } = deps.hub;
  const by = view.record.connectedBy;
  const [destinations, lastPosts, person] = await Promise.all([
    readDestinations(deps, view),
    readLastPosts(deps.hub),
    by && store.people.get(by),
  ]);
  return { destinations, lastPosts, connectedBy: person ? person.name : undefined };
}

const stream: Step<Deps> = (deps, { id }, _request, response) =>
  watchPage(response, async () => {
    const view = await deps.hub.workspaces.get(id);
    if (!view) return undefined;
    const { destinations, lastPosts } = await readParts(deps, view);
    return [view, destinations, [...lastPosts.values()].map((post) => [post.id, post.state])];
  });

const check: Step<Deps> = async ({ hub: { workspaces } }, { id }, _request, response) => {
  await workspaces.check(id);
  response.redirect(303, `/workspaces/${id}?done=checked`);
};

/** The whole form, or with `only` the default channel alone; then the other options stay as they are. */
const saveOptions: Step<Deps> = async ({ hub: { workspaces } }, { id }, request, response) => {
  const form = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const chosen = parseId("destination", form["default"]);
  const whole = form["only"] !== "default";
  await workspaces.change(id, {
    ...(chosen ? { defaultDestination: chosen } : {}),
    ...(whole
      ? { matchByEmail: form["email"] === "on", allowOutsiders: form["outsiders"] === "on" }
      : {}),
  });
  response.redirect(303, `/workspaces/${id}?done=saved`);
};

const disconnect: Step<Deps> = async ({ hub: { workspaces } }, { id }, request, response) => {
  await workspaces.disconnect(id, (request.user as Person).id);
  response.redirect(303, `/workspaces/${id}?done=disconnected`);
};
