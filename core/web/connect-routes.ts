import { hash } from "node:crypto";
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import { isAdmin, type Person } from "../domain/person.ts";
import { installCancelledText, installRefusalText } from "../messages/install-texts.ts";
import type { Log } from "../ports/log.ts";
import type { ConnectingAdmin, InstallOutcome, InstallRefusal } from "../ports/workspace-door.ts";
import { languageNow, say } from "../words/say.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage } from "./page-errors.ts";
import { signedIn } from "./signed-in.ts";

type Platform = "slack" | "teams";

/** Where connecting begins and comes back, for each platform (SURFACE §4). */
const ways = {
  slack: { beginPath: "/slack/install", backPath: "/slack/oauth_redirect", away: "Slack" },
  teams: { beginPath: "/teams/consent", backPath: "/teams/consent/callback", away: "Microsoft" },
} as const;

const startAgain = (platform: Platform) => ({
  href: ways[platform].beginPath,
  label: say`Start again`,
});

type ConnectDeps = PageDeps & { readonly log: Log };

/** Connecting a workspace: away to the platform's consent page, and back. For signed-in admins alone. */
export function connectRoutes(deps: ConnectDeps): Router {
  const router = express.Router();
  const admins = adminsOnly(deps);
  for (const platform of ["slack", "teams"] as const) {
    const { beginPath, backPath } = ways[platform];
    router.get(beginPath, signedIn(deps), admins, (request, response) =>
      begin(deps, platform, request, response),
    );
    router.get(backPath, sessionCameBack(deps, platform), admins, (request, response) =>
      finish(deps, platform, request, response),
    );
  }
  return router;
}

/** Some proxies and browsers lose the cookie on the way to another site and back (U20). */
function sessionCameBack(deps: PageDeps, platform: Platform): RequestHandler {
  return (request, response, next) => {
    if (request.user) return next();
    return sendErrorPage(deps, request, response, {
      status: 400,
      title: say`Your sign-in did not come back with you`,
      detail: say`You left for ${ways[platform].away} signed in, and this browser came back without its session cookie. Nothing was connected.`,
      hint: say`Begin and end in one browser, at one address of this hub: a proxy must pass cookies on, and PUBLIC_URL must be the address that you use.`,
      next: startAgain(platform),
    });
  };
}

function adminsOnly(deps: PageDeps): RequestHandler {
  return (request, response, next) => {
    if (isAdmin(request.user)) return next();
    return sendErrorPage(deps, request, response, {
      status: 403,
      title: say`Only admins connect workspaces`,
      detail: say`Your roles do not include admin. Nothing was connected.`,
      hint: say`Ask an admin of this hub to connect the workspace.`,
    });
  };
}

/** Who connects, and in which browser: the session's name is its hash, as the session's own record has it. */
const connectingAdmin = (request: Request): ConnectingAdmin => ({
  person: (request.user as Person).id,
  session: hash("sha256", request.sessionID, "hex"),
});

function textsOf({ query }: Request): Readonly<Record<string, string>> {
  const texts = Object.entries(query).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(texts) as Readonly<Record<string, string>>;
}

async function begin(
  deps: ConnectDeps,
  platform: Platform,
  request: Request,
  response: Response,
): Promise<void> {
  const { workspace } = { workspace: undefined, ...textsOf(request) };
  const begun = await deps.hub.workspaces.begin(platform, connectingAdmin(request), workspace);
  if (!begun) return notSetUp(deps, platform, request, response);
  response.setHeader("cache-control", "no-store");
  if ("refusal" in begun) {
    return answer(deps, platform, { kind: "refused", ...begun }, request, response);
  }
  response.redirect(303, begun.location);
}

async function finish(
  deps: ConnectDeps,
  platform: Platform,
  request: Request,
  response: Response,
): Promise<void> {
  const query = textsOf(request);
  const outcome = await deps.hub.workspaces.finish(platform, query, connectingAdmin(request));
  if (!outcome) return notSetUp(deps, platform, request, response);
  response.setHeader("cache-control", "no-store");
  return answer(deps, platform, outcome, request, response);
}

/** Where a connected workspace goes on: a tenant of Teams has two more steps to do. */
const nextPage = (platform: Platform, installation: string) =>
  platform === "slack"
    ? `/workspaces/${installation}/channels?connected`
    : `/workspaces/${installation}`;

async function answer(
  deps: ConnectDeps,
  platform: Platform,
  outcome: InstallOutcome,
  request: Request,
  response: Response,
): Promise<void> {
  const next = startAgain(platform);
  switch (outcome.kind) {
    case "connected":
      return response.redirect(303, nextPage(platform, outcome.installation));
    case "cancelled": {
      const text = installCancelledText(platform, languageNow());
      return sendErrorPage(deps, request, response, { status: 200, ...text, next });
    }
    case "refused": {
      const { refusal } = outcome;
      const status = statusOf(refusal);
      const because = refusal.because === "platform" ? refusal.code : refusal.because;
      const door = ways[platform].backPath;
      deps.log.write({ kind: "request.refused", door, status, because });
      const text = installRefusalText(refusal, platform, languageNow());
      return sendErrorPage(deps, request, response, { status, ...text, next });
    }
  }
}

function statusOf(refusal: InstallRefusal): number {
  if (refusal.because === "workspace_not_allowed" || refusal.because === "workspace_other") {
    return 403;
  }
  return refusal.because === "workspace_taken" ? 409 : 400;
}

const notSetUpTexts = () =>
  ({
    slack: {
      title: say`Slack is not set up`,
      detail: say`This hub has no Slack app of its own yet, so there is nothing to install.`,
      hint: say`Set the Slack app up first: it takes three values from Slack's pages.`,
      next: { href: "/workspaces/slack/setup", label: say`Set Slack up` },
    },
    teams: {
      title: say`Microsoft Teams is not set up`,
      detail: say`This hub has no Azure Bot of its own yet, so there is nothing to consent to.`,
      hint: say`Set the bot up first: it takes three values from Microsoft's pages.`,
      next: { href: "/workspaces/teams/setup", label: say`Set Teams up` },
    },
  }) as const;

function notSetUp(
  deps: PageDeps,
  platform: Platform,
  request: Request,
  response: Response,
): Promise<void> {
  return sendErrorPage(deps, request, response, { status: 404, ...notSetUpTexts()[platform] });
}
