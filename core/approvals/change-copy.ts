import { type Approval, isClosed } from "../domain/approval.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { ApprovalId } from "../domain/ids.ts";
import type { Store } from "../ports/store.ts";
import type { CopyDeps } from "./announce.ts";
import { repairCopy } from "./reconcile.ts";

/**
 * Change what is known of a copy, and edit it where it then shows something older than its request. `change` answers the
 * copy as it is known now, or undefined where nothing was changed.
 *
 * A request that is over is marked as not announced meanwhile: after a crash in between, the next start looks at its
 * copies again. That of one that is open is found by `reconcile`.
 */
export async function changeCopy(
  deps: CopyDeps,
  id: ApprovalId,
  change: () => Promise<Delivery | undefined>,
): Promise<void> {
  const { approvals } = deps.store;
  const before = await approvals.get(id);
  // Whoever has yet to announce it looks at its copies anyway, and marks it when that is done.
  const marks = before && isClosed(before) && before.announced === before.revision;
  if (marks) await noteAnnounced(deps.store, before, before.revision - 1);
  const copy = await change();
  // Read after the copy is there: whoever closes the request meanwhile may not have found it.
  const approval = copy && (await approvals.get(id));
  if (approval) await repairCopy(deps, approval, copy);
  if (marks) await noteAnnounced(deps.store, before, before.revision);
}

/** Whoever changed the request meanwhile announces it. */
async function noteAnnounced(store: Store, approval: Approval, announced: number): Promise<void> {
  await store.approvals.replace({ ...approval, announced }, approval.revision);
}
