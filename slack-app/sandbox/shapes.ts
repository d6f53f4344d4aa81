import type { Dialog } from "./dialogs.ts";
import { orgBot } from "./oauth-methods.ts";
import { findPerson, type Rig, teamOf } from "./rig.ts";
import type { Channel, Team } from "./things.ts";
import type { Post } from "./timeline.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The app's own user in a workspace: one for all of an organization where it is installed there. */
export const botUserOf = (rig: Rig, team: Team): string =>
  rig.grants.of(team)?.isOrg ? orgBot(rig.world) : team.botUserId;

/** A message in the form in which Slack shows it to apps. */
export function messageFields(rig: Rig, post: Post): Fields {
  const team = teamOf(rig, rig.channels.get(post.channel));
  const bot = botUserOf(rig, team);
  return {
    type: "message",
    user: post.person ?? bot,
    ...(post.person === undefined ? { bot_id: team.botId, app_id: rig.world.appId } : {}),
    team: team.id,
    ts: post.ts,
    text: post.text,
    ...(post.blocks === undefined ? {} : { blocks: post.blocks }),
    ...(post.edits === 0 ? {} : { edited: { user: bot, ts: post.ts } }),
  };
}

/** A dialog in the form in which Slack shows it to apps. */
export function viewFields(rig: Rig, dialog: Dialog): Fields {
  const team = teamOf(rig, rig.channels.get(dialog.origin.channel));
  return {
    ...viewFrame(rig, team, dialog.id),
    ...dialog.view,
    hash: dialog.hash,
    clear_on_close: false,
    notify_on_close: false,
    state: { values: {} },
  };
}

/** What every view has, whatever it shows. */
export function viewFrame(rig: Rig, team: Team, id: string): Fields {
  return {
    id,
    team_id: team.id,
    root_view_id: id,
    previous_view_id: null,
    app_id: rig.world.appId,
    app_installed_team_id: team.id,
    bot_id: team.botId,
    external_id: "",
  };
}

/** A channel in the form in which Slack shows it to apps. */
export function channelFields(rig: Rig, channel: Channel): Fields {
  const { id, archived, people, workspace } = channel;
  return {
    id,
    name: channel.name.slice(1),
    name_normalized: channel.name.slice(1),
    is_channel: true,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.private,
    is_archived: archived,
    is_general: false,
    is_shared: channel.outsiders,
    is_ext_shared: channel.outsiders,
    is_org_shared: false,
    is_pending_ext_shared: false,
    is_member: channel.member,
    num_members: people.length + (channel.member ? 1 : 0),
    context_team_id: workspace,
    shared_team_ids: channel.outsiders ? sharedWith(rig, channel) : [workspace],
  };
}

/** The companies of those who are in it. */
function sharedWith(rig: Rig, { workspace, people }: Channel): readonly string[] {
  const teams = people.flatMap((id) => findPerson(rig, id)?.workspace ?? []);
  return [...new Set([workspace, ...teams])];
}
