import express, { type Request, type Response, type Router } from "express";
import { actAs } from "../audit/acting.ts";
import { parseId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import type { SignOnProof } from "../domain/sign-on-proof.ts";
import type { IssuerClaims, SignOnRefusal } from "../people/single-sign-on.ts";
import { say } from "../words/say.ts";
import type { IssuerTrouble } from "./issuer-trouble.ts";
import { type PageError, sendErrorPage } from "./page-errors.ts";
import type { SignInDeps } from "./sign-in-routes.ts";
import type { SingleSignOn } from "./single-sign-on.ts";
import { keepWayBack } from "./way-back.ts";

/** What the way back from the issuer needs of the other ways in. */
export interface SingleSignOnSteps {
  /** Begin the session and go where this person was going. */
  readonly enter: (
    request: Request,
    response: Response,
    person: Person,
    signedOn: SignOnProof | undefined,
  ) => Promise<void>;
  readonly noteFailed: (request: Request, because: string) => Promise<void>;
}

/** `/auth/oidc` and its way back. Without single sign-on there is nothing at these addresses. */
export function singleSignOnRoutes(deps: SignInDeps, steps: SingleSignOnSteps): Router {
  const router = express.Router();
  const { singleSignOn } = deps;
  router.get("/auth/oidc", async (request, response, next) => {
    if (!singleSignOn) return next();
    if (request.user) return response.redirect(303, "/");
    const answer = await singleSignOn.begin(request, response);
    if (answer.kind === "failed") {
      await tellTrouble(deps, steps, request, response, answer.trouble);
    }
  });
  router.get("/auth/oidc/fresh", async (request, response, next) => {
    if (!singleSignOn) return next();
    const approval = parseId("approval", request.query["for"]);
    const back = approval === undefined ? "/approvals" : `/approvals/${approval}`;
    keepWayBack(response, back, deps.sessions.secure);
    const answer = await singleSignOn.begin(request, response, "fresh");
    if (answer.kind === "failed") {
      await tellTrouble(deps, steps, request, response, answer.trouble);
    }
  });
  router.get("/auth/oidc/callback", async (request, response, next) => {
    if (!singleSignOn) return next();
    const { code, error } = request.query;
    if (code === undefined && error === undefined) return response.redirect(303, "/auth/login");
    const answer = await singleSignOn.finish(request, response);
    if (answer.kind === "failed") {
      return tellTrouble(deps, steps, request, response, answer.trouble);
    }
    await admit(deps, steps, request, response, answer.claims);
  });
  return router;
}

async function admit(
  deps: SignInDeps,
  steps: SingleSignOnSteps,
  request: Request,
  response: Response,
  claims: IssuerClaims,
): Promise<void> {
  const { host } = deps.singleSignOn as SingleSignOn;
  const from = request.ip === undefined ? {} : { address: request.ip };
  const actor = { kind: "stranger", name: claims.email ?? claims.subject, via: "web" } as const;
  const came = await actAs({ ...actor, ...from }, () => deps.hub.people.signOn(claims));
  if (came.kind === "signed_in") {
    const { issuer, subject, signedInAt: at } = claims;
    return steps.enter(request, response, came.person, at && { issuer, subject, at });
  }
  noteInLog(deps, 403, came.because);
  await steps.noteFailed(request, `oidc_${came.because}`);
  const page = sayRefusal(came.because, host, claims.email ?? say`no e-mail address`);
  await sendErrorPage(deps, request, response, { status: 403, next: again(), ...page });
}

async function tellTrouble(
  deps: SignInDeps,
  steps: SingleSignOnSteps,
  request: Request,
  response: Response,
  { because, detail }: IssuerTrouble,
): Promise<void> {
  const { host } = deps.singleSignOn as SingleSignOn;
  const page = sayTrouble(because, host);
  noteInLog(deps, page.status, `${because}: ${detail}`);
  await steps.noteFailed(request, `oidc_${because}`);
  await sendErrorPage(deps, request, response, { next: again(), ...page });
}

const noteInLog = ({ log }: SignInDeps, status: number, because: string) =>
  log.write({ kind: "request.refused", door: "/auth/oidc", status, because });

const again = () => ({ href: "/auth/login", label: say`Back to sign-in` });

function sayTrouble(because: IssuerTrouble["because"], host: string): PageError {
  switch (because) {
    case "unreachable":
      return {
        status: 503,
        title: say`${host} cannot be reached`,
        detail: say`This hub got no usable answer from ${host}, so nobody can sign in with it now.`,
        hint: say`While this lasts, passwords work on the sign-in page, after half a minute at the latest. One-time links always work. Whoever runs the hub finds the reason in its log.`,
      };
    case "begun_elsewhere":
      return {
        status: 400,
        title: say`This sign-in was not begun here`,
        detail: say`What ${host} sent belongs to no sign-in of this browser: it was begun in another one, was used already, or is too old.`,
        hint: say`Go back to the sign-in page and begin again.`,
      };
    case "denied":
      return {
        status: 403,
        title: say`${host} did not sign you in`,
        detail: say`You stopped there, or your account there may not use this hub.`,
        hint: say`Try again, or ask whoever looks after accounts at ${host}.`,
      };
    case "unfit":
      return {
        status: 502,
        title: say`The answer of ${host} was not accepted`,
        detail: say`It did not fit the sign-in that this browser had begun. Nobody was signed in.`,
        hint: say`Begin again on the sign-in page. If it goes on, whoever runs the hub finds the reason in its log.`,
      };
  }
}

function sayRefusal(
  because: SignOnRefusal,
  host: string,
  email: string,
): Pick<PageError, "title" | "detail" | "hint"> {
  switch (because) {
    case "suspended":
      return {
        title: say`You may not sign in`,
        detail: say`Your account in this hub is suspended.`,
        hint: say`Ask an admin of this hub.`,
      };
    case "email_unverified":
      return {
        title: say`Your e-mail address is not verified`,
        detail: say`${host} says ${email}, and does not say that the address is yours. This hub knows people by verified addresses alone.`,
        hint: say`Have the address verified at ${host}, or ask an admin of this hub for a sign-in link.`,
      };
    case "email_shared":
      return {
        title: say`Two people have your e-mail address`,
        detail: say`More than one person of this hub has the address ${email}, so it does not say who you are.`,
        hint: say`Ask an admin of this hub to put that right on the page People.`,
      };
    case "no_role":
      return {
        title: say`This hub does not know you yet`,
        detail: say`${host} says that you are ${email}. Nobody here has this address, and new people are not let in by themselves.`,
        hint: say`Ask an admin of this hub to add you on the page People with this address, then sign in again.`,
      };
  }
}
