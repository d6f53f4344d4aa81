import type { Message } from "../../core/domain/message.ts";
import type { Visit } from "../../core/ports/inbox.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import { renderHome } from "../render/home.ts";
import { type ClickTools, logTrouble, whoPressed } from "./clicks.ts";
import { parseEvent } from "./events.ts";
import type { ChannelChosen } from "./parse.ts";
import { text, thing } from "./reading.ts";

/** Somebody who has opened the app's Home. */
interface HomeVisit {
  readonly user: string;
  readonly team: string;
  readonly userTeam?: string;
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
  visit: HomeVisit,
  installation: SlackInstallation,
  tools: ClickTools,
): Promise<void> {
  try {
    await publish(await readVisit(visit, installation, tools), [], installation, tools);
  } catch (error) {
    logTrouble(tools.deps, "slack.home", error);
  }
}

/**
 * Choose a channel in somebody's Home, and show there what became of it. Who chooses is whom the envelope names.
 *
 * Never rejects: where this breaks the Home stays as it is, and the person may choose again.
 */
export async function takeChoice(
  { chosen, pressedAt, ...who }: ChannelChosen,
  installation: SlackInstallation,
  tools: ClickTools,
): Promise<void> {
  try {
    const event = `${who.team} ${who.user} ${pressedAt}`;
    const visit = await readVisit({ ...who, event }, installation, tools);
    const answer = await tools.deps.inbox.choose(visit, chosen);
    await publish(visit, [answer], installation, tools);
  } catch (error) {
    logTrouble(tools.deps, "slack.channel", error);
  }
}

async function readVisit(
  { user, team, userTeam = team, event }: HomeVisit,
  installation: SlackInstallation,
  tools: ClickTools,
): Promise<Visit> {
  const who = await whoPressed({ user, userTeam }, installation, tools);
  return { platform: "slack", workspace: team, user, ...who, click: event };
}

async function publish(
  visit: Visit,
  first: readonly Message[],
  installation: SlackInstallation,
  { deps, clientOf }: ClickTools,
): Promise<void> {
  const greeting = await deps.inbox.greet(visit);
  const picked = await deps.inbox.pick(visit, "");
  const picker = picked.kind === "picker" ? picked : undefined;
  const view = renderHome([...first, greeting], picker);
  await clientOf(installation).views.publish({ user_id: visit.user, view });
}
