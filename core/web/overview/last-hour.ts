import type { Approval } from "../../domain/approval.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import type { Hub } from "../../hub.ts";
import { scanSince } from "./scan-since.ts";

/** What happened in the last hour, in numbers. */
export interface LastHour {
  /** From when the numbers count: an hour ago, later where more happened than is read for a page. */
  readonly since: Date;
  readonly events: number;
  readonly deliveries: number;
  readonly arrived: number;
  /** Deliveries that failed, or that are tried again. */
  readonly troubled: number;
  /** Of the requests that were opened and decided in this time. */
  readonly medianDecisionMs?: number;
  /** One entry for each minute, oldest first. */
  readonly minutes: readonly { readonly events: number; readonly failed: number }[];
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Read the last hour. */
export async function readLastHour({ store, organization, clock }: Hub): Promise<LastHour> {
  const now = clock.now();
  const since = new Date(now.getTime() - hourMs);
  const [events, deliveries, approvals] = await Promise.all([
    scanSince(store.events, "byTime", [organization], { since, timeOf: receivedAt }),
    scanSince(store.deliveries, "byTime", [organization], { since, timeOf: (d) => d.createdAt }),
    scanSince(store.approvals, "byTime", [organization], { since, timeOf: (a) => a.openedAt }),
  ]);
  const from = new Date(Math.max(...[events, deliveries].map((read) => read.since.getTime())));
  const seen = events.records.filter((one) => receivedAt(one) >= from);
  const sent = deliveries.records.filter(({ createdAt }) => createdAt >= from);
  const median = medianOf(approvals.records.flatMap(decisionMs));
  return {
    since: from,
    events: seen.length,
    deliveries: sent.length,
    arrived: sent.filter(({ state }) => state === "delivered").length,
    troubled: sent.filter(isTroubled).length,
    ...(median === undefined ? {} : { medianDecisionMs: median }),
    minutes: minutesOf(seen.map(receivedAt), sent.filter(isTroubled).map(createdAt), now),
  };
}

const receivedAt = ({ event }: AcceptedEvent) => event.receivedAt;
const createdAt = (delivery: Delivery) => delivery.createdAt;

/** Tell whether a delivery failed or is tried again. */
export const isTroubled = (delivery: Delivery) =>
  delivery.state === "dead" || (delivery.state === "pending" && delivery.waitingFor !== undefined);

function decisionMs(approval: Approval): readonly number[] {
  const decided = approval.state === "approved" || approval.state === "rejected";
  return decided ? [approval.closedAt.getTime() - approval.openedAt.getTime()] : [];
}

function medianOf(values: readonly number[]): number | undefined {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

function minutesOf(events: readonly Date[], failed: readonly Date[], now: Date) {
  const end = now.getTime();
  const count = (times: readonly Date[], minute: number) =>
    times.filter((at) => Math.floor((end - at.getTime()) / minuteMs) === minute).length;
  return Array.from({ length: 60 }, (_, index) => ({
    events: count(events, 59 - index),
    failed: count(failed, 59 - index),
  }));
}
