import express, { type Router } from "express";
import { showAudit } from "./audit-page.ts";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { renderSettingsPage } from "./pages/settings-page.tsx";
import { renderSignInSettingsPage } from "./pages/sign-in-settings-page.tsx";
import { settingsDoor } from "./settings-door.ts";

/** `/settings` and the ways to sign in. */
export function settingsPages(deps: PageDeps): Router {
  const router = express.Router();
  router.get("/settings", settingsDoor(deps), async (request, response) => {
    sendPage(response, renderSettingsPage({ frame: await frameOf(deps, request) }));
  });
  router.get(
    "/settings/sign-in",
    settingsDoor(deps, "/settings/sign-in"),
    async (request, response) => {
      sendPage(response, renderSignInSettingsPage({ frame: await frameOf(deps, request) }));
    },
  );
  router.get("/settings/audit", settingsDoor(deps, "/settings/audit"), (request, response) =>
    showAudit(deps, request, response),
  );
  return router;
}
