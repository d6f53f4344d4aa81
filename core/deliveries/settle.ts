import type { Attempt, Awaited, Delivery, SendingDelivery } from "../domain/delivery.ts";
import { deriveIdAt } from "../domain/ids.ts";
import { redactedText } from "../domain/redact.ts";
import type { SendResult } from "../domain/send-result.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import { patienceMs, pauseMs } from "./backoff.ts";
import type { Sent } from "./sending.ts";

export interface SettlingDeps {
  readonly clock: Clock;
  readonly random: Random;
}

/** Say what one try made of a delivery. */
export function settle(
  deps: SettlingDeps,
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
  const over = overBecause(sent);
  if (over !== undefined) return { ...record, state: "suppressed", cause: over, settledAt };
  switch (result.kind) {
    case "sent":
      return {
        ...record,
        state: "delivered",
        durationMs,
        settledAt,
        ...(result.ref ? { ref: result.ref } : {}),
        ...(status === undefined ? {} : { status }),
        ...shownBy(sent),
      };
    case "rejected":
      return sent.wentTo === undefined
        ? { ...record, state: "dead", cause: result.because, settledAt }
        : {
            ...record,
            state: "suppressed",
            cause: `${result.because}; it goes to ${sent.wentTo} instead`,
            settledAt,
          };
    case "disconnected": {
      const awaits = awaitedOf(sending, result.from, sent.workspace);
      if (awaits)
        return { ...record, state: "held", awaits, cause: result.because, heldAt: settledAt };
      return { ...record, state: "dead", cause: result.because, settledAt };
    }
    case "retry":
    case "unknown":
      return isPatienceOver(sending, settledAt)
        ? { ...record, state: "dead", cause: `gave up after 24 h: ${result.because}`, settledAt }
        : {
            ...record,
            state: "pending",
            waitingFor: result.because,
            dueAt: nextTry(deps, sending, result),
          };
  }
}

/** Why there is no second try of what was not taken; undefined where there may be one. */
function overBecause({ once, report: { result } }: Extract<Sent, { kind: "tried" }>) {
  const mayWait = result.kind === "sent" || result.kind === "disconnected";
  return once && !mayWait ? result.because : undefined;
}

/** What is kept of the message that arrived. */
const shownBy = ({ remark, shownRevision }: Extract<Sent, { kind: "tried" }>) => ({
  ...(remark === undefined ? {} : { remark }),
  ...(shownRevision === undefined ? {} : { shownRevision }),
});

/** What a delivery waits for whose place was lost. A callback loses none. */
function awaitedOf(
  { task }: SendingDelivery,
  from: "workspace" | "channel",
  workspace: string | undefined,
): Awaited | undefined {
  if (task.kind === "callback") return undefined;
  if (from === "channel") return { kind: "channel", destination: task.destination };
  return workspace === undefined ? undefined : { kind: "workspace", workspace };
}

function isPatienceOver({ requeued, createdAt }: SendingDelivery, now: Date): boolean {
  return now.getTime() - (requeued?.at ?? createdAt).getTime() > patienceMs;
}

function nextTry(
  { clock, random }: SettlingDeps,
  { attempts, requeued }: SendingDelivery,
  result: SendResult,
): Date {
  const told = result.kind === "retry" ? result.afterMs : undefined;
  const pause = told ?? pauseMs(attempts - (requeued?.attempts ?? 0), random.fraction());
  return new Date(clock.now().getTime() + pause);
}

/** What is kept of one try for people to read. Nothing, where none was needed. */
export function attemptOf(
  sending: SendingDelivery,
  sent: Sent,
  durationMs: number,
): Attempt | undefined {
  if (sent.kind === "needless") return undefined;
  const { result, status, request, response } = sent.report;
  return {
    id: deriveIdAt("attempt", sending.id, sending.id, sending.attempts),
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
