import {
  deadlineOf,
  findRequester,
  mayCallBack,
  type Opening,
  openApproval,
} from "../approvals/open.ts";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Problem, ProblemAt } from "../domain/problem.ts";
import type { Producer } from "../domain/producer.ts";
import type { Clock } from "../ports/clock.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Log } from "../ports/log.ts";
import type { Random } from "../ports/random.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { isHubType } from "../routing/compile.ts";
import { type PlanningTable, planEvent } from "../routing/plan.ts";
import { conflictWithin, contentHashOf, eventIdOf, slotFor } from "./event-identity.ts";
import type { OpenRequests } from "./open-requests.ts";
import type { EventDraft } from "./parse-event.ts";

export interface IngestDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly planning: () => Promise<PlanningTable>;
  readonly typeOf: (name: string) => Promise<EventType | undefined>;
  readonly openRequests: OpenRequests;
  /** Called with what was stored, so that its deliveries follow without delay. */
  readonly stored: (accepted: AcceptedEvent) => void;
}

/** What the producer is told of one event. */
export interface Receipt {
  readonly status: "accepted" | "duplicate";
  readonly accepted: AcceptedEvent;
  readonly opening?: Opening;
}

export type Ingested =
  | { readonly kind: "accepted"; readonly receipts: readonly Receipt[] }
  | { readonly kind: "refused"; readonly problem: Problem };

/**
 * Take events of one producer. When the promise settles with `accepted`, each is on disk together with its plan.
 *
 * All or none: what can be wrong is found before anything is stored. What was taken before is a duplicate, whatever has
 * changed since: its time may have passed, its policy may have gone. Only a race of two requests that use one external
 * id for different content can refuse a batch of which other events were stored; the same batch sent again then says
 * `duplicate` for those.
 */
export async function ingest(
  deps: IngestDeps,
  producer: Producer,
  drafts: readonly EventDraft[],
  isBatch: boolean,
): Promise<Ingested> {
  const startedAt = performance.now();
  const table = await deps.planning();
  const at = (index: number) => (isBatch ? `/${index}` : "");
  const events = await Promise.all(drafts.map((draft) => eventOf(deps, producer, draft)));
  const found = await Promise.all(events.map((event) => slotFor(deps.store, event)));
  const checks = await Promise.all(
    events.map((event, index) =>
      found[index]?.kind === "duplicate" ? [] : mistakesOf(deps, producer, table, event, at(index)),
    ),
  );
  const errors = checks.flat();
  if (errors.length > 0) return { kind: "refused", problem: invalid(errors) };

  const taken = found.findIndex(({ kind }) => kind === "conflict");
  const conflict = taken >= 0 ? taken : conflictWithin(events);
  if (conflict >= 0)
    return { kind: "refused", problem: conflictOf(events[conflict] as Event, at(conflict)) };
  const openings = events.filter(
    (event, index) =>
      found[index]?.kind === "free" && planEvent(event, producer, table).policy !== undefined,
  );
  const tooMany = await deps.openRequests.reserve(producer.id, openings.length);
  if (tooMany) return { kind: "refused", problem: tooMany };

  const receipts = await Promise.all(events.map((event) => accept(deps, producer, table, event)));
  const late = receipts.indexOf("conflict");
  if (late >= 0) return { kind: "refused", problem: conflictOf(events[late] as Event, at(late)) };
  const kept = receipts.filter((receipt) => receipt !== "conflict");
  for (const receipt of kept) tell(deps, producer, receipt, performance.now() - startedAt);
  return { kind: "accepted", receipts: kept };
}

async function eventOf(deps: IngestDeps, producer: Producer, draft: EventDraft): Promise<Event> {
  const { organization, clock, random, typeOf } = deps;
  const receivedAt = clock.now();
  const {
    externalId = random.id("event"),
    source = producer.name,
    occurredAt = receivedAt,
  } = draft;
  const level = draft.level ?? (await typeOf(draft.type))?.level ?? "info";
  const named = { producer: producer.id, externalId, source, receivedAt };
  return {
    ...draft,
    ...named,
    id: eventIdOf(named),
    organization,
    occurredAt,
    level,
    contentHash: contentHashOf(draft),
  };
}

async function accept(
  deps: IngestDeps,
  producer: Producer,
  table: PlanningTable,
  event: Event,
): Promise<Receipt | "conflict"> {
  for (;;) {
    const slot = await slotFor(deps.store, event);
    if (slot.kind === "conflict") return "conflict";
    if (slot.kind === "duplicate") return withOpening(deps, "duplicate", slot.accepted);
    const accepted: AcceptedEvent = {
      id: slot.id,
      organization: event.organization,
      revision: 1,
      event: { ...event, id: slot.id },
      plan: planEvent(event, producer, table),
      known: (await deps.typeOf(event.type)) !== undefined,
      state: "accepted",
    };
    if ((await deps.store.events.insert(accepted)) === "present") continue;
    faultPoint("event-stored");
    const receipt = await withOpening(deps, "accepted", accepted);
    deps.stored(accepted);
    return receipt;
  }
}

async function withOpening(
  deps: IngestDeps,
  status: Receipt["status"],
  accepted: AcceptedEvent,
): Promise<Receipt> {
  const { policy } = accepted.plan;
  if (!policy) return { status, accepted };
  if (accepted.approval) {
    const approval = await deps.store.approvals.get(accepted.approval);
    const joined = approval?.event !== accepted.id;
    return approval
      ? { status, accepted, opening: { approval, joined, differs: false } }
      : { status, accepted };
  }
  return { status, accepted, opening: await openApproval(deps, accepted, policy) };
}

async function mistakesOf(
  { store }: IngestDeps,
  producer: Producer,
  table: PlanningTable,
  event: Event,
  pointer: string,
): Promise<readonly ProblemAt[]> {
  const errors: ProblemAt[] = [];
  const note = (path: string, message: string) =>
    void errors.push({ pointer: pointer + path, message });
  if (isHubType(event.type))
    note("/type", `types that begin with ${event.type.split(".")[0]}. belong to the hub`);
  const { approval } = event;
  const ask = "/data/approval";
  if (approval?.callback !== undefined && !mayCallBack(producer, approval.callback)) {
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
  const { policy } = planEvent(event, producer, table);
  if (policy && deadlineOf(event, policy) <= event.receivedAt)
    note(`${ask}/expires_at`, "this time has passed");
  if (policy?.requester === "required" && !(await findRequester(store, event))?.person) {
    note(
      `${ask}/requested_by`,
      "the policy asks for a requester who is known here, by e-mail address",
    );
  }
  return errors;
}

function invalid(errors: readonly ProblemAt[]): Problem {
  return {
    status: 422,
    code: "event_invalid",
    title: "The event is not valid",
    detail: errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; "),
    hint: "Correct these places and send it again. Nothing was stored.",
    errors,
  };
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
    ...(accepted.event.subject === undefined ? {} : { subject: accepted.event.subject }),
    known: accepted.known,
    duplicate: status === "duplicate",
    rules: accepted.plan.matched.map(({ name }) => name),
    destinations: accepted.plan.destinations.length,
    ...(opening ? { approval: opening.approval.id } : {}),
    durationMs: Math.round(durationMs),
  });
}
