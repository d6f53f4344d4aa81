import express, { type Request, type Router } from "express";
import { z } from "zod";
import type { OpenApproval } from "../../domain/approval.ts";
import { parseId } from "../../domain/ids.ts";
import { type LinkedAccount, type Person, roles } from "../../domain/person.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import { approvalPage } from "../../messages/approval-card.ts";
import { accessOf } from "../access.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem, readList, readPage } from "./lists.ts";
import { notFound } from "./not-found.ts";
import type { Operation } from "./openapi.ts";
import { readBody } from "./read-body.ts";
import { listOf } from "./schemas.ts";

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(z.enum(roles)),
  suspended_at: z.iso.datetime().nullable(),
  accounts: z.array(
    z.object({
      id: z.string().describe("Platform, workspace and user"),
      name: z.string().nullable(),
      linked_at: z.iso.datetime(),
      confirmed_by: z.string().nullable().describe("The admin who agreed, where one had to"),
    }),
  ),
});

const suspendedSchema = z.object({
  person: personSchema,
  stranded: z
    .array(z.object({ id: z.string(), title: z.string(), page: z.string() }))
    .describe("Open requests that too few people are left to approve"),
});

const draftSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254).optional(),
  roles: z.array(z.enum(roles)).default([]),
});

/** What the document says of people. */
export const peopleOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/people",
    summary: "List people with their chat accounts",
    query: ["limit", "order", "after"],
    answer: { status: 200, schema: listOf(personSchema) },
    refusals: [401, 403, 422],
  },
  {
    method: "post",
    path: "/v1/people",
    summary: "Add a person; a sign-in link or a chat account comes after",
    body: { types: ["application/json"], schema: draftSchema },
    answer: { status: 201, schema: personSchema },
    refusals: [400, 401, 403, 409, 422],
  },
  {
    method: "post",
    path: "/v1/people/{id}/suspend",
    summary: "End a person's sessions, keys, links and votes at once",
    answer: { status: 200, schema: suspendedSchema },
    refusals: [401, 403, 404, 409],
  },
  {
    method: "post",
    path: "/v1/people/{id}/restore",
    summary: "Let a suspended person in again",
    answer: { status: 200, schema: personSchema },
    refusals: [401, 403, 404],
  },
];

/** People: the list, adding, suspending and restoring. For admins. */
export function peopleRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const { store, organization, people } = hub;
  const shown = async (person: Person) => personJson(person, await people.accountsOf(person.id));
  const find = (request: Request) => {
    const id = parseId("person", request.params["id"]);
    return id ? people.get(id) : undefined;
  };

  router.get("/v1/people", allow("admin"), async (request, response) => {
    const asked = readList(request);
    if (isProblem(asked)) return sendProblem(response, asked);
    const page = await readPage(store.people, "byName", [organization], asked, () => true);
    response.json({ items: await Promise.all(page.items.map(shown)), next: page.next });
  });
  router.post("/v1/people", allow("admin"), async (request, response) => {
    const draft = readBody(request, draftSchema, ["name", "email", "roles"]);
    if (isProblem(draft)) return sendProblem(response, draft);
    const { email, ...fields } = draft;
    const added = await people.add({ ...fields, ...(email === undefined ? {} : { email }) });
    if (added === "email_taken") return sendProblem(response, emailTaken);
    response.status(201).json(await shown(added));
  });
  router.post("/v1/people/:id/suspend", allow("admin"), async (request, response) => {
    const person = await find(request);
    if (!person) return sendProblem(response, notFound("person"));
    const by = accessOf(response).person;
    if (!by) return sendProblem(response, personMissing);
    if (by.id === person.id) return sendProblem(response, ownAccount);
    const suspended = await people.suspend(person.id, by.id);
    if (!suspended) return sendProblem(response, notFound("person"));
    response.json({
      person: await shown(suspended.person),
      stranded: suspended.stranded.map((approval) => strandedJson(hub, approval)),
    });
  });
  router.post("/v1/people/:id/restore", allow("admin"), async (request, response) => {
    const person = await find(request);
    const restored = person && (await people.restore(person.id));
    if (!restored) return sendProblem(response, notFound("person"));
    response.json(await shown(restored));
  });
  return router;
}

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

const ownAccount: Problem = {
  status: 409,
  code: "own_account",
  title: "Nobody suspends themselves",
  detail: "The key or session belongs to the person who would be suspended.",
  hint: "Ask another admin.",
};

const personMissing: Problem = {
  status: 403,
  code: "person_missing",
  title: "This key belongs to no person",
  detail: "Who suspends somebody is written down, so it takes a person's key or session.",
  hint: "Use an admin's key.",
};
