import { z } from "zod";
import { roles } from "../../domain/person.ts";
import type { Operation } from "./operation.ts";
import { listOf, signInLinkSchema } from "./schemas.ts";

export const personSchema = z.object({
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

/** A person's name, as people read it. */
const personName = z.string().trim().min(1).max(100);
/** Each role once. */
const heldRoles = z.array(z.enum(roles)).transform((held) => [...new Set(held)]);

export const personDraftSchema = z.strictObject({
  name: personName,
  email: z.email().max(254).optional(),
  roles: heldRoles.default([]),
});

export const personChangeSchema = z.strictObject({
  name: personName.optional(),
  email: z.email().max(254).nullable().optional().describe("null: none"),
  roles: heldRoles.optional(),
});

export const groupSchema = z.object({
  id: z.string(),
  name: z.string(),
  members: z.array(z.string()).describe("Ids of people"),
  policies: z.array(z.string()).describe("Names of the policies that ask this group"),
});

export const groupDraftSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  members: z
    .array(z.string())
    .max(1_000)
    .default([])
    .transform((ids) => [...new Set(ids)])
    .describe("Ids of people"),
});

const json = ["application/json"];

/** What the document says of people and groups. */
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
    body: { types: json, schema: personDraftSchema },
    answer: { status: 201, schema: personSchema },
    refusals: [400, 401, 403, 409, 422],
  },
  {
    method: "get",
    path: "/v1/people/{id}",
    summary: "Read one person; the revision is the ETag",
    answer: { status: 200, schema: personSchema },
    refusals: [401, 403, 404],
  },
  {
    method: "patch",
    path: "/v1/people/{id}",
    summary: "Change name, e-mail address or roles; never the last admin's role",
    headers: ["If-Match"],
    body: { types: json, schema: personChangeSchema },
    answer: { status: 200, schema: personSchema },
    refusals: [400, 401, 403, 404, 409, 412, 422, 428],
  },
  {
    method: "post",
    path: "/v1/people/{id}/links",
    summary: "Make an invitation to hand over: a link that signs in once, within a day",
    answer: { status: 201, schema: signInLinkSchema },
    refusals: [401, 403, 404, 409],
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
  {
    method: "get",
    path: "/v1/groups",
    summary: "List groups by name, with the policies that ask them",
    answer: { status: 200, schema: listOf(groupSchema) },
    refusals: [401, 403],
  },
  {
    method: "post",
    path: "/v1/groups",
    summary: "Make a group of people for policies to name",
    body: { types: json, schema: groupDraftSchema },
    answer: { status: 201, schema: groupSchema },
    refusals: [400, 401, 403, 409, 422],
  },
  {
    method: "get",
    path: "/v1/groups/{id}",
    summary: "Read one group; the revision is the ETag",
    answer: { status: 200, schema: groupSchema },
    refusals: [401, 403, 404],
  },
  {
    method: "put",
    path: "/v1/groups/{id}",
    summary: "Replace a group; its name stays while policies ask it",
    headers: ["If-Match"],
    body: { types: json, schema: groupDraftSchema },
    answer: { status: 200, schema: groupSchema },
    refusals: [400, 401, 403, 404, 409, 412, 422, 428],
  },
  {
    method: "delete",
    path: "/v1/groups/{id}",
    summary: "Remove a group that no policy asks",
    headers: ["If-Match"],
    answer: { status: 204 },
    refusals: [401, 403, 404, 409, 412, 428],
  },
];
