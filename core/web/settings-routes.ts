import express, { type Request, type Response, type Router } from "express";
import { say } from "../words/say.ts";
import { showAudit } from "./audit-page.ts";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { renderSettingsPage } from "./pages/settings-page.tsx";
import {
  givenRoles,
  renderSignInSettingsPage,
  type SignInSettingsPageProps,
} from "./pages/sign-in-settings-page.tsx";
import { settingsDoor } from "./settings-door.ts";
import { callbackUrlOf } from "./single-sign-on.ts";

/** `/settings` and the ways to sign in. */
export function settingsPages(deps: PageDeps): Router {
  const router = express.Router();
  router.get("/settings", settingsDoor(deps), async (request, response) => {
    sendPage(response, renderSettingsPage({ frame: await frameOf(deps, request) }));
  });
  const signIn = settingsDoor(deps, "/settings/sign-in");
  const csrf = deps.sessions.csrf.csrfSynchronisedProtection;
  router.get("/settings/sign-in", signIn, (request, response) =>
    showSignIn(deps, request, response),
  );
  router.post("/settings/sign-in", signIn, csrf, (request, response) =>
    chooseRole(deps, request, response),
  );
  router.get("/settings/audit", settingsDoor(deps, "/settings/audit"), (request, response) =>
    showAudit(deps, request, response),
  );
  return router;
}

async function showSignIn(
  deps: PageDeps,
  request: Request,
  response: Response,
  said?: SignInSettingsPageProps["said"],
): Promise<void> {
  const { hub, singleSignOn } = deps;
  const [frame, defaultRole] = await Promise.all([
    frameOf(deps, request),
    hub.people.defaultRole(),
  ]);
  const shown = singleSignOn && {
    host: singleSignOn.host,
    reachable: await singleSignOn.isReachable(),
  };
  const html = renderSignInSettingsPage({
    ...{ frame, defaultRole, singleSignOn: shown, said },
    callbackUrl: callbackUrlOf(hub.links.hubUrl),
  });
  sendPage(response, html, said?.tone === "warn" ? 422 : 200);
}

async function chooseRole(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { default_role: typed } = (request.body ?? {}) as { readonly default_role?: unknown };
  const role = givenRoles.find((one) => one === typed);
  if (role === undefined && typed !== "") {
    const text = say`Choose nothing, or one of ${givenRoles.join(", ")}. Nothing was changed.`;
    return showSignIn(deps, request, response, { tone: "warn", text });
  }
  await deps.hub.people.setDefaultRole(role);
  const text =
    role === undefined
      ? say`Saved: people whom nobody here knows are not let in.`
      : say`Saved: people whom nobody here knows are let in as ${role}.`;
  return showSignIn(deps, request, response, { tone: "ok", text });
}
