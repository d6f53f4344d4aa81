import type { Audit } from "../audit/audit.ts";
import { isBrokenFor, routeCodes } from "../channels/route-health.ts";
import { countHeld, type HeldFor, releasePosts } from "../deliveries/held.ts";
import { hurryLane } from "../deliveries/hurry.ts";
import { channelLane } from "../deliveries/keys.ts";
import type { PlaceTrouble } from "../deliveries/place-trouble.ts";
import { editAgain } from "../deliveries/try-again.ts";
import type { DeliveredDelivery } from "../domain/delivery.ts";
import { type Destination, isChannel } from "../domain/destination.ts";
import type { DestinationId, EventId } from "../domain/ids.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { NewsDesk } from "../ports/workspace-news.ts";
import type { createBackground } from "./background.ts";
import { type ChannelKeeper, createChannels } from "./channels.ts";
import { createWorkspaceDesk, type WorkspaceDesk } from "./create-workspaces.ts";
import { destinationBroken } from "./destination-broken.ts";
import { createDestinations, type Destinations } from "./destinations.ts";
import type { HubDeps } from "./hub-deps.ts";
import { createNewsDesk } from "./news.ts";
import type { Rules } from "./rules.ts";
import type { Channels } from "./workspaces.ts";

/** Where messages go: connected workspaces, their channels, and the destinations made of them. */
export interface Places
  extends Pick<WorkspaceDesk, "workspaces" | "installations" | "connecting" | "doors"> {
  readonly channels: Channels;
  /** Look at the channels of an installation's destinations now: news may never have come. */
  lookAtRoutes(record: InstallationRecord): Promise<void>;
  /** Note what a send found out about the place that it went to. */
  lost(trouble: PlaceTrouble): Promise<void>;
  /** Note that a message has arrived: whatever was wrong with its place before it left is over. */
  arrived(delivery: DeliveredDelivery, wasBroken: boolean): Promise<void>;
  /** Watch workspaces and list channels: what is due is looked at every so many milliseconds. */
  beginWatching(everyMs: number): void;
  readonly destinations: Destinations;
  /** Where the doors of platforms bring news of channels and installations. */
  readonly news: NewsDesk;
}

interface PlacesDeps {
  readonly audit: Audit;
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
  const desk = createWorkspaceDesk({
    ...{ ...deps, raise },
    held: {
      count: (platform, workspace) => countHeld(deps, { kind: "workspace", platform, workspace }),
      release: (platform, workspace) => given.release({ kind: "workspace", platform, workspace }),
    },
    connected: async ({ id }) => keeper.channels.refresh(id),
    lookAtRoutes: (record) => given.background.run("routes", () => keeper.lookAt(record)),
    teamLeft: (record, team, because) => keeper.teamLeft(record, team, because),
    aside: given.background.run,
  });
  const { workspaces, installations, connecting, doors } = desk;
  const letGo = async ({ kind: platform, id: destination }: Pick<Destination, "kind" | "id">) =>
    void (await given.release({ platform, kind: "channel", destination }));
  const keeper = createChannels({
    ...deps,
    ...given,
    ...doors,
    ...{ saved, healed: letGo, moved: (before) => releasePosts(deps, before) },
    back: ({ id }, lostAt) => editAgain(deps, id, lostAt),
    broke: async (destination) => {
      const fallback = destination.fallback && (await store.destinations.get(destination.fallback));
      const raised = destinationBroken(destination, fallback?.name);
      if (raised) await raise(raised);
    },
  });
  const notes = createNotes(deps, async ({ destination: id, code, delivery }, at) => {
    await keeper.lost(id, code, at);
    const { platform: kind } = delivery;
    // It was removed while the try was on its way.
    if (kind !== "callback" && !(await store.destinations.get(id))) await letGo({ kind, id });
  });
  return {
    ...{ workspaces, installations, connecting, doors },
    arrived: async ({ ref, task }, wasBroken) => {
      if (ref) await desk.arrived(ref.platform, ref.workspace);
      if (wasBroken && task.kind === "post") await noteWhole(deps, desk, keeper, task.destination);
    },
    channels: keeper.channels,
    lookAtRoutes: keeper.lookAt,
    lost: async (trouble) => {
      if (trouble.kind === "workspace_lost") {
        const { platform, workspace, code } = trouble;
        return given.background.run("lost", () => desk.suspect(platform, workspace, code));
      }
      await notes.note(trouble);
    },
    beginWatching: (everyMs) => {
      given.background.every(everyMs, "workspaces", desk.rounds);
      given.background.every(everyMs, "troubles", notes.noteLeft);
      given.background.run("channels", keeper.begin);
      given.background.every(everyMs, "channels", keeper.tick);
    },
    destinations: createDestinations({
      ...{ ...deps, rules, saved, audit: given.audit, channels: keeper.channels },
      hooks: new Map((deps.hooks ?? []).map((hook) => [hook.kind, hook])),
      mended: async (hook) => {
        await hurryLane(deps, channelLane(hook));
        await letGo(hook);
      },
      removed: async (destination) => {
        if (isChannel(destination)) await releasePosts(deps, destination);
        await letGo(destination);
      },
    }),
    news: createNewsDesk({
      ...{ organization, store, clock },
      channel: keeper.follow,
      installation: desk.follow,
    }),
  };
}

/** A message has arrived where nothing did. In a channel of Teams that counted as archived it tells of the whole team. */
async function noteWhole(
  { store }: HubDeps,
  desk: Pick<WorkspaceDesk, "used">,
  keeper: Pick<ChannelKeeper, "arrived">,
  id: DestinationId,
): Promise<void> {
  const place = await store.destinations.get(id);
  if (place?.kind === "teams" && isBrokenFor(place, [routeCodes.archived])) {
    const prefix = [place.entraTenantId, place.channelId];
    const [kept] = await store.channels.scan("byChannel", { prefix, limit: 1 });
    if (kept?.team !== undefined) await desk.used(kept.installation, kept.team);
  }
  await keeper.arrived(id);
}

/** What a try found out about one place. */
type RouteTrouble = Exclude<PlaceTrouble, { kind: "workspace_lost" }>;

/**
 * Note troubles of places. What the store does not take is noted at a later look: no try brings it up again, for what
 * goes there is held, and nobody would be told. It is the same trouble then, so who was told of it is not told twice. A
 * process that ends before leaves what `releaseForgotten` finds.
 */
function createNotes(
  { clock, log }: HubDeps,
  step: (trouble: RouteTrouble, at: Date) => Promise<void>,
) {
  const left = new Map<DestinationId, readonly [RouteTrouble, at: Date]>();
  const note = async (trouble: RouteTrouble, at: Date) => {
    const id = trouble.destination;
    left.delete(id);
    try {
      await step(trouble, at);
    } catch (cause) {
      left.set(id, [trouble, at]);
      log.write({ kind: "hub.trouble", where: `destination ${id}`, error: String(cause) });
    }
  };
  return {
    note: (trouble: RouteTrouble) => note(trouble, clock.now()),
    noteLeft: async () => {
      for (const [trouble, at] of [...left.values()]) await note(trouble, at);
    },
  };
}
