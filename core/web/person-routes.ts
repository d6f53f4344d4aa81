import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import { parseId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import { say } from "../words/say.ts";
import { frameOf, sendPage } from "./frame.ts";
import { invitation, rolesField } from "./invitation.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendNotFound } from "./page-errors.ts";
import type { PeopleNote } from "./pages/people-page.tsx";
import { type PersonForm, renderPersonPage } from "./pages/person-page.tsx";

/** One person: name, address and roles; an invitation; suspending and restoring. Behind the door of `/people`. */
export function personPages(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  const found =
    (step: (person: Person, request: Request, response: Response) => Promise<void>) =>
    async (request: Request, response: Response) => {
      const id = parseId("person", request.params["id"]);
      const person = id && (await deps.hub.people.get(id));
      return person
        ? step(person, request, response)
        : sendNotFound(deps, request, response, "person");
    };
  router.get(
    "/people/:id",
    found((person, request, response) => show(deps, person, request, response)),
  );
  router.post(
    "/people/:id",
    csrf,
    found((person, request, response) => step(deps, person, request, response)),
  );
  return router;
}

interface Shown {
  readonly note?: PeopleNote;
  readonly form?: PersonForm;
  readonly status?: number;
}

async function show(
  deps: PageDeps,
  { id }: Person,
  request: Request,
  response: Response,
  { note, form, status = 200 }: Shown = {},
): Promise<void> {
  const { people } = deps.hub;
  const [frame, person, accounts, issuerAccounts, groups, password] = await Promise.all([
    frameOf(deps, request),
    people.get(id),
    people.accountsOf(id),
    people.issuerAccountsOf(id),
    people.groups.list(),
    people.passwords.of(id),
  ]);
  if (!person) return sendNotFound(deps, request, response, "person");
  const html = renderPersonPage({
    ...{ frame, person, accounts, issuerAccounts, note },
    groups: groups.filter(({ members }) => members.includes(id)),
    hasPassword: password !== undefined,
    form: form ?? {
      ...{ name: person.name, email: person.email ?? "", roles: person.roles },
      revision: person.revision,
    },
  });
  sendPage(response, html, status);
}

const said = (text: string, tone: "ok" | "warn" = "ok") => ({ kind: "said", tone, text }) as const;

async function step(
  deps: PageDeps,
  person: Person,
  request: Request,
  response: Response,
): Promise<void> {
  const { hub } = deps;
  const answer = (shown: Shown) => show(deps, person, request, response, shown);
  switch ((request.body as { readonly step?: unknown }).step) {
    case "save":
      return answer(await save(deps, person, request));
    case "invite":
      return answer({ note: await invitation(deps, person) });
    case "unlink":
      return answer(await unlink(deps, person, request));
    case "restore":
      await hub.people.restore(person.id);
      return answer({ note: said(say`${person.name} may come in again.`) });
    case "suspend":
      return answer(await suspend(deps, person, request.user as Person));
    default:
      return sendNotFound(deps, request, response, "step");
  }
}

/** Take an issuer's account away; whoever has it comes in as this person no more. */
async function unlink({ hub }: PageDeps, person: Person, request: Request): Promise<Shown> {
  const { account } = request.body as { readonly account?: unknown };
  const isGone = await hub.people.removeIssuerAccount(person.id, String(account));
  return isGone
    ? { note: said(say`The account is taken away, and ${person.name} is signed out everywhere.`) }
    : { note: said(say`This account is gone already.`, "warn"), status: 404 };
}

const formSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, { error: () => say`A person has a name.` })
    .max(100, { error: () => say`At most 100 characters.` }),
  email: z
    .union([z.literal(""), z.email().max(254)], {
      error: () => say`This is no whole e-mail address.`,
    })
    .default(""),
  roles: rolesField,
  revision: z.coerce.number().int(),
});

async function save({ hub }: PageDeps, person: Person, request: Request): Promise<Shown> {
  const typed = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const read = formSchema.safeParse(typed);
  const kept = {
    name: String(typed["name"] ?? ""),
    email: String(typed["email"] ?? ""),
    roles: rolesField.catch([]).parse(typed["roles"]),
    revision: Number(typed["revision"]),
  };
  if (!read.success) {
    const [{ path = [], message = "" } = {}] = read.error.issues;
    const field = path[0] === "name" ? "name" : "email";
    return { form: { ...kept, mistake: { field, message } }, status: 422 };
  }
  const { name, email, roles, revision } = read.data;
  const change = { name, roles, email: email === "" ? null : email };
  const changed = await hub.people.change(person.id, revision, change);
  switch (changed.kind) {
    case "saved":
      return { note: said(say`Saved. It holds from now on.`) };
    case "stale": {
      const text = say`Somebody changed this person meanwhile. This is how it stands; nothing was saved.`;
      return { note: said(text, "warn"), status: 409 };
    }
    case "email_taken": {
      const message = say`This address belongs to somebody else here.`;
      return { form: { ...kept, mistake: { field: "email", message } }, status: 409 };
    }
    case "last_admin": {
      const message = say`Nobody else is admin. Give somebody else the role first.`;
      return { form: { ...kept, mistake: { field: "roles", message } }, status: 409 };
    }
    case "unknown":
      return { note: said(say`This person is gone.`, "warn"), status: 404 };
  }
}

async function suspend({ hub }: PageDeps, person: Person, by: Person): Promise<Shown> {
  if (person.id === by.id)
    return { note: said(say`Nobody suspends themselves.`, "warn"), status: 409 };
  const suspended = await hub.people.suspend(person.id, by.id);
  if (suspended === "last_admin") {
    return { note: said(say`Nobody else is admin, so nobody was suspended.`, "warn"), status: 409 };
  }
  const { stranded = [] } = suspended ?? {};
  return { note: { kind: "suspended", name: person.name, stranded } };
}
