import type { SlackInstallation } from "../../core/ports/installations.ts";
import type {
  ChannelLook,
  ChannelLookup,
  ChannelPage,
  WorkspaceDoor,
} from "../../core/ports/workspace-door.ts";
import type { Clients } from "../outbound/client.ts";
import { type Failure, failureOf } from "../outbound/outcome.ts";
import { parsePasted } from "./pasted.ts";

/** The most that one page may bring; Slack wants less than 1000 (docs.slack.dev/reference/methods/conversations.list). */
const mostPerPage = 999;
/** Twenty calls a minute and workspace: tier 2 (docs.slack.dev/apis/web-api/rate-limits). */
const paceMs = 3_000;
/** When to go on after a failure that names no time. */
const pauseMs = 60_000;

/** A channel in Slack's words, as far as we read it. */
interface SlackChannelFields {
  readonly id?: string;
  readonly name?: string;
  readonly is_private?: boolean;
  readonly is_group?: boolean;
  readonly is_archived?: boolean;
  readonly is_member?: boolean;
  readonly is_ext_shared?: boolean;
  readonly context_team_id?: string;
}

/** Where a listing stands: first the channels that the app is in, then all public ones, one workspace after the other. */
interface Step {
  readonly team: string;
  readonly part: "mine" | "public";
  readonly cursor: string;
}

type Page =
  | { readonly ok: true; readonly channels: readonly ChannelLook[]; readonly next?: Step }
  | { readonly ok: false; readonly failure: Failure };

const teamsOf = ({ enterprise, slackTeamId }: SlackInstallation): readonly string[] =>
  enterprise?.teams ?? [slackTeamId];

const firstStep = (team: string): Step => ({ team, part: "mine", cursor: "" });

function lookOf(fields: SlackChannelFields, workspace: string, member?: true): ChannelLook[] {
  const { id, name } = fields;
  if (!id || !name) return [];
  return [
    {
      workspace: fields.context_team_id ?? workspace,
      channelId: id,
      name: `#${name}`,
      visibility: fields.is_private === true || fields.is_group === true ? "private" : "public",
      outsiders: fields.is_ext_shared === true,
      archived: fields.is_archived === true,
      member: member ?? fields.is_member === true,
    },
  ];
}

/** A cursor that leads to itself would be followed for ever, so it ends its part. */
function stepAfter(step: Step, cursor: string, teams: readonly string[]): Step | undefined {
  if (cursor !== "" && cursor !== step.cursor) return { ...step, cursor };
  if (step.part === "mine") return { ...step, part: "public", cursor: "" };
  const team = teams[teams.indexOf(step.team) + 1];
  return team === undefined ? undefined : firstStep(team);
}

async function readPage(
  clientOf: Clients,
  installation: SlackInstallation,
  step: Step,
): Promise<Page> {
  const { team, part, cursor } = step;
  const asked = {
    exclude_archived: true,
    limit: mostPerPage,
    ...(cursor === "" ? {} : { cursor }),
    ...(installation.enterprise ? { team_id: team } : {}),
  };
  const { users, conversations } = clientOf(installation);
  try {
    const answer =
      part === "mine"
        ? await users.conversations({ ...asked, types: "public_channel,private_channel" })
        : await conversations.list({ ...asked, types: "public_channel,private_channel" });
    const found = (answer.channels ?? []) as readonly SlackChannelFields[];
    const channels = found.flatMap((one) => lookOf(one, team, part === "mine" ? true : undefined));
    const after = answer.response_metadata?.next_cursor ?? "";
    const next = stepAfter(step, after, teamsOf(installation));
    return { ok: true, channels, ...(next ? { next } : {}) };
  } catch (error) {
    const failure = failureOf(error);
    // Where there is no such method, the other listing has the app's own channels too, only later.
    const next = isMissing(failure) && part === "mine" ? stepAfter(step, "", []) : undefined;
    return next ? { ok: true, channels: [], next } : { ok: false, failure };
  }
}

const isMissing = ({ error, status }: Failure) => error === "unknown_method" || status === 404;

const write = ({ team, part, cursor }: Step) => [team, part, cursor].join(" ");

/** A workspace that the organization has taken away meanwhile answers no more, so the listing begins again. */
function read(cursor: string | undefined, installation: SlackInstallation): Step | undefined {
  const teams = teamsOf(installation);
  const [first] = teams;
  const [team = "", part, rest = ""] = (cursor ?? "").split(" ");
  if (!teams.includes(team)) return first === undefined ? undefined : firstStep(first);
  return { team, part: part === "mine" ? "mine" : "public", cursor: rest };
}

/** One page, or the time to wait and where to go on. A cursor that Slack has forgotten begins its part again. */
async function listPage(
  clientOf: Clients,
  installation: SlackInstallation,
  cursor: string | undefined,
): Promise<ChannelPage> {
  const step = read(cursor, installation);
  if (!step) return { channels: [] };
  const page = await readPage(clientOf, installation, step);
  if (page.ok) {
    const next = page.next ? { next: write(page.next), retryAfterMs: paceMs } : {};
    return { channels: page.channels, ...next };
  }
  const { error, result } = page.failure;
  if (error === "invalid_cursor" && step.cursor !== "") {
    return { channels: [], next: write({ ...step, cursor: "" }) };
  }
  const told = result.kind === "retry" ? result.afterMs : undefined;
  return { channels: [], next: write(step), retryAfterMs: told ?? pauseMs };
}

async function findById(
  clientOf: Clients,
  installation: SlackInstallation,
  channel: string,
): Promise<ChannelLookup> {
  try {
    const answer = await clientOf(installation).conversations.info({ channel });
    const [found] = lookOf(answer.channel ?? {}, installation.slackTeamId);
    return found ? { kind: "found", channel: found } : { kind: "not_found" };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.error === "channel_not_found") return { kind: "not_found" };
    return { kind: "unknown", because: failure.result.because };
  }
}

/** Walk the listing until the name comes up. Slack finds no channel by its name otherwise. */
async function findByName(
  clientOf: Clients,
  installation: SlackInstallation,
  name: string,
): Promise<ChannelLookup> {
  let step = read(undefined, installation);
  while (step) {
    const page = await readPage(clientOf, installation, step);
    if (!page.ok) return { kind: "unknown", because: page.failure.result.because };
    const found = page.channels.find((one) => one.name === `#${name}`);
    if (found) return { kind: "found", channel: found };
    step = page.next;
  }
  return { kind: "not_found" };
}

/** What Slack tells of channels: pages of them, and the one that somebody means. */
export function createChannelFinder(
  clientOf: Clients,
): Pick<WorkspaceDoor, "listChannels" | "findChannel" | "readPasted"> {
  return {
    listChannels: async (installation, cursor) =>
      installation.platform === "slack"
        ? listPage(clientOf, installation, cursor)
        : { channels: [] },
    findChannel: async (installation, pasted) => {
      if (installation.platform !== "slack") return { kind: "not_found" };
      const asked = parsePasted(pasted);
      if (asked.kind === "name") return findByName(clientOf, installation, asked.name);
      const teams = [...teamsOf(installation), installation.enterprise?.id];
      if (asked.team !== undefined && !teams.includes(asked.team)) return { kind: "not_found" };
      return findById(clientOf, installation, asked.channel);
    },
    readPasted: (asked) => {
      if (parsePasted(asked).kind === "place") return "place";
      return asked.trim().startsWith("#") ? "name" : undefined;
    },
  };
}
