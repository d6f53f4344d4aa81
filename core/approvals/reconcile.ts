import { enqueue } from "../deliveries/enqueue.ts";
import { editAgainId } from "../deliveries/keys.ts";
import type { Approval } from "../domain/approval.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Log } from "../ports/log.ts";
import { type CopyDeps, copiesOf, editOf } from "./announce.ts";

export interface ReconcilingDeps extends CopyDeps {
  readonly organization: OrganizationId;
  readonly log: Log;
}

/** Requests that are compared together. */
const together = 50;

/**
 * Compare the copies of every request that waits for people with the request, and edit those that show something
 * older (FEATURES F4). Done once at each start; it says so in the log where it found any.
 *
 * What a crash cut short is marked in its own record and found by that mark. This finds what nobody marked: a card whose
 * place was learned from a click, or what a copy shows that was noted and lost.
 */
export async function reconcile(deps: ReconcilingDeps): Promise<void> {
  let requests = 0;
  let repaired = 0;
  for await (const page of waitingRequests(deps)) {
    requests += page.length;
    const found = await Promise.all(page.map((approval) => repairCopies(deps, approval)));
    repaired += found.reduce((sum, count) => sum + count, 0);
  }
  if (repaired > 0) deps.log.write({ kind: "hub.reconciled", requests, repaired });
}

async function* waitingRequests({ store, organization }: ReconcilingDeps) {
  for (const state of ["open", "locked"] as const) {
    let after: string | undefined;
    do {
      const page = await store.approvals.scan("byState", {
        prefix: [organization, state],
        limit: together,
        ...(after === undefined ? {} : { after }),
      });
      yield page;
      const last = page.length === together ? page.at(-1) : undefined;
      after = last && store.approvals.cursorOf("byState", last);
    } while (after !== undefined);
  }
}

async function repairCopies(deps: CopyDeps, approval: Approval): Promise<number> {
  const copies = await copiesOf(deps.store, approval);
  const repaired = await Promise.all(copies.map((copy) => repairCopy(deps, approval, copy)));
  return repaired.filter(Boolean).length;
}

/**
 * Edit one copy that shows something older than its request, also where an edit to this revision has left before.
 *
 * An edit that is dead stays so: people see it, and may ask for it again. Answers whether an edit was enqueued.
 */
export async function repairCopy(
  { store, clock }: CopyDeps,
  approval: Approval,
  copy: Delivery,
): Promise<boolean> {
  const edit = copy.state === "delivered" ? editOf(approval, copy, clock.now()) : undefined;
  if (!edit) return false;
  const earlier = await store.deliveries.get(edit.id);
  if (earlier && earlier.state !== "delivered" && earlier.state !== "suppressed") return false;
  const id = earlier ? editAgainId(edit.id, copy.revision) : edit.id;
  if (await store.deliveries.get(id)) return false;
  await enqueue(store, [{ ...edit, id }]);
  return true;
}
