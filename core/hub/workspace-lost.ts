import type { DestinationId } from "../domain/ids.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import { spanOf } from "../installations/installations.ts";
import { troubleOf } from "../messages/platform-troubles.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { HubDeps } from "./hub-deps.ts";

/** More workspaces than one hub has, and more destinations than one of them has. */
const most = 1_000;
const mostThere = 10_000;

/**
 * What the hub says when a workspace took its access away. It is never told in that workspace; where no rule takes it,
 * it goes to the default channel of another one, of the other platform first.
 */
export async function workspaceLost(
  deps: Pick<HubDeps, "store" | "organization">,
  record: InstallationRecord,
  code: string,
  heldDeliveries: number,
): Promise<RaisedEvent> {
  const { id, platform, name, workspace, connectedAt } = record;
  const orTo = await elsewhere(deps, record);
  const { cause, next } = troubleOf(platform, code, name);
  return {
    type: "installation.revoked",
    occasion: `${id} ${connectedAt?.toISOString() ?? "first"}`,
    subject: name,
    level: "critical",
    data: {
      title: `${name} no longer lets Countersign in`,
      installation_id: id,
      platform,
      workspace: name === workspace ? name : `${name} (${workspace})`,
      cause: code,
      ...{ why: cause, next },
      held_deliveries: heldDeliveries,
    },
    notTo: await destinationsThere(deps, record),
    ...(orTo === undefined ? {} : { orTo }),
  };
}

async function destinationsThere(
  { store, organization }: Pick<HubDeps, "store" | "organization">,
  record: InstallationRecord,
): Promise<readonly DestinationId[]> {
  const there = spanOf(record).map((workspace) =>
    store.destinations.scan("byChannel", {
      prefix: [organization, record.platform, workspace],
      limit: mostThere,
    }),
  );
  return (await Promise.all(there)).flat().map(({ id }) => id);
}

const elsewhere = (deps: Pick<HubDeps, "store" | "organization">, lost: InstallationRecord) =>
  defaultChannel(deps, lost.platform, lost);

/** Find the default channel of a workspace where trouble with one platform can be told, of the other platform first. */
export async function defaultChannel(
  { store, organization }: Pick<HubDeps, "store" | "organization">,
  troubled: "slack" | "teams",
  lost?: Pick<InstallationRecord, "id">,
): Promise<DestinationId | undefined> {
  const other = troubled === "slack" ? "teams" : "slack";
  for (const platform of [other, troubled] as const) {
    const found = await store.installations.scan("byWorkspace", {
      prefix: [platform],
      limit: most,
    });
    const one = found.find(
      (record) =>
        record.organization === organization &&
        record.id !== lost?.id &&
        record.state === "connected" &&
        record.defaultDestination !== undefined,
    );
    if (one) return one.defaultDestination;
  }
  return undefined;
}
