import type { Approval } from "../../domain/approval.ts";
import type { Person } from "../../domain/person.ts";
import type { Hub } from "../../hub.ts";

/** How many open requests are looked at; a hub with more has other troubles. */
const looked = 100;

/**
 * The requests that this person may decide on the page, of the hundred that wait longest, oldest first; also those for
 * which they have to sign on first.
 */
export async function readWaitingFor(hub: Hub, viewer: Person): Promise<readonly Approval[]> {
  const open = await hub.store.approvals.scan("byState", {
    prefix: [hub.organization, "open"],
    limit: looked,
  });
  const refusals = await Promise.all(
    open.map((approval) => hub.approvals.refusalFor(approval, viewer, "web")),
  );
  return open.filter((_, index) => {
    const refusal = refusals[index];
    return refusal === undefined || refusal.because === "sign_on_needed";
  });
}
