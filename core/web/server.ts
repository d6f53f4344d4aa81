import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from "express";
import { actAs } from "../audit/acting.ts";
import { isCaretaker, type Person } from "../domain/person.ts";
import type { Hub } from "../hub.ts";
import type { Feed, Log } from "../ports/log.ts";
import type { Mount } from "../ports/mount.ts";
import type { CheckPicture, DrawMessage } from "../ports/pictures.ts";
import type { SingleSignOnSettings } from "../ports/platform-settings.ts";
import type { Rotation } from "../secrets/rotate-keys.ts";
import { say } from "../words/say.ts";
import { actorOf, noteSession, sessionAccess } from "./access.ts";
import { accountPages } from "./account-routes.ts";
import { apiRoutes } from "./api/api.ts";
import { createEventDoor } from "./api/event-door.ts";
import { approvalPages } from "./approval-routes.ts";
import { assetRoutes } from "./assets.ts";
import { connectRoutes } from "./connect-routes.ts";
import { connectingPages } from "./connecting/connecting-pages.ts";
import { watchRefusedCalls } from "./connecting/refused-calls.ts";
import type { SetupDeps } from "./connecting/setup-deps.ts";
import { deliveryPages } from "./delivery-routes.ts";
import { eventPages } from "./event-routes.ts";
import { mostBytes, problemOf, statusOf, storeDown } from "./failure.ts";
import { frameOf, type Instance, sendPage } from "./frame.ts";
import { guardHost } from "./host-guard.ts";
import { linkRoutes } from "./link-routes.ts";
import type { LoadLimits } from "./load-limits.ts";
import { answerMetrics, type MetricsDoor } from "./metrics-route.ts";
import { readOverview } from "./overview/read-overview.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage, sendNotFound } from "./page-errors.ts";
import { renderAboutPage } from "./pages/about-page.tsx";
import { renderDocsPage } from "./pages/docs.tsx";
import { renderOverviewPage } from "./pages/overview-page.tsx";
import { peoplePages } from "./people-routes.ts";
import { placePages } from "./places/place-pages.ts";
import { policyPages } from "./policy-pages.ts";
import { pathUnknown, sendProblem } from "./problem.ts";
import { producerPages } from "./producer-routes.ts";
import { readersLanguage } from "./readers-language.ts";
import { routingPages } from "./routing/routing-pages.ts";
import { searchRoutes } from "./search-routes.ts";
import { securityHeaders } from "./security-headers.ts";
import { createSessions, type Sessions } from "./session.ts";
import { settingsPages } from "./settings-routes.ts";
import { signInRoutes } from "./sign-in-routes.ts";
import { signedIn } from "./signed-in.ts";
import { createSingleSignOn } from "./single-sign-on.ts";

/** Pages and API that a part of the hub adds, behind the same sign-in. */
export interface Extension {
  readonly vendor: Readonly<Record<string, string>>;
  readonly routes: (
    deps: PageDeps & { readonly checkCsrf: (request: Request) => boolean },
  ) => express.Router;
}

export interface WebDeps {
  readonly hub: Hub;
  readonly log: Log;
  readonly feed: Feed;
  readonly limits: LoadLimits;
  readonly metrics: MetricsDoor;
  readonly rotateKeys: () => Promise<Rotation>;
  /** Renders a message as each chat would get it; absent where no chat can be drawn. */
  readonly draw?: DrawMessage;
  /** Finds what a chat would refuse in a message; absent where no chat is known. */
  readonly check?: CheckPicture;
  readonly instance: Instance;
  readonly publicUrl?: string;
  readonly trustProxy?: number | readonly string[];
  /** The issuer of single sign-on. */
  readonly singleSignOn?: SingleSignOnSettings;
  readonly setup: SetupDeps;
  readonly sessionSecret: string;
  /** HTTP that parts of the hub answer themselves, body and all. */
  readonly mounts: readonly Mount[];
  readonly extensions: readonly Extension[];
}

/** Build everything that the hub answers over HTTP. */
export const createWebServer = (deps: WebDeps): RequestListener =>
  createEventDoor(deps, createConsole(deps));

/** Pages and API, with every route in one place to be counted. */
export function createConsole(deps: WebDeps): express.Express {
  const { hub, instance, log, publicUrl } = deps;
  const secure = publicUrl?.startsWith("https:") ?? false;
  const sessions = createSessions(hub, deps.sessionSecret, secure);
  const singleSignOn =
    deps.singleSignOn &&
    createSingleSignOn({
      ...{ settings: deps.singleSignOn, log, passport: sessions.passport },
      ...{ hubUrl: hub.links.hubUrl, wallClock: hub.wallClock },
    });
  const pages: PageDeps = {
    hub,
    sessions,
    instance,
    draw: deps.draw,
    check: deps.check,
    singleSignOn,
  };
  const checkCsrf = (request: Request) => sessions.csrf.isRequestValid(request);
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  if (deps.trustProxy !== undefined) app.set("trust proxy", deps.trustProxy);

  app.use(nameRequest, guardHost(publicUrl, log), securityHeaders(secure));
  for (const { path, handle } of deps.mounts) app.use(inPlace(path, handle));
  app.get("/healthz", (_request, response) => void response.json({ status: "alive" }));
  app.get("/readyz", (_request, response) => ready(hub, response));
  app.get("/metrics", answerMetrics(deps.metrics, publicUrl));
  app.use(assetRoutes(Object.assign({}, ...deps.extensions.map(({ vendor }) => vendor))));

  app.use(unlessByKey([...sessions.middleware, asVisitor(hub), readersLanguage]));
  app.use(apiRoutes({ ...deps, checkCsrf }));
  for (const { routes } of deps.extensions) app.use(routes({ ...pages, checkCsrf }));
  app.use(express.urlencoded({ extended: false, limit: mostBytes }));
  app.use(signInRoutes({ ...pages, log }), connectRoutes({ ...pages, log }));
  app.use(linkRoutes(pages), accountPages(pages), peoplePages(pages));
  app.use(settingsPages(pages), policyPages(pages), producerPages(pages), placePages(pages));
  const refusedCalls = {
    slack: watchRefusedCalls(deps.feed, "/slack/events", hub.wallClock),
    teams: watchRefusedCalls(deps.feed, "teams", hub.wallClock),
  };
  app.use(connectingPages({ ...pages, ...deps.setup, publicUrl, refusedCalls }));
  app.use(signedInPages(pages));
  app.use((request, response) => notFound(pages, request, response));
  app.use(failed(pages, sessions, log));
  return app;
}

