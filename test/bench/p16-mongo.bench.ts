import { setTimeout as pause } from "node:timers/promises";
import { afterAll, describe, it } from "vitest";
import { startMongo } from "../fixtures/rig/mongo.ts";
import { median, report } from "./figures.ts";
import { type Running, start } from "./program.ts";
import type { MongoWorkerReport, MongoWorkerSpec } from "./programs/mongo-worker.ts";

const rounds = Number(process.env["ROUNDS"] ?? 5);
/** Places that answer at once: what the hub itself asks of the store decides. */
const quick = { lanes: 32, each: 10, answersAfterMs: 0 };
/** Places that take their time, as chats do: waiting for them decides, which is what more processes are for. */
const slow = { lanes: 192, each: 2, answersAfterMs: 1_000 };

type Hub = Running<MongoWorkerReport>;
const hubAt = (spec: MongoWorkerSpec) => start<MongoWorkerReport>("mongoWorker", spec);

async function reportsOf(hubs: readonly Hub[]): Promise<readonly MongoWorkerReport[]> {
  for (const hub of hubs) hub.tell("report");
  return Promise.all(hubs.map((hub) => hub.next()));
}

const sumOf = (reports: readonly MongoWorkerReport[], what: "posts" | "stored") =>
  reports.reduce((sum, one) => sum + one[what], 0);

/** Wait until these hubs have posted, or stored, so much together; answers what each did. */
async function done(
  hubs: readonly Hub[],
  what: "posts" | "stored",
  count: number,
): Promise<readonly MongoWorkerReport[]> {
  for (;;) {
    const reports = await reportsOf(hubs);
    if (sumOf(reports, what) >= count) return reports;
    await pause(20);
  }
}

const mongo = await startMongo();

describe.skipIf(mongo.kind === "none")(`P16 [${mongo.label}]`, () => {
  afterAll(() => (mongo.kind === "none" ? undefined : mongo.clear()));
  const fresh = () => (mongo.kind === "none" ? "" : mongo.fresh());

  /** Bring out a full database with so many hubs; deliveries a second, and calls of the store for each. */
  async function bringOut(count: number, { lanes, each, answersAfterMs }: typeof quick) {
    const url = fresh();
    const first = hubAt({ url, answersAfterMs, fill: { lanes, each } });
    const hubs = [first];
    try {
      await first.next();
      hubs.push(...Array.from({ length: count - 1 }, () => hubAt({ url, answersAfterMs })));
      await Promise.all(hubs.slice(1).map((hub) => hub.next()));
      const begun = performance.now();
      for (const hub of hubs) hub.tell("go");
      const reports = await done(hubs, "stored", lanes * each);
      const seconds = (performance.now() - begun) / 1_000;
      const sum = (of: (one: MongoWorkerReport) => number) =>
        reports.reduce((total, one) => total + of(one), 0) / (lanes * each);
      return {
        perSecond: (lanes * each) / seconds,
        operations: sum(({ operations }) => operations),
        commands: sum(({ commands }) => commands),
      };
    } finally {
      await Promise.all(hubs.map((hub) => hub.end()));
    }
  }

  it("three processes against one, where places take a second", async () => {
    const one: Awaited<ReturnType<typeof bringOut>>[] = [];
    const three: Awaited<ReturnType<typeof bringOut>>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      one.push(await bringOut(1, slow));
      three.push(await bringOut(3, slow));
    }
    const rates = (all: typeof one) => all.map(({ perSecond }) => perSecond);
    report({
      id: "P16.processes",
      what: `deliveries a second, three processes ÷ one, to places that take a second, on ${mongo.label}`,
      unit: "ratio",
      value: median(rates(three)) / median(rates(one)),
      baseline: median(rates(one)),
      rounds: rates(three).map((rate, round) => rate / (rates(one)[round] ?? 0)),
      gate: 2.2,
      stretch: 2.7,
      better: "higher",
    });
  });

  it("what each delivery asks of the store", async () => {
    const one: Awaited<ReturnType<typeof bringOut>>[] = [];
    for (let round = 0; round < rounds; round += 1) one.push(await bringOut(1, quick));
    const [calls, rate] = (["operations", "perSecond"] as const).map((what) =>
      median(one.map((round) => round[what])).toFixed(1),
    );
    report({
      id: "P16.operations",
      what: `questions to the database for each delivery, shared by ${calls} calls of the store, at ${rate} deliveries a second, on ${mongo.label}`,
      unit: "questions",
      value: median(one.map(({ commands }) => commands)),
      rounds: one.map(({ commands }) => commands),
      gate: 0.3,
      stretch: 0.2,
    });
  });

  it("a killed process, until another has its lane", async () => {
    const url = fresh();
    const holder = hubAt({ url, fill: { lanes: 1, each: 1 }, answersAfterMs: "never" });
    const heir = hubAt({ url });
    try {
      await Promise.all([holder.next(), heir.next()]);
      holder.tell("go");
      await done([holder], "posts", 1);
      heir.tell("go");
      const begun = performance.now();
      await holder.end();
      await done([heir], "posts", 1);
      report({
        id: "P16.takeover",
        what: `kill -9 of a lane's holder, to the post by another process, on ${mongo.label}`,
        unit: "s",
        value: (performance.now() - begun) / 1_000,
        gate: 17,
        stretch: 7,
      });
    } finally {
      await Promise.all([holder.end(), heir.end()]);
    }
  });
});
