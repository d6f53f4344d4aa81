import type { Dialog } from "./dialogs.ts";
import { type Rig, teamOf } from "./rig.ts";
import { messageFields, viewFields } from "./shapes.ts";
import type { Channel, Member } from "./things.ts";
import type { Post } from "./timeline.ts";
import type { Origin } from "./whispers.ts";

type Thing = Readonly<Record<string, unknown>>;
/** What lies in a workspace. */
type Place = Pick<Channel, "workspace">;

/** The fields that every interaction has. A person of another company brings that company's id. */
function envelope(rig: Rig, person: string, channel: Place | undefined): Thing {
  const { appId, seal, enterprise } = rig.world;
  const member = rig.members.get(person);
  const name = member?.name.toLowerCase() ?? "";
  const team = teamOf(rig, channel);
  const isInOrg = team.enterprise === enterprise.id;
  return {
    team: {
      id: team.id,
      domain: team.domain,
      ...(isInOrg ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {}),
    },
    user: { id: person, username: name, name, team_id: member?.workspace ?? team.id },
    api_app_id: appId,
    token: seal("verification token").slice(0, 24),
    enterprise: isInOrg ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: rig.grants.of(team)?.isOrg ?? false,
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
  const channel = rig.channels.get(post.channel);
  const { type, action_id, text, value, style, url } = button;
  return {
    type: "block_actions",
    ...envelope(rig, person, channel),
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

/** A conversation that somebody chose in their Home, as Slack reports it: without a channel and an address to answer. */
export function homeActions(
  rig: Rig,
  choice: {
    readonly person: Member;
    readonly home: Thing;
    readonly select: Thing;
    readonly block: string;
    readonly selected: string;
    readonly trigger: string;
  },
): Thing {
  const { person, home, select, block, selected, trigger } = choice;
  const { type, action_id } = select;
  const place = { workspace: person.workspace };
  return {
    type: "block_actions",
    ...envelope(rig, person.id, place),
    container: { type: "view", view_id: home["id"] },
    trigger_id: trigger,
    view: home,
    actions: [
      {
        ...{ type, action_id, block_id: block },
        selected_conversation: selected,
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
    ...envelope(rig, person, rig.channels.get(dialog.origin.channel)),
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
