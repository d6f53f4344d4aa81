import type { SlackInstallation } from "../../core/ports/installations.ts";
import { renderHome } from "../render/home.ts";
import { type ClickTools, logTrouble, whoPressed } from "./clicks.ts";
import { parseEvent } from "./events.ts";
import { text, thing } from "./reading.ts";

/** Somebody who has opened the app's Home. */
interface HomeVisit {
  readonly user: string;
  readonly team: string;
  /** The platform's own identity of this visit. */
  readonly event: string;
}

/** Read whether an event tells that somebody opened the Home; its other tab is the conversation, which the app has not. */
export function homeVisitOf(body: unknown): HomeVisit | undefined {
  const event = parseEvent(body);
  const envelope = thing(body);
  const fields = thing(envelope["event"]);
  const [user, id] = [text(fields["user"]), text(envelope["event_id"])];
  if (event?.type !== "app_home_opened" || fields["tab"] !== "home" || !event.team)
    return undefined;
  return user && id ? { user, team: event.team, event: id } : undefined;
}

/** Give a visitor their Home anew. Never rejects: Slack tells of the next visit, too. */
export async function showHome(
  { user, team, event }: HomeVisit,
  installation: SlackInstallation,
  tools: ClickTools,
): Promise<void> {
  const { deps, clientOf } = tools;
  try {
    const who = await whoPressed({ user, userTeam: team }, installation, tools);
    const visit = { platform: "slack", workspace: team, user, ...who, click: event } as const;
    const view = renderHome(await deps.inbox.greet(visit));
    await clientOf(installation).views.publish({ user_id: user, view });
  } catch (error) {
    logTrouble(deps, "slack.home", error);
  }
}
