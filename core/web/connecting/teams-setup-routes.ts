import express, { type Request, type Response, type Router } from "express";
import { daysUntil } from "../../hub/secret-ends.ts";
import type { KeysVerdict } from "../../ports/app-setup.ts";
import { say } from "../../words/say.ts";
import { frameOf, sendPage } from "../frame.ts";
import { sendErrorPage } from "../page-errors.ts";
import { type TeamsFlash, type TypedBot, wrongFields } from "../pages/teams-flash.ts";
import { renderTeamsSetupPage } from "../pages/teams-setup-page.tsx";
import { judgeAddress, troubleReaching } from "./own-address.ts";
import type { SetupPageDeps } from "./slack-setup-routes.ts";

type Deps = SetupPageDeps;

const place = "/workspaces/teams/setup";

/** The page on which the operator's own Azure Bot is set up, and where its app package comes from. */
export function teamsSetupRoutes(deps: Deps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.get(place, (request, response) => show(deps, request, response));
  router.get(`${place}/package`, (request, response) => download(deps, request, response));
  router.get(`${place}/*step`, (_request, response) => response.redirect(303, place));
  router.post(place, csrf, refuseInSandbox(deps, save));
  router.post(`${place}/test`, csrf, refuseInSandbox(deps, test));
  router.post(`${place}/remove`, csrf, refuseInSandbox(deps, remove));
  router.post(`${place}/secret-end`, csrf, refuseInSandbox(deps, noteEnd));
  return router;
}

type Step = (deps: Deps, request: Request, response: Response) => Promise<void>;

/** A run is all sandbox or all live: there the page says so, and nothing is changed. */
const refuseInSandbox = (deps: Deps, step: Step) => (request: Request, response: Response) =>
  deps.instance.sandbox ? response.redirect(303, place) : step(deps, request, response);

const flashes: Readonly<Record<string, TeamsFlash>> = {
  saved: { kind: "saved" },
  removed: { kind: "removed" },
  noted: { kind: "noted" },
};

async function show(
  deps: Deps,
  request: Request,
  response: Response,
  flash: TeamsFlash | undefined = flashes[String(request.query["done"])],
): Promise<void> {
  const { hub, settings } = deps;
  const [frame, bot, secretEnd, teamsApp, workspaces] = await Promise.all([
    frameOf(deps, request),
    settings.viewTeams(),
    hub.secretEnds.read(),
    deps.teamsApp(),
    hub.workspaces.list(),
  ]);
  const packed = "appId" in bot ? await teamsApp.pack(bot.appId) : undefined;
  const html = renderTeamsSetupPage({
    ...{ frame, bot, secretEnd, flash },
    refusedCall: deps.refusedCalls.teams(),
    hubUrl: hub.links.hubUrl,
    address: judgeAddress(deps.publicUrl),
    endpoint: teamsApp.endpoint,
    redirectUrl: teamsApp.redirectUrl,
    packageVersion: packed?.version,
    connected: workspaces.filter(({ platform }) => platform === "teams"),
  });
  sendPage(response, html, flash?.kind === "invalid" ? 422 : 200);
}

async function save(deps: Deps, request: Request, response: Response): Promise<void> {
  const text = readForm(request);
  const typed = { appId: text("appId"), tenantId: text("tenantId"), endsOn: text("endsOn") };
  const entry = { ...typed, appPassword: text("appPassword") };
  const endErrors = dayMistakes(typed.endsOn, deps);
  let verdict: KeysVerdict | undefined;
  const saved = await deps.settings.saveTeams(
    { appId: entry.appId, appPassword: entry.appPassword, tenantId: entry.tenantId },
    async (keys) => {
      if (endErrors.length > 0) return endErrors;
      verdict = await (await deps.teamsApp()).tryKeys(keys);
      return wrongFields(verdict);
    },
  );
  switch (saved.kind) {
    case "environment":
      return show(deps, request, response, { kind: "environment" });
    case "invalid": {
      const known = new Set(saved.errors.map(({ pointer }) => pointer));
      const more = endErrors.filter(({ pointer }) => !known.has(pointer));
      const errors = [...saved.errors, ...more];
      return show(deps, request, response, { kind: "invalid", typed, errors });
    }
    case "saved":
      return useSaved(deps, request, response, { typed, verdict });
  }
}

