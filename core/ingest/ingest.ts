import { requestOf } from "../approvals/apply-effect.ts";
import { findRequester, openApproval } from "../approvals/open.ts";
import { sealAddress } from "../deliveries/callback-address.ts";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import { HubError } from "../domain/hub-error.ts";
import type { Problem, ProblemAt } from "../domain/problem.ts";
import type { Producer } from "../domain/producer.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { runsOf } from "./batch-runs.ts";
import type { Candidate } from "./candidate.ts";
import {
  type Checked,
  type CheckingDeps,
  checkEvents,
  invalid,
  pointerTo,
} from "./check-events.ts";
import { conflictWithin, type Slot, slotFor } from "./event-identity.ts";
import type { OpenRequests } from "./open-requests.ts";
import type { Posted } from "./read-events.ts";
import type { Receipt } from "./receipt.ts";
import { createSubjectTurns } from "./subject-turns.ts";
import { type Taking, takeAtOnce } from "./take-at-once.ts";

export interface IngestDeps extends CheckingDeps {
  readonly store: Store;
  readonly vault: Vault;
  readonly log: Log;
  readonly openRequests: OpenRequests;
  /**
   * Called with what was stored, so that its deliveries follow without delay. Resolves when they have, or with what went
   * wrong when that failed and is left to the next look.
   */
  readonly stored: (accepted: AcceptedEvent) => Promise<unknown>;
  /** Called when events were stored together with their deliveries. */
  readonly enqueued: () => void;
}

export type Ingested =
  | {
      readonly kind: "accepted";
      /** A list came, even if it is one of one event. */
      readonly isBatch: boolean;
      readonly receipts: readonly Receipt[];
    }
  | { readonly kind: "refused"; readonly problem: Problem };

/**
 * Take the events of one request of a producer. When the promise settles with `accepted`, each is on disk together with
 * its plan.
 *
 * All or none: what can be wrong is found before anything is stored. What was taken before is a duplicate, whatever has
 * changed since: its time may have passed, its policy may have gone. Only a race of two requests that use one external
 * id for different content can refuse a batch of which other events were stored; the same batch sent again then says
 * `duplicate` for those.
 */
export async function ingest(
  deps: IngestDeps,
  producer: Producer,
  posted: Posted,
): Promise<Ingested> {
  const startedAt = performance.now();
  const begun = await begin(deps, producer, posted);
  if (!("stored" in begun)) return begun;
  const { stored, receipts, isBatch } = begun;
  if ((await stored) === "present") {
    // Only the text of the request was kept meanwhile, so it is read once more.
    const read = await checkEvents(deps, producer, posted);
    return read.kind === "refused" ? read : takeEach(deps, producer, read);
  }
  faultPoint("event-stored");
  faultPoint("deliveries-stored");
  for (const receipt of receipts) tell(deps, producer, receipt, performance.now() - startedAt);
  deps.enqueued();
  return { kind: "accepted", isBatch, receipts };
}

/** Take the events one by one, or begin to take them at once and answer before they are on disk. */
async function begin(
  deps: IngestDeps,
  producer: Producer,
  posted: Posted,
): Promise<Ingested | (Taking & Pick<Checked, "isBatch">)> {
  const read = await checkEvents(deps, producer, posted);
  if (read.kind === "refused") return read;
  const { table, candidates, mistakes, isBatch } = read;
  const taking = mistakes.every((found) => found.length === 0)
    ? takeAtOnce(deps.store, table, candidates)
    : undefined;
  return taking ? { isBatch, ...taking } : takeEach(deps, producer, read);
}

/** Look where each event belongs, and take those that are new. */
async function takeEach(
  deps: IngestDeps,
  producer: Producer,
  { candidates, mistakes, isBatch }: Checked,
): Promise<Ingested> {
  const startedAt = performance.now();
  const at = (index: number) => pointerTo(isBatch, index);
  const slots = await Promise.all(
    // One that has only an id of ours cannot have come before.
    candidates.map((candidate) => (candidate.named ? slotFor(deps.store, candidate) : free)),
  );
  const checks = await Promise.all(
    candidates.map(async (candidate, index) =>
      slots[index]?.kind === "duplicate"
        ? []
        : [...(mistakes[index] ?? []), ...(await requesterMissing(deps, candidate, at(index)))],
    ),
  );
  const errors = checks.flat();
  if (errors.length > 0) return { kind: "refused", problem: invalid(errors) };

  const conflictAt = (index: number): Ingested => ({
    kind: "refused",
    problem: conflictOf((candidates[index] as Candidate).event, at(index)),
  });
  const taken = slots.findIndex(({ kind }) => kind === "conflict");
  const conflict = taken >= 0 ? taken : conflictWithin(candidates);
  if (conflict >= 0) return conflictAt(conflict);
  const openings = candidates.filter(
    ({ plan }, index) => slots[index]?.kind === "free" && plan.policy,
  );
  const tooMany = await deps.openRequests.reserve(producer.id, openings.length);
  if (tooMany) return { kind: "refused", problem: tooMany };

  const receipts = await acceptAll(deps, candidates, slots);
  const late = receipts.indexOf("conflict");
  if (late >= 0) return conflictAt(late);
  const kept = receipts.filter((receipt) => receipt !== "conflict");
  for (const receipt of kept) tell(deps, producer, receipt, performance.now() - startedAt);
  return { kind: "accepted", isBatch, receipts: kept };
}

const free: Slot = { kind: "free" };

