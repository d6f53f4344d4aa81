import type {
  Attempt,
  DeliveredDelivery,
  Delivery,
  OpenDelivery,
  SendingDelivery,
} from "../domain/delivery.ts";
import { deriveId } from "../domain/ids.ts";
import { redactedText } from "../domain/redact.ts";
import type { SendResult } from "../domain/send-result.ts";
import type { Clock } from "../ports/clock.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Log, LogEntry } from "../ports/log.ts";
import type { Random } from "../ports/random.ts";
import type { LaneLease, Store } from "../ports/store.ts";
import { patienceMs, pauseMs } from "./backoff.ts";
import type { Sent } from "./send.ts";
import { withoutSecrets } from "./without-secrets.ts";

export interface AttemptDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly send: (delivery: SendingDelivery) => Promise<Sent>;
  /** Called after a message ref was stored: what the message shows may be old by now. */
  readonly delivered: (delivery: DeliveredDelivery) => Promise<void>;
  /** Called when a message left though the lane had passed to another holder, and so its result was refused. */
  readonly late: (sending: SendingDelivery, sent: Sent) => Promise<void>;
  /** Called after a try that did not bring it out was stored. */
  readonly failed: (delivery: Delivery) => Promise<void>;
}

/** What the lane learns: whether a message left, and whether the platform asked for a pause. */
export interface Attempted {
  readonly posted: boolean;
  readonly pauseMs: number;
}

/**
 * Try one delivery and store what became of it.
 *
 * The delivery is marked as sending, with the holder's fence, before anything leaves; so a holder whose lease ran out
 * finds another revision and its late result is refused. A crash between sending and storing leaves the mark: the next
 * holder counts that try as unknown and tries again.
 */
export async function attemptDelivery(
  deps: AttemptDeps,
  lease: LaneLease,
  delivery: OpenDelivery,
): Promise<Attempted> {
  const sending = await markSending(deps, lease, delivery);
  if (!sending) return { posted: false, pauseMs: 0 };
  if (delivery.state === "sending") await recordCutOff(deps, delivery);
  const { kind } = sending.task;
  faultPoint(`${kind}-marked`);
  const started = performance.now();
  const sent = await sendSafely(deps, sending);
  faultPoint(`${kind}-sent`);
  const durationMs = Math.round(performance.now() - started);
  const next = settle(deps, sending, sent, durationMs);
  const attempt = attemptOf(sending, sent, durationMs);
  const [saved] = await Promise.all([
    deps.store.deliveries.replace(next, sending.revision),
    attempt && deps.store.attempts.insert(attempt),
  ]);
  faultPoint(`${kind}-stored`);
  // Told after it is stored: whoever reads the line may rely on it.
  if (attempt) deps.log.write(entryOf(sending, attempt, next));
  if (saved === "stale") await deps.late(sending, sent);
  else if (next.state === "delivered") await deps.delivered(next);
  else if (attempt) await deps.failed(next);
  return {
    posted: sending.task.kind === "post" && sent.kind === "tried",
    pauseMs:
      sent.kind === "tried" && sent.report.result.kind === "retry"
        ? (sent.report.result.afterMs ?? 0)
        : 0,
  };
}

/** A fault of ours in one delivery must not stop its lane: it counts as unknown, and is told as trouble. */
async function sendSafely({ send, log }: AttemptDeps, sending: SendingDelivery): Promise<Sent> {
  try {
    return withoutSecrets(await send(sending));
  } catch (cause) {
    log.write({ kind: "hub.trouble", where: `delivery ${sending.id}`, error: String(cause) });
    const result = { kind: "unknown", because: "hub_trouble" } as const;
    return { kind: "tried", report: { result, request: null, response: String(cause) } };
  }
}

/** Keep the try of a holder that is gone: whether it brought the message out, nobody knows. */
async function recordCutOff({ store, clock }: AttemptDeps, cut: SendingDelivery): Promise<void> {
  const durationMs = clock.now().getTime() - cut.startedAt.getTime();
  const result = { kind: "unknown", because: "cut_off" } as const;
  const sent = { kind: "tried", report: { result, request: null, response: null } } as const;
  const attempt = attemptOf(cut, sent, durationMs);
  if (attempt) await store.attempts.insert(attempt);
}

