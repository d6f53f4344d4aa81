import express, { type Request, type Response, type Router } from "express";
import type { Event } from "../../domain/event.ts";
import type { EventType } from "../../domain/event-type.ts";
import { parseId } from "../../domain/ids.ts";
import type { ProblemAt } from "../../domain/problem.ts";
import {
  type DefinitionText,
  definitionNames,
  definitionSchema,
} from "../../event-types/definition-schema.ts";
import { writeDefinition } from "../../event-types/definition-text.ts";
import type { TypeUser } from "../../hub/event-types.ts";
import { errorsOf } from "../../ingest/parse-event.ts";
import { parseJson } from "../../ingest/parse-json.ts";
import type { Pictures } from "../../ports/pictures.ts";
import { say, sayKept } from "../../words/say.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import { sendErrorPage, sendNotFound } from "../page-errors.ts";
import { type DrawnDraft, renderTypeEditPage } from "../pages/type-edit-page.tsx";
import { renderTypePage } from "../pages/type-page.tsx";
import { renderTypesPage } from "../pages/types-page.tsx";
import { mayRoute, routersOnly } from "./rule-routes.ts";

/** The catalogue under Routing: all types, one with its pictures, writing it, on and off. */
export function typeRoutes(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  const change = [routersOnly(deps), csrf];
  router.get("/routing/types", (request, response) => list(deps, request, response));
  router.get("/routing/edit-type", routersOnly(deps), (request, response) =>
    edit(deps, request, response),
  );
  router.post("/routing/edit-type", ...change, (request, response) =>
    save(deps, request, response),
  );
  router.get("/routing/types/:name", withType(deps, show));
  router.post("/routing/types/:name/turn", ...change, withType(deps, turn));
  router.post("/routing/types/:name/remove", ...change, withType(deps, remove));
  return router;
}

interface Asked {
  readonly deps: PageDeps;
  readonly type: EventType;
  readonly request: Request;
  readonly response: Response;
}

