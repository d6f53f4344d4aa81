import express, { type Request, type Response, type Router } from "express";
import type { SettingsView } from "../../hub/platform-settings.ts";
import type { Transport } from "../../ports/app-setup.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import type { SetupFlash } from "../pages/setup-flash.ts";
import { renderSlackSetupPage } from "../pages/slack-setup-page.tsx";
import { judgeAddress, troubleReaching } from "./own-address.ts";
import type { RefusedCall } from "./refused-calls.ts";
import type { SetupDeps } from "./setup-deps.ts";

export type SetupPageDeps = PageDeps &
  SetupDeps & {
    readonly publicUrl: string | undefined;
    /** The last call to a platform's door that was not genuine. */
    readonly refusedCalls: Readonly<Record<"slack" | "teams", () => RefusedCall | undefined>>;
  };
type Deps = SetupPageDeps;

const place = "/workspaces/slack/setup";

/** The page on which the operator's own Slack app is set up. */
export function slackSetupRoutes(deps: Deps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.get(place, (request, response) => show(deps, request, response));
  router.get(`${place}/*step`, (_request, response) => response.redirect(303, place));
  router.post(place, csrf, refuseInSandbox(deps, save));
  router.post(`${place}/test`, csrf, refuseInSandbox(deps, test));
  router.post(`${place}/remove`, csrf, refuseInSandbox(deps, remove));
  router.post(`${place}/changed`, csrf, refuseInSandbox(deps, noteChanged));
  return router;
}

type Step = (deps: Deps, request: Request, response: Response) => Promise<void>;

/** A run is all sandbox or all live: there the page says so, and nothing is changed. */
const refuseInSandbox = (deps: Deps, step: Step) => (request: Request, response: Response) =>
  deps.instance.sandbox ? response.redirect(303, place) : step(deps, request, response);

const flashes: Readonly<Record<string, SetupFlash>> = {
  saved: { kind: "saved" },
  removed: { kind: "removed" },
  noted: { kind: "noted" },
};

async function show(
  deps: Deps,
  request: Request,
  response: Response,
  flash: SetupFlash | undefined = flashes[String(request.query["done"])],
): Promise<void> {
  const { hub, settings } = deps;
  const [frame, app, slackApp] = await Promise.all([
    frameOf(deps, request),
    settings.viewSlack(),
    deps.slackApp(),
  ]);
  const transport = askedTransport(request) ?? usedTransport(app);
  const manifest = slackApp.manifest(transport);
  const madeWith = app.source === "console" ? app.manifest : undefined;
  const html = renderSlackSetupPage({
    ...{ frame, app, transport, manifest, flash },
    refusedCall: deps.refusedCalls.slack(),
    hubUrl: hub.links.hubUrl,
    address: judgeAddress(deps.publicUrl),
    createUrl: slackApp.createUrl(transport),
    rights: slackApp.rights,
    differences:
      madeWith === undefined
        ? []
        : slackApp.differences(madeWith, slackApp.manifest(usedTransport(app))),
  });
  sendPage(response, html, flash?.kind === "invalid" ? 422 : 200);
}

function askedTransport({ query }: Request): Transport | undefined {
  const { transport } = query;
  return transport === "socket" || transport === "http" ? transport : undefined;
}

const usedTransport = (app: SettingsView) => ("transport" in app ? app.transport : "http");

async function save(deps: Deps, request: Request, response: Response): Promise<void> {
  const form = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof form[name] === "string" ? form[name].trim() : "");
  const entry = {
    clientId: text("clientId"),
    clientSecret: text("clientSecret"),
    signingSecret: text("signingSecret"),
    appToken: text("appToken"),
  };
  const transport = askedTransport(request) ?? "http";
  const saved = await deps.settings.saveSlack(
    entry,
    transport,
    (await deps.slackApp()).manifest(transport),
  );
  switch (saved.kind) {
    case "environment":
      return show(deps, request, response, { kind: "environment" });
    case "invalid":
      return show(deps, request, response, { ...saved, clientId: entry.clientId });
    case "saved": {
      const [because] = await deps.lookNow();
      if (because === undefined) return response.redirect(303, `${place}?done=saved`);
      return show(deps, request, response, { kind: "trouble", because });
    }
  }
}

async function test(deps: Deps, request: Request, response: Response): Promise<void> {
  const { slack } = await deps.settings.current();
  if (!slack) return response.redirect(303, place);
  const slackApp = await deps.slackApp();
  const [verdict, reached] = await Promise.all([
    slackApp.tryKeys(slack),
    troubleReaching(`${deps.hub.links.hubUrl}/healthz`),
  ]);
  return show(deps, request, response, { kind: "tried", verdict, reached });
}

async function remove(deps: Deps, request: Request, response: Response): Promise<void> {
  const removed = await deps.settings.removeSlack();
  if (removed === "environment") return show(deps, request, response, { kind: "environment" });
  await deps.lookNow();
  response.redirect(303, `${place}?done=removed`);
}

async function noteChanged(deps: Deps, _request: Request, response: Response): Promise<void> {
  const [app, slackApp] = await Promise.all([deps.settings.viewSlack(), deps.slackApp()]);
  await deps.settings.noteManifest(slackApp.manifest(usedTransport(app)));
  response.redirect(303, `${place}?done=noted`);
}
