import { isWithin } from "../../core/domain/is-within.ts";
import type { JsonObject } from "../../core/domain/json.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { TeamPlace, TeamsInstallation } from "../../core/ports/installations.ts";
import type { ChannelLook, ChannelLookup, WorkspaceDoor } from "../../core/ports/workspace-door.ts";
import { sayChannel } from "../inbound/events.ts";
import { object, text } from "../inbound/reading.ts";
import { isAllowedTenant } from "../install/allowed.ts";
import type { Speaker } from "../outbound/converse.ts";
import { isServiceHost } from "../outbound/hosts.ts";
import { failureOf } from "../outbound/outcome.ts";
import { type Answer, NoResult, readOnce, recordExchange } from "../outbound/wire.ts";
import { parsePasted } from "./pasted.ts";

/** A listing serves everybody who asks within this time; Teams counts reads of a conversation: 14 in 1 s. */
const freshMs = 2_000;
/** When to go on after a failure that names no time. */
const pauseMs = 30_000;
/** Answers by which Teams says that the app is not there, or that the team is no more. */
const notThere: ReadonlySet<string> = new Set([
  "BotNotInConversationRoster",
  "ConversationNotFound",
  "NotFound",
  "http_404",
]);

/** What Teams said of one team's channels. */
export type TeamListing =
  | { readonly kind: "listed"; readonly channels: readonly ChannelLook[] }
  /** The app is not in the team, or the team is gone; Teams' own code. */
  | { readonly kind: "not_there"; readonly code: string }
  | {
      readonly kind: "unknown";
      readonly because: string;
      readonly afterMs?: number;
      /** It was this team that could not be read, and asking again does not help: the others may well be read. */
      readonly refused?: true;
    };

/** As whom channels are read. */
type Reader = Pick<Speaker, "settings" | "credentials">;

/** Asks Teams for the channels of one team. */
export interface TeamReader {
  (installation: TeamsInstallation, team: TeamPlace): Promise<TeamListing>;
  /** Something changed in a tenant: what this process has read there is old. */
  forget(entraTenantId: string): void;
}

/**
 * Make what asks for a team's channels where its own region answers. An address outside the allowed hosts is never
 * called: the bot's token would go there. A tenant that is allowed no more is not asked about either.
 */
export function createTeamReader(reader: Reader, clock: Clock): TeamReader {
  const asked = new Map<string, { readonly at: number; readonly listing: Promise<TeamListing> }>();
  const read = (installation: TeamsInstallation, team: TeamPlace) => {
    const { id, serviceUrl, name, archived } = team;
    const key = [installation.entraTenantId, id, serviceUrl, archived, name].join(" ");
    const now = clock.now().getTime();
    for (const [old, { at }] of asked) if (!isWithin(freshMs, at, now)) asked.delete(old);
    const known = asked.get(key);
    if (known) return known.listing;
    const listing = ask(reader, clock, installation, team);
    asked.set(key, { at: now, listing });
    return listing;
  };
  const forget = (entraTenantId: string) => {
    for (const key of asked.keys()) if (key.startsWith(`${entraTenantId} `)) asked.delete(key);
  };
  return Object.assign(read, { forget });
}

async function ask(
  { settings, credentials }: Reader,
  clock: Clock,
  { entraTenantId: workspace }: TeamsInstallation,
  team: TeamPlace,
): Promise<TeamListing> {
  const { id, serviceUrl } = team;
  if (!isAllowedTenant(settings, workspace)) {
    return { kind: "unknown", because: "tenant_not_allowed" };
  }
  if (!isServiceHost(serviceUrl, settings.serviceHosts)) {
    return { kind: "unknown", because: "service_host_not_allowed", refused: true };
  }
  const base = serviceUrl.replace(/\/$/u, "");
  const url = `${base}/v3/teams/${encodeURIComponent(id)}/conversations`;
  let channels: readonly JsonObject[] | undefined;
  const { answer } = await recordExchange(async () => {
    try {
      channels = readChannels(await readOnce(url, await credentials.authorization()));
    } catch (error) {
      if (!(error instanceof NoResult)) throw error;
    }
  });
  if (channels)
    return { kind: "listed", channels: channels.flatMap((one) => lookOf(one, workspace, team)) };
  if (!answer) return { kind: "unknown", because: "no_answer" };
  if (answer.kind === "answered" && answer.status === 401) credentials.forget();
  return unlisted(answer, clock);
}

