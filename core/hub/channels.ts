import { chooseChannel, moveDestination } from "../channels/choose.ts";
import type { ChannelDeps } from "../channels/deps.ts";
import { followTeamLeft } from "../channels/follow.ts";
import { hearOfChannel } from "../channels/late-news.ts";
import { askForListing, askForMissing, listDue } from "../channels/listing.ts";
import { createRouteLook } from "../channels/look.ts";
import { findPlaceToTry } from "../channels/place-to-try.ts";
import { breakRoute, healRoute } from "../channels/route-health.ts";
import { createChannelSearch } from "../channels/search.ts";
import { helloType } from "../domain/destination.ts";
import type { DestinationId, EventId } from "../domain/ids.ts";
import type { JsonObject } from "../domain/json.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import { findType } from "../event-types/find-type.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { Random } from "../ports/random.ts";
import type { ChannelNews } from "../ports/workspace-news.ts";
import type { createBackground } from "./background.ts";
import type { Rules } from "./rules.ts";
import type { Channels } from "./workspaces.ts";

export interface ChannelsDeps extends ChannelDeps {
  readonly random: Random;
  readonly rules: Rules;
  readonly raise: (raised: RaisedEvent) => Promise<EventId>;
  readonly background: Pick<ReturnType<typeof createBackground>, "run">;
}

/** Channels for people, and what keeps them true meanwhile. */
export interface ChannelKeeper {
  readonly channels: Channels;
  /** Do what news of a channel asks for. */
  follow(news: ChannelNews): Promise<void>;
  /** Teams: a team has the app no more. */
  teamLeft(record: InstallationRecord, team: string, because: "removed" | "deleted"): Promise<void>;
  /** A send found that nothing arrives there: the platform's own code, and when it was found. */
  lost(destination: DestinationId, code: string, at: Date): Promise<void>;
  /** A post has arrived there: whatever was wrong is over. */
  arrived(destination: DestinationId): Promise<void>;
  /** Look at the channels of an installation's destinations: a scheduled look, and one that an admin asked for. */
  lookAt(record: InstallationRecord): Promise<void>;
  /** Have listed what never was. */
  begin(): Promise<void>;
  /** Go on with every listing that is due. */
  tick(): Promise<void>;
}

/** Keep the channels of one organization. */
export function createChannels(deps: ChannelsDeps): ChannelKeeper {
  const { organization, store, random, raise, background } = deps;
  return {
    channels: {
      search: createChannelSearch(deps),
      choose: (id, wish) => chooseChannel(deps, id, wish),
      placeToTry: (id, wish) => findPlaceToTry(deps, id, wish),
      move: async (id, wish) => moveDestination(deps, id, wish, (await deps.rules.current()).rules),
      hello: async (id, by, sample) => {
        const destination = await store.destinations.get(id);
        if (destination?.organization !== organization) return undefined;
        const event = await raise({
          type: helloType,
          occasion: random.id("event"),
          subject: destination.name,
          level: "info",
          to: id,
          data: {
            title: "Countersign can post here",
            asked_by: by,
            ...(await sampleOf(deps, sample)),
          },
        });
        return { event };
      },
      refresh: (id) => background.run("channels", () => askForListing(deps, id)),
    },
    follow: (news) => hearOfChannel(deps, news),
    teamLeft: (record, team, because) => followTeamLeft(deps, record, team, because),
    lost: (destination, code, at) => breakRoute(deps, destination, code, at),
    arrived: (destination) => healRoute(deps, destination),
    lookAt: createRouteLook(deps),
    begin: () => askForMissing(deps),
    tick: () => listDue(deps),
  };
}

/** The sample of a type, as a hello carries it. */
async function sampleOf(
  { store, organization }: ChannelsDeps,
  named: string | undefined,
): Promise<JsonObject> {
  const type = named && (await findType(store, organization, named));
  if (!type) return {};
  const { name, sample } = type;
  const subject = sample.subject === undefined ? {} : { subject: sample.subject };
  return { sample: { type: name, ...subject, data: sample.data } };
}
