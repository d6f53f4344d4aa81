import { type Answer, isTrue, ok, refuse, textOf } from "./answers.ts";
import { visibleChannel } from "./chat-methods.ts";
import type { Arguments } from "./http.ts";
import type { Caller, Rig } from "./rig.ts";
import { splitList } from "./scopes.ts";
import { channelFields } from "./shapes.ts";
import type { Channel } from "./things.ts";

/** Pages of a listing: so many where none are asked for, and at most (docs.slack.dev/reference/methods/conversations.list). */
const usualPage = 100;
const longestPage = 1_000;

/** The kinds of conversations that a listing is asked for, each with the scope that it needs. */
const kinds: Readonly<Record<string, string>> = {
  public_channel: "channels:read",
  private_channel: "groups:read",
  mpim: "mpim:read",
  im: "im:read",
};

const kindsIn = (given: Arguments) => splitList(textOf(given["types"]) || "public_channel");

/** The scopes that a listing needs. */
export const listingNeeds = (given: Arguments): readonly string[] =>
  kindsIn(given).flatMap((kind) => kinds[kind] ?? []);

/** The scope that reading one channel needs. */
export function channelNeeds(given: Arguments, rig: Rig): readonly string[] {
  const channel = rig.channels.get(textOf(given["channel"]));
  return [channel?.private ? "groups:read" : "channels:read"];
}

interface Paging {
  readonly limit: number;
  readonly after: string;
}

function readPaging(given: Arguments): Paging | Answer {
  const limit = given["limit"] === undefined ? usualPage : Number(given["limit"]);
  if (!Number.isInteger(limit) || limit < 1 || limit > longestPage) return refuse("invalid_limit");
  const cursor = textOf(given["cursor"]);
  const [word, after = ""] = Buffer.from(cursor, "base64").toString("utf8").split(":");
  if (cursor !== "" && word !== "next") return refuse("invalid_cursor");
  return { limit, after };
}

/**
 * Answer one page. What is left out for being archived is left out of its page, so that a page may be short and yet
 * not the last, as at Slack.
 */
function listPage(
  rig: Rig,
  given: Arguments,
  { team }: Caller,
  isListed: (channel: Channel) => boolean,
): Answer {
  if (!team) return refuse("missing_argument");
  const asked = kindsIn(given);
  if (asked.some((kind) => !Object.hasOwn(kinds, kind))) return refuse("invalid_types");
  const paging = readPaging(given);
  if ("kind" in paging) return paging;
  const { limit, after } = paging;
  const inKind = (one: Channel) =>
    asked.includes(one.private ? "private_channel" : "public_channel");
  const found = rig.channels
    .all()
    .filter((one) => one.workspace === team.id && !one.deleted && one.id > after && inKind(one))
    .filter(isListed)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1) : undefined;
  const next_cursor = last ? Buffer.from(`next:${last.id}`).toString("base64") : "";
  const shown = page.filter((one) => !one.archived || !isTrue(given["exclude_archived"]));
  return ok({
    channels: shown.map((one) => channelFields(rig, one)),
    response_metadata: { next_cursor },
  });
}

/** `conversations.list`: public channels, and private ones with the app in them. */
export const listAll = (rig: Rig, given: Arguments, caller: Caller): Answer =>
  listPage(rig, given, caller, (one) => one.member || !one.private);

/** `users.conversations`: the channels that the app is in. */
export const listMine = (rig: Rig, given: Arguments, caller: Caller): Answer =>
  listPage(rig, given, caller, (one) => one.member);

/** Find a channel by its id; names do not count here. */
function channelById(rig: Rig, given: Arguments, caller: Caller): Channel | undefined {
  const channel = visibleChannel(rig, given, caller);
  return channel?.id === given["channel"] ? channel : undefined;
}

/** `conversations.info`. */
export function describeChannel(rig: Rig, given: Arguments, caller: Caller): Answer {
  const channel = channelById(rig, given, caller);
  return channel ? ok({ channel: channelFields(rig, channel) }) : refuse("channel_not_found");
}

/** `conversations.join`: a public channel lets the app in. */
export function joinChannel(rig: Rig, given: Arguments, caller: Caller): Answer {
  const channel = channelById(rig, given, caller);
  if (!channel) return refuse("channel_not_found");
  if (channel.archived) return refuse("is_archived");
  if (channel.private) return refuse("method_not_supported_for_channel_type");
  if (channel.member)
    return ok({ channel: channelFields(rig, channel), warning: "already_in_channel" });
  const joined = { ...channel, member: true };
  rig.channels.put(joined);
  return ok({ channel: channelFields(rig, joined) });
}
