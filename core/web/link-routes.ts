import express, { type Request, type Response, type Router } from "express";
import type { Claimed, LinkLook } from "../people/account-links.ts";
import type { AccountLink } from "../ports/small-records.ts";
import { say } from "../words/say.ts";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage } from "./page-errors.ts";
import { type LinkPageState, renderLinkPage } from "./pages/link-page.tsx";
import { keepWayBack } from "./way-back.ts";

/** The private link of A10: a look changes nothing, only the page's own button links. */
export function linkRoutes(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  const { accountLinks } = deps.hub.people;
  router.get("/link/:token", async (request, response) => {
    const look = await accountLinks.look(tokenOf(request));
    if (look.kind === "unknown") return unknown(deps, request, response);
    await show(deps, request, response, look.link, stateOf(look, request));
  });
  router.post("/link/:token", csrf, async (request, response) => {
    const token = tokenOf(request);
    const look = await accountLinks.look(token);
    if (look.kind === "unknown") return unknown(deps, request, response);
    const { user } = request;
    const state: LinkPageState = user
      ? stateAfter(await accountLinks.claim(token, user))
      : { kind: "sign_in" };
    await show(deps, request, response, look.link, state);
  });
  return router;
}

const tokenOf = (request: Request) => String(request.params["token"]);

function stateOf(
  { kind, link }: Exclude<LinkLook, { readonly kind: "unknown" }>,
  { user }: Request,
): LinkPageState {
  if (kind === "usable") return { kind: user ? "ask" : "sign_in" };
  const { claim } = link;
  // Who comes back to look is told how it stands; nobody else is.
  if (!user || claim?.person !== user.id) return { kind };
  if (claim.waits && !claim.settled) return { kind: "waits", because: claim.waits };
  return { kind: claim.settled?.as === "refused" ? "used" : "already" };
}

const stateAfter = (claimed: Claimed): LinkPageState =>
  claimed.kind === "refused"
    ? { kind: claimed.because === "expired" ? "expired" : "used" }
    : claimed;

const statuses: Readonly<Record<LinkPageState["kind"], number>> = {
  sign_in: 200,
  ask: 200,
  linked: 200,
  already: 200,
  waits: 202,
  taken: 409,
  used: 410,
  expired: 410,
};

async function show(
  deps: PageDeps,
  request: Request,
  response: Response,
  link: AccountLink,
  state: LinkPageState,
): Promise<void> {
  const { platform, user, shownName: name, email } = link;
  const path = `/link/${tokenOf(request)}`;
  // Also who is signed in as somebody else comes back here.
  if (state.kind === "sign_in" || state.kind === "ask")
    keepWayBack(response, path, deps.sessions.secure);
  const workspace = await deps.hub.people.workspaceName(platform, link.workspace);
  const account = { platform, user, name, email, workspace };
  const frame = await frameOf(deps, request);
  sendPage(response, renderLinkPage({ frame, path, account, state }), statuses[state.kind]);
}

const unknown = (deps: PageDeps, request: Request, response: Response) =>
  sendErrorPage(deps, request, response, {
    status: 404,
    title: say`This hub does not know that link`,
    detail: say`It may be cut short, or belong to another hub. Nothing was changed.`,
    hint: say`Press the button in chat again to get a new one.`,
  });
