import { deadlineOf, mayCallBack } from "../approvals/open.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Problem, ProblemAt } from "../domain/problem.ts";
import type { Producer } from "../domain/producer.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Vault } from "../ports/vault.ts";
import { isHubType } from "../routing/compile.ts";
import type { PlanningTable } from "../routing/plan.ts";
import { type Candidate, consider } from "./candidate.ts";
import type { EventDraft } from "./parse-event.ts";
import type { KnownType, Planning } from "./planning-table.ts";
import { type Posted, type ReadEvents, readEvents } from "./read-events.ts";

/** What checking events needs; the store is not among it. */
export interface CheckingDeps {
  readonly organization: OrganizationId;
  readonly clock: Clock;
  readonly random: Random;
  readonly vault: Pick<Vault, "open">;
  readonly planning: () => Promise<Planning>;
}

/** The events of a request, with what was found out about them and what is wrong with each. */
export interface Checked {
  readonly kind: "checked";
  readonly table: Planning;
  readonly isBatch: boolean;
  readonly candidates: readonly Candidate[];
  readonly mistakes: readonly (readonly ProblemAt[])[];
}

/** Where an event lies in its request, as a JSON pointer. */
export const pointerTo = (isBatch: boolean, index: number) => (isBatch ? `/${index}` : "");

/**
 * Read the events of a request, and find out about each what it is, where it goes, and what is wrong with it, as far as
 * that can be told without the store.
 */
export async function checkEvents(
  deps: CheckingDeps,
  producer: Producer,
  posted: Posted,
): Promise<Checked | Extract<ReadEvents, { readonly kind: "refused" }>> {
  const table = await deps.planning();
  const read = readEvents(posted);
  if (read.kind === "refused") return read;
  const isBatch = read.kind === "batch";
  const drafts = isBatch ? read.drafts : [read.draft];
  const types = await typesOf(table, drafts);
  const candidates = drafts.map((draft) =>
    consider(deps, producer, table, types.get(draft.type), draft),
  );
  const mistakes = candidates.map((one, index) =>
    mistakesIn(deps, producer, table, one, pointerTo(isBatch, index)),
  );
  return { kind: "checked", table, isBatch, candidates, mistakes };
}

/** The types that a request names, each read once. */
async function typesOf({ typeOf }: Planning, drafts: readonly EventDraft[]) {
  const types = new Map<string, KnownType | undefined>();
  for (const { type } of drafts) if (!types.has(type)) types.set(type, await typeOf(type));
  return types;
}

function mistakesIn(
  { vault }: CheckingDeps,
  producer: Producer,
  table: PlanningTable,
  { event, plan: { policy }, misfits, deadlineAt }: Candidate,
  pointer: string,
): readonly ProblemAt[] {
  const errors = misfits.map((misfit) => ({ ...misfit, pointer: pointer + misfit.pointer }));
  const note = (path: string, message: string) =>
    void errors.push({ pointer: pointer + path, message });
  if (isHubType(event.type))
    note("/type", `types that begin with ${event.type.split(".")[0]}. belong to the hub`);
  const { approval } = event;
  const ask = "/data/approval";
  if (approval?.callback !== undefined && !mayCallBack(vault, producer, approval.callback)) {
    const hosts = producer.callbackHosts.join(", ") || "none";
    note(
      `${ask}/callback`,
      `its host is not one of this producer's callback hosts (${hosts}); an admin can add it`,
    );
  }
  if (
    approval?.policy !== undefined &&
    producer.mayNamePolicies &&
    !table.policies.has(approval.policy)
  ) {
    note(
      `${ask}/policy`,
      `there is no policy of this name; there are: ${[...table.policies.keys()].join(", ")}`,
    );
  }
  if (policy && deadlineOf(event, policy) <= event.receivedAt)
    note(deadlineAt ?? `${ask}/expires_at`, "this time has passed");
  return errors;
}

/** The answer to a request that has events with mistakes. */
export function invalid(errors: readonly ProblemAt[]): Problem {
  return {
    status: 422,
    code: "event_invalid",
    title: "The event is not valid",
    detail: errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; "),
    hint: "Correct these places and send it again. Nothing was stored.",
    errors,
  };
}
