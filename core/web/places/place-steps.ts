import type { Request, Response } from "express";
import type { Destination, HookKind } from "../../domain/destination.ts";
import { isChannel } from "../../domain/destination.ts";
import type { Person } from "../../domain/person.ts";
import { isRouter } from "../../domain/person.ts";
import type { WishTrouble } from "../../hub/destination-wish.ts";
import { say } from "../../words/say.ts";
import { typedOverlap } from "../api/read-overlap.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import { type PlacePageProps, renderPlacePage } from "../pages/places/place-page.tsx";
import { sayUserKind, sayUserName } from "../pages/places/user-words.ts";
import { readTypeNames } from "../read-type-names.ts";
import { blankPlace, readPlaceForm, type TypedPlace, typedOf, wishOfForm } from "./form.ts";
import { previewTyped, testSavedPlace, testTyped } from "./place-trials.ts";
import { readSaved } from "./read-saved.ts";

/** A destination that somebody asked for in the address. */
export interface Asked {
  readonly deps: PageDeps;
  readonly destination: Destination;
  readonly request: Request;
  readonly response: Response;
}

type Extra = Partial<
  Pick<PlacePageProps, "test" | "preview" | "flash" | "troubles" | "signingSecret">
>;
type Form = Readonly<Record<string, unknown>>;

const formOf = ({ body }: Request) => (body ?? {}) as Form;

/** The form of a new hook: shown empty, tested, previewed or saved. */
export async function addPlace(
  deps: PageDeps,
  kind: HookKind,
  request: Request,
  response: Response,
): Promise<void> {
  const fields = deps.hub.destinations.hooks.get(kind)?.fields ?? [];
  if (request.method === "GET") {
    return draw(deps, { kind, request, response, typed: blankPlace(fields) }, {});
  }
  const typed = readPlaceForm(formOf(request), fields);
  const asked = { kind, request, response, typed };
  const by = (request.user as Person).name;
  switch (formOf(request)["do"]) {
    case "test":
      return draw(deps, asked, await testTyped(deps, kind, typed, by, undefined));
    case "preview":
      return draw(deps, asked, { preview: await previewTyped(deps, kind, typed) });
    default: {
      const wish = wishOfForm(typed, kind);
      const made = await deps.hub.destinations.create({
        ...wish,
        ...{ kind, name: typed.name, values: typed.values },
      });
      if (made.kind === "refused") return draw(deps, asked, refusedBy(made.troubles), 422);
      const destination = made.destination as Destination;
      const flash = { tone: "ok", text: say`${typed.name} is saved. Name it in a rule.` } as const;
      const { signingSecret } = made;
      return draw(
        deps,
        { kind, request, response, typed: typedOf(destination), destination },
        { flash, ...(signingSecret === undefined ? {} : { signingSecret }) },
        201,
      );
    }
  }
}

const refusedBy = (troubles: readonly WishTrouble[]): Extra => ({
  troubles,
  flash: { tone: "bad", text: say`Not saved. ${troubles[0]?.text ?? ""}` },
});

/** Show a saved destination. */
export const showPlace = ({ deps, destination, request, response }: Asked): Promise<void> =>
  draw(
    deps,
    { kind: kindOf(destination), request, response, typed: typedOf(destination), destination },
    request.query["done"] === "saved" ? { flash: { tone: "ok", text: say`Saved.` } } : {},
  );

const kindOf = (destination: Destination) =>
  isChannel(destination) ? ("channel" as const) : destination.kind;