/**
 * Run by run, and in each the requests first: what another event of the run tells of one finds it. What opens or changes
 * a request of one subject is taken in the order in which it stands, however long the store takes for each.
 */
async function acceptAll(
  deps: IngestDeps,
  candidates: readonly Candidate[],
  slots: readonly Slot[],
): Promise<readonly (Receipt | "conflict")[]> {
  const receipts: (Receipt | "conflict")[] = candidates.map(() => "conflict");
  const acceptInTurn = createSubjectTurns(
    async ({ place, ...candidate }: Candidate & { readonly place: number }) => {
      receipts[place] = await accept(deps, candidate, slots[place] ?? free);
    },
  );
  const take = (run: readonly number[], opens: boolean) =>
    Promise.all(
      run.map(async (place) => {
        const candidate = candidates[place] as Candidate;
        if ((candidate.plan.policy !== undefined) !== opens) return;
        await acceptInTurn({ ...candidate, place });
      }),
    );
  for (const run of runsOf(candidates)) {
    await take(run, true);
    await take(run, false);
  }
  return receipts;
}

async function accept(
  deps: IngestDeps,
  candidate: Candidate,
  found: Slot,
): Promise<Receipt | "conflict"> {
  const { event, plan, known } = candidate;
  // Whoever is told "present" was overtaken since it looked, and looks again.
  for (let slot = found; ; slot = await slotFor(deps.store, candidate)) {
    if (slot.kind === "conflict") return "conflict";
    if (slot.kind === "duplicate") return takeAgain(deps, slot.accepted);
    const { id, organization } = event;
    const about = plan.effect && (await requestOf(deps, event));
    const accepted: AcceptedEvent = {
      ...{ id, organization, revision: 1 },
      ...{ event: withSealedCallback(deps, event), plan, known, state: "accepted" },
      ...(about ? { approval: about.id } : {}),
    };
    if ((await deps.store.events.insert(accepted)) === "present") continue;
    faultPoint("event-stored");
    const receipt = await withOpening(deps, "accepted", accepted);
    const followed = deps.stored(await noteJoined(deps, accepted, receipt));
    if (endsRequest(accepted)) await ended(followed);
    return receipt;
  }
}

/** What came before may still be left to do: who took it then may be gone. */
async function takeAgain(deps: IngestDeps, accepted: AcceptedEvent): Promise<Receipt> {
  if (endsRequest(accepted) && accepted.state === "accepted") await ended(deps.stored(accepted));
  return withOpening(deps, "duplicate", accepted);
}

/** Then its sender is answered when that has ended, for it may ask for the same again, and must not join it. */
const endsRequest = ({ plan }: AcceptedEvent) => plan.effect?.kind === "closes";

/** A store that was away right then refuses the event: what comes again is a duplicate, and does it. */
async function ended(followed: Promise<unknown>): Promise<void> {
  const failure = await followed;
  if (failure instanceof HubError && failure.code.startsWith("store_")) throw failure;
}

/** What its sender is told to have joined an open request stays with that one, whenever it is expanded. */
async function noteJoined(
  { store }: IngestDeps,
  accepted: AcceptedEvent,
  { opening }: Receipt,
): Promise<AcceptedEvent> {
  if (!opening?.joined) return accepted;
  const revision = accepted.revision + 1;
  const joined: AcceptedEvent = { ...accepted, approval: opening.approval.id, revision };
  // Who was faster has expanded it.
  return (await store.events.replace(joined, accepted.revision)) === "saved" ? joined : accepted;
}

/** The path of a callback may hold a secret, and events are kept. */
function withSealedCallback({ vault }: IngestDeps, event: Event): Event {
  const { id, approval } = event;
  if (approval?.callback === undefined) return event;
  const callback = sealAddress(vault, id, approval.callback);
  return { ...event, approval: { ...approval, callback } };
}

async function withOpening(
  deps: IngestDeps,
  status: Receipt["status"],
  accepted: AcceptedEvent,
): Promise<Receipt> {
  const { policy } = accepted.plan;
  if (!policy) return { status, accepted };
  return { status, accepted, opening: await openApproval(deps, accepted, policy) };
}

async function requesterMissing(
  { store }: IngestDeps,
  { event, plan: { policy } }: Candidate,
  pointer: string,
): Promise<readonly ProblemAt[]> {
  if (policy?.requester !== "required") return [];
  if ((await findRequester(store, event))?.person) return [];
  const message = "the policy asks for a requester who is known here, by e-mail address";
  return [{ pointer: `${pointer}/data/approval/requested_by`, message }];
}

function conflictOf({ externalId, source }: Event, pointer: string): Problem {
  return {
    status: 409,
    code: "event_conflict",
    title: "Another event has this id",
    detail: `The id "${externalId}" of source "${source}" was used within seven days for other content.`,
    hint: "Give this event an id of its own, or send the first content again to read its receipt.",
    errors: [{ pointer: `${pointer}/id`, message: "used for other content" }],
  };
}

function tell({ log }: IngestDeps, producer: Producer, receipt: Receipt, durationMs: number): void {
  const { accepted, status, opening } = receipt;
  log.write({
    kind: "event.received",
    event: accepted.id,
    producer: producer.name,
    type: accepted.event.type,
    known: accepted.known,
    duplicate: status === "duplicate",
    rules: accepted.plan.matched.map(({ name }) => name),
    destinations: accepted.plan.destinations.length,
    durationMs: Math.round(durationMs),
    ...(accepted.event.subject === undefined ? {} : { subject: accepted.event.subject }),
    ...(opening ? { approval: opening.approval.id } : {}),
  });
}
