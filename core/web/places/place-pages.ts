import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type { Destination, HookKind } from "../../domain/destination.ts";
import { parseId } from "../../domain/ids.ts";
import { isAdmin, isCaretaker, isRouter, type Person } from "../../domain/person.ts";
import { say } from "../../words/say.ts";
import { watchPage } from "../connecting/watch-page.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import { sendErrorPage, sendNotFound } from "../page-errors.ts";
import { renderDestinationsPage } from "../pages/places/destinations-page.tsx";
import { kindWords, renderKindsPage } from "../pages/places/kinds-page.tsx";
import { askToSignIn } from "../signed-in.ts";
import {
  type Asked,
  addPlace,
  newSecret,
  redeliverDead,
  removePlace,
  savePlace,
  showPlace,
} from "./place-steps.ts";
import { readPlaces } from "./read-places.ts";

/** `/destinations`: every place that deliveries go, made, tested, changed and repaired there. */
export function placePages(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.use("/destinations", door(deps));
  router.get("/destinations", (request, response) => list(deps, request, response));
  router.get("/destinations/stream", (_request, response) =>
    watchPage(response, async () => (await readPlaces(deps.hub)).map(({ health }) => health)),
  );
  router.get("/destinations/new", mayRoute(deps), async (request, response) => {
    const frame = await frameOf(deps, request);
    sendPage(response, renderKindsPage({ frame, mayConnect: isAdmin(request.user) }));
  });
  router.post("/destinations/operations", csrf, mayRoute(deps), (request, response) =>
    saveOperations(deps, request, response),
  );
  const add = withKind(deps, (kind, request, response) => addPlace(deps, kind, request, response));
  router.get("/destinations/new/:kind", mayRoute(deps), add);
  router.post("/destinations/new/:kind", csrf, mayRoute(deps), add);
  router.get(
    "/destinations/:id",
    withPlace(deps, (asked) => showPlace(asked)),
  );
  router.get(
    "/destinations/:id/stream",
    withPlace(deps, ({ destination, response }) =>
      watchPage(response, async () => {
        const rows = await readPlaces(deps.hub);
        const row = rows.find((one) => one.destination.id === destination.id);
        return [row?.health, row?.lastSentAt, row?.destination.revision];
      }),
    ),
  );
  router.post("/destinations/:id", csrf, mayRoute(deps), withPlace(deps, savePlace));
  // The answer that shows the new secret is never asked for again: reloading it leads to the destination.
  router.get("/destinations/:id/secret", (request, response) =>
    response.redirect(303, `/destinations/${encodeURIComponent(request.params.id)}`),
  );
  router.post("/destinations/:id/secret", csrf, mayRoute(deps), withPlace(deps, newSecret));
  router.post("/destinations/:id/remove", csrf, mayRoute(deps), withPlace(deps, removePlace));
  router.post("/destinations/:id/redeliver", csrf, mayRoute(deps), withPlace(deps, redeliverDead));
  return router;
}

function door(deps: PageDeps): RequestHandler {
  return (request, response, next) => {
    if (!request.user) return askToSignIn(deps, request, response);
    if (isCaretaker(request.user)) return next();
    return sendErrorPage(deps, request, response, {
      status: 403,
      title: say`This page is not for you`,
      detail: say`Destinations are shown to people with the role admin, router or auditor.`,
      hint: say`Ask an admin for one of these roles.`,
    });
  };
}

function mayRoute(deps: PageDeps): RequestHandler {
  return (request, response, next) => {
    if (isRouter(request.user)) return next();
    return sendErrorPage(deps, request, response, {
      status: 403,
      title: say`Only routers and admins change destinations`,
      detail: say`Your roles do not include router or admin. Nothing was changed.`,
      hint: say`Ask an admin of this hub.`,
    });
  };
}

const isHookKind = (text: unknown): text is HookKind =>
  typeof text === "string" && Object.hasOwn(kindWords, text);

function withKind(
  deps: PageDeps,
  step: (kind: HookKind, request: Request, response: Response) => Promise<void>,
): RequestHandler {
  return (request, response) => {
    const { kind } = request.params;
    if (!isHookKind(kind)) return sendNotFound(deps, request, response, "kind of destination");
    return step(kind, request, response);
  };
}

function withPlace(deps: PageDeps, step: (asked: Asked) => Promise<void>): RequestHandler {
  return async (request, response) => {
    const id = parseId("destination", request.params["id"]);
    const destination = id && (await deps.hub.destinations.get(id));
    if (!destination) return sendNotFound(deps, request, response, "destination");
    return step({ deps, destination, request, response });
  };
}

async function list(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { q, health } = request.query;
  const text = typeof q === "string" ? q : "";
  const kind = typeof health === "string" ? health : "";
  const [frame, rows, operations] = await Promise.all([
    frameOf(deps, request),
    readPlaces(deps.hub),
    deps.hub.operations.get(),
  ]);
  const fits = (destination: Destination, where: string) =>
    [destination.name, where, destination.kind, ...Object.values(destination.labels ?? {})]
      .join("\n")
      .toLowerCase()
      .includes(text.trim().toLowerCase());
  const shown = rows.filter(
    (row) => fits(row.destination, row.where) && (kind === "" || row.health.kind === kind),
  );
  const viewer = request.user as Person;
  sendPage(
    response,
    renderDestinationsPage({
      ...{ frame, rows: shown, all: rows.length, filter: { text, health: kind } },
      troubled: rows.filter((row) => isTroubled(row.health.kind)).length,
      mayChange: isRouter(viewer),
      ...(rows.length === 0
        ? {}
        : { operations: { id: operations?.id, choices: rows.map((row) => row.destination) } }),
    }),
  );
}

const isTroubled = (kind: string) => kind === "broken" || kind === "degraded";

async function saveOperations(deps: PageDeps, request: Request, response: Response) {
  const { destination } = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  await deps.hub.operations.set(parseId("destination", destination));
  response.redirect(303, "/destinations#operations");
}
