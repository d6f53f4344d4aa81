import express, { type Request, type Response, type Router } from "express";
import { type PersonId, parseId } from "../domain/ids.ts";
import type { Group } from "../domain/person.ts";
import type { GroupRefused } from "../people/groups.ts";
import { say } from "../words/say.ts";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendNotFound } from "./page-errors.ts";
import { renderGroupPage } from "./pages/group-page.tsx";

/** Groups of people. Behind the door of `/people`. */
export function groupPages(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.get("/people/groups/new", (request, response) => show(deps, request, response));
  router.post("/people/groups/new", csrf, (request, response) => save(deps, request, response));
  router.get("/people/groups/:id", async (request, response) => {
    const group = await find(deps, request);
    if (!group) return sendNotFound(deps, request, response, "group");
    return show(deps, request, response, { group });
  });
  router.post("/people/groups/:id", csrf, async (request, response) => {
    const group = await find(deps, request);
    if (!group) return sendNotFound(deps, request, response, "group");
    return save(deps, request, response, group);
  });
  return router;
}

async function find({ hub }: PageDeps, request: Request): Promise<Group | undefined> {
  const id = parseId("group", request.params["id"]);
  return id && (await hub.people.groups.get(id));
}

/** How many people the page offers; who belongs to the group is among them, however many there are. */
const mostShown = 1_000;

interface Shown {
  readonly group?: Group;
  readonly typed?: { readonly name: string; readonly members: readonly PersonId[] };
  readonly mistake?: string;
}

async function show(
  deps: PageDeps,
  request: Request,
  response: Response,
  { group, typed, mistake }: Shown = {},
): Promise<void> {
  const { organization, people, store } = deps.hub;
  const [frame, everybody, policies] = await Promise.all([
    frameOf(deps, request),
    store.people.scan("byName", { prefix: [organization], limit: mostShown }),
    group ? people.groups.policiesOf(group.id) : [],
  ]);
  const members = typed?.members ?? group?.members ?? [];
  const shown = new Set(everybody.map(({ id }) => id));
  const others = members.filter((id) => !shown.has(id)).map((id) => people.get(id));
  const more = (await Promise.all(others)).filter((person) => person !== undefined);
  const html = renderGroupPage({
    ...{ frame, group, policies, mistake },
    saved: "saved" in request.query,
    people: [...everybody, ...more],
    name: typed?.name ?? group?.name ?? "",
    members: new Set(members),
  });
  sendPage(response, html, mistake === undefined ? 200 : 409);
}

async function save(
  deps: PageDeps,
  request: Request,
  response: Response,
  group?: Group,
): Promise<void> {
  const { groups } = deps.hub.people;
  const form = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const revision = Number(form["revision"]);
  const typed = { name: String(form["name"] ?? "").trim(), members: membersIn(form["members"]) };
  if (group && form["step"] === "remove") {
    const removed = await groups.remove(group.id, revision);
    if (removed.kind === "saved") return response.redirect(303, "/people");
    return show(deps, request, response, { group, mistake: sayWhy(removed) });
  }
  // What is corrected stays what was read at first, so that nobody who saved meanwhile is overwritten.
  const refused = { typed, ...(group ? { group: { ...group, revision } } : {}) };
  if (typed.name === "" || typed.name.length > 100) {
    const mistake = say`Give the group a name of at most 100 characters.`;
    return show(deps, request, response, { ...refused, mistake });
  }
  const saved = await (group ? groups.change(group.id, revision, typed) : groups.add(typed));
  if (saved.kind === "saved") {
    return response.redirect(303, `/people/groups/${saved.group.id}?saved`);
  }
  const kept = saved.kind === "stale" ? { group: saved.group } : refused;
  return show(deps, request, response, { ...kept, mistake: sayWhy(saved) });
}

const membersIn = (field: unknown): readonly PersonId[] =>
  (Array.isArray(field) ? field : [field]).flatMap((text) => parseId("person", text) ?? []);

function sayWhy(saved: GroupRefused): string {
  switch (saved.kind) {
    case "name_taken":
      return say`Another group has this name. Choose another one.`;
    case "in_use":
      return say`Policies ask this group (${saved.policies.join(", ")}), so it keeps its name and stays. Change them first.`;
    case "stale":
      return say`Somebody changed this group meanwhile. This is how it stands; nothing was saved.`;
    case "unknown_member":
    case "unknown":
      return say`Somebody of it is gone. Reload the page; nothing was saved.`;
  }
}
