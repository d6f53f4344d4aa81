import express, { type Request, type Response, type Router } from "express";
import type { Delivery } from "../../domain/delivery.ts";
import type { ChatChannel } from "../../domain/destination.ts";
import { parseId } from "../../domain/ids.ts";
import type { Person } from "../../domain/person.ts";
import { deliveriesOfId } from "../../hub/deliveries-of.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import { sendNotFound } from "../page-errors.ts";
import { type AddedRule, renderDestinationPage } from "../pages/destination-page.tsx";
import { destinationAddress } from "../pages/workspace-channels.tsx";
import { readTypeNames } from "../read-type-names.ts";
import { addRule, describeAdded } from "./add-rule.ts";
import { findDestination } from "./find.ts";
import { readLastPosts } from "./last-posts.ts";
import { watchPage } from "./watch-page.ts";
import { withWorkspace } from "./workspace-routes.ts";

/** The page of a destination: hello, what goes there, and adding a rule. */
export function destinationRoutes(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  const place = "/workspaces/:id/destinations/:destination";
  router.get(
    place,
    withDestination(deps, (one) => show(deps, one)),
  );
  router.get(`${place}/stream`, withDestination(deps, stream(deps)));
  router.post(`${place}/hello`, csrf, withDestination(deps, hello(deps)));
  router.post(`${place}/rules`, csrf, withDestination(deps, route(deps)));
  return router;
}

interface Asked {
  readonly view: WorkspaceView;
  readonly destination: ChatChannel;
  readonly request: Request;
  readonly response: Response;
}

const withDestination = (deps: PageDeps, step: (asked: Asked) => Promise<void>) =>
  withWorkspace(deps, async (_deps, view, request, response) => {
    const { destination: text } = request.params;
    const destination = await findDestination(deps, view, text);
    if (!destination) return sendNotFound(deps, request, response, "destination");
    return step({ view, destination, request, response });
  });

async function show(deps: PageDeps, asked: Asked, refused?: AddedRule): Promise<void> {
  const { view, destination, request, response } = asked;
  const { hub } = deps;
  const { query } = request;
  const [frame, rules, policies, types, parts] = await Promise.all([
    frameOf(deps, request),
    hub.rules.current(),
    hub.store.policies.scan("byName", { prefix: [hub.organization], limit: 200 }),
    readTypeNames(deps.hub),
    readParts(deps, asked),
  ]);
  const name = query["added"];
  const wasAdded = typeof name === "string" && rules.rules.some((rule) => rule.name === name);
  const added = refused ?? (wasAdded ? describeAdded(rules, name) : undefined);
  const html = renderDestinationPage({
    ...{ frame, view, destination, rules, types, added },
    ...parts,
    policies: policies.map(({ policy }) => policy.name),
    fresh: query["done"] === "chosen",
  });
  sendPage(response, html, refused ? 422 : 200);
}

async function readParts({ hub }: PageDeps, { destination, request }: Asked) {
  const event = parseId("event", request.query["hello"]);
  const [lastPosts, deliveries] = await Promise.all([
    readLastPosts(hub),
    event ? deliveriesOfId(hub.store, event) : [],
  ]);
  const isHere = ({ task }: Delivery) =>
    task.kind === "post" && task.destination === destination.id;
  return {
    lastPost: lastPosts.get(destination.id),
    hello: event ? { event, delivery: deliveries.find(isHere) } : undefined,
  };
}

const stream = (deps: PageDeps) => (asked: Asked) =>
  watchPage(asked.response, async () => {
    const { view, destination } = asked;
    const [now, place, parts] = await Promise.all([
      deps.hub.workspaces.get(view.id),
      deps.hub.store.destinations.get(destination.id),
      readParts(deps, asked),
    ]);
    const { lastPost, hello: said } = parts;
    return [now?.health, place, lastPost?.state, lastPost?.id, said?.delivery?.state];
  });

const hello = (deps: PageDeps) => async (asked: Asked) => {
  const { view, destination, request, response } = asked;
  const said = await deps.hub.channels.hello(destination.id, (request.user as Person).name);
  const address = destinationAddress(view, destination);
  response.redirect(
    303,
    said ? `${address}?${new URLSearchParams({ hello: said.event })}` : address,
  );
};

const route = (deps: PageDeps) => async (asked: Asked) => {
  const form = (asked.request.body ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof form[name] === "string" ? form[name].trim() : "");
  const wish = { type: text("type"), policy: text("policy"), version: Number(text("version")) };
  const added = await addRule(deps.hub, asked.destination, wish, asked.request.user as Person);
  if (added.kind === "refused") return show(deps, asked, added);
  const address = destinationAddress(asked.view, asked.destination);
  const query = new URLSearchParams({ added: added.rule });
  asked.response.redirect(303, `${address}?${query}#route`);
};
