import type { RequestHandler } from "express";
import { say } from "../words/say.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage } from "./page-errors.ts";
import { type SettingsHref, settingsFor } from "./pages/settings-places.ts";
import { askToSignIn } from "./signed-in.ts";

/**
 * Let nobody to a page under Settings, or below it, but those for whom the table of its navigation names it. Without a
 * page: those for whom it names any.
 */
export function settingsDoor(deps: PageDeps, place?: SettingsHref): RequestHandler {
  return (request, response, next) => {
    if (!request.user) return askToSignIn(deps, request, response);
    const open = settingsFor(request.user);
    if (place === undefined ? open.length > 0 : open.some(({ href }) => href === place)) {
      return next();
    }
    return sendErrorPage(deps, request, response, {
      status: 403,
      title: say`This page is not for you`,
      detail: say`Settings are looked after by people with the role admin. Routers and auditors read the audit log.`,
      hint: say`Ask an admin of this hub.`,
    });
  };
}
