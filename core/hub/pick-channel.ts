import { actAs } from "../audit/acting.ts";
import type { Chosen } from "../channels/choices.ts";
import { isBrokenFor, routeCodes } from "../channels/route-health.ts";
import { isChannel } from "../domain/destination.ts";
import type { Language, Message } from "../domain/message.ts";
import { isRouter, type Person } from "../domain/person.ts";
import type { CardLinks } from "../messages/approval-card.ts";
import {
  chosenCard,
  foundPicker,
  mostChoices,
  nativePicker,
  notChosenCard,
  whyNotChoose,
} from "../messages/channel-cards.ts";
import { refusalText } from "../messages/texts.ts";
import { findVoter, type VoterDeps } from "../people/voter.ts";
import type { ChannelPicking } from "../ports/channel-picking.ts";
import type { Clock } from "../ports/clock.ts";
import type { Inbox, Visit } from "../ports/inbox.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { Channels } from "./workspaces.ts";

interface PickingDeps extends VoterDeps {
  readonly clock: Clock;
  readonly links: CardLinks;
  readonly channels: Pick<Channels, "search" | "choose">;
  /** What somebody sees whom the hub does not know. */
  readonly greet: Inbox["greet"];
}

/** Somebody who may choose, and under which installation; or what they are told. */
type Standing =
  | { readonly kind: "may"; readonly person: Person; readonly record: InstallationRecord }
  | { readonly kind: "refused"; readonly message: Message };

/** Let people choose channels from inside a chat: who routes in the console, routes here. */
export function createChannelPicking(deps: PickingDeps): ChannelPicking {
  return {
    pick: async (visit, part) => {
      const standing = await standingOf(deps, visit);
      if (standing.kind === "refused") return standing;
      const language = languageOf(standing.person, visit);
      if (visit.platform === "slack") return nativePicker(language);
      const found = await deps.channels.search(standing.record.id, part, mostChoices);
      return foundPicker(found, language);
    },
    choose: async (visit, channelId) => {
      const standing = await standingOf(deps, visit);
      if (standing.kind === "refused") return standing.message;
      const { person, record } = standing;
      const { id, name } = person;
      const wish = { workspace: visit.workspace, channelId };
      const chosen = await actAs({ kind: "person", id, name, via: visit.platform }, () =>
        deps.channels.choose(record.id, wish),
      );
      return answerOf(deps, standing, chosen, languageOf(person, visit));
    },
  };
}

/** What somebody has chosen for the console holds here; else what their chat says of them. */
const languageOf = ({ language }: Person, visit: Visit): Language | undefined =>
  language ?? visit.language;

async function standingOf(deps: PickingDeps, visit: Visit): Promise<Standing> {
  const { platform, workspace } = visit;
  const person = visit.outsider ? undefined : (await findVoter(deps, visit))?.person;
  if (!person) return { kind: "refused", message: await deps.greet(visit) };
  const language = languageOf(person, visit);
  const refuse = (because: string) =>
    ({ kind: "refused", message: notChosenCard(because, language) }) as const;
  if (person.suspended) {
    return refuse(refusalText({ because: "suspended" }, platform, deps.clock.now(), language));
  }
  if (!isRouter(person)) return refuse(whyNotChoose("notRouter", language));
  const record = await deps.recordOf(platform, workspace);
  if (record?.organization !== deps.organization)
    return refuse(whyNotChoose("notConnected", language));
  return { kind: "may", person, record };
}

async function answerOf(
  { links, channels }: PickingDeps,
  { person, record }: Extract<Standing, { kind: "may" }>,
  chosen: Chosen,
  language: Language | undefined,
): Promise<Message> {
  if (chosen.kind === "refused") return notChosenCard(chosen.text, language);
  const { destination } = chosen;
  const waits = isChannel(destination) && isBrokenFor(destination, [routeCodes.notIn]);
  const [line] = waits ? (await channels.search(record.id, destination.channelId, 1)).items : [];
  const shown = {
    person: person.name,
    page: `${links.hubUrl}/workspaces/${record.id}/destinations/${destination.id}`,
    remark: line?.blocked ?? "",
  };
  return chosenCard(destination, shown, language);
}
