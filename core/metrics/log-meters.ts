import { Counter, Histogram, type Registry } from "prom-client";
import type { ApprovalId } from "../domain/ids.ts";
import type { LogEntry } from "../ports/log.ts";

/** Changes of requests whose edits are awaited; the oldest is forgotten first. */
const mostAwaited = 10_000;

type Attempted = Extract<LogEntry, { kind: "delivery.attempted" }>;
type Received = Extract<LogEntry, { kind: "event.received" }>;

/** Count units of work as the log tells them. */
export function createLogMeters(
  registry: Registry,
  nowMs: () => number,
): { readonly count: (entry: LogEntry) => void } {
  const meters = createMeters(registry);
  const changedAt = createChangeTimes(nowMs);
  const attempted = ({ platform, task, outcome, durationMs, approval }: Attempted) => {
    meters.attempts.inc({ platform, task, outcome });
    meters.attemptSeconds.observe({ platform, task }, durationMs / 1_000);
    const passed = approval && outcome === "sent" ? changedAt.passed(approval) : undefined;
    if (passed === undefined || task === "post") return;
    meters.told.observe({ platform, task }, passed / 1_000);
  };
  const count = (entry: LogEntry): void => {
    switch (entry.kind) {
      case "event.received":
        meters.events.inc(labelsOf(entry));
        return;
      case "delivery.attempted":
        attempted(entry);
        return;
      case "approval.voted":
      case "approval.closed":
        changedAt.note(entry.approval);
        meters.changes.inc({ state: entry.state });
        return;
      case "click.refused":
        meters.clickRefusals.inc({ platform: entry.surface, because: entry.because });
        return;
      case "request.refused":
        meters.requestRefusals.inc({ status: entry.status });
        return;
      case "sign_in":
        meters.signIns.inc();
        return;
      case "hub.reconciled":
        meters.repairs.inc(entry.repaired);
        return;
      case "hub.trouble":
        meters.troubles.inc();
        return;
      case "approval.marked":
      case "approval.conflict":
      case "keys.rotated":
      case "audit.head":
      case "installation.connected":
      case "installation.disconnected":
      case "installation.revoked":
      case "hub.started":
      case "hub.stopped":
        return;
    }
  };
  return { count };
}

/** A type that nobody put into the catalogue is a producer's free text; counted by name, it would grow without end. */
const labelsOf = ({ type, known, rules, duplicate }: Received) => ({
  type: known ? type : "unknown",
  known: String(known),
  unrouted: String(rules.length === 0),
  duplicate: String(duplicate),
});

/** When requests changed last, so that it is known how long people and producers waited to see it. */
function createChangeTimes(nowMs: () => number) {
  const times = new Map<ApprovalId, number>();
  return {
    note: (approval: ApprovalId) => {
      times.delete(approval);
      times.set(approval, nowMs());
      const [oldest] = times.keys();
      if (times.size > mostAwaited && oldest) times.delete(oldest);
    },
    passed: (approval: ApprovalId) => {
      const at = times.get(approval);
      return at === undefined ? undefined : nowMs() - at;
    },
  };
}

/** Seconds, from an edit that leaves at once to the 24 hours of the retry schedule. */
const waits = [0.05, 0.1, 0.3, 1, 3, 10, 30, 60, 300, 1_800, 7_200, 28_800, 86_400];

function createMeters(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter({ name: `countersign_${name}`, help, labelNames, registers });
  return {
    events: counter("events_received_total", "Events taken", [
      "type",
      "known",
      "unrouted",
      "duplicate",
    ]),
    attempts: counter("delivery_attempts_total", "Tries to deliver", [
      "platform",
      "task",
      "outcome",
    ]),
    changes: counter("approval_changes_total", "Changes of requests, by the state after", [
      "state",
    ]),
    clickRefusals: counter("click_refusals_total", "Clicks that did not count", [
      "platform",
      "because",
    ]),
    requestRefusals: counter("request_refusals_total", "Requests that a door refused", ["status"]),
    signIns: counter("sign_ins_total", "Sign-ins to the console"),
    repairs: counter("copies_repaired_total", "Cards of waiting requests found old at a start"),
    troubles: counter("troubles_total", "What the hub could not do; the log says what"),
    attemptSeconds: new Histogram({
      name: "countersign_delivery_attempt_seconds",
      help: "How long one try to deliver took",
      labelNames: ["platform", "task"] as const,
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
      registers,
    }),
    told: new Histogram({
      name: "countersign_change_told_seconds",
      help: "From a change of a request to each edit or callback that told it; the slowest is the last edit",
      labelNames: ["platform", "task"] as const,
      buckets: waits,
      registers,
    }),
  };
}
