import express, { type Router } from "express";
import { isAdmin } from "../../domain/person.ts";
import { say } from "../../words/say.ts";
import { sendErrorPage } from "../page-errors.ts";
import { askToSignIn } from "../signed-in.ts";
import { channelRoutes } from "./channel-routes.ts";
import { destinationRoutes } from "./destination-routes.ts";
import { type SetupPageDeps, slackSetupRoutes } from "./slack-setup-routes.ts";
import { teamsSetupRoutes } from "./teams-setup-routes.ts";
import { workspaceRoutes } from "./workspace-routes.ts";

/** Everything below `/workspaces`, for admins alone (SURFACE §9). */
export function connectingPages(deps: SetupPageDeps): Router {
  const router = express.Router();
  router.use("/workspaces", (request, response, next) => {
    if (!request.user) return askToSignIn(deps, request, response);
    if (isAdmin(request.user)) return next();
    return sendErrorPage(deps, request, response, adminsOnly());
  });
  router.use(
    slackSetupRoutes(deps),
    teamsSetupRoutes(deps),
    workspaceRoutes(deps),
    channelRoutes(deps),
    destinationRoutes(deps),
  );
  return router;
}

const adminsOnly = () => ({
  status: 403,
  title: say`This page is not for you`,
  detail: say`Workspaces are connected and looked after by people with the role admin.`,
  hint: say`Ask an admin of this hub.`,
});
