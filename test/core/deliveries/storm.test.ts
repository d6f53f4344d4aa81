import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "../../../core/domain/approval.ts";
import type { Attempt, Delivery } from "../../../core/domain/delivery.ts";
import type { SendResult } from "../../../core/domain/send-result.ts";
import type { Pace } from "../../../core/ports/chat-platform.ts";
import { createSlackAdapter } from "../../../slack-app/outbound/send.ts";
import { createAdapter as createTeamsAdapter } from "../../../teams-app/outbound/send.ts";
import { timeLimit } from "../../fixtures/rig/time-limit.ts";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

/** How many events come at once: 200 in every test run, 10,000 by `STORM=10000`. Every tenth asks for a decision. */
const events = Number(process.env["STORM"] ?? 200);

const nobody = () => {
  throw new Error("Nothing is sent for real.");
};
/** What the platforms' own code says that they count. */
const slack = createSlackAdapter({ slack: async () => undefined }, nobody);
const teams = createTeamsAdapter({} as Parameters<typeof createTeamsAdapter>[0]);

interface Tried extends Attempt {
  readonly to: Delivery;
  readonly at: number;
}

let lanes: LanesRig;
let deliveries: readonly Delivery[];
let attempts: readonly Tried[];

beforeAll(async () => {
  lanes = await openLanes({ slack, teams });
  await lanes.world.route([
    { types: ["deploy.*"], to: ["#releases", "Ops › General"], policy: "production" },
    { to: ["#releases", "Ops › General"] },
  ]);
  for (const call of ["post", "edit"]) {
    lanes.answer(`${call} #releases`, ...badWeather("slack", call));
    lanes.answer(`${call} Ops › General`, ...badWeather("teams", call));
  }
  const requests: Approval[] = [];
  for (let number = 0; number < events; number += 1) {
    if (number % 10 === 0) requests.push(await lanes.request(`web/${number}`));
    else await lanes.tell(`build ${number}`);
  }
  lanes.work();
  lanes.work();
  await bringOut(requests);
  deliveries = await lanes.deliveries();
  attempts = await triesOf(deliveries);
}, timeLimit(900_000));
afterAll(() => lanes.close());

/** Answers as on a bad day: one in ten is a pause, a fault, or none at all. The same in every run. */
function badWeather(platform: "slack" | "teams", call: string): readonly SendResult[] {
  const channel = platform === "slack" ? "C1" : "19:general@thread.tacv2";
  return Array.from({ length: events }, (_, index): SendResult => {
    const luck = (index * 7_919 + call.length * 31) % 100;
    const afterMs = 2_000 + luck * 3_000;
    if (luck < 3) return { kind: "retry", because: `ratelimited: wait ${afterMs}`, afterMs };
    if (luck < 6) return { kind: "retry", because: "internal_error" };
    if (luck < 8) return { kind: "unknown", because: "timeout" };
    const message = `${call} ${index}`;
    return { kind: "sent", ref: { platform, workspace: platform, channel, message } };
  });
}

/** Let second after second pass until everything has its end; each request is decided once its card stands. */
async function bringOut(requests: readonly Approval[]): Promise<void> {
  const open = [...requests];
  for (let second = 0; second < events * 3 + 600; second += 1) {
    await lanes.drain();
    if (second % 5 === 0) {
      const [next] = open;
      if (next && (await isPosted(next))) await lanes.decide(next).then(() => open.shift());
    }
    const waiting = await lanes.world.store.deliveries.scan("byQueue", { limit: 1 });
    if (waiting.length === 0 && open.length === 0) return;
    lanes.world.clock.pass(1_000);
  }
  throw new Error("Something is still on its way.");
}

async function isPosted({ id }: Approval): Promise<boolean> {
  const of = await lanes.world.store.deliveries.scan("byApproval", { prefix: [id], limit: 9 });
  return of.every(({ state }) => state === "delivered");
}