/** Test, preview or save what was typed over a saved destination. */
export async function savePlace(asked: Asked): Promise<void> {
  const { deps, destination, request, response } = asked;
  const kind = kindOf(destination);
  const form = formOf(request);
  const fields = kind === "channel" ? [] : (deps.hub.destinations.hooks.get(kind)?.fields ?? []);
  const typed = readPlaceForm(form, fields);
  const revision = Number(form["revision"]);
  // What is tested or corrected stays what was read at first, so that nobody who saved meanwhile is overwritten.
  const drawn = { kind, request, response, typed, destination: { ...destination, revision } };
  const by = (request.user as Person).name;
  if (form["do"] === "test") {
    const tested = isChannel(destination)
      ? await testSavedPlace(deps, destination, typed.sample, by)
      : await testTyped(deps, destination.kind, typed, by, destination);
    return draw(deps, drawn, tested);
  }
  if (form["do"] === "preview" && kind !== "channel") {
    return draw(deps, drawn, { preview: await previewTyped(deps, kind, typed) });
  }
  const wish = wishOfForm(typed, kind);
  const changed = await deps.hub.destinations.change(destination.id, revision, wish, by);
  switch (changed.kind) {
    case "saved":
      return response.redirect(303, `/destinations/${destination.id}?done=saved`);
    case "refused":
      return draw(deps, drawn, refusedBy(changed.troubles), 422);
    case "stale":
      return draw(
        deps,
        { ...drawn, destination: changed.destination },
        { flash: { tone: "bad", text: staleText() } },
        412,
      );
    case "unknown":
      return response.redirect(303, "/destinations");
  }
}

const staleText = () =>
  say`Somebody saved this destination meanwhile. What you typed stands below; look at what holds now, then save again.`;

/** Remove a destination that nothing needs. */
export async function removePlace({ deps, destination, request, response }: Asked): Promise<void> {
  const revision = Number(formOf(request)["revision"]);
  const removed = await deps.hub.destinations.remove(destination.id, revision);
  if (removed.kind === "removed" || removed.kind === "unknown") {
    return response.redirect(303, "/destinations");
  }
  const text =
    removed.kind === "in_use"
      ? say`It is needed by ${removed.users.map((user) => `${sayUserKind(user)} ${sayUserName(user)}`).join(", ")}. Let these use another destination, then remove it.`
      : staleText();
  const drawn = { kind: kindOf(destination), request, response, typed: typedOf(destination) };
  return draw(deps, { ...drawn, destination }, { flash: { tone: "bad", text } }, 409);
}

/** Send again what was given up here. */
export async function redeliverDead({ deps, destination, response }: Asked): Promise<void> {
  const { dead } = await readSaved(deps, destination);
  for (const id of dead) await deps.hub.redeliver(id);
  response.redirect(303, `/destinations/${destination.id}`);
}

/** Give a webhook a new signing secret, and show it this once. */
export async function newSecret({ deps, destination, request, response }: Asked): Promise<void> {
  const rotated = await deps.hub.destinations.rotateSecret(destination.id, typedOverlap(request));
  if (rotated.kind !== "rotated") return response.redirect(303, `/destinations/${destination.id}`);
  const { destination: now, secret: signingSecret } = rotated;
  const flash = { tone: "ok", text: say`${now.name} has a new signing secret.` } as const;
  const drawn = { kind: kindOf(now), request, response, typed: typedOf(now), destination: now };
  return draw(deps, drawn, { flash, signingSecret });
}

interface Drawn {
  readonly kind: HookKind | "channel";
  readonly request: Request;
  readonly response: Response;
  readonly typed: TypedPlace;
  readonly destination?: Destination;
}

async function draw(
  deps: PageDeps,
  { kind, request, response, typed, destination }: Drawn,
  extra: Extra,
  status = 200,
): Promise<void> {
  const { hub } = deps;
  const [frame, typeNames, all, saved] = await Promise.all([
    frameOf(deps, request),
    readTypeNames(hub),
    hub.destinations.list(),
    destination ? readSaved(deps, destination) : undefined,
  ]);
  const action = destination ? `/destinations/${destination.id}` : `/destinations/new/${kind}`;
  const html = renderPlacePage({
    ...{ frame, action, kind, typed, typeNames, troubles: [] },
    fields: kind === "channel" ? [] : (hub.destinations.hooks.get(kind)?.fields ?? []),
    shown: destination && !isChannel(destination) ? destination.shown : {},
    others: all.filter(({ id }) => id !== destination?.id),
    revision: destination?.revision,
    saved: saved?.view,
    mayChange: isRouter(request.user),
    ...extra,
  });
  sendPage(response, html, status);
}
