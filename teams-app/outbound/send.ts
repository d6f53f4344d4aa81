import type { TurnContext } from "botbuilder";
import type { TeamsChannel } from "../../core/domain/destination.ts";
import type { JsonObject } from "../../core/domain/json.ts";
import type { Message, Note } from "../../core/domain/message.ts";
import type { MessageRef } from "../../core/domain/message-ref.ts";
import { resultOf, type SendReport } from "../../core/domain/send-result.ts";
import type { Budget, ChatAdapter, Pace } from "../../core/ports/chat-platform.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Installations } from "../../core/ports/installations.ts";
import { isAllowedTenant } from "../install/allowed.ts";
import { escapePlain } from "../render/escape.ts";
import { renderCard } from "../render/message.ts";
import { renderNote } from "../render/note.ts";
import { converse, type Speaker } from "./converse.ts";
import { isServiceHost } from "./hosts.ts";
import { failureOf } from "./outcome.ts";
import type { Exchange } from "./wire.ts";

const tasks = ["post", "edit", "note"] as const;

/**
 * Calls of one bot for one conversation: 7 in 1 s and 60 in 30 s (PLATFORMS 2.9). Threads are of their channel, and
 * Microsoft excepts no kind of call, so edits count as posts do.
 */
const paces: readonly Pace[] = [
  { tasks, count: 7, ms: 1_000 },
  { tasks, count: 60, ms: 30_000 },
];

/** All calls of one app in one tenant: 50 a second (PLATFORMS 2.9). A 429 is meant for its conversation. */
const budgets: readonly Budget[] = [
  { name: "calls", tasks, count: 50, ms: 1_000, retryAfter: "lane" },
];

interface SendDeps extends Speaker {
  readonly clock: Clock;
  readonly installations: Pick<Installations, "teams">;
}

type Act = (context: TurnContext) => Promise<{ readonly id?: string } | undefined>;
type Place = Omit<MessageRef, "message" | "platform">;

/** Make the adapter that posts cards to channels and edits them. One call, one try. */
export function createAdapter(deps: SendDeps): ChatAdapter<"teams"> {
  return {
    kind: "teams",
    paces,
    budgets,
    post: (destination, message) => post(deps, destination, message),
    edit: (ref, message) => edit(deps, ref, message),
    note: (ref, note) => writeNote(deps, ref, note),
  };
}

async function post(deps: SendDeps, channel: TeamsChannel, message: Message): Promise<SendReport> {
  const place: Place = {
    workspace: channel.entraTenantId,
    channel: channel.channelId,
    serviceUrl: channel.serviceUrl,
  };
  const activity = cardActivity(message);
  const sent = await attempt(deps, place, activity, async (context) => {
    // A continuation has a made-up id, and a reply to that would be posted (PLATFORMS 2.5 e).
    delete context.activity.id;
    return context.sendActivity(activity);
  });
  if (sent.report.result.kind !== "sent" || !sent.id) return sent.report;
  const ref: MessageRef = { platform: "teams", ...place, message: sent.id };
  return { ...sent.report, result: { kind: "sent", ref } };
}

async function edit(deps: SendDeps, ref: MessageRef, message: Message): Promise<SendReport> {
  const activity = { ...cardActivity(message), id: ref.message };
  const { report } = await attempt(deps, ref, activity, async (context) => {
    const changed = await context.updateActivity(activity);
    return changed ?? undefined;
  });
  return report;
}

/** A message in the conversation that a root message begins is a reply to it (Microsoft's "conversation;messageid="). */
async function writeNote(deps: SendDeps, ref: MessageRef, note: Note): Promise<SendReport> {
  const activity = { type: "message", textFormat: "markdown", text: renderNote(note) };
  const thread = { ...ref, channel: `${ref.channel};messageid=${ref.message}` };
  const { report } = await attempt(deps, thread, activity, async (context) => {
    delete context.activity.id;
    return context.sendActivity(activity);
  });
  return report;
}

/**
 * The activity of a message: one card and nothing beside it.
 *
 * With a `text` too, Teams answers 202 without an id, and the message could never be edited (PLATFORMS 2.5 c). What
 * people read in the notification goes into `summary`.
 */
export function cardActivity(message: Message, card: JsonObject = renderCard(message)) {
  return {
    type: "message",
    summary: escapePlain(message.plainText),
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }],
  };
}

async function attempt(
  deps: SendDeps,
  place: Place,
  activity: object,
  act: Act,
): Promise<{ readonly report: SendReport; readonly id?: string }> {
  const serviceUrl = place.serviceUrl ?? "";
  const closed = await whyClosed(deps, place.workspace);
  if (closed !== undefined) {
    const result = resultOf("workspace", closed);
    return { report: { result, request: activity, response: "" } };
  }
  if (!isServiceHost(serviceUrl, deps.settings.serviceHosts)) {
    const result = { kind: "rejected", because: "service_host_not_allowed" } as const;
    return { report: { result, request: activity, response: "" } };
  }
  const { exchange, value, failure } = await converse(deps, { ...place, serviceUrl }, act);
  const report = reportOf(exchange, failure, activity, deps);
  return value?.id === undefined ? { report } : { report, id: value.id };
}

/**
 * Why nothing goes to a tenant. The bot's token is good in all of them, also where an admin of ours disconnected the
 * tenant or the operator allows it no more, so only this keeps messages back.
 */
async function whyClosed(
  { settings, installations }: SendDeps,
  tenant: string,
): Promise<string | undefined> {
  if (!isAllowedTenant(settings, tenant)) return "tenant_not_allowed";
  const installed = await installations.teams(tenant);
  return installed ? undefined : "not_installed: the tenant is not connected";
}

function reportOf(
  { answer }: Exchange,
  failure: unknown,
  request: unknown,
  { clock }: SendDeps,
): SendReport {
  if (answer?.kind === "answered" && answer.status >= 200 && answer.status < 300) {
    const { status, body } = answer;
    return { result: { kind: "sent" }, status, request, response: body };
  }
  // A failure that the wire knows nothing of is a mistake of ours, or of the library.
  if (!answer) throw failure;
  const result = failureOf(answer, clock.now());
  if (answer.kind !== "answered") return { result, request, response: "" };
  return { result, status: answer.status, request, response: answer.body };
}
