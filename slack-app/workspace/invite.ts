import { isWithin } from "../../core/domain/is-within.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { WorkspaceDoor } from "../../core/ports/workspace-door.ts";
import type { Clients } from "../outbound/client.ts";

/** How long we believe what Slack said about our own name. */
const trustMs = 10 * 60_000;
/** The name in our manifest, for when Slack does not answer. */
const usualName = "countersign";

/** Say what to type so that the app is let into a private channel. The operator may have named the app otherwise. */
export function createInviteLine(clientOf: Clients, clock: Clock): WorkspaceDoor["inviteLine"] {
  const known = new Map<string, { readonly name: string; readonly at: number }>();
  return async (installation) => {
    if (installation.platform !== "slack") return "";
    const { botUserId } = installation;
    const now = clock.now().getTime();
    const earlier = known.get(botUserId);
    if (earlier && isWithin(trustMs, earlier.at, now)) return `/invite @${earlier.name}`;
    try {
      const { user } = await clientOf(installation).auth.test();
      const name = user ?? usualName;
      known.set(botUserId, { name, at: now });
      return `/invite @${name}`;
    } catch {
      return `/invite @${earlier?.name ?? usualName}`;
    }
  };
}
