import { setImmediate as nextTurn } from "node:timers/promises";
import type { Approval, OpenApproval } from "../domain/approval.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import { asksPerson } from "../domain/policy.ts";
import type { Store } from "../ports/store.ts";
import { groupsOf } from "./sight.ts";

interface WaitingDeps {
  readonly store: Pick<Store, "approvals" | "groups">;
  readonly organization: OrganizationId;
}

/** Requests that are read between two turns of everybody else. */
const slice = 250;
/** Reading stops here: as many as one producer may have open. */
const mostRead = 5_000;
/** More than anybody looks through. */
const mostFound = 100;

/**
 * The open requests that wait for this person, oldest first, a hundred at most, however many that ask others are older.
 * `mayDecide` is asked of those whose policy asks them.
 */
export async function waitingFor(
  { store, organization }: WaitingDeps,
  person: Person,
  mayDecide: (approval: OpenApproval) => Promise<boolean>,
): Promise<readonly OpenApproval[]> {
  const groups = await groupsOf(store, person);
  const isAsked = (approval: Approval): approval is OpenApproval =>
    approval.state === "open" && asksPerson(approval.policy, person, groups);
  const found: OpenApproval[] = [];
  let behind: { readonly after?: string } = {};
  for (let read = 0; read < mostRead; read += slice) {
    const part = await store.approvals.scan("byState", {
      prefix: [organization, "open"],
      limit: slice,
      ...behind,
    });
    const asked = part.filter(isAsked);
    const verdicts = await Promise.all(asked.map(mayDecide));
    found.push(...asked.filter((_, index) => verdicts[index]));
    const last = part.at(-1);
    if (!last || part.length < slice || found.length >= mostFound) break;
    behind = { after: store.approvals.cursorOf("byState", last) };
    await nextTurn();
  }
  return found.slice(0, mostFound);
}