function readChannels(body: string): readonly JsonObject[] | undefined {
  try {
    const { conversations } = object(JSON.parse(body));
    return Array.isArray(conversations) ? conversations.map(object) : undefined;
  } catch {
    return undefined;
  }
}

function unlisted(answer: Answer, clock: Clock): TeamListing {
  if (answer.kind === "answered" && answer.status < 300) {
    return { kind: "unknown", because: "unreadable_answer" };
  }
  const failure = failureOf(answer, clock.now());
  const because = "because" in failure ? failure.because : "unreadable_answer";
  if (notThere.has(because)) return { kind: "not_there", code: because };
  const afterMs = failure.kind === "retry" ? failure.afterMs : undefined;
  return {
    ...{ kind: "unknown", because },
    ...(afterMs === undefined ? {} : { afterMs }),
    // A login that gives no token concerns all teams alike.
    ...(answer.kind === "answered" && failure.kind === "rejected" ? { refused: true } : {}),
  };
}

/** General comes without a name; its id is the team's. No app may post in a private or shared one (PLATFORMS 2.11). */
function lookOf(fields: JsonObject, workspace: string, team: TeamPlace): ChannelLook[] {
  const [id, name, type] = [text(fields["id"]), text(fields["name"]), text(fields["type"])];
  if (id === undefined) return [];
  const visibility = type === "private" || type === "shared" ? type : "public";
  return [
    {
      ...{ workspace, channelId: id, visibility, serviceUrl: team.serviceUrl, team: team.id },
      name: sayChannel(team.name, name ?? (id === team.id ? "General" : "Channel")),
      outsiders: visibility === "shared",
      archived: team.archived,
      member: visibility === "public",
    },
  ];
}

/** What Teams tells of channels: one team after the other, and the channel that somebody means. */
export function createChannelFinder(
  readTeam: TeamReader,
): Pick<WorkspaceDoor, "listChannels" | "findChannel" | "readPasted"> {
  return {
    listChannels: async (installation, cursor) => {
      const teams = installation.platform === "teams" ? (installation.teams ?? []) : [];
      const at = Math.max(
        0,
        teams.findIndex(({ id }) => id === cursor),
      );
      const team = teams[at];
      if (!team || installation.platform !== "teams") return { channels: [] };
      const listing = await readTeam(installation, team);
      if (listing.kind === "unknown" && !listing.refused) {
        return { channels: [], next: team.id, retryAfterMs: listing.afterMs ?? pauseMs };
      }
      const next = teams[at + 1]?.id;
      const channels = listing.kind === "listed" ? listing.channels : [];
      return { channels, ...(next === undefined ? {} : { next }) };
    },
    findChannel: async (installation, pasted) =>
      installation.platform === "teams"
        ? findChannel(readTeam, installation, pasted)
        : { kind: "not_found" },
    readPasted: (asked) => {
      if (parsePasted(asked).kind === "place") return "place";
      return asked.includes("›") ? "name" : undefined;
    },
  };
}

/** Where one team does not answer, a channel that the others do not show is not known to be gone. */
async function findChannel(
  readTeam: TeamReader,
  installation: TeamsInstallation,
  pasted: string,
): Promise<ChannelLookup> {
  const asked = parsePasted(pasted);
  if (
    asked.kind === "place" &&
    (asked.tenant ?? installation.entraTenantId) !== installation.entraTenantId
  ) {
    return { kind: "not_found" };
  }
  // Nothing was ever told of this tenant's teams, so nothing is known of its channels.
  if (!installation.teams) return { kind: "unknown", because: "no_team_known" };
  const listings = await Promise.all(
    installation.teams.map((team) => readTeam(installation, team)),
  );
  const isAsked = ({ channelId, name }: ChannelLook) =>
    asked.kind === "place" ? channelId === asked.channel : name.toLowerCase() === asked.name;
  const found = listings
    .flatMap((listing) => (listing.kind === "listed" ? listing.channels : []))
    .find(isAsked);
  if (found) return { kind: "found", channel: found };
  const unknown = listings.find((listing) => listing.kind === "unknown");
  return unknown ? { kind: "unknown", because: unknown.because } : { kind: "not_found" };
}
