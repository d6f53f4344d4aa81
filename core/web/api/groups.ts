import express, { type Request, type Response, type Router } from "express";
import type { z } from "zod";
import { parseId } from "../../domain/ids.ts";
import type { Group } from "../../domain/person.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import type { GroupDraft, GroupSaved } from "../../people/groups.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { etagOf, matchMissing, readIfMatch } from "./if-match.ts";
import { isProblem } from "./lists.ts";
import { notFound } from "./not-found.ts";
import { groupDraftSchema, type groupSchema } from "./people-operations.ts";
import { readBody } from "./read-body.ts";

/** Groups of people. For admins. */
export function groupRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const admin = allow("admin");
  const { groups } = hub.people;
  const find = async (request: Request) => {
    const id = parseId("group", request.params["id"]);
    return id && (await groups.get(id));
  };
  router.get("/v1/groups", admin, async (_request, response) => {
    const items = (await groups.list()).map((group) => groupJson(hub, group));
    response.json({ items: await Promise.all(items), next: null });
  });
  router.post("/v1/groups", admin, async (request, response) => {
    const draft = readDraft(request);
    if (isProblem(draft)) return sendProblem(response, draft);
    return answer(hub, response, await groups.add(draft), 201);
  });
  router.get("/v1/groups/:id", admin, async (request, response) => {
    const group = await find(request);
    return group ? send(hub, response, group) : sendProblem(response, notFound("group"));
  });
  router.put("/v1/groups/:id", admin, async (request, response) => {
    const [group, revision] = [await find(request), readIfMatch(request)];
    if (!group) return sendProblem(response, notFound("group"));
    if (revision === undefined) return sendProblem(response, matchNeeded(group));
    const draft = readDraft(request);
    if (isProblem(draft)) return sendProblem(response, draft);
    return answer(hub, response, await groups.change(group.id, revision, draft));
  });
  router.delete("/v1/groups/:id", admin, async (request, response) => {
    const [group, revision] = [await find(request), readIfMatch(request)];
    if (!group) return sendProblem(response, notFound("group"));
    if (revision === undefined) return sendProblem(response, matchNeeded(group));
    const removed = await groups.remove(group.id, revision);
    if (removed.kind !== "saved") return answer(hub, response, removed);
    response.status(204).end();
  });
  return router;
}

const matchNeeded = ({ id }: Group) => matchMissing("a group", `/v1/groups/${id}`);

function readDraft(request: Request): GroupDraft | Problem {
  const draft = readBody(request, groupDraftSchema, ["name", "members"]);
  if (isProblem(draft)) return draft;
  const members = draft.members.map((id) => parseId("person", id));
  const index = members.indexOf(undefined);
  return index === -1
    ? { name: draft.name, members: members.filter((id) => id !== undefined) }
    : memberUnknown(index);
}

async function answer(hub: Hub, response: Response, saved: GroupSaved, status = 200) {
  switch (saved.kind) {
    case "saved":
      return send(hub, response, saved.group, status);
    case "stale":
      response.setHeader("etag", etagOf(saved.group.revision));
      return sendProblem(response, stale(saved.group));
    case "name_taken":
      return sendProblem(response, nameTaken);
    case "unknown_member":
      return sendProblem(response, memberUnknown(saved.index));
    case "in_use":
      return sendProblem(response, inUse(saved.policies));
    case "unknown":
      return sendProblem(response, notFound("group"));
  }
}

async function send(hub: Hub, response: Response, group: Group, status = 200): Promise<void> {
  response.status(status).setHeader("etag", etagOf(group.revision));
  response.json(await groupJson(hub, group));
}

const groupJson = async (
  { people }: Hub,
  { id, name, members }: Group,
): Promise<z.infer<typeof groupSchema>> => ({
  ...{ id, name, members: [...members] },
  policies: [...(await people.groups.policiesOf(id))],
});

const nameTaken: Problem = {
  status: 409,
  code: "name_taken",
  title: "Another group has this name",
  detail: "Policies say groups by name, so no two groups share one.",
  hint: "Choose another name, or change the other group.",
};

const memberUnknown = (index: number): Problem => ({
  status: 422,
  code: "body_invalid",
  title: "The request is not valid",
  detail: `/members/${index}: there is no such person.`,
  hint: "GET /v1/people lists the ids. Nothing was changed.",
  errors: [{ pointer: `/members/${index}`, message: "there is no such person" }],
});

const inUse = (policies: readonly string[]): Problem => ({
  status: 409,
  code: "group_in_use",
  title: "Policies ask this group",
  detail: `It is named by ${policies.join(", ")}. Until then it keeps its name and stays.`,
  hint: "Change these policies first. Nothing was changed.",
});

const stale = ({ revision, name }: Group): Problem => ({
  status: 412,
  code: "group_stale",
  title: "Somebody changed this group meanwhile",
  detail: `${name} is at revision ${revision}; If-Match names another.`,
  hint: "Read the group again, and send your change with the new ETag.",
});