async function markSending(
  { store, clock }: AttemptDeps,
  lease: LaneLease,
  delivery: OpenDelivery,
): Promise<SendingDelivery | undefined> {
  const {
    state: _,
    dueAt: __,
    waitingFor: ___,
    ...record
  } = { dueAt: null, waitingFor: null, ...delivery };
  const sending: SendingDelivery = {
    ...record,
    state: "sending",
    fence: lease.fence,
    startedAt: clock.now(),
    revision: delivery.revision + 1,
    attempts: delivery.attempts + 1,
  };
  return (await store.deliveries.replace(sending, delivery.revision)) === "saved"
    ? sending
    : undefined;
}

function settle(
  deps: AttemptDeps,
  sending: SendingDelivery,
  sent: Sent,
  durationMs: number,
): Delivery {
  const settledAt = deps.clock.now();
  const {
    state: _,
    fence: __,
    startedAt: ___,
    ...record
  } = { ...sending, revision: sending.revision + 1 };
  if (sent.kind === "needless")
    return { ...record, state: "suppressed", cause: sent.cause, settledAt };
  const { result, status } = sent.report;
  switch (result.kind) {
    case "sent":
      return {
        ...record,
        state: "delivered",
        durationMs,
        settledAt,
        ...(result.ref ? { ref: result.ref } : {}),
        ...(status === undefined ? {} : { status }),
        ...(sent.shownRevision === undefined ? {} : { shownRevision: sent.shownRevision }),
      };
    case "rejected":
      return { ...record, state: "dead", cause: result.because, settledAt };
    case "retry":
    case "unknown":
    case "disconnected": {
      const since = (sending.requeued?.at ?? sending.createdAt).getTime();
      // A broken installation is an admin's to mend; what waits for that is kept.
      if (result.kind !== "disconnected" && settledAt.getTime() - since > patienceMs) {
        return {
          ...record,
          state: "dead",
          cause: `gave up after 24 h: ${result.because}`,
          settledAt,
        };
      }
      return {
        ...record,
        state: "pending",
        waitingFor: result.because,
        dueAt: nextTry(deps, sending, result),
      };
    }
  }
}

function nextTry(
  { clock, random }: AttemptDeps,
  { attempts, requeued }: SendingDelivery,
  result: SendResult,
): Date {
  const told = result.kind === "retry" ? result.afterMs : undefined;
  return new Date(
    clock.now().getTime() +
      (told ?? pauseMs(attempts - (requeued?.attempts ?? 0), random.fraction())),
  );
}

function attemptOf(sending: SendingDelivery, sent: Sent, durationMs: number): Attempt | undefined {
  if (sent.kind === "needless") return undefined;
  const { result, status, request, response } = sent.report;
  return {
    id: deriveId("attempt", sending.id, sending.attempts),
    organization: sending.organization,
    revision: 1,
    delivery: sending.id,
    number: sending.attempts,
    outcome: result.kind,
    ...("because" in result ? { because: result.because } : {}),
    ...(status === undefined ? {} : { status }),
    request: redactedText(request, 16_384),
    response: redactedText(response, 4_096),
    startedAt: sending.startedAt,
    durationMs,
  };
}

function entryOf(sending: SendingDelivery, attempt: Attempt, next: Delivery): LogEntry {
  const { outcome, because, status, durationMs } = attempt;
  return {
    kind: "delivery.attempted",
    delivery: sending.id,
    event: sending.event,
    ...(sending.approval === undefined ? {} : { approval: sending.approval }),
    platform: sending.platform,
    task: sending.task.kind,
    label: sending.label,
    attempt: sending.attempts,
    outcome,
    ...(because === undefined ? {} : { because }),
    ...(status === undefined ? {} : { status }),
    ...(next.state === "pending" ? { nextAt: next.dueAt } : {}),
    durationMs,
  };
}
