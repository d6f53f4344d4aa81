import express, { type Request, type Response, type Router } from "express";
import type { z } from "zod";
import type { OpenApproval } from "../../domain/approval.ts";
import { parseId } from "../../domain/ids.ts";
import type { LinkedAccount, Person } from "../../domain/person.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import { approvalPage } from "../../messages/approval-card.ts";
import type { PersonChange } from "../../people/change-person.ts";
import { accessOf } from "../access.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { etagOf, matchMissing, readIfMatch } from "./if-match.ts";
import { isProblem, readList, readPage } from "./lists.ts";
import { notFound } from "./not-found.ts";
import { personChangeSchema, personDraftSchema, type personSchema } from "./people-operations.ts";
import { readBody } from "./read-body.ts";

type Step = (hub: Hub, person: Person, request: Request, response: Response) => Promise<void>;

/** People: the list, adding, inviting, changing, suspending and restoring. For admins. */
export function peopleRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const admin = allow("admin");
  const found = (step: Step) => async (request: Request, response: Response) => {
    const id = parseId("person", request.params["id"]);
    const person = id && (await hub.people.get(id));
    return person
      ? step(hub, person, request, response)
      : sendProblem(response, notFound("person"));
  };
  router.get("/v1/people", admin, (request, response) => list(hub, request, response));
  router.post("/v1/people", admin, (request, response) => add(hub, request, response));
  router.get("/v1/people/:id", admin, found(send));
  router.patch("/v1/people/:id", admin, found(change));
  router.post("/v1/people/:id/links", admin, found(invite));
  router.post("/v1/people/:id/suspend", admin, found(suspend));
  router.post("/v1/people/:id/restore", admin, found(restore));
  return router;
}

async function list(hub: Hub, request: Request, response: Response): Promise<void> {
  const asked = readList(request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const { organization, store } = hub;
  const page = await readPage(store.people, "byName", [organization], asked, () => true);
  const items = page.items.map((person) => shown(hub, person));
  response.json({ items: await Promise.all(items), next: page.next });
}

const shown = async ({ people }: Hub, person: Person) =>
  personJson(person, await people.accountsOf(person.id));

const send: Step = async (hub, person, _request, response) => {
  response.setHeader("etag", etagOf(person.revision));
  response.json(await shown(hub, person));
};

async function add(hub: Hub, request: Request, response: Response): Promise<void> {
  const draft = readBody(request, personDraftSchema, ["name", "email", "roles"]);
  if (isProblem(draft)) return sendProblem(response, draft);
  const { email, ...fields } = draft;
  const added = await hub.people.add({ ...fields, ...(email === undefined ? {} : { email }) });
  if (added === "email_taken") return sendProblem(response, emailTaken);
  response.status(201).setHeader("etag", etagOf(added.revision));
  response.json(await shown(hub, added));
}

const change: Step = async (hub, person, request, response) => {
  const revision = readIfMatch(request);
  if (revision === undefined) {
    return sendProblem(response, matchMissing("a person", `/v1/people/${person.id}`));
  }
  const draft = readBody(request, personChangeSchema, Object.keys(personChangeSchema.shape));
  if (isProblem(draft)) return sendProblem(response, draft);
  const wish = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined));
  const changed = await hub.people.change(person.id, revision, wish as PersonChange);
  switch (changed.kind) {
    case "saved":
      return send(hub, changed.person, request, response);
    case "stale":
      response.setHeader("etag", etagOf(changed.person.revision));
      return sendProblem(response, stale(changed.person));
    case "email_taken":
      return sendProblem(response, emailTaken);
    case "last_admin":
      return sendProblem(response, lastAdmin);
    case "unknown":
      return sendProblem(response, notFound("person"));
  }
};

const invite: Step = async ({ links, signInLinks }, person, _request, response) => {
  if (person.suspended) return sendProblem(response, isSuspended(person));
  const { token, expiresAt } = await signInLinks.make(person.id, "invitation");
  response
    .status(201)
    .json({ url: `${links.hubUrl}/start/${token}`, expires_at: expiresAt.toISOString() });
};

const suspend: Step = async (hub, person, _request, response) => {
  const by = accessOf(response).person;
  if (!by) return sendProblem(response, personMissing);
  if (by.id === person.id) return sendProblem(response, ownAccount);
  const suspended = await hub.people.suspend(person.id, by.id);
  if (!suspended) return sendProblem(response, notFound("person"));
  if (suspended === "last_admin") return sendProblem(response, lastAdmin);
  response.json({
    person: await shown(hub, suspended.person),
    stranded: suspended.stranded.map((approval) => strandedJson(hub, approval)),
  });
};

const restore: Step = async (hub, person, request, response) => {
  const restored = await hub.people.restore(person.id);
  if (!restored) return sendProblem(response, notFound("person"));
  return send(hub, restored, request, response);
};

function personJson(
  { id, name, email, roles: held, suspended }: Person,
  accounts: readonly LinkedAccount[],
): z.infer<typeof personSchema> {
  return {
    id,
    name,
    email: email ?? null,
    roles: [...held],
    suspended_at: suspended?.at.toISOString() ?? null,
    accounts: accounts.map((account) => ({
      id: account.id,
      name: account.shownName ?? null,
      linked_at: account.linkedAt.toISOString(),
      confirmed_by: account.confirmedBy ?? null,
    })),
  };
}

const strandedJson = ({ links }: Hub, { id, title }: OpenApproval) => ({
  id,
  title,
  page: approvalPage(links, id),
});

const emailTaken: Problem = {
  status: 409,
  code: "email_taken",
  title: "The e-mail address belongs to somebody else",
  detail: "Two people of a hub never share an address: it may be what tells them apart.",
  hint: "Correct the address, or change the other person first.",
};

const lastAdmin: Problem = {
  status: 409,
  code: "last_admin",
  title: "Nobody else is admin",
  detail: "Without an admin nobody could look after this hub.",
  hint: "Give somebody else the role admin first. Nothing was changed.",
};

const ownAccount: Problem = {
  status: 409,
  code: "own_account",
  title: "Nobody suspends themselves",
  detail: "The key or session belongs to the person who would be suspended.",
  hint: "Ask another admin.",
};

const isSuspended = ({ name }: Person): Problem => ({
  status: 409,
  code: "person_suspended",
  title: "This person is suspended",
  detail: `${name} may not sign in, so a link would lead nowhere.`,
  hint: "Restore the person first.",
});

const stale = ({ revision, name }: Person): Problem => ({
  status: 412,
  code: "person_stale",
  title: "Somebody changed this person meanwhile",
  detail: `${name} is at revision ${revision}; If-Match names another.`,
  hint: "Read the person again, and send your change with the new ETag.",
});

const personMissing: Problem = {
  status: 403,
  code: "person_missing",
  title: "This key belongs to no person",
  detail: "Who suspends somebody is written down, so it takes a person's key or session.",
  hint: "Use an admin's key.",
};
