import type { Approval } from "../../domain/approval.ts";
import type { Person } from "../../domain/person.ts";
import type { Hub } from "../../hub.ts";

/** How many open requests are looked at; a hub with more has other troubles. */
const looked = 100;

/** The requests that this person may decide on the page now, of the hundred that wait longest, oldest first. */
export async function readWaitingFor(hub: Hub, viewer: Person): Promise<readonly Approval[]> {
  const open = await hub.store.approvals.scan("byState", {
    prefix: [hub.organization, "open"],
    limit: looked,
  });
  const refusals = await Promise.all(
    open.map((approval) => hub.approvals.refusalFor(approval, viewer, "web")),
  );
  return open.filter((_, index) => refusals[index] === undefined);
}
