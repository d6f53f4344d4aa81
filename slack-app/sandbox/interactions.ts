import { createHmac } from "node:crypto";
import type { Dialog } from "./dialogs.ts";
import { messageFields, type Rig, viewFields } from "./methods.ts";
import type { Post } from "./timeline.ts";
import type { Origin } from "./whispers.ts";

/** Slack waits so long for an answer (docs.slack.dev/interactivity/handling-user-interaction). */
const patienceMs = 3_000;

type Thing = Readonly<Record<string, unknown>>;

/** What the hub answered. Status 0: nothing in time, or no connection. */
export interface HubAnswer {
  readonly status: number;
  readonly ms: number;
  readonly body: string;
}

/** Sign an interaction as Slack signs it, and post it to the hub: a form, bare content type, the machine's clock. */
export async function postInteraction(
  url: string,
  signingSecret: string,
  interaction: unknown,
): Promise<HubAnswer> {
  const body = `payload=${encodeURIComponent(JSON.stringify(interaction))}`;
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const mac = createHmac("sha256", signingSecret).update(`v0:${timestamp}:${body}`).digest("hex");
  const startedAt = performance.now();
  const since = () => Math.round(performance.now() - startedAt);
  try {
    const answer = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${mac}`,
      },
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    return { status: answer.status, body: await answer.text(), ms: since() };
  } catch {
    return { status: 0, body: "", ms: since() };
  }
}

/** The fields that every interaction has. */
function envelope(rig: Rig, person: string): Thing {
  const { teamId, domain, appId, people, seal } = rig.workspace;
  const name = people.find((one) => one.id === person)?.name.toLowerCase() ?? "";
  return {
    team: { id: teamId, domain },
    user: { id: person, username: name, name, team_id: teamId },
    api_app_id: appId,
    token: seal("verification token").slice(0, 24),
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** When a click happened, to the microsecond: from its trigger, `milliseconds.number.mark`, which no other click has. */
function pressedAt(trigger: string): string {
  const [ms = "0", number = "0"] = trigger.split(".");
  const micros = String(Number(number) % 1_000).padStart(3, "0");
  return `${(Number(ms) / 1_000).toFixed(3)}${micros}`;
}

/** A pressed button, as Slack reports it. */
export function blockActions(
  rig: Rig,
  press: {
    readonly post: Post;
    readonly person: string;
    readonly button: Thing;
    readonly trigger: string;
    readonly responseUrl: string;
  },
): Thing {
  const { post, person, button, trigger, responseUrl } = press;
  const channel = rig.workspace.channels.find((one) => one.id === post.channel);
  const { type, action_id, text, value, style, url } = button;
  return {
    type: "block_actions",
    ...envelope(rig, person),
    container: {
      type: "message",
      message_ts: post.ts,
      channel_id: post.channel,
      is_ephemeral: false,
    },
    trigger_id: trigger,
    channel: { id: post.channel, name: channel?.name.slice(1) ?? "" },
    message: messageFields(rig, post),
    state: { values: {} },
    response_url: responseUrl,
    actions: [
      {
        type,
        action_id,
        block_id: "actions",
        text,
        value,
        style,
        url,
        action_ts: pressedAt(trigger),
      },
    ],
  };
}

/** A dialog that was sent, as Slack reports it. */
export function viewSubmission(
  rig: Rig,
  dialog: Dialog,
  person: string,
  trigger: string,
  values: Thing,
): Thing {
  return {
    type: "view_submission",
    ...envelope(rig, person),
    trigger_id: trigger,
    view: { ...viewFields(rig, dialog), state: { values } },
    response_urls: [],
  };
}

/** Where a click came from, for what is answered to it later. */
export const originOf = (post: Post, person: string): Origin => ({
  channel: post.channel,
  ts: post.ts,
  person,
});
