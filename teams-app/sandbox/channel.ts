import { randomUUID } from "node:crypto";
import type { Json, JsonObject } from "../../core/domain/json.ts";
import { readObject } from "./http.ts";
import type { Issuer } from "./issuer.ts";
import type { Post } from "./posts.ts";
import type { Channel, Member, Tenant } from "./tenant.ts";

interface ChannelDeps {
  readonly hubUrl: string;
  readonly serviceUrl: string;
  readonly tenant: Tenant;
  readonly issuer: Issuer;
  readonly now: () => Date;
}

/** What the hub answered to one activity. */
export interface Heard {
  readonly status: number;
  readonly ms: number;
  readonly body: JsonObject | undefined;
}

/** A press on a button, before it is an activity. */
export interface Press {
  readonly person: Member;
  readonly channel: Channel;
  readonly post: Post;
  readonly content: { readonly [name: string]: Json };
}

/** Teams waits 10 to 15 s for an answer (PLATFORMS 2.9). */
const waitMs = 10_000;

/** Carry an activity to the hub, signed as the Bot Connector signs: for this app, with the serviceUrl as a claim. */
export async function carry(press: Press, deps: ChannelDeps): Promise<Heard> {
  const token = await deps.issuer.sign(
    { aud: deps.tenant.appId, serviceurl: deps.serviceUrl },
    3_600,
  );
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  try {
    const response = await fetch(`${deps.hubUrl}/api/messages`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(activityOf(press, deps)),
      signal: AbortSignal.timeout(waitMs),
    });
    const body = readObject(await response.text());
    return { status: response.status, ms: elapsed(), body };
  } catch {
    return { status: 504, ms: elapsed(), body: undefined };
  }
}

/** Everything that Teams sends along with a press in a channel. */
function activityOf({ person, channel, post, content }: Press, deps: ChannelDeps): JsonObject {
  const { id, name, aadObjectId } = person;
  const { tenant, serviceUrl } = deps;
  const at = deps.now().toISOString();
  return {
    id: `f:${randomUUID()}`,
    timestamp: at,
    localTimestamp: at,
    channelId: "msteams",
    serviceUrl,
    from: { id, name, aadObjectId },
    conversation: {
      id: `${channel.id};messageid=${post.id}`,
      isGroup: true,
      conversationType: "channel",
      tenantId: tenant.id,
    },
    recipient: { id: `28:${tenant.appId}`, name: "Countersign" },
    entities: [{ type: "clientInfo", locale: "en-GB", country: "GB", platform: "Web" }],
    channelData: {
      tenant: { id: tenant.id },
      team: { id: channel.team.id, name: channel.team.name },
      channel: { id: channel.id },
      source: { name: "message" },
    },
    locale: "en-GB",
    replyToId: post.id,
    ...content,
  };
}
