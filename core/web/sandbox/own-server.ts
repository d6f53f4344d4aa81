import { randomUUID } from "node:crypto";
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type Response,
} from "express";
import type { Log } from "../../ports/log.ts";
import type { Mount } from "../../ports/mount.ts";
import { assetRoutes } from "../assets.ts";
import { sendPage } from "../frame.ts";
import { guardHost } from "../host-guard.ts";
import { renderErrorPage } from "../pages/error-page.tsx";
import { sendProblem } from "../problem.ts";
import { securityHeaders } from "../security-headers.ts";
import type { OwnSignIn } from "./own-sign-in.ts";
import { sandboxApi } from "./sandbox-api.ts";
import type { SandboxApiDeps } from "./sandbox-deps.ts";
import { renderSandboxPage, sandboxVendorAssets } from "./sandbox-page.tsx";

export interface OwnServerDeps extends SandboxApiDeps {
  readonly signIn: OwnSignIn;
  readonly mounts: readonly Mount[];
  readonly log: Log;
  /** Read a list or a record of the hub for the strip of the page; absent where no key of the hub is known. */
  readonly readHub?: (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;
}

/** Build all that a sandbox answers which is a process of its own. What is not the sandbox's is the hub's: it leads there. */
export function createOwnServer(deps: OwnServerDeps): Express {
  const { signIn, log, mounts, hubUrl } = deps;
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", "simple");
  app.use((_request, response, next) => {
    response.setHeader("x-request-id", randomUUID());
    next();
  });
  app.use(guardHost(undefined, log), securityHeaders(false));
  for (const { path, handle } of mounts)
    app.all([path, `${path}/*below`], (request, response) => handle(request, response));
  app.get("/healthz", (_request, response) => void response.json({ status: "alive" }));
  app.use(assetRoutes(sandboxVendorAssets));
  app.get("/start/:token", (request, response) => {
    if (signIn.enter(String(request.params["token"]), response) || signIn.csrfOf(request))
      response.redirect(303, "/sandbox");
    else sendWayIn(response, 410);
  });
  app.get("/sandbox", (request, response) => {
    const csrf = signIn.csrfOf(request);
    if (csrf === undefined) return sendWayIn(response, 401);
    return sendPage(response, renderSandboxPage({ csrf, movesClock: false }));
  });
  app.use("/sandbox/api", sandboxApi(deps, signIn.allow));
  app.get(["/v1/events", "/v1/events/:id"], signIn.allow, (request, response) =>
    readEvents(deps, request, response),
  );
  app.get(/^\/(?!sandbox|v1)/, (request, response) =>
    response.redirect(302, new URL(hubPath(request), hubUrl).href),
  );
  app.use((request, response) => sendProblem(response, nothingHere(request)));
  app.use(failed(log));
  return app;
}

/** A path can not lead to another host: two slashes at its beginning would. */
const hubPath = ({ originalUrl }: Request) => originalUrl.replace(/^[/\\]+/, "/");

/** Answer what the hub says of the events of this sandbox's producer. */
async function readEvents(
  { readHub }: OwnServerDeps,
  request: Request,
  response: Response,
): Promise<void> {
  if (!readHub) return void response.json({ items: [], next: null });
  const { status, body } = await readHub(hubPath(request));
  response.status(status).json(body);
}

function sendWayIn(response: Response, status: number): void {
  const page = renderErrorPage({
    frame: { csrf: "", now: new Date(), instance: { sandbox: true } },
    status,
    title: "Open the link that the sandbox printed",
    detail: "In a sandbox one person acts as another, so it opens only by its own link.",
    hint: "A link signs in once, within half an hour. Start the sandbox again for another one.",
    requestId: String(response.getHeader("x-request-id")),
    next: { href: "/", label: "To the hub" },
  });
  sendPage(response, page, status);
}

const nothingHere = ({ method, path }: Request) => ({
  status: 404,
  code: "path_unknown",
  title: "There is nothing at this address",
  detail: `${method} ${path} is not part of the sandbox.`,
  hint: "The hub's own API is at the hub.",
});

function failed(log: Log): ErrorRequestHandler {
  return (cause, request, response, _next) => {
    if (response.headersSent) return response.destroy();
    const status = Number(cause?.status);
    if (status >= 400 && status < 500) return sendProblem(response, unreadable(status, cause));
    log.write({ kind: "hub.trouble", where: request.path, error: String(cause) });
    return sendProblem(response, hubGone);
  };
}

const unreadable = (status: number, cause: unknown) => ({
  status,
  code: "request_unreadable",
  title: "The request cannot be read",
  detail: cause instanceof Error ? cause.message : "It is malformed.",
  hint: "Correct it and send it again.",
});

const hubGone = {
  status: 502,
  code: "hub_not_reached",
  title: "The hub does not answer",
  detail: "The sandbox asked the hub and got no answer that it can read.",
  hint: "Start the hub, or start the sandbox with the hub's address in --hub.",
};