const nameRequest: RequestHandler = (_request, response, next) => {
  response.setHeader("x-request-id", randomUUID());
  next();
};

/** Give a mount what lies at its path or below, with the address as it came. */
function inPlace(path: string, handle: Mount["handle"]): RequestHandler {
  return (request, response, next) => {
    const own = request.path === path || request.path.startsWith(`${path}/`);
    if (own) handle(request, response);
    else next();
  };
}

/** Who comes to the API with a key is nobody's session, whatever cookie came along: no session is looked up. */
function unlessByKey(middleware: readonly RequestHandler[]): RequestHandler {
  const sessions = express.Router().use(...middleware);
  return (request, response, next) => {
    const byKey = request.headers.authorization !== undefined && request.path.startsWith("/v1/");
    if (byKey) next();
    else sessions(request, response, next);
  };
}

/** What a signed-in person does on a page is told as theirs. */
const asVisitor =
  (hub: Hub): RequestHandler =>
  (request, response, next) => {
    const { user } = request;
    if (!user) return next();
    noteSession(hub, request, response, user);
    actAs(actorOf(sessionAccess(user), request), next);
  };

async function ready(hub: Hub, response: Response): Promise<void> {
  try {
    await hub.store.probe();
    response.json({ status: "ready" });
  } catch {
    sendProblem(response, storeDown());
  }
}

/** The console: signed-in people only. Events and rules are for those who look after the hub. */
function signedInPages(pages: PageDeps): express.Router {
  const router = express.Router();
  const inside = signedIn(pages);
  const caretakers: RequestHandler = (request, response, next) => {
    if (isCaretaker(request.user)) return next();
    return sendErrorPage(pages, request, response, {
      status: 403,
      title: say`This page is not for you`,
      detail: say`Events and rules are shown to people with the role admin, router or auditor.`,
      hint: say`Ask an admin for one of these roles.`,
    });
  };
  router.get("/", inside, async (request, response) => {
    const viewer = request.user as Person;
    if (!isCaretaker(viewer)) return response.redirect(303, "/approvals");
    const [frame, overview] = await Promise.all([
      frameOf(pages, request),
      readOverview(pages.hub, viewer),
    ]);
    sendPage(response, renderOverviewPage({ frame, ...overview }));
  });
  router.get("/about", async (request, response) => {
    const frame = await frameOf(pages, request);
    sendPage(response, renderAboutPage({ frame, hubUrl: pages.hub.links.hubUrl }));
  });
  router.get("/docs", async (request, response) => {
    sendPage(response, renderDocsPage({ frame: await frameOf(pages, request) }));
  });
  router.use(searchRoutes(pages, inside));
  router.use("/approvals", inside);
  router.use(["/events", "/deliveries", "/routing"], inside, caretakers);
  router.use(approvalPages(pages), eventPages(pages), deliveryPages(pages), routingPages(pages));
  return router;
}

const isForPrograms = ({ path }: Request) => /^\/(v1|sandbox\/api)(\/|$)/.test(path);

function notFound(pages: PageDeps, request: Request, response: Response): void | Promise<void> {
  if (!isForPrograms(request)) return sendNotFound(pages, request, response, "page");
  sendProblem(response, pathUnknown(request));
}

/** The one place where an error that nobody expected becomes an answer. */
function failed(pages: PageDeps, sessions: Sessions, log: Log) {
  return (cause: unknown, request: Request, response: Response, _next: NextFunction) => {
    if (response.headersSent) return response.destroy();
    const isCsrf = cause === sessions.csrf.invalidCsrfTokenError;
    const status = isCsrf ? 403 : statusOf(cause);
    if (status >= 500)
      log.write({
        kind: "hub.trouble",
        where: `${request.method} ${request.path}`,
        error: String(cause),
      });
    if (isForPrograms(request)) return sendProblem(response, problemOf(cause, status));
    const { title, detail, hint } = isCsrf ? csrfFailed() : problemOf(cause, status);
    return sendErrorPage(pages, request, response, { status, title, detail, hint });
  };
}

const csrfFailed = () => ({
  title: say`This page was open for too long`,
  detail: say`The form belongs to a session that has ended. Nothing was recorded.`,
  hint: say`Go back, reload the page, and try again.`,
});
