import type { HeldFor } from "../deliveries/held.ts";
import type { PlaceTrouble } from "../deliveries/place-trouble.ts";
import type { EventId } from "../domain/ids.ts";
import type { RaisedEvent } from "../ingest/raise.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { NewsDesk } from "../ports/workspace-news.ts";
import type { createBackground } from "./background.ts";
import { createChannels } from "./channels.ts";
import { destinationBroken } from "./destination-broken.ts";
import { createDestinations, type Destinations } from "./destinations.ts";
import type { HubDeps } from "./hub-deps.ts";
import { createNewsDesk } from "./news.ts";
import type { Rules } from "./rules.ts";
import { createWorkspaceDoors, type WorkspaceDoors } from "./workspace-doors.ts";
import type { Channels } from "./workspaces.ts";

/** Where messages go: doors to workspaces, their channels, and the destinations made of them. */
export interface Places {
  readonly doors: WorkspaceDoors;
  readonly channels: Channels;
  /** Look at the channels of an installation's destinations now: news may never have come. */
  lookAtRoutes(record: InstallationRecord): Promise<void>;
  /** Note what a send found out about the place that it went to. */
  lost(trouble: PlaceTrouble): Promise<void>;
  /** List what never was listed, and go on with every listing that is due; a look every so many milliseconds. */
  beginListing(everyMs: number): void;
  readonly destinations: Destinations;
  readonly news: NewsDesk;
}

interface PlacesDeps {
  readonly rules: Rules;
  readonly raise: (raised: RaisedEvent) => Promise<EventId>;
  readonly background: ReturnType<typeof createBackground>;
  readonly forgetPlanning: () => void;
  /** Let out what was held for a workspace or a channel. */
  readonly release: (held: HeldFor) => Promise<unknown>;
}

/** Make the places of one hub. */
export function createPlaces(deps: HubDeps, given: PlacesDeps): Places {
  const { organization, store, clock } = deps;
  const { rules, raise, forgetPlanning: saved } = given;
  const doors = createWorkspaceDoors(deps);
  const keeper = createChannels({
    ...deps,
    ...given,
    ...doors,
    saved,
    healed: async ({ kind: platform, id: destination }) =>
      void (await given.release({ platform, kind: "channel", destination })),
    broke: async (destination) => {
      const fallback = destination.fallback && (await store.destinations.get(destination.fallback));
      const raised = destinationBroken(destination, fallback?.name);
      if (raised) await raise(raised);
    },
  });
  return {
    doors,
    channels: keeper.channels,
    lookAtRoutes: keeper.lookAt,
    lost: async (trouble) => {
      if (trouble.kind === "workspace_lost") return;
      await keeper.lost(trouble.destination, trouble.code);
    },
    beginListing: (everyMs) => {
      given.background.run("channels", keeper.begin);
      given.background.every(everyMs, "channels", keeper.tick);
    },
    destinations: createDestinations({ organization, store, rules, saved }),
    news: createNewsDesk({
      ...{ organization, store, clock },
      channel: keeper.follow,
      installation: async () => {},
    }),
  };
}
