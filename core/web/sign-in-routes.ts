import express, { type Request, type Response, type Router } from "express";
import type { Person } from "../domain/person.ts";
import type { Hub } from "../hub.ts";
import type { Log } from "../ports/log.ts";
import { frameOf, type Instance, sendPage } from "./frame.ts";
import { renderSignInPage } from "./pages/sign-in-page.tsx";
import { renderStartPage } from "./pages/start-page.tsx";
import type { Sessions } from "./session.ts";
import { takeWayBack } from "./way-back.ts";

export interface SignInDeps {
  readonly hub: Hub;
  readonly sessions: Sessions;
  readonly instance: Instance;
  readonly log: Log;
}

/** Signing in by a one-time link, and signing out. */
export function signInRoutes(deps: SignInDeps): Router {
  const { hub, instance, sessions } = deps;
  const router = express.Router();
  const home = instance.sandbox ? "/sandbox" : "/";

  router.get("/start/:token", async (request, response) => {
    const token = String(request.params["token"]);
    if (instance.sandbox) return useLink(deps, token, home, request, response);
    const state = await hub.signInLinks.look(token);
    const frame = await frameOf(deps, request);
    if (state !== "usable")
      return sendPage(response, renderSignInPage({ frame, trouble: state }), 410);
    sendPage(
      response,
      renderStartPage({
        frame: { ...frame, csrf: sessions.csrf.generateToken(request) },
        path: `/start/${token}`,
      }),
    );
  });
  router.post("/start/:token", sessions.csrf.csrfSynchronisedProtection, (request, response) =>
    useLink(deps, String(request.params["token"]), home, request, response),
  );
  router.get("/auth/login", async (request, response) => {
    if (request.user) return response.redirect(303, home);
    const frame = await frameOf(deps, request);
    sendPage(response, renderSignInPage({ frame, signedOut: "out" in request.query }));
  });
  router.post(
    "/auth/logout",
    sessions.csrf.csrfSynchronisedProtection,
    (request, response, next) => {
      request.logout((cause) => (cause ? next(cause) : response.redirect(303, "/auth/login?out")));
    },
  );
  return router;
}

async function useLink(
  deps: SignInDeps,
  token: string,
  home: string,
  request: Request,
  response: Response,
): Promise<void> {
  const used = await deps.hub.signInLinks.use(token);
  if (used.kind === "signed_in") {
    await signIn(request, used.person);
    // The page that follows finds its session and token on disk, however fast the browser is.
    deps.sessions.csrf.generateToken(request);
    await saveSession(request);
    deps.log.write({ kind: "sign_in", person: used.person.name, how: "link" });
    return response.redirect(303, takeWayBack(request, response) ?? home);
  }
  if (request.user) return response.redirect(303, home);
  const frame = await frameOf(deps, request);
  sendPage(response, renderSignInPage({ frame, trouble: used.because }), 410);
}

const saveSession = (request: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    request.session.save((cause: unknown) => (cause ? reject(cause) : resolve()));
  });

/** Passport gives the session a new id here, so that one planted before signing in is worth nothing. */
function signIn(request: Request, person: Person): Promise<void> {
  return new Promise((resolve, reject) => {
    request.logIn(person, (cause: unknown) => (cause ? reject(cause) : resolve()));
  });
}
