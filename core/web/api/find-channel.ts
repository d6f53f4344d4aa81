import { type InstallationId, parseId } from "../../domain/ids.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import { notFound } from "./not-found.ts";

/** A channel by its ids. */
export interface FoundChannel {
  readonly installation: InstallationId;
  readonly workspace: string;
  readonly channelId: string;
}

/** How many channels of similar names are named in a refusal. */
const named = 5;

/** Find the one channel that is meant by an id, a link or a whole name. */
export async function findChannel(
  hub: Hub,
  workspace: string,
  asked: string,
): Promise<FoundChannel | Problem> {
  const installation = parseId("installation", workspace);
  const record = installation && (await hub.store.installations.get(installation));
  if (!installation || record?.organization !== hub.organization) return notFound("workspace");
  const { items, because } = await hub.channels.search(installation, asked, named);
  const wanted = asked.toLowerCase();
  const isMeant = (name: string) => [wanted, `#${wanted}`].includes(name.toLowerCase());
  const [first] = items;
  const exact =
    items.find(({ channel }) => channel.channelId === asked || isMeant(channel.name)) ??
    (items.length === 1 ? first : undefined);
  if (exact) {
    const { workspace: team, channelId } = exact.channel;
    return { installation, workspace: team, channelId };
  }
  const names = items.map(({ channel }) => channel.name).join(", ");
  return {
    status: 422,
    code: "channel_unknown",
    title: "There is no such channel",
    detail: because ?? `No channel is called ${asked}.${names === "" ? "" : ` Similar: ${names}.`}`,
    hint: "Give the channel's id, a link to it, or its whole name.",
  };
}
