import type { WorkspaceNews } from "../../core/ports/workspace-news.ts";
import { given, type Thing, text, thing } from "./reading.ts";

/** An event of the Events API, as far as its envelope says whom it is for. */
export interface SlackEvent {
  readonly kind: "event";
  readonly type: string;
  /** The workspace, where the envelope names one. */
  readonly team?: string;
  /** The organization that the workspace belongs to; alone on what concerns an org-wide installation. */
  readonly enterprise?: string;
  /** It tells that a grant has ended, so it comes also where the hub has no installation any more. */
  readonly outlivesInstallation: boolean;
}

const endings: ReadonlySet<string> = new Set(["app_uninstalled", "tokens_revoked"]);

/** Read an envelope; undefined for every other body. */
export function parseEvent(body: unknown): SlackEvent | undefined {
  const envelope = thing(body);
  const type = text(thing(envelope["event"])["type"]);
  if (envelope["type"] !== "event_callback" || type === undefined) return undefined;
  const [authorization] = listOf(envelope["authorizations"]).map(thing);
  const of = (name: string) => text(authorization?.[name]) ?? text(envelope[name]);
  return {
    kind: "event",
    type,
    ...given("team", of("team_id")),
    ...given("enterprise", of("enterprise_id")),
    outlivesInstallation: endings.has(type),
  };
}

/**
 * Say what an event tells of its workspace; nothing for events that we do not act on.
 *
 * `botUser` is the app's own user there: of all people who join a channel, only it concerns us.
 */
export function newsOf(body: unknown, botUser: string | undefined): readonly WorkspaceNews[] {
  const event = parseEvent(body);
  const envelope = thing(body);
  const news = text(envelope["event_id"]);
  const workspace = event?.team ?? event?.enterprise;
  const seconds = envelope["event_time"];
  if (!event || !news || !workspace || typeof seconds !== "number") return [];
  const told = { platform: "slack", workspace, news, at: new Date(seconds * 1_000) } as const;
  const fields = thing(envelope["event"]);
  const teams = teamNews[event.type];
  if (teams) {
    const named = listOf(fields["team_ids"]).flatMap((team) => text(team) ?? []);
    return named.map((team) => ({ ...told, kind: teams, team, news: `${news} ${team}` }));
  }
  if (event.type === "app_uninstalled") return [{ ...told, kind: "app_removed", code: event.type }];
  if (event.type === "tokens_revoked") {
    const ours = listOf(thing(fields["tokens"])["bot"]).length > 0;
    return ours ? [{ ...told, kind: "app_removed", code: event.type }] : [];
  }
  const channel = channelNews(event.type, fields, botUser);
  return channel ? [{ ...told, ...channel }] : [];
}

type ChannelNews =
  | {
      readonly kind: "channel_created" | "channel_renamed";
      readonly channel: string;
      readonly name: string;
    }
  | { readonly kind: (typeof stateNews)[string] | "app_joined"; readonly channel: string }
  | { readonly kind: "channel_id_changed"; readonly channel: string; readonly became: string };

/** What happened to a channel; `group_…` are the same of private ones. */
const stateNews: Readonly<
  Record<string, "channel_archived" | "channel_restored" | "channel_deleted" | "app_left">
> = {
  channel_archive: "channel_archived",
  channel_unarchive: "channel_restored",
  channel_deleted: "channel_deleted",
  channel_left: "app_left",
};

const namingNews: Readonly<Record<string, "channel_created" | "channel_renamed">> = {
  channel_created: "channel_created",
  channel_rename: "channel_renamed",
};

const teamNews: Readonly<Record<string, "team_granted" | "team_withdrawn">> = {
  team_access_granted: "team_granted",
  team_access_revoked: "team_withdrawn",
};

/** Events of public channels that have a twin for private ones. */
const twins = ["archive", "unarchive", "deleted", "left", "rename"];

/** Every event that we act on. The manifest subscribes the app to these and to no others. */
export const heardEvents: readonly string[] = [
  ...endings,
  ...Object.keys(stateNews),
  ...Object.keys(namingNews),
  ...Object.keys(teamNews),
  ...twins.map((what) => `group_${what}`),
  "channel_id_changed",
  "member_joined_channel",
  "app_home_opened",
];

function channelNews(
  type: string,
  fields: Thing,
  botUser: string | undefined,
): ChannelNews | undefined {
  const twin = type.replace(/^group_/, "channel_");
  const channel = text(fields["channel"]);
  const state = stateNews[twin];
  if (state && channel) return { kind: state, channel };
  const naming = namingNews[twin];
  if (naming) {
    const named = thing(fields["channel"]);
    const [id, name] = [text(named["id"]), text(named["name"])];
    return id && name ? { kind: naming, channel: id, name: `#${name}` } : undefined;
  }
  if (type === "channel_id_changed") {
    const [old, became] = [text(fields["old_channel_id"]), text(fields["new_channel_id"])];
    return old && became ? { kind: type, channel: old, became } : undefined;
  }
  const joined = type === "member_joined_channel" && fields["user"] === botUser;
  return joined && channel ? { kind: "app_joined", channel } : undefined;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
