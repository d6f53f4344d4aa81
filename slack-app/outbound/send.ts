import type { WebAPICallResult } from "@slack/web-api";
import type { SlackChannel } from "../../core/domain/destination.ts";
import type { Message, Note } from "../../core/domain/message.ts";
import type { MessageRef } from "../../core/domain/message-ref.ts";
import type { SendReport, SendResult } from "../../core/domain/send-result.ts";
import type { Budget, ChatAdapter, Pace } from "../../core/ports/chat-platform.ts";
import type { Installations, SlackInstallation } from "../../core/ports/installations.ts";
import { renderMessage, renderNote } from "../render/message.ts";
import type { Clients } from "./client.ts";
import { type Failure, failureOf } from "./outcome.ts";

interface Call {
  readonly method: "chat.postMessage" | "chat.update" | "conversations.join";
  readonly arguments: Readonly<Record<string, unknown>>;
}

type Tried =
  | { readonly ok: true; readonly answer: WebAPICallResult }
  | { readonly ok: false; readonly failure: Failure };

/** About one message a second and channel; edits are counted apart (docs.slack.dev/apis/web-api/rate-limits). */
const paces: readonly Pace[] = [{ tasks: ["post", "note"], count: 1, ms: 1_000 }];

/**
 * Calls of one app to one workspace: 50 edits a minute (tier 3), and "several hundred" posts, of which Slack names no
 * number (docs.slack.dev/apis/web-api/rate-limits). A 429 on a post is mostly meant for its channel.
 */
const budgets: readonly Budget[] = [
  { name: "chat.update", tasks: ["edit"], count: 50, ms: 60_000, retryAfter: "workspace" },
  { name: "chat.postMessage", tasks: ["post", "note"], count: 300, ms: 60_000, retryAfter: "lane" },
];

const quiet = { unfurl_links: false, unfurl_media: false } as const;

const reportOf = (call: Call, { result, status, response }: Failure): SendReport => ({
  result,
  ...(status === undefined ? {} : { status }),
  request: call,
  response,
});

const notInstalled = (call: Call): SendReport => ({
  result: {
    kind: "disconnected",
    because: "not_installed: the workspace has no installation",
    from: "workspace",
  },
  request: call,
  response: null,
});

/** Where a post ended up. Slack answers with the channel's id, also when it was given another name. */
function refOf(workspace: string, answer: WebAPICallResult): MessageRef | undefined {
  const { channel, ts } = answer as { readonly channel?: unknown; readonly ts?: unknown };
  if (typeof channel !== "string" || typeof ts !== "string") return undefined;
  return { platform: "slack", workspace, channel, message: ts };
}

const editCall = (ref: MessageRef, message: Message): Call => ({
  method: "chat.update",
  arguments: { channel: ref.channel, ts: ref.message, ...renderMessage(message), ...quiet },
});

/** A reply in the thread of a message. `thread_ts` names the message itself, and it is not shown in the channel. */
const noteCall = (ref: MessageRef, note: Note): Call => ({
  method: "chat.postMessage",
  arguments: { channel: ref.channel, thread_ts: ref.message, ...renderNote(note), ...quiet },
});

/** Make the adapter that posts cards to Slack channels and edits them in place. */
export function createSlackAdapter(
  installations: Pick<Installations, "slack">,
  clientOf: Clients,
): ChatAdapter<"slack"> {
  const tryCall = async (installation: SlackInstallation, call: Call): Promise<Tried> => {
    try {
      const answer = await clientOf(installation).apiCall(call.method, { ...call.arguments });
      return { ok: true, answer };
    } catch (error) {
      return { ok: false, failure: failureOf(error) };
    }
  };

  /** A public channel lets the app in (U29). Answers why it did not. */
  const join = async (installation: SlackInstallation, channel: string) => {
    const call: Call = { method: "conversations.join", arguments: { channel } };
    const tried = await tryCall(installation, call);
    return tried.ok ? undefined : tried.failure;
  };

  const postOrJoin = async (installation: SlackInstallation, channel: string, call: Call) => {
    const first = await tryCall(installation, call);
    if (first.ok || first.failure.error !== "not_in_channel") return first;
    const closed = await join(installation, channel);
    if (!closed) return tryCall(installation, call);
    // Only a refusal settles it. A join whose answer was lost may be tried again without a second post.
    if (closed.result.kind === "rejected" && closed.error !== "is_archived") return first;
    if (closed.result.kind !== "unknown") return { ok: false, failure: closed } as const;
    const result = {
      kind: "retry",
      because: `not_in_channel: joining: ${closed.result.because}`,
    } as const;
    return { ok: false, failure: { ...closed, result } } as const;
  };

  /** Do something to a message that is there. A reply is a post like any other. */
  const change = async (ref: MessageRef, call: Call, done: SendResult): Promise<SendReport> => {
    const installation = await installations.slack(ref.workspace);
    if (!installation) return notInstalled(call);
    const tried = await (call.method === "chat.postMessage"
      ? postOrJoin(installation, ref.channel, call)
      : tryCall(installation, call));
    if (!tried.ok) return reportOf(call, tried.failure);
    return { result: done, status: 200, request: call, response: tried.answer };
  };

  return {
    kind: "slack",
    paces,
    budgets,

    async post(destination: SlackChannel, message: Message): Promise<SendReport> {
      const { slackTeamId, channelId } = destination;
      const shown = { channel: channelId, ...renderMessage(message), ...quiet };
      const call: Call = { method: "chat.postMessage", arguments: shown };
      const installation = await installations.slack(slackTeamId);
      if (!installation) return notInstalled(call);
      const tried = await postOrJoin(installation, channelId, call);
      if (!tried.ok) return reportOf(call, tried.failure);
      const ref = refOf(slackTeamId, tried.answer);
      const because = "the answer names no message";
      const result = ref
        ? ({ kind: "sent", ref } as const)
        : ({ kind: "unknown", because } as const);
      return { result, status: 200, request: call, response: tried.answer };
    },

    edit: (ref, message) => change(ref, editCall(ref, message), { kind: "sent", ref }),
    note: (ref, note) => change(ref, noteCall(ref, note), { kind: "sent" }),
  };
}
