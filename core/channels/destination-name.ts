import { type Destination, destinationNamePattern } from "../domain/destination.ts";
import type { DestinationId } from "../domain/ids.ts";
import { nameBadText, nameTakenText } from "../messages/channel-texts.ts";
import { languageNow } from "../words/say.ts";
import { type ChoiceRefusal, refuse } from "./choices.ts";
import type { ChannelDeps } from "./deps.ts";

type Deps = Pick<ChannelDeps, "store" | "organization">;

/** Find out whether another destination has this name. */
async function isNameTaken(
  { store, organization }: Deps,
  name: string,
  except?: DestinationId,
): Promise<boolean> {
  const named = await store.destinations.scan("byName", { prefix: [organization, name], limit: 3 });
  return named.some(({ id }) => id !== except);
}

/** Say why a destination cannot have this name; undefined when it can. */
export async function nameTrouble(
  deps: Deps,
  name: string,
  except?: DestinationId,
): Promise<ChoiceRefusal | undefined> {
  if (!destinationNamePattern.test(name)) return refuse("name_bad", nameBadText(languageNow()));
  if (await isNameTaken(deps, name, except))
    return refuse("name_taken", nameTakenText(name, languageNow()));
  return undefined;
}

/** The longest name (SURFACE §8), less room for a number at its end. */
const longest = 96;

/**
 * Find a free name for a channel: what people call it; else that with its workspace before it, as a team stands before
 * its channel; else that with a number.
 */
export async function freeName(deps: Deps, channel: string, workspace: string): Promise<string> {
  const plain = allowed(channel);
  const long = allowed(`${workspace} › ${channel}`);
  for (let number = 1; ; number += 1) {
    const name = [plain, long][number - 1] ?? `${long} ${number - 1}`;
    if (name !== "" && !(await isNameTaken(deps, name))) return name;
  }
}

const allowed = (name: string) =>
  [...name.replace(/[^\p{L}\p{M}\p{N} #\-_.›/]+/gu, " ").trim()].slice(0, longest).join("");

/**
 * See that a name that was just written is the only one of its kind: two who wrote it at the same moment both see the
 * other's, and whoever sees one takes its own back.
 */
export async function isAlone(deps: Deps, { id, name }: Destination): Promise<boolean> {
  return !(await isNameTaken(deps, name, id));
}
