import { actAs } from "../audit/acting.ts";
import type { Chosen } from "../channels/choices.ts";
import { routeCodes } from "../channels/route-health.ts";
import { isChannel } from "../domain/destination.ts";
import type { Message } from "../domain/message.ts";
import { isRouter, type Person } from "../domain/person.ts";
import type { CardLinks } from "../messages/approval-card.ts";
import {
  chosenCard,
  foundPicker,
  mostChoices,
  nativePicker,
  notChosenCard,
  notConnected,
  notRouter,
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
      if (visit.platform === "slack") return nativePicker();
      return foundPicker(await deps.channels.search(standing.record.id, part, mostChoices));
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
      return answerOf(deps, standing, chosen);
    },
  };
}

async function standingOf(deps: PickingDeps, visit: Visit): Promise<Standing> {
  const { platform, workspace } = visit;
  const person = visit.outsider ? undefined : (await findVoter(deps, visit))?.person;
  if (!person) return { kind: "refused", message: await deps.greet(visit) };
  const refuse = (because: string) =>
    ({ kind: "refused", message: notChosenCard(because) }) as const;
  if (person.suspended) {
    return refuse(refusalText({ because: "suspended" }, platform, deps.clock.now()));
  }
  if (!isRouter(person)) return refuse(notRouter);
  const record = await deps.recordOf(platform, workspace);
  if (record?.organization !== deps.organization) return refuse(notConnected);
  return { kind: "may", person, record };
}

async function answerOf(
  { links, channels }: PickingDeps,
  { person, record }: Extract<Standing, { kind: "may" }>,
  chosen: Chosen,
): Promise<Message> {
  if (chosen.kind === "refused") return notChosenCard(chosen.text);
  const { destination } = chosen;
  const waits = isChannel(destination) && destination.broken?.code === routeCodes.notIn;
  const [line] = waits ? (await channels.search(record.id, destination.channelId, 1)).items : [];
  return chosenCard(destination, {
    person: person.name,
    page: `${links.hubUrl}/workspaces/${record.id}/destinations/${destination.id}`,
    remark: line?.blocked ?? "",
  });
}