function withType(deps: PageDeps, step: (asked: Asked) => Promise<void>) {
  return async (request: Request, response: Response) => {
    const type = await deps.hub.eventTypes.get(String(request.params["name"]));
    if (!type) return sendNotFound(deps, request, response, "event type");
    return step({ deps, type, request, response });
  };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const pathOf = ({ name }: Pick<EventType, "name">) => `/routing/types/${encodeURIComponent(name)}`;

async function list(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { eventTypes } = deps.hub;
  const search = textOf(request.query["q"]).trim();
  const all = await eventTypes.list();
  const wanted = search.toLowerCase();
  const types = all.filter(({ name, about }) =>
    `${name} ${about} ${sayKept(about)}`.toLowerCase().includes(wanted),
  );
  const html = renderTypesPage({
    ...{ frame: await frameOf(deps, request), search, mayChange: mayRoute(request.user) },
    types: types.map((type) => ({ type, origin: eventTypes.originOf(type) })),
  });
  sendPage(response, html);
}

async function show({ deps, type, request, response }: Asked): Promise<void> {
  const { store, organization, eventTypes } = deps.hub;
  const kept = await store.events.scan("byType", {
    ...{ prefix: [organization, type.name], order: "descending", limit: mostDrawn },
  });
  const events = kept.map(({ event }) => event);
  const drawn = await drawnEvent(deps, type, textOf(request.query["event"]));
  const { missing, trouble, ...messages } = await eventTypes.preview(type, drawn);
  const pictures = await deps.draw?.(messages);
  const html = renderTypePage({
    ...{ frame: await frameOf(deps, request), type, missing, trouble, pictures },
    events: drawn && !events.some(({ id }) => id === drawn.id) ? [drawn, ...events] : events,
    drawn: drawn?.id,
    mistakes: pictures ? await mistakesIn(deps, pictures) : [],
    origin: eventTypes.originOf(type),
    mayChange: mayRoute(request.user),
    saved: request.query["saved"] !== undefined,
  });
  sendPage(response, html);
}

/** So many of the last events can be drawn in place of the sample. */
const mostDrawn = 5;

/** An event of the type that somebody wants to see drawn. */
async function drawnEvent(
  { hub: { store, organization } }: PageDeps,
  { name }: EventType,
  asked: string,
): Promise<Event | undefined> {
  const id = parseId("event", asked);
  const accepted = id && (await store.events.get(id));
  const isOurs = accepted?.organization === organization && accepted.event.type === name;
  return isOurs ? accepted.event : undefined;
}

/** What each chat says against the picture of it. */
async function mistakesIn({ check }: PageDeps, { slack, teams }: Pictures) {
  if (!check) return [];
  return (await Promise.all([check("slack", slack), check("teams", teams)])).flat();
}

/** What a new type begins with: every part that most need. */
const fresh: DefinitionText = {
  name: "",
  about: "",
  level: "info",
  on: true,
  schema: {
    type: "object",
    properties: { service: { type: "string" } },
    required: ["service"],
  },
  sample: { subject: "web", data: { service: "web" } },
  texts: {
    title: "{{ data.service }} needs a look",
    facts: [{ label: "Service", value: "{{ data.service }}" }],
  },
  approval: { kind: "no" },
};

async function edit(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const name = textOf(request.query["name"]);
  const type = name === "" ? undefined : await deps.hub.eventTypes.get(name);
  if (name !== "" && !type) return sendNotFound(deps, request, response, "event type");
  const text = JSON.stringify(type ? writeDefinition(type) : fresh, null, 2);
  await sendEdit(deps, request, response, {
    ...{ original: name, text, errors: [] },
    revision: type ? String(type.revision) : "",
  });
}

interface Drafted {
  /** The name of the type that is changed; empty for a new one. */
  readonly original: string;
  readonly revision: string;
  readonly text: string;
  readonly errors: readonly ProblemAt[];
}

async function sendEdit(
  deps: PageDeps,
  request: Request,
  response: Response,
  drafted: Drafted,
): Promise<void> {
  const html = renderTypeEditPage({
    ...{ frame: await frameOf(deps, request), ...drafted },
    drawn: drafted.errors.length === 0 ? await drawDraft(deps, drafted.text) : undefined,
  });
  sendPage(response, html, drafted.errors.length > 0 ? 422 : 200);
}

/** What the sample of a draft would post; undefined where that cannot be said, or no chat can be drawn. */
async function drawDraft(deps: PageDeps, text: string): Promise<DrawnDraft | undefined> {
  const read = readDefinitionText(text);
  if (read.kind === "invalid" || !deps.draw) return undefined;
  const { type, errors } = await deps.hub.eventTypes.draft(read.written);
  // A type that does not exist yet has no name at first, which keeps nobody from looking at it.
  if (errors.some(({ pointer }) => pointer !== "/name")) return undefined;
  const { missing, trouble, ...messages } = await deps.hub.eventTypes.preview(type);
  const pictures = await deps.draw(messages);
  return { pictures, missing, trouble, mistakes: await mistakesIn(deps, pictures) };
}

async function save(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const form = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const drafted = {
    original: textOf(form["original"]),
    revision: textOf(form["revision"]),
    text: textOf(form["text"]),
  };
  const again = (errors: readonly ProblemAt[]) =>
    sendEdit(deps, request, response, { ...drafted, errors });
  const read = readDefinitionText(drafted.text);
  if (read.kind === "invalid") return again(read.errors);
  const { written } = read;
  if (form["do"] === "preview") {
    return again((await deps.hub.eventTypes.draft(written)).errors);
  }
  if (drafted.original !== "" && written.name !== drafted.original) {
    return again([
      { pointer: "/name", message: say`a type keeps its name, "${drafted.original}"` },
    ]);
  }
  const revision = /^\d+$/.test(drafted.revision) ? Number(drafted.revision) : undefined;
  const saved = await deps.hub.eventTypes.save(written, revision);
  switch (saved.kind) {
    case "saved":
    case "unchanged":
      return response.redirect(303, `${pathOf(saved.type)}?saved`);
    case "invalid":
      return again(saved.errors);
    case "unread":
      return again([
        { pointer: "/name", message: say`there is a type of this name; change that one` },
      ]);
    case "stale":
      return again([
        { pointer: "", message: say`somebody saved this type meanwhile; open it again to see it` },
      ]);
  }
}

type ReadText =
  | { readonly kind: "read"; readonly written: DefinitionText }
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

function readDefinitionText(text: string): ReadText {
  const json = parseJson(text);
  if (json.kind === "refused") {
    const { detail, hint } = json.problem;
    return {
      kind: "invalid",
      errors: [{ pointer: "", message: `${detail} ${hint ?? ""}`.trim() }],
    };
  }
  const read = definitionSchema.safeParse(json.value);
  return read.success
    ? { kind: "read", written: read.data }
    : { kind: "invalid", errors: errorsOf(read.error, "", definitionNames) };
}

async function turn({ deps, type, response }: Asked): Promise<void> {
  await deps.hub.eventTypes.turn(type.name, type.off === true);
  response.redirect(303, `${pathOf(type)}?saved`);
}

const sayUser = ({ kind, name }: TypeUser) =>
  kind === "pin" ? say`the pin ${name}` : say`the rule ${name}`;

async function remove({ deps, type, request, response }: Asked): Promise<void> {
  const removed = await deps.hub.eventTypes.remove(type.name, type.revision);
  if (removed.kind === "removed") {
    return response.redirect(303, removed.builtin ? `${pathOf(type)}?saved` : "/routing/types");
  }
  const users = removed.kind === "in_use" ? removed.users.map(sayUser).join(", ") : "";
  return sendErrorPage(deps, request, response, {
    status: 409,
    title: say`The event type stays`,
    detail: users === "" ? say`It has changed meanwhile.` : say`It is named by ${users}.`,
    hint: users === "" ? say`Look at it again.` : say`Take it out there first.`,
    next: { href: pathOf(type), label: say`Back to the type` },
  });
}
