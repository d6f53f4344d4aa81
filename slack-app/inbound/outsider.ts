import type { Clock } from "../../core/ports/clock.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { Clients } from "../outbound/client.ts";

/** How long we believe what Slack said about a person. */
const trustMs = 10 * 60_000;

/** At most so many people are remembered; then we ask again. */
const remembered = 10_000;

interface SlackUser {
  readonly team_id?: string;
  readonly deleted?: boolean;
  readonly is_bot?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
}

function isOutside(user: SlackUser, team: string): boolean {
  const guest = user.is_restricted === true || user.is_ultra_restricted === true;
  const gone = user.deleted === true || user.is_bot === true || user.is_stranger === true;
  return guest || gone || user.team_id !== team;
}

/** Says whether a person stands outside the workspace: a guest, of another workspace, or not to be told. */
export type Outsiders = (
  person: { readonly user: string; readonly userTeam?: string },
  installation: SlackInstallation,
) => Promise<boolean>;

/**
 * Ask Slack who is a guest or a stranger, and remember its word for ten minutes.
 *
 * Somebody of whom Slack says nothing counts as outside: who may decide is never guessed. That is not remembered.
 */
export function createOutsiders(clientOf: Clients, clock: Clock): Outsiders {
  const known = new Map<string, { readonly outside: boolean; readonly until: number }>();

  return async ({ user, userTeam }, installation) => {
    const team = installation.slackTeamId;
    if (userTeam !== undefined && userTeam !== team) return true;
    const key = `${team} ${user}`;
    const now = clock.now().getTime();
    const earlier = known.get(key);
    if (earlier && earlier.until > now) return earlier.outside;
    try {
      const answer = await clientOf(installation).users.info({ user });
      const outside = answer.user === undefined || isOutside(answer.user, team);
      if (known.size >= remembered) known.clear();
      known.set(key, { outside, until: now + trustMs });
      return outside;
    } catch {
      return true;
    }
  };
}
