import type { ChannelDeps } from "../../../core/channels/deps.ts";
import type { Destination } from "../../../core/domain/destination.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { InstallationRecord, SlackInstallation } from "../../../core/ports/installations.ts";
import type { ChannelLook, WorkspaceDoor } from "../../../core/ports/workspace-door.ts";
import { organization } from "../domain/samples.ts";
import type { World } from "../hub/world.ts";

export const team = "T0ACME";
export const installation = deriveId("installation", organization, "slack", team);

export const grant: SlackInstallation = {
  platform: "slack",
  slackTeamId: team,
  name: "Acme",
  botToken: "xoxb-1",
  botId: "B1",
  botUserId: "U1",
  scopes: [],
};

export const record: InstallationRecord = {
  id: installation,
  organization,
  revision: 1,
  platform: "slack",
  workspace: team,
  name: "Acme",
  state: "connected",
  scopes: [],
};

/** A public channel, with the app in it. */
export const channel = (channelId: string, name: string, over: Partial<ChannelLook> = {}) => ({
  ...{ workspace: team, channelId, name, visibility: "public" as const },
  ...{ outsiders: false, archived: false, member: true },
  ...over,
});

/** A chat platform that has channels and nothing else. A private channel without the app is hidden, as on Slack. */
export interface SmallChat {
  readonly door: WorkspaceDoor;
  channels: ChannelLook[];
  /** How many pages and looks were asked for. */
  readonly asked: { pages: number; looks: number };
  /** What the next page answers instead. */
  pauseNextMs: number | undefined;
  away: boolean;
  readonly pageSize: number;
}

/** Make one. */
export function smallChat(channels: ChannelLook[], pageSize = 2): SmallChat {
  const visible = () =>
    chat.channels.filter(({ visibility, member }) => visibility !== "private" || member);
  const chat: SmallChat = {
    channels,
    asked: { pages: 0, looks: 0 },
    pauseNextMs: undefined,
    away: false,
    pageSize,
    door: {
      begin: async () => ({ location: "" }),
      finish: async () => ({ kind: "cancelled" }),
      scopes: [],
      check: async () => ({ kind: "fine", scopes: [] }),
      renew: async () => ({ kind: "unknown", because: "not asked" }),
      leave: async () => "left",
      profile: async () => undefined,
      readPasted: (asked) => {
        if (/^[CG]\d+$/.test(asked)) return "place";
        return asked.startsWith("#") ? "name" : undefined;
      },
      inviteLine: async () => "/invite @countersign",
      listChannels: async (_installation, cursor = "0") => {
        chat.asked.pages += 1;
        const pause = chat.pauseNextMs;
        chat.pauseNextMs = undefined;
        if (pause !== undefined) return { channels: [], next: cursor, retryAfterMs: pause };
        const from = Number(cursor);
        const listed = visible().filter(({ archived }) => !archived);
        const next = from + pageSize;
        const page = { channels: listed.slice(from, next) };
        return next < listed.length ? { ...page, next: String(next) } : page;
      },
      findChannel: async (_installation, pasted) => {
        chat.asked.looks += 1;
        if (chat.away) return { kind: "unknown", because: "no answer in time" };
        const found = visible().find(
          ({ channelId, name }) => channelId === pasted || name === pasted,
        );
        return found ? { kind: "found", channel: found } : { kind: "not_found" };
      },
    },
  };
  return chat;
}

/** What the use cases of channels need, over a world and a small chat; with what they told. */
export function channelDeps({ store, clock }: World, chat: SmallChat) {
  const told = {
    broke: [] as Destination[],
    healed: [] as Destination[],
    moved: [] as Destination[],
    saved: 0,
  };
  const deps: ChannelDeps = {
    organization,
    store,
    clock,
    doorOf: () => chat.door,
    open: async ({ state }) => (state === "connected" ? grant : undefined),
    recordOf: async (_platform, workspace) =>
      workspace === team ? store.installations.get(installation) : undefined,
    broke: async (destination) => void told.broke.push(destination),
    moved: async (before) => void told.moved.push(before),
    healed: async (destination) => void told.healed.push(destination),
    back: async () => {},
    saved: () => {
      told.saved += 1;
    },
  };
  return { deps, told };
}
