import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { onMongo } from "../fixtures/rig/engines.ts";
import type { History } from "../fixtures/rig/history.ts";
import { decidingButtons, deployEvent, shownTexts } from "../fixtures/rig/requests.ts";
import { type Receipt, RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";
import { timeLimit } from "../fixtures/rig/time-limit.ts";
import { type InFlight, noteInFlight, outOfOrder, tooOften } from "./judge.ts";
import { type Place, places, rulesOf } from "./load.ts";

/** How many requests are decided meanwhile: 200 in every test run, 1,000 by `npm run soak`. */
const approvals = Number(process.env["APPROVALS"] ?? 200);
/** One of the hubs is killed whenever so many more are decided. */
const killEvery = 20;

onMongo("two hubs, killed in turn", (engine) => {
  let hubs: readonly [RunningHub, RunningHub];
  let history: History;
  let messages: readonly SandboxMessage[] = [];
  const sent = new Map<string, Receipt>();
  const inFlight: InFlight = new Map();
  let begun = 0;
  let decided = 0;
  let killed = 0;

  beforeAll(
    async () => {
      const stage = await engine.stage();
      hubs = [await RunningHub.on(stage), await RunningHub.on(stage)];
      await hubs[0].saveRules(rulesOf(places));
      await Promise.all([...places.map((place) => decideMany(place)), killInTurn()]);
      await everyDeliveryHasAnEnd(hubs[0], 120_000);
      history = await hubs[0].historyNow();
      const { sandbox } = hubs[0];
      messages = (await Promise.all(platforms.map((one) => sandbox.messages(one)))).flat();
    },
    timeLimit(240_000 + approvals * 3_000),
  );
  afterAll(async () => {
    await hubs[1].interrupt();
    await hubs[0].stop();
  });

  /** Ask for one decision after the other, as a producer does that sends again what was not answered with 202. */
  async function decideMany(place: Place): Promise<void> {
    while (begun < approvals) {
      begun += 1;
      const event = { ...deployEvent(), type: place.type };
      const receipt = await insist(() => hubs[0].post(event));
      sent.set(event.id, receipt);
      await decide(event.data.title, receipt.approval?.id ?? "");
      decided += 1;
    }
  }

  /** Press in Slack or in Teams, again while nothing is told, until the decision is known. */
  async function decide(title: string, approval: string): Promise<void> {
    const platform = decided % 2 === 0 ? "slack" : "teams";
    const { sandbox } = hubs[0];
    const card = await sandbox.message(platform, ({ text }) => text.includes(title));
    await insist(async () => {
      const click = { message: card.id, person: "Ann", action: "approve" };
      const { http } = await sandbox.click(click);
      if (http.status !== 200) throw new Error(`The click was answered ${http.status}.`);
    });
    await sandbox.callback(approval);
  }

  async function killInTurn(): Promise<void> {
    for (let next = killEvery; next < approvals; next += killEvery) {
      await vi.waitFor(() => expect(decided).toBeGreaterThanOrEqual(next), { timeout: 120_000 });
      const hub = hubs[killed % 2 === 0 ? 0 : 1];
      await hub.kill();
      noteInFlight(inFlight, await hub.historyLeft());
      await hub.restart();
      killed += 1;
    }
  }

  const requests = () => history.approvals.filter(({ title }) => title.startsWith("Deploy web "));

  it(`F5: ${approvals} approvals, 0 lost: every accepted event is there, and its request is decided`, () => {
    expect(killed).toBeGreaterThanOrEqual(Math.floor((approvals - 1) / killEvery));
    expect(sent.size).toBeGreaterThanOrEqual(approvals);
    const decisions = new Map(requests().map((one) => [one.id as string, one.state]));
    for (const receipt of sent.values()) {
      expect(decisions.get(receipt.approval?.id ?? "")).toBe("approved");
    }
    expect(decisions.size).toBe(sent.size);
  });

  it("F5: 0 double: each has one vote and one effect at the producer", async () => {
    for (const { id, votes } of requests()) {
      expect(votes).toHaveLength(1);
      expect(await hubs[0].sandbox.effects(id)).toHaveLength(1);
    }
  });

  it("F5: 0 stale copies: every card that is known says who decided", () => {
    const copies = history.deliveries.filter(
      (one) => one.task.kind === "post" && one.state === "delivered",
    );
    expect(copies.length).toBeGreaterThanOrEqual(2 * sent.size);
    const known = new Set(copies.map((one) => ("ref" in one ? one.ref?.message : undefined)));
    for (const message of messages) {
      const isOurs = message.text.includes("Deploy web ") && !message.deleted;
      if (!isOurs || !known.has(message.id.split(":").at(-1))) continue;
      expect(shownTexts(message)).toContain("✓ Approved by Ann");
      expect(decidingButtons(message)).toEqual([]);
    }
  });

  it("F2: keeps the order of each request, and sends twice only what was on its way at a kill", async () => {
    expect(outOfOrder(history)).toEqual([]);
    const callbacks = await hubs[0].sandbox.allCallbacks();
    expect(tooOften(history, inFlight, messages, callbacks)).toEqual([]);
  });
});

/** Try until it works: what a caller does while one of two hubs is being killed. */
async function insist<Value>(step: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await step();
    } catch (cause) {
      if (tries === 200) throw cause;
    }
  }
}
