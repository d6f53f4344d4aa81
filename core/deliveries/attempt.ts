import type {
  Attempt,
  DeliveredDelivery,
  Delivery,
  HeldDelivery,
  OpenDelivery,
  SendingDelivery,
} from "../domain/delivery.ts";
import type { SendResult } from "../domain/send-result.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Log, LogEntry } from "../ports/log.ts";
import type { LaneLease, Store } from "../ports/store.ts";
import type { PlaceTrouble } from "./place-trouble.ts";
import { troubleOf } from "./place-trouble.ts";
import { recordResult } from "./record-result.ts";
import type { Sent } from "./sending.ts";
import { attemptOf, type SettlingDeps, settle } from "./settle.ts";
import { withoutSecrets } from "./without-secrets.ts";

export interface AttemptDeps extends SettlingDeps {
  readonly store: Store;
  readonly log: Log;
  readonly send: (delivery: SendingDelivery) => Promise<Sent>;
  /** Called before a message ref is stored: what is written here stands even if this process ends in between. */
  readonly arriving: (delivery: DeliveredDelivery) => Promise<void>;
  /** Called after a message ref was stored: what the message shows may be old by now. */
  readonly delivered: (delivery: DeliveredDelivery, sent: Sent) => Promise<void>;
  /** Called when a message left though the lane had passed to another holder, and so its result was refused. */
  readonly late: (sending: SendingDelivery, sent: Sent) => Promise<void>;
  /**
   * Called before a try that did not bring it out is stored, so that a crash in between tells it twice and never
   * forgets it. Whoever stood still meanwhile tells of a try that was made, and whose result is refused.
   */
  readonly failed: (delivery: Delivery) => Promise<void>;
}

/** What the lane learns of a try. */
export interface Attempted {
  /** What the platform answered; undefined where nothing was sent. */
  readonly result: SendResult | undefined;
  /** Set when the delivery is held now: what is behind it in the lane waits for the same. */
  readonly held?: HeldDelivery;
  /** Set when the try says something of the place: its workspace or its channel is lost. */
  readonly trouble?: PlaceTrouble;
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
  if (!sending) return { result: undefined };
  if (delivery.state === "sending") await recordCutOff(deps, delivery);
  // A note is posted, too, and what a crash makes of it is the same.
  const kind = sending.task.kind === "note" ? "post" : sending.task.kind;
  faultPoint(`${kind}-marked`);
  const started = performance.now();
  const sent = await sendSafely(deps, sending);
  faultPoint(`${kind}-sent`);
  const durationMs = Math.round(performance.now() - started);
  const next = settle(deps, sending, sent, durationMs);
  const attempt = attemptOf(sending, sent, durationMs);
  if (sent.kind === "tried") await tellBefore(deps, next);
  const saved = await recordResult(deps, sending, next, attempt);
  faultPoint(`${kind}-stored`);
  // Told after it is stored: whoever reads the line may rely on it.
  if (attempt) deps.log.write(entryOf(sending, attempt, next));
  const result = sent.kind === "tried" ? sent.report.result : undefined;
  if (saved === "stale") {
    await deps.late(sending, sent);
    return { result };
  }
  if (next.state === "delivered") await deps.delivered(next, sent);
  const trouble = troubleOf(next, sent);
  return {
    result,
    ...(next.state === "held" ? { held: next } : {}),
    ...(trouble ? { trouble } : {}),
  };
}

/** What cannot be told must not be sent again for it: the result is stored all the same, and the fault is trouble. */
async function tellBefore({ arriving, failed, log }: AttemptDeps, next: Delivery): Promise<void> {
  try {
    await (next.state === "delivered" ? arriving(next) : failed(next));
  } catch (cause) {
    log.write({ kind: "hub.trouble", where: `delivery ${next.id}`, error: String(cause) });
  }
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

/** A first try that comes so late begins the schedule. */
const lateMs = 60_000;

/**
 * A delivery is given up after 24 hours of trying, not of waiting: behind a storm, or while the hub was down. So where it
 * waited long, its schedule counts from its first try.
 */
function scheduleFrom(
  { requeued, createdAt, attempts }: OpenDelivery,
  now: Date,
): Pick<OpenDelivery, "requeued"> {
  const from = requeued ?? { at: createdAt, attempts: 0 };
  const isLate = attempts === from.attempts && now.getTime() - from.at.getTime() > lateMs;
  return isLate ? { requeued: { at: now, attempts } } : {};
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
  const startedAt = clock.now();
  const sending: SendingDelivery = {
    ...record,
    ...scheduleFrom(delivery, startedAt),
    state: "sending",
    fence: lease.fence,
    startedAt,
    revision: delivery.revision + 1,
    attempts: delivery.attempts + 1,
  };
  return (await store.deliveries.replace(sending, delivery.revision)) === "saved"
    ? sending
    : undefined;
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
