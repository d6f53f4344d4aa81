import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announce } from "../../../core/approvals/announce.ts";
import { HubError } from "../../../core/domain/hub-error.ts";
import type { SendResult } from "../../../core/domain/send-result.ts";
import { ben, organization, policy, teamsChannel } from "../domain/samples.ts";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

let lanes: LanesRig;
beforeEach(async () => {
  lanes = await openLanes();
  const twice = { ...policy, votes: 2 };
  await lanes.world.store.policies.replace(
    { id: policy.id, organization, revision: 2, policy: twice },
    1,
  );
  await lanes.world.route([
    { types: ["deploy.*"], to: ["#releases", "Ops › General"], policy: "production" },
  ]);
});
afterEach(() => lanes.close());

async function run(ms = 0): Promise<void> {
  lanes.world.clock.pass(ms);
  await lanes.drain();
}
async function current(id: Parameters<LanesRig["world"]["store"]["approvals"]["get"]>[0]) {
  const approval = await lanes.world.store.approvals.get(id);
  if (!approval) throw new Error("the request is gone");
  return approval;
}

describe("the notes below the cards of a request", () => {
  it("C6: tell of each vote once on every copy, however often it is announced", async () => {
    lanes.work();
    const { id } = await lanes.request("web/1");
    await run();
    await lanes.decide(await current(id));
    await run(1_000);
    await lanes.decide(await current(id), "reject", ben);
    for (let second = 0; second < 3; second += 1) await run(1_000);
    await announce(lanes.world, await current(id));
    for (let second = 0; second < 3; second += 1) await run(1_000);
    const first = "✓ Approved by Ann on the web page · 14:00 UTC · “not now” · 1 of 2";
    const second = "✕ Rejected by Ben on the web page · 14:00 UTC · “not now” · 1 of 2";
    expect(lanes.notes.toSorted()).toEqual([
      `#releases: ${first}`,
      `#releases: ${second}`,
      `Ops › General: ${first}`,
      `Ops › General: ${second}`,
    ]);
    const notes = await lanes.deliveries("note");
    expect(notes.map(({ state, priority }) => `${state} ${priority}`)).toEqual(
      notes.map(() => "delivered 1"),
    );
  });

  /** Let the store forget requests from the moment in which a card is stored as posted, until the answer is called. */
  function awayAfter(label: string): () => void {
    const { approvals, deliveries } = lanes.world.store;
    const { get } = approvals;
    const { replace } = deliveries;
    Object.assign(deliveries, {
      replace: async (...given: Parameters<typeof replace>) => {
        const saved = await replace(...given);
        if (given[0].state === "delivered" && given[0].label === label) {
          const gone = async () => Promise.reject(new HubError("store_unavailable", "It is away."));
          Object.assign(approvals, { get: gone });
        }
        return saved;
      },
    });
    return () => {
      Object.assign(approvals, { get });
      Object.assign(deliveries, { replace });
    };
  }
  /** The places whose threads tell of something in the end, with another worker. */
  async function noted(): Promise<void> {
    const next = lanes.work();
    const places = () => {
      lanes.world.clock.pass(1_000);
      next.poke();
      return lanes.notes.map((note) => note.split(":")[0]).toSorted();
    };
    await expect.poll(places, { timeout: 3_000 }).toEqual(["#releases", "Ops › General"]);
  }

  it("C6: tell of a vote that came while a card waited, also where the process ends as that is stored", async () => {
    lanes.answer("post Ops › General", { kind: "retry", because: "http_503", afterMs: 5_000 });
    const worker = lanes.work();
    const { id } = await lanes.request("web/1");
    await run();
    await lanes.decide(await current(id));
    const back = awayAfter("Ops › General");
    lanes.world.clock.pass(6_000);
    await lanes.called(3);
    await worker.stop();
    back();
    await noted();
  });

  it("C6: tell of a vote that came while a card was on its way, also where the process ends as that is stored", async () => {
    let arrives: (result: SendResult) => void = () => {};
    const ref = {
      platform: "teams",
      workspace: "tenant-1",
      channel: teamsChannel.channelId,
      message: "m9",
    };
    const sent = { kind: "sent", ref } as SendResult;
    lanes.answer(
      "post Ops › General",
      new Promise((done) => {
        arrives = done;
      }),
    );
    const worker = lanes.work();
    const { id } = await lanes.request("web/1");
    await lanes.called(2);
    await lanes.decide(await current(id));
    const back = awayAfter("Ops › General");
    arrives(sent);
    await worker.stop();
    back();
    await noted();
  });

  it("A7: and the edits go to where the channel is served now, not to where the card was posted", async () => {
    lanes.work();
    const { id } = await lanes.request("web/1");
    await run();
    const serviceUrl = "https://smba.example/amer/";
    const { destinations } = lanes.world.store;
    await destinations.replace({ ...teamsChannel, serviceUrl, revision: 2 }, 1);
    await lanes.decide(await current(id));
    for (let second = 0; second < 3; second += 1) await run(1_000);
    const inTeams = lanes.refs.filter(({ platform }) => platform === "teams");
    expect(inTeams.map((ref) => ref.serviceUrl)).toEqual([serviceUrl, serviceUrl]);
  });

  it("C6: wait for the edit of their copy, and no edit waits for them", async () => {
    const lost: SendResult = { kind: "unknown", because: "timeout" };
    lanes.answer("edit #releases", lost);
    lanes.answer("note #releases", lost, lost, lost, lost, lost);
    lanes.work();
    const { id } = await lanes.request("web/1");
    await run(1_000);
    await lanes.decide(await current(id));
    await run();
    expect(lanes.notes.map((note) => note.split(":")[0])).toEqual(["Ops › General"]);
    await run(60_000);
    expect(lanes.notes.some((note) => note.startsWith("#releases"))).toBe(true);
    await lanes.decide(await current(id), "approve", ben);
    await run();
    const edits = lanes.calls.filter((call) => call.includes("edit #releases"));
    expect(edits.at(-1)).toContain("approved web/1");
  });

  it("C6: are not needed below a message that was deleted", async () => {
    const gone = { kind: "rejected", because: "thread_not_found", remedy: "repost" } as const;
    lanes.answer("note #releases", gone);
    lanes.work();
    const { id } = await lanes.request("web/1");
    await run();
    await lanes.decide(await current(id));
    for (let second = 0; second < 3; second += 1) await run(1_000);
    const notes = await lanes.deliveries("note");
    const ends = notes.map(({ state, label }) => `${label} ${state}`);
    expect(ends.toSorted()).toEqual(["#releases suppressed", "Ops › General delivered"]);
  });
});
