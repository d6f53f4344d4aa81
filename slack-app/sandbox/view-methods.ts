import { validateView } from "../outbound/limits.ts";
import { type Answer, ok, refuse, textOf } from "./answers.ts";
import type { Dialog, ViewRefusal } from "./dialogs.ts";
import { type Arguments, structured } from "./http.ts";
import type { Caller, Rig } from "./rig.ts";
import { viewFields, viewFrame } from "./shapes.ts";

function answerOf(rig: Rig, shown: Dialog | ViewRefusal): Answer {
  if ("error" in shown) return refuse(shown.error, shown.details);
  return ok({ view: viewFields(rig, shown) });
}

/** `views.open`. */
export const openView = (rig: Rig, given: Arguments): Answer =>
  answerOf(rig, rig.dialogs.open(textOf(given["trigger_id"]), structured(given["view"])));

/** `views.update`. */
export function updateView(rig: Rig, given: Arguments): Answer {
  const hash = given["hash"] === undefined ? undefined : textOf(given["hash"]);
  const view = structured(given["view"]);
  return answerOf(rig, rig.dialogs.replace(textOf(given["view_id"]), view, hash));
}

type Thing = Readonly<Record<string, unknown>>;

/** A Home is checked as a dialog is: the same blocks, without a title. */
function homeTroubles(view: unknown): readonly string[] {
  const isHome = typeof view === "object" && view !== null && (view as Thing)["type"] === "home";
  if (!isHome) return ["[ERROR] must be home [json-pointer:/view/type]"];
  const title = { type: "plain_text", text: "Home" };
  const errors = validateView({ ...(view as Thing), type: "modal", title, submit: title });
  return errors.map((one) => `[ERROR] ${one.message} [json-pointer:${one.pointer}]`);
}

/** `views.publish`: give one person their Home. */
export function publishView(rig: Rig, given: Arguments, { grant }: Caller): Answer {
  const person = rig.members.get(textOf(given["user_id"]));
  const team = rig.world.teams.find(({ id }) => id === person?.workspace);
  if (!person || !team || !grant.teams.includes(team.id)) return refuse("user_not_found");
  const view = structured(given["view"]);
  const troubles = homeTroubles(view);
  if (troubles.length > 0) return refuse("invalid_arguments", troubles);
  const id = rig.world.idOf("V", `home ${person.id}`);
  const published = { ...viewFrame(rig, team, id), ...(view as Thing) };
  rig.homes.give(person.id, published);
  return ok({ view: published });
}
