import type { Approval } from "../domain/approval.ts";
import {
  type Destination,
  helloType,
  isChannel,
  takesEventType,
  workspaceOf,
} from "../domain/destination.ts";
import type { Event } from "../domain/event.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { Store } from "../ports/store.ts";

type Reads = Pick<Store, "installations">;

/** The installation that serves a channel: that under which it was chosen, else that of its workspace. Hooks have none. */
export async function installationOf(
  store: Reads,
  destination: Destination,
): Promise<InstallationRecord | undefined> {
  if (!isChannel(destination)) return undefined;
  const { installation, kind, organization } = destination;
  if (installation !== undefined) return store.installations.get(installation);
  const found = await store.installations.scan("byWorkspace", {
    prefix: [kind, workspaceOf(destination)],
    limit: 100,
  });
  return found.find((record) => record.organization === organization);
}

/**
 * Say why a message is not sent to a destination as it stands now; undefined when it is.
 *
 * Where live events are off, only a hello arrives. Where people of other companies read, a request is shown only if
 * the workspace allows it: what it asks is none of their business.
 */
export async function withheldBecause(
  store: Reads,
  destination: Destination,
  { type }: Event,
  approval: Approval | undefined,
): Promise<string | undefined> {
  if (type === helloType) return undefined;
  if (destination.disabled) return "Live events are off here.";
  if (!takesEventType(destination, type)) return `${type} is not switched on here.`;
  if (!approval || !destination.outsiders) return undefined;
  const installation = await installationOf(store, destination);
  return installation?.allowOutsiders
    ? undefined
    : "People of other companies read this channel; an admin can allow requests there.";
}
