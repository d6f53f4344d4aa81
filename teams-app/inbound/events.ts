import type { Json, JsonObject } from "../../core/domain/json.ts";
import type { TeamSight, WorkspaceNews } from "../../core/ports/workspace-news.ts";
import { given, object, text } from "./reading.ts";

/** What is known of an activity before it is read for news; all of it was verified. */
interface Told {
  readonly tenant: string;
  readonly serviceUrl: string;
  readonly id: string;
  /** For activities that name no time of their own. */
  readonly now: Date;
}

type ChannelWord = "app_joined" | "channel_renamed" | "channel_deleted" | "channel_restored";

const channelWords: ReadonlyMap<string, ChannelWord> = new Map([
  // The platform is asked about it: the activity does not say of which type it is.
  ["channelCreated", "app_joined"],
  ["channelRenamed", "channel_renamed"],
  ["channelDeleted", "channel_deleted"],
  ["channelRestored", "channel_restored"],
]);

/** What an event says of a team as a whole. `remove-upgrade` is half of an update and says nothing. */
const teamWords: ReadonlyMap<string, "seen" | "archived" | "usable" | "removed" | "deleted"> =
  new Map([
    // Nobody adds an app to an archived team.
    ["add", "usable"],
    ["add-upgrade", "seen"],
    ["remove", "removed"],
    ["teamRenamed", "seen"],
    ["teamArchived", "archived"],
    ["teamUnarchived", "usable"],
    ["teamRestored", "usable"],
    ["teamDeleted", "deleted"],
    ["teamHardDeleted", "deleted"],
  ]);

/**
 * Say what an activity tells of its tenant; nothing for activities that we do not act on.
 *
 * Team and channel are read from `channelData` alone: the conversation is the chosen channel in one activity and the
 * team in the next (PLATFORMS 2.11). Added to a person or a group chat, the app is in no team, so that is no news.
 */
export function newsOf(body: unknown, told: Told): readonly WorkspaceNews[] {
  const activity = object(body);
  const data = object(activity["channelData"]);
  const team = object(data["team"]);
  const teamId = text(team["id"]);
  const word = wordOf(activity, data);
  if (teamId === undefined || word === undefined) return [];
  const at = new Date(text(activity["timestamp"]) ?? Number.NaN);
  const envelope = {
    platform: "teams",
    workspace: told.tenant,
    news: [word, told.id].join(" "),
    at: Number.isNaN(at.getTime()) ? told.now : at,
  } as const;
  const sight: TeamSight = {
    ...{ id: teamId, serviceUrl: told.serviceUrl },
    ...given("name", text(team["name"])),
  };
  const channelWord = channelWords.get(word);
  if (channelWord) return channelNews(envelope, channelWord, object(data["channel"]), sight);
  const teamWord = teamWords.get(word);
  switch (teamWord) {
    case "seen":
      return [{ ...envelope, kind: "team_seen", team: sight }];
    case "archived":
    case "usable": {
      const seen = { ...sight, archived: teamWord === "archived" };
      return [{ ...envelope, kind: "team_seen", team: seen }];
    }
    case "removed":
    case "deleted":
      return [{ ...envelope, kind: "team_gone", team: teamId, because: teamWord }];
    case undefined:
      return [];
  }
}

/** One word for what happened: the action of an install, the event, or that the bot itself came or went. */
function wordOf(activity: JsonObject, data: JsonObject): string | undefined {
  if (activity["type"] === "installationUpdate") return text(activity["action"]);
  if (activity["type"] !== "conversationUpdate") return undefined;
  const bot = text(object(activity["recipient"])["id"]);
  const hasBot = (members: Json | undefined) =>
    Array.isArray(members) && bot !== undefined && members.some((one) => object(one)["id"] === bot);
  if (hasBot(activity["membersAdded"])) return "add";
  if (hasBot(activity["membersRemoved"])) return "remove";
  return text(data["eventType"]);
}

/** A channel's news, behind that of its team: an app that is told of a channel is in the team. */
function channelNews(
  envelope: Pick<WorkspaceNews, "platform" | "workspace" | "news" | "at">,
  kind: ChannelWord,
  channel: JsonObject,
  team: TeamSight,
): readonly WorkspaceNews[] {
  const id = text(channel["id"]);
  if (id === undefined) return [];
  const seen = { ...envelope, news: `${envelope.news} team`, kind: "team_seen", team } as const;
  if (kind === "channel_deleted") return [{ ...envelope, kind, channel: id }];
  if (kind !== "channel_renamed") return [seen, { ...envelope, kind, channel: id }];
  const name = text(channel["name"]);
  if (name === undefined || team.name === undefined) return [seen];
  return [seen, { ...envelope, kind, channel: id, name: sayChannel(team.name, name) }];
}

/** A channel as people say it: `Ops › General`. */
export const sayChannel = (team: string, channel: string) => `${team} › ${channel}`;