async function useSaved(
  deps: Deps,
  request: Request,
  response: Response,
  { typed, verdict }: { readonly typed: TypedBot; readonly verdict: KeysVerdict | undefined },
): Promise<void> {
  const { teams } = await deps.settings.current();
  if (teams) await deps.hub.secretEnds.note(teams, typed.endsOn || undefined);
  const [because] = await deps.lookNow();
  if (because !== undefined) return show(deps, request, response, { kind: "trouble", because });
  if (verdict?.kind !== "unknown") return response.redirect(303, `${place}?done=saved`);
  return show(deps, request, response, { kind: "untried", because: verdict.because });
}

const readForm = ({ body }: Request) => {
  const form = (body ?? {}) as Readonly<Record<string, unknown>>;
  return (name: string) => {
    const value = form[name];
    return typeof value === "string" ? value.trim() : "";
  };
};

/** A day that is over would be told of at once and for nothing. */
function dayMistakes(day: string, { hub }: Deps) {
  if (day === "") return [];
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
  const message = isDay
    ? say`This day is over. Make a new client secret, and say when that one runs out.`
    : say`Expected a day, such as 2027-05-31.`;
  if (isDay && daysUntil(day, hub.wallClock.now()) >= 0) return [];
  return [{ pointer: "/endsOn", message }];
}

async function test(deps: Deps, request: Request, response: Response): Promise<void> {
  const { teams } = await deps.settings.current();
  if (!teams) return response.redirect(303, place);
  const teamsApp = await deps.teamsApp();
  const [verdict, reached] = await Promise.all([
    teamsApp.tryKeys(teams),
    troubleReaching(`${deps.hub.links.hubUrl}/healthz`),
  ]);
  return show(deps, request, response, { kind: "tried", verdict, reached });
}

async function remove(deps: Deps, request: Request, response: Response): Promise<void> {
  const removed = await deps.settings.removeTeams();
  if (removed === "environment") return show(deps, request, response, { kind: "environment" });
  await deps.lookNow();
  response.redirect(303, `${place}?done=removed`);
}

/** When the secret runs out is known to people alone, also where the environment holds it. */
async function noteEnd(deps: Deps, request: Request, response: Response): Promise<void> {
  const { teams } = await deps.settings.current();
  if (!teams) return response.redirect(303, place);
  const endsOn = readForm(request)("endsOn");
  const errors = dayMistakes(endsOn, deps);
  if (errors.length > 0) {
    const typed = { appId: teams.appId, tenantId: teams.tenantId, endsOn };
    return show(deps, request, response, { kind: "invalid", typed, errors });
  }
  await deps.hub.secretEnds.note(teams, endsOn || undefined);
  response.redirect(303, `${place}?done=noted`);
}

async function download(deps: Deps, request: Request, response: Response): Promise<void> {
  const [bot, teamsApp] = await Promise.all([deps.settings.viewTeams(), deps.teamsApp()]);
  const packed = "appId" in bot ? await teamsApp.pack(bot.appId) : undefined;
  if (!packed) {
    return sendErrorPage(deps, request, response, {
      status: 409,
      title: say`There is no app package yet`,
      detail: say`The package names your Azure Bot and this hub's public https address, and one of them is not set.`,
      hint: say`Set PUBLIC_URL to an https address that leads here, and enter the bot's values.`,
      next: { href: place, label: say`Set Teams up` },
    });
  }
  response.setHeader("content-disposition", 'attachment; filename="countersign-teams.zip"');
  response.setHeader("cache-control", "no-store");
  response.type("application/zip").send(packed.zip);
}
