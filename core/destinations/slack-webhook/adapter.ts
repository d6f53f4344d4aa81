import type { Message } from "../../domain/message.ts";
import { parseUrl } from "../../domain/parse-url.ts";
import type { FieldTrouble, HookAdapter, HookValues } from "../../ports/destination-hook.ts";
import { say } from "../../words/say.ts";
import { resultOfAnswer } from "../call.ts";
import {
  addressField,
  addressTroubles,
  type HookDeps,
  notifyOnly,
  platformTimeoutMs,
  sendToHook,
} from "../hook-adapter.ts";
import { slackWebhookRows, slackWord } from "./outcome.ts";

export interface SlackWebhookDeps extends HookDeps {
  /** What Slack's hooks begin with. */
  readonly starts: readonly string[];
  /** A message as the Slack app draws it; its code is loaded when the first one leaves. */
  readonly draw: (message: Message) => Promise<object>;
}

/** A Slack incoming webhook: messages go into one fixed channel, and nobody presses anything there. */
export function createSlackWebhook(deps: SlackWebhookDeps): HookAdapter<"slack-webhook"> {
  return {
    kind: "slack-webhook",
    // Slack takes one message a second from a hook.
    paces: [{ tasks: ["post"], count: 1, ms: 1_000 }],
    budgets: [],
    fields: [
      addressField(
        () => say`Webhook URL`,
        () =>
          say`It begins with https://hooks.slack.com/ and belongs to one channel, which it never leaves.`,
      ),
    ],
    check: (values) => wrongHost(deps, values) ?? addressTroubles(deps.guard, values),
    remarks: () => [],
    preview: async (_values, message) => ({
      body: JSON.stringify(await deps.draw(message), null, 2),
    }),
    post: async (hook, message) => {
      const drawn = await deps.draw(message);
      return sendToHook(
        deps,
        hook,
        () => ({
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(drawn),
          timeoutMs: platformTimeoutMs,
          shownBody: drawn,
        }),
        (answer) => resultOfAnswer(answer, slackWebhookRows, slackWord),
      );
    },
    ...notifyOnly,
  };
}

function wrongHost(
  { starts }: SlackWebhookDeps,
  { address = "" }: HookValues,
): readonly FieldTrouble[] | undefined {
  const url = parseUrl(address);
  if (!url) return undefined;
  const { protocol, port, href, host, hostname } = url;
  const isSlack = starts.some((start) => href.startsWith(start));
  // The port and the scheme have sentences of their own.
  const onlyPort = hostname === "hooks.slack.com" && (port !== "" || protocol !== "https:");
  return isSlack || onlyPort
    ? undefined
    : [{ key: "address", code: "url_wrong_kind", detail: `${host}, not ${starts[0] ?? ""}` }];
}
