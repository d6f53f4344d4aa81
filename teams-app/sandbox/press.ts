import type { Json, JsonObject } from "../../core/domain/json.ts";
import type { Post } from "./posts.ts";
import { type Channel, chatOf, type Member } from "./tenant.ts";
import { activityBy, type Wire } from "./wire.ts";

/** A press on a button, before it is an activity. */
export interface Press {
  readonly person: Member;
  /** Absent in the personal chat with the app. */
  readonly channel?: Channel;
  readonly post: Post;
  readonly content: { readonly [name: string]: Json };
}

/** Everything that Teams sends along with a press. */
export function writePress({ person, channel, post, content }: Press, wire: Wire): JsonObject {
  const { tenant } = wire;
  if (!channel) return writePersonal(person, { replyToId: post.id, ...content }, wire);
  return {
    ...activityBy(person, channel.team.region, wire),
    conversation: {
      id: `${channel.id};messageid=${post.id}`,
      isGroup: true,
      conversationType: "channel",
      tenantId: tenant.id,
    },
    channelData: {
      tenant: { id: tenant.id },
      team: { id: channel.team.id, name: channel.team.name },
      channel: { id: channel.id },
      source: { name: "message" },
    },
    replyToId: post.id,
    ...content,
  };
}

/** What somebody does in their personal chat with the app, with everything that Teams sends along. */
export function writePersonal(person: Member, content: JsonObject, wire: Wire): JsonObject {
  const { id: tenantId } = wire.tenant;
  return {
    ...activityBy(person, "emea", wire),
    conversation: { conversationType: "personal", tenantId, id: chatOf(person) },
    channelData: { tenant: { id: tenantId }, source: { name: "message" } },
    ...content,
  };
}