/** All tries, in the order in which they were made: the clock of this test stands still within a second. */
async function triesOf(all: readonly Delivery[]): Promise<readonly Tried[]> {
  const tries: Tried[] = [];
  for (const to of all) {
    const scan = { prefix: [to.id], limit: 99 };
    const found = await lanes.world.store.attempts.scan("byDelivery", scan);
    tries.push(...found.map((one) => ({ ...one, to, at: one.startedAt.getTime() })));
  }
  const told = lanes.world.entries.flatMap((entry) =>
    entry.kind === "delivery.attempted" ? [`${entry.delivery} ${entry.attempt}`] : [],
  );
  const order = new Map(told.map((name, index) => [name, index]));
  const placeOf = ({ to, number }: Tried) => order.get(`${to.id} ${number}`) ?? -1;
  return tries.toSorted((one, other) => placeOf(one) - placeOf(other));
}

const timesOf = (fits: (tried: Tried) => boolean) =>
  attempts
    .filter(fits)
    .map(({ at }) => at)
    .toSorted((one, other) => one - other);
/** The most tries that any window has. */
function mostWithin(times: readonly number[], { ms }: Pace): number {
  let most = 0;
  let oldest = 0;
  times.forEach((at, index) => {
    while ((times[oldest] ?? at) <= at - ms) oldest += 1;
    most = Math.max(most, index - oldest + 1);
  });
  return most;
}

describe(`a storm of ${events} events in bad weather`, () => {
  it("F2: loses none: every message has arrived, or was superseded", () => {
    const posts = deliveries.filter(({ task }) => task.kind === "post");
    expect(posts).toHaveLength(events * 2);
    expect(new Set(posts.map(({ state }) => state))).toEqual(new Set(["delivered"]));
    const ends = new Set(deliveries.map(({ state }) => state));
    expect([...ends].every((end) => end === "delivered" || end === "suppressed")).toBe(true);
  });

  it("F2: makes no message twice that is known to have arrived", () => {
    const sent = attempts.filter(({ outcome }) => outcome === "sent").map(({ to }) => to.id);
    expect(new Set(sent).size).toBe(sent.length);
  });

  it("F2: keeps the order within every request: its card, then its edits by revision", () => {
    const latest = new Map<string, number>();
    for (const { to, outcome } of attempts) {
      if (to.approval === undefined || to.platform === "callback" || outcome !== "sent") continue;
      const revision = to.approvalRevision ?? 0;
      const place = `${to.approval} ${to.lane}`;
      expect(revision).toBeGreaterThanOrEqual(latest.get(place) ?? 0);
      latest.set(place, revision);
    }
    expect(latest.size).toBe((events / 10) * 2);
  });

  it.each([
    ["slack", slack],
    ["teams", teams],
  ] as const)(
    "R7: never exceeds the pace of a channel, nor a budget, of %s",
    (platform, limits) => {
      for (const limit of [...limits.paces, ...limits.budgets]) {
        const calls = timesOf(
          ({ to: { platform: on, task } }) =>
            on === platform && task.kind !== "callback" && limit.tasks.includes(task.kind),
        );
        expect(calls.length).toBeGreaterThan(0);
        expect(mostWithin(calls, limit)).toBeLessThanOrEqual(limit.count);
      }
    },
  );

  it("R7: never calls before a Retry-After is over", () => {
    const paused = attempts.filter(({ because }) => because?.startsWith("ratelimited"));
    expect(paused.length).toBeGreaterThan(4);
    const places = new Map(attempts.map(({ id }, index) => [id, index]));
    for (const { id, to, at, because } of paused) {
      const isMeant = (other: Tried) =>
        other.to.lane === to.lane &&
        (to.platform === "teams" || other.to.task.kind === to.task.kind);
      const next = attempts.slice((places.get(id) ?? 0) + 1).find(isMeant);
      const afterMs = Number(because?.split(" ").at(-1));
      if (next) expect(next.at - at).toBeGreaterThanOrEqual(afterMs);
    }
  });

  it("brings a decision past all the information that waits", () => {
    const edits = deliveries.filter(
      ({ task, state }) => task.kind === "edit" && state === "delivered",
    );
    const firstTry = new Map(attempts.toReversed().map(({ to, at }) => [to.id, at]));
    const waits = edits.map(
      ({ id, createdAt }) => (firstTry.get(id) ?? Number.POSITIVE_INFINITY) - createdAt.getTime(),
    );
    expect(edits.length).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  });
});
