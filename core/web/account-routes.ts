import express, { type Request, type Response, type Router } from "express";
import { languages } from "../domain/message.ts";
import type { Person } from "../domain/person.ts";
import { say } from "../words/say.ts";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { renderAccountPage } from "./pages/account-page.tsx";
import type { PasswordFormMistake } from "./pages/password-form.tsx";
import { renderWelcomePage } from "./pages/welcome-page.tsx";
import { beginSession } from "./session.ts";
import { signedIn } from "./signed-in.ts";
import { backTo } from "./way-back.ts";

/** What everybody does for themselves: a password, signing out everywhere. */
export function accountPages(deps: PageDeps): Router {
  const router = express.Router();
  const csrf = deps.sessions.csrf.csrfSynchronisedProtection;
  router.use(["/account", "/welcome"], signedIn(deps));
  router.get("/welcome", (request, response) => welcome(deps, request, response));
  router.post("/welcome", csrf, async (request, response) => {
    const { mistake, name } = await setPassword(deps, request, response);
    if (mistake) return welcome(deps, request, response, { mistake, name });
    response.redirect(303, "/");
  });
  router.get("/account", (request, response) => {
    const done = String(request.query["done"] ?? "");
    return account(deps, request, response, { said: saidAfter[done]?.() });
  });
  router.get("/account/password", backTo("/account"));
  router.post("/account/language", csrf, async (request, response) => {
    const { language } = (request.body ?? {}) as { readonly language?: unknown };
    const chosen = languages.find((one) => one === language) ?? null;
    const { id } = viewerOf(request);
    const viewer = await deps.hub.people.get(id);
    if (viewer) await deps.hub.people.change(id, viewer.revision, { language: chosen });
    response.redirect(303, "/account?done=language");
  });
  router.post("/account/password", csrf, async (request, response) => {
    const { mistake, name } = await setPassword(deps, request, response);
    if (mistake) return account(deps, request, response, { mistake, name });
    response.redirect(303, "/account?done=set");
  });
  router.post("/account/password/remove", csrf, async (request, response) => {
    await deps.hub.people.passwords.remove(viewerOf(request).id);
    response.redirect(303, "/account?done=removed");
  });
  router.post("/account/sign-out-everywhere", csrf, async (request, response, next) => {
    const { id } = viewerOf(request);
    await deps.hub.audit.record({ action: "session.signed_out_everywhere" });
    request.logout((cause) => {
      if (cause) return next(cause);
      deps.hub.people
        .signOutEverywhere(id)
        .then(() => response.redirect(303, "/auth/login?everywhere"), next);
    });
  });
  return router;
}

const viewerOf = (request: Request) => request.user as Person;

const saidAfter: Readonly<Record<string, () => string>> = {
  language: () => say`The language is chosen.`,
  set: () => say`The password is set. Your sessions in other browsers have ended.`,
  removed: () => say`The password is gone. You sign in by links from now on.`,
};

interface Shown {
  readonly mistake?: PasswordFormMistake;
  readonly name?: string;
  readonly said?: string | undefined;
}

async function account(
  deps: PageDeps,
  request: Request,
  response: Response,
  { mistake, name, said }: Shown,
): Promise<void> {
  const viewer = viewerOf(request);
  const { people } = deps.hub;
  const [frame, password, accounts] = await Promise.all([
    frameOf(deps, request),
    people.passwords.of(viewer.id),
    people.accountsOf(viewer.id),
  ]);
  const html = renderAccountPage({
    ...{ frame, password, accounts, mistake, said },
    name: name ?? password?.name ?? proposedName(viewer),
    asksCurrent: password !== undefined && request.session.how === "password",
  });
  sendPage(response, html, mistake ? 422 : 200);
}

async function welcome(
  deps: PageDeps,
  request: Request,
  response: Response,
  { mistake, name }: Shown = {},
): Promise<void> {
  const frame = await frameOf(deps, request);
  const shown = name ?? proposedName(viewerOf(request));
  sendPage(response, renderWelcomePage({ frame, name: shown, mistake }), mistake ? 422 : 200);
}

const proposedName = ({ email, name }: Person) => email ?? name.toLowerCase();

/**
 * Set a password as a form asks. Whoever signed in by password types it again, so that an unlocked machine gives
 * nobody the account for good; whoever came by a link has proved enough. All other sessions end.
 */
async function setPassword(
  { hub, sessions }: PageDeps,
  request: Request,
  _response: Response,
): Promise<{ readonly name: string; readonly mistake?: PasswordFormMistake }> {
  const form = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (field: string) => (typeof form[field] === "string" ? form[field] : "");
  const viewer = viewerOf(request);
  const name = text("name").trim();
  const { passwords } = hub.people;
  const before = await passwords.of(viewer.id);
  const how = request.session.how ?? "link";
  if (before && how === "password") {
    const tried = await passwords.tryIn(before.name, text("current"), request.ip ?? "");
    const wrong = sayWrong[tried.kind]?.();
    if (wrong) return { name, mistake: { field: "current", message: wrong } };
  }
  if (text("password") !== text("again")) {
    return { name, mistake: { field: "again", message: say`This is not the same as above.` } };
  }
  const mistake = await passwords.set(viewer, name, text("password"));
  if (mistake) return { name, mistake };
  await hub.people.signOutEverywhere(viewer.id);
  await beginSession(sessions, request, viewer, how);
  return { name };
}

const sayWrong = {
  signed_in: undefined,
  refused: () => say`This is not your present password.`,
  locked: () => say`Too many wrong tries. Wait 15 minutes, or sign in with a one-time link.`,
} as const;
