import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Approval, isClosed } from "../../core/domain/approval.ts";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import type { History } from "../fixtures/rig/history.ts";
import { decidingButtons } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms, type ReceivedCallback } from "../fixtures/rig/sandbox-client.ts";
import { timeLimit } from "../fixtures/rig/time-limit.ts";
import { type InFlight, noteInFlight, outOfOrder, tooOften } from "./judge.ts";
import { Load } from "./load.ts";

/** How often the power goes: 30 times in every test run, 1,000 times by `npm run soak`. */
const kills = Number(process.env["KILLS"] ?? 30);
/** A start, some work, and its part of the channels' pace at the end, on a busy machine. */
const lifeMs = 10_000;

onEveryEngine("kill -9 at random, under load", (engine) => {
  let hub: RunningHub;
  const load = new Load();
  const inFlight: InFlight = new Map();
  let history: History;
  let messages: readonly SandboxMessage[] = [];
  /** What the producer received, by its place in the order of arrival: it remembers the newest 500 only. */
  const callbacks = new Map<number, ReceivedCallback>();

  const noteCallbacks = async () => {
    for (const one of await hub.sandbox.allCallbacks()) callbacks.set(one.id, one);
  };
  const effectsOf = ({ id }: Approval) =>
    [...callbacks.values()].filter(
      ({ approval, verdict, repeat }) => approval === id && verdict === "verified" && !repeat,
    );
  const allMessages = async () =>
    (await Promise.all(platforms.map((platform) => hub.sandbox.messages(platform)))).flat();
  const about = ({ title }: Approval) =>
    messages.filter(({ text }) => title.startsWith("Load ") && text.includes(title));

  beforeAll(
    async () => {
      hub = await engine.start();
      await load.prepare(hub);
      for (let killed = 0; killed < kills; killed += 1) {
        await load.until(5 + Math.floor(Math.random() * 35), hub, async () => {
          await pause(Math.random() * 20);
          await hub.kill();
        });
        noteInFlight(inFlight, await hub.historyLeft());
        await hub.restart();
        await noteCallbacks();
      }
      await load.finish(hub);
      await everyDeliveryHasAnEnd(hub);
      history = await hub.historyNow();
      messages = await allMessages();
      await noteCallbacks();
    },
    timeLimit(60_000 + kills * lifeMs),
  );
  afterAll(() => hub.stop());

  it(`F1: loses no accepted event in ${kills} kills, and has none that nobody sent`, () => {
    expect(load.accepted.size).toBeGreaterThanOrEqual(kills);
    expect(load.accepted.size).toBe(load.sent.size);
    const stored = new Map(history.events.map((one) => [one.event.externalId, one]));
    for (const [externalId, receipt] of load.accepted) {
      expect(stored.get(externalId)).toMatchObject({ id: receipt.id, state: "expanded" });
    }
    const strangers = [...stored.values()].filter(
      ({ event }) => event.type.startsWith("load.") && !load.sent.has(event.externalId),
    );
    expect(strangers).toEqual([]);
  });

  it("F1: says the same receipt to an event that is sent again", async () => {
    const [[id, receipt] = []] = load.accepted;
    const again = await hub.post(load.sent.get(id ?? "") ?? {});
    expect(again).toMatchObject({ id: receipt?.id, status: "duplicate" });
  });

  it("F2: keeps the order of each request in each channel", () => {
    expect(history.attempts.length).toBeGreaterThan(kills);
    expect(outOfOrder(history)).toEqual([]);
  });

  it("F1: sends twice only what was on its way when the power went", () => {
    const sends = [...inFlight.values()].reduce((sum, tries) => sum + tries.size, 0);
    process.stdout.write(`${engine.name}: ${kills} kills, ${sends} sends on their way at them\n`);
    expect(messages.length).toBeGreaterThan(0);
    expect(tooOften(history, inFlight, messages, [...callbacks.values()])).toEqual([]);
  });

  it("F1: leaves one effect of every decision", () => {
    const closed = history.approvals.filter(isClosed);
    expect(closed.length).toBeGreaterThan(0);
    for (const approval of closed) {
      const effects = effectsOf(approval);
      expect(effects.map(({ body }) => body.data.state)).toEqual([approval.state]);
    }
  });

  it("F1: leaves no open button on a card that is over, on cards that came twice neither", async () => {
    const closed = history.approvals.filter(isClosed);
    for (const approval of closed) {
      // A card that came twice is known from its first press on.
      const open = about(approval).filter((message) => decidingButtons(message).length > 0);
      for (const { id } of open) {
        const known = history.deliveries.some(
          (one) => one.state === "delivered" && one.ref && id.endsWith(`:${one.ref.message}`),
        );
        expect(known).toBe(false);
        await hub.sandbox.click({ message: id, person: "Ann", action: "approve" });
      }
    }
    await everyDeliveryHasAnEnd(hub);
    messages = await allMessages();
    const open = closed.flatMap(about).flatMap(decidingButtons);
    expect(open).toEqual([]);
  });
});
