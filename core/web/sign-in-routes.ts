import express, { type Request, type Response, type Router } from "express";
import type { Person } from "../domain/person.ts";
import type { SignOnProof } from "../domain/sign-on-proof.ts";
import type { Log } from "../ports/log.ts";
import { actorOf, sessionAccess } from "./access.ts";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { renderSignInPage, type SignInTrouble } from "./pages/sign-in-page.tsx";
import { renderStartPage } from "./pages/start-page.tsx";
import { beginSession, type SignInWay } from "./session.ts";
import { singleSignOnRoutes } from "./single-sign-on-routes.ts";
import { takeWayBack } from "./way-back.ts";

export interface SignInDeps extends PageDeps {
  readonly log: Log;
}

/** Signing in by a one-time link or a password, and signing out. */
export function signInRoutes(deps: SignInDeps): Router {
  const { hub, instance, sessions } = deps;
  const router = express.Router();
  const csrf = sessions.csrf.csrfSynchronisedProtection;

  router.get("/start/:token", async (request, response) => {
    const token = String(request.params["token"]);
    if (instance.sandbox) return useLink(deps, token, request, response);
    const state = await hub.signInLinks.look(token);
    if (state !== "usable") return refuse(deps, request, response, { kind: state }, 410);
    const frame = await frameOf(deps, request);
    sendPage(
      response,
      renderStartPage({
        frame: { ...frame, csrf: sessions.csrf.generateToken(request) },
        path: `/start/${token}`,
      }),
    );
  });
  router.post("/start/:token", csrf, (request, response) =>
    useLink(deps, String(request.params["token"]), request, response),
  );
  router.get("/auth/login", (request, response) => {
    if (request.user) return response.redirect(303, homeOf(deps));
    const left =
      "out" in request.query ? "here" : "everywhere" in request.query ? "everywhere" : undefined;
    return showSignIn(deps, request, response, { signedOut: left });
  });
  router.post("/auth/login", csrf, (request, response) => usePassword(deps, request, response));
  router.use(
    singleSignOnRoutes(deps, {
      enter: (request, response, person, signedOn) =>
        enter(deps, request, response, person, "oidc", signedOn),
      noteFailed: (request, because) => noteFailed(deps, request, because),
    }),
  );
  router.post("/auth/logout", csrf, async (request, response, next) => {
    await hub.audit.record({ action: "session.signed_out" });
    request.logout((cause) => (cause ? next(cause) : response.redirect(303, "/auth/login?out")));
  });
  return router;
}

const homeOf = ({ instance }: SignInDeps) => (instance.sandbox ? "/sandbox" : "/");

type Shown = Omit<Parameters<typeof renderSignInPage>[0], "frame" | "singleSignOn">;

async function showSignIn(
  deps: SignInDeps,
  request: Request,
  response: Response,
  shown: Shown,
  status = 200,
): Promise<void> {
  const frame = await frameOf(deps, request);
  const csrf = deps.sessions.csrf.generateToken(request);
  const singleSignOn = deps.singleSignOn && {
    host: deps.singleSignOn.host,
    reachable: await deps.singleSignOn.isReachable(),
  };
  const html = renderSignInPage({ frame: { ...frame, csrf }, singleSignOn, ...shown });
  sendPage(response, html, status);
}

const refuse = (
  deps: SignInDeps,
  request: Request,
  response: Response,
  trouble: SignInTrouble,
  status: number,
) => showSignIn(deps, request, response, { trouble }, status);

async function useLink(
  deps: SignInDeps,
  token: string,
  request: Request,
  response: Response,
): Promise<void> {
  const used = await deps.hub.signInLinks.use(token);
  if (used.kind === "signed_in") return enter(deps, request, response, used.person, "link");
  if (request.user) return response.redirect(303, homeOf(deps));
  await noteFailed(deps, request, `link_${used.because}`);
  return refuse(deps, request, response, { kind: used.because }, 410);
}

/** A password opens nothing while the issuer can be reached: who was removed there would still get in here (G7). */
async function usePassword(deps: SignInDeps, request: Request, response: Response): Promise<void> {
  if (await deps.singleSignOn?.isReachable()) {
    const because = "single_sign_on";
    deps.log.write({ kind: "request.refused", door: "/auth/login", status: 403, because });
    await noteFailed(deps, request, because);
    return refuse(deps, request, response, { kind: because }, 403);
  }
  const tried = await deps.sessions.tryPassword(request, response);
  if (tried.kind === "signed_in") return enter(deps, request, response, tried.person, "password");
  const status = tried.kind === "locked" ? 429 : 401;
  deps.log.write({ kind: "request.refused", door: "/auth/login", status, because: tried.kind });
  await noteFailed(deps, request, tried.kind === "locked" ? "locked" : "wrong_password");
  const { name } = request.body as { readonly name?: unknown };
  const typed = typeof name === "string" ? name : "";
  if (tried.kind === "refused") {
    return showSignIn(deps, request, response, { trouble: { kind: "wrong" }, typed }, status);
  }
  const seconds = Math.ceil((tried.until.getTime() - deps.hub.wallClock.now().getTime()) / 1_000);
  response.setHeader("retry-after", Math.max(1, seconds));
  const trouble = { kind: "locked", minutes: Math.max(1, Math.ceil(seconds / 60)) } as const;
  return showSignIn(deps, request, response, { trouble, typed }, status);
}

/** Nobody's name is noted: people type their password into the wrong field. */
const noteFailed = ({ hub }: SignInDeps, { ip }: Request, because: string) =>
  hub.audit.record(
    { action: "session.refused", details: { because } },
    {
      ...{ kind: "stranger", name: "somebody not signed in", via: "web" },
      ...(ip === undefined ? {} : { address: ip }),
    },
  );

/** Sign in, and go where this person was going; who has no password yet is offered one first. */
async function enter(
  deps: SignInDeps,
  request: Request,
  response: Response,
  person: Person,
  how: SignInWay,
  signedOn?: SignOnProof,
): Promise<void> {
  await beginSession(deps.sessions, request, person, how, signedOn);
  deps.log.write({ kind: "sign_in", person: person.name, how });
  const actor = actorOf(sessionAccess(person), request);
  await deps.hub.audit.record({ action: "session.signed_in", details: { how } }, actor);
  const back = takeWayBack(request, response);
  if (back !== undefined || deps.instance.sandbox) {
    return response.redirect(303, back ?? homeOf(deps));
  }
  const known = how !== "link" || (await deps.hub.people.passwords.of(person.id));
  response.redirect(303, known ? homeOf(deps) : "/welcome");
}
