import { WebAPIPlatformError } from "@slack/web-api";
import { isWithin } from "../../core/domain/is-within.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { ChatProfile } from "../../core/ports/workspace-door.ts";
import type { Clients } from "../outbound/client.ts";

/** How long we believe what Slack said about a person. */
const trustMs = 10 * 60_000;

/** At most so many people are remembered; then we ask again. */
const remembered = 10_000;

/** A person in Slack's words, as far as we read it. */
interface SlackUser {
  readonly name?: string;
  readonly real_name?: string;
  readonly team_id?: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly is_email_confirmed?: boolean;
  readonly profile?: { readonly email?: string };
  /** Only of people of an organization: each of its workspaces that they are in. */
  readonly enterprise_user?: { readonly teams?: readonly string[] };
}

/** What Slack says of somebody: who it is, that nobody of this workspace is, or, for now, nothing. */
export type SaidOfPerson =
  | { readonly kind: "told"; readonly profile: ChatProfile }
  | { readonly kind: "nobody" }
  | { readonly kind: "untold"; readonly because: string };

/** Asks Slack who somebody is. Never rejects. */
export type People = (installation: SlackInstallation, user: string) => Promise<SaidOfPerson>;

/** Slack's words for somebody who is not in this workspace, or whom the app may not see. */
const nobodyHere: ReadonlySet<string> = new Set(["user_not_found", "user_not_visible"]);

/** Whether a workspace is one of those that an installation spans. */
export const isHome = ({ slackTeamId, enterprise }: SlackInstallation, team: string) =>
  team === slackTeamId || (enterprise?.teams.includes(team) ?? false);

/** The workspaces that somebody is in. Of people of an organization `team_id` names one of them, if any. */
const teamsOf = ({ team_id: team, enterprise_user: inOrganization }: SlackUser) => [
  ...(team === undefined ? [] : [team]),
  ...(inOrganization?.teams ?? []),
];

function profileOf(user: SlackUser, id: string, installation: SlackInstallation): ChatProfile {
  const email = user.is_email_confirmed === true ? user.profile?.email : undefined;
  return {
    name: user.real_name || user.name || id,
    guest: user.is_restricted === true || user.is_ultra_restricted === true,
    foreign: user.is_stranger === true || !teamsOf(user).some((team) => isHome(installation, team)),
    gone: user.deleted === true || user.is_bot === true,
    ...(email === undefined ? {} : { email }),
  };
}

/**
 * Ask Slack about people, and remember its word for ten minutes.
 *
 * That it does not tell is not remembered: at the next click it is asked again.
 */
export function createPeople(clientOf: Clients, clock: Clock): People {
  const known = new Map<string, { readonly profile: ChatProfile; readonly at: number }>();

  return async (installation, user) => {
    const key = `${installation.slackTeamId} ${user}`;
    const now = clock.now().getTime();
    const earlier = known.get(key);
    if (earlier && isWithin(trustMs, earlier.at, now))
      return { kind: "told", profile: earlier.profile };
    const said = await ask(clientOf, installation, user);
    if (said.kind !== "told") return said;
    if (known.size >= remembered) known.clear();
    known.set(key, { profile: said.profile, at: now });
    return said;
  };
}

async function ask(
  clientOf: Clients,
  installation: SlackInstallation,
  user: string,
): Promise<SaidOfPerson> {
  try {
    const answer = await clientOf(installation).users.info({ user });
    if (!answer.user) return { kind: "untold", because: "the answer names no user" };
    return { kind: "told", profile: profileOf(answer.user, user, installation) };
  } catch (error) {
    const code = error instanceof WebAPIPlatformError ? error.data.error : undefined;
    if (code !== undefined && nobodyHere.has(code)) return { kind: "nobody" };
    return { kind: "untold", because: code ?? String(error) };
  }
}
