import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import { isAdmin, type Person } from "../domain/person.ts";
import type { AccountLink, WhyWaits } from "../ports/small-records.ts";
import { say } from "../words/say.ts";
import { frameOf, sendPage } from "./frame.ts";
import { groupPages } from "./group-routes.ts";
import { invitation, rolesField } from "./invitation.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage, sendNotFound } from "./page-errors.ts";
import {
  type PeopleNote,
  type PeoplePageProps,
  type PersonLine,
  renderPeoplePage,
  type WaitingLine,
} from "./pages/people-page.tsx";
import { personPages } from "./person-routes.ts";
import { askToSignIn } from "./signed-in.ts";
import { backTo } from "./way-back.ts";

/** How many people the page shows. */
const mostShown = 500;

/** People: who is here, with which chat accounts; groups; accounts that wait for an admin. For admins alone. */
export function peoplePages(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.use("/people", (request, response, next) => {
    if (!request.user) return askToSignIn(deps, request, response);
    if (isAdmin(request.user)) return next();
    return sendErrorPage(deps, request, response, adminsOnly());
  });
  router.get("/people", (request, response) => show(deps, request, response));
  router.post("/people", csrf, (request, response) => add(deps, request, response));
  router.get("/people/links/:id", backTo("/people"));
  router.post("/people/links/:id", csrf, (request, response) => settle(deps, request, response));
  router.use(groupPages(deps), personPages(deps));
  return router;
}

const adminsOnly = () => ({
  status: 403,
  title: say`This page is not for you`,
  detail: say`People are looked after by people with the role admin.`,
  hint: say`Ask an admin of this hub.`,
});

const said = (text: string, tone: "ok" | "warn" = "ok") => ({ kind: "said", tone, text }) as const;

interface Shown {
  readonly note?: PeopleNote;
  readonly typed?: PeoplePageProps["typed"];
}

async function show(
  deps: PageDeps,
  request: Request,
  response: Response,
  { note, typed }: Shown = {},
): Promise<void> {
  const { hub } = deps;
  const [frame, people, groups, links] = await Promise.all([
    frameOf(deps, request),
    hub.store.people.scan("byName", { prefix: [hub.organization], limit: mostShown }),
    hub.people.groups.list(),
    hub.people.accountLinks.waiting(),
  ]);
  const lines = people.map(
    async (person): Promise<PersonLine> => ({
      person,
      accounts: await hub.people.accountsOf(person.id),
    }),
  );
  const waiting = await Promise.all(links.map((link) => waitingLine(deps, link)));
  const html = renderPeoplePage({
    ...{ frame, groups, note, typed },
    people: await Promise.all(lines),
    waiting: waiting.flat(),
  });
  sendPage(response, html, note?.kind === "said" && note.tone === "warn" ? 409 : 200);
}

const whyAsked: Readonly<Record<WhyWaits, () => string>> = {
  second_account: () => say`It would be a second account in that workspace.`,
  email_differs: () => say`The e-mail addresses differ.`,
  email_unknown: () => say`No e-mail address shows that both are one person.`,
};

async function waitingLine(
  { hub }: PageDeps,
  { id, platform, workspace, user, shownName: name, email, claim }: AccountLink,
): Promise<readonly WaitingLine[]> {
  if (!claim?.waits) return [];
  const person = (await hub.people.get(claim.person))?.name ?? claim.person;
  const shown = await hub.people.workspaceName(platform, workspace);
  const account = { platform, user, name, email, workspace: shown };
  return [{ id, account, person, because: whyAsked[claim.waits](), at: claim.at }];
}

const draftSchema = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.union([z.literal(""), z.email().max(254)]).default(""),
  roles: rolesField,
});

async function add(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const form = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const typed = {
    ...{ name: String(form["name"] ?? ""), email: String(form["email"] ?? "") },
    roles: rolesField.catch([]).parse(form["roles"]),
  };
  const read = draftSchema.safeParse(form);
  if (!read.success) {
    const note = said(say`Give a name and a whole e-mail address. Nobody was added.`, "warn");
    return show(deps, request, response, { note, typed });
  }
  const { email, ...draft } = read.data;
  const person = await deps.hub.people.add({ ...draft, ...(email === "" ? {} : { email }) });
  if (person === "email_taken") {
    const note = said(say`${email} belongs to somebody else here. Nobody was added.`, "warn");
    return show(deps, request, response, { note, typed });
  }
  await show(deps, request, response, { note: await invitation(deps, person) });
}

async function settle(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { id } = request.user as Person;
  const { as } = request.body as { readonly as?: unknown };
  if (as !== "linked" && as !== "refused") return sendNotFound(deps, request, response, "step");
  const settled = await deps.hub.people.accountLinks.settle(String(request.params["id"]), id, as);
  const notes = {
    linked: said(say`The account is linked. Its owner presses the button again.`),
    refused: said(say`The account is not linked.`),
    taken: said(say`The account went to somebody else meanwhile, so nothing was linked.`, "warn"),
    unknown: said(say`That account does not wait any more.`, "warn"),
  };
  await show(deps, request, response, { note: notes[settled] });
}
