import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { callbackHost } from "../../core/domain/callback-address.ts";
import type { Delivery } from "../../core/domain/delivery.ts";
import { deriveId } from "../../core/domain/ids.ts";
import type { SendResult } from "../../core/domain/send-result.ts";
import { type LanesRig, openLanes } from "../core/deliveries/lanes-rig.ts";
import { ben, policy } from "../core/domain/samples.ts";
import { whatIsAmiss } from "../fixtures/rig/ends.ts";
import { historyOf } from "../fixtures/rig/history.ts";

/** As long as a lane is given to one holder. */
const leaseMs = 12_000;
const edit = "edit #releases";

/** An answer that comes when the test lets it. */
function held() {
  let give: (result: SendResult) => void = () => {};
  const result = new Promise<SendResult>((resolve) => {
    give = resolve;
  });
  return { result, give };
}

describe("two workers over one store, one of which stands still for longer than its lease", () => {
  let lanes: LanesRig;
  beforeEach(async () => {
    lanes = await openLanes();
    await lanes.world.keepPolicy({
      ...{ ...policy, votes: 2 },
      ...{ id: deriveId("policy", "two"), name: "two" },
    });
    await lanes.world.route([{ types: ["deploy.*"], to: ["#releases"], policy: "two" }]);
  });
  afterEach(() => lanes.close());

  const calls = (name: string) =>
    lanes.calls.filter((call) => call.includes(` ${name}:`)).map((call) => call.split(": ")[1]);
  /** Wait until all of a kind have their end, though one holder stands still and so its lane is never idle. */
  const settled = (kind: Delivery["task"]["kind"]) =>
    vi.waitFor(async () => {
      const found = await lanes.deliveries(kind);
      expect(found.filter(({ state }) => state === "pending" || state === "sending")).toEqual([]);
    });
  /** Notes go last, one a second: let them. */
  const notesGone = async () => {
    for (let second = 0; second < 4; second += 1) {
      lanes.world.clock.pass(1_000);
      await lanes.drain();
    }
  };
  const current = async (id: `apr_${string}`) => {
    const approval = await lanes.world.store.approvals.get(id);
    if (!approval) throw new Error("the request is gone");
    return approval;
  };

  it("refuses the late result of a post, keeps its card as a copy, and closes both", async () => {
    const { result, give } = held();
    lanes.answer("post #releases", result);
    const slow = lanes.work();
    const request = await lanes.request("web/1");
    await lanes.called(1);
    lanes.world.clock.pass(leaseMs);
    lanes.work();
    await settled("post");
    const [taken] = await lanes.deliveries("post");
    const late = { platform: "slack", workspace: "T1", channel: "C1", message: "late" } as const;
    give({ kind: "sent", ref: late });
    await slow.stop();

    const posts = await lanes.deliveries("post");
    expect(posts).toContainEqual(taken);
    expect(posts).toHaveLength(2);
    await lanes.decide(request);
    await lanes.decide(await current(request.id), "approve", ben);
    await lanes.drain();
    await notesGone();
    expect(whatIsAmiss(await historyOf(lanes.world.store))).toEqual([]);
    expect(calls(edit).filter((state) => state === "approved web/1")).toHaveLength(2);
  });

  it("refuses the late result of an edit, and edits away what it may have shown", async () => {
    const slow = lanes.work();
    const request = await lanes.request("web/1");
    await lanes.drain();
    const { result, give } = held();
    lanes.answer(edit, result);
    await lanes.decide(request);
    await lanes.called(2);
    expect(calls(edit)).toEqual(["waiting web/1"]);

    await lanes.decide(await current(request.id), "approve", ben);
    lanes.world.clock.pass(leaseMs);
    lanes.work();
    await settled("edit");
    expect(calls(edit)).toEqual(["waiting web/1", "approved web/1"]);

    give({ kind: "sent" });
    await slow.stop();
    await lanes.drain();
    // The platform drew "waiting" last, so "approved" must come once more.
    expect(calls(edit)).toEqual(["waiting web/1", "approved web/1", "approved web/1"]);
    const [copy] = await lanes.deliveries("post");
    expect(copy).toMatchObject({ state: "delivered", shownRevision: 3 });
    await notesGone();
    expect(whatIsAmiss(await historyOf(lanes.world.store))).toEqual([]);
  });

  it("calls back twice at most, under one id", async () => {
    const slow = lanes.work();
    const request = await lanes.request("web/1");
    await lanes.drain();
    const { result, give } = held();
    const [place] = [`callback ${callbackHost(request.callback ?? "")}`];
    lanes.answer(place, result);
    await lanes.decide(request);
    await lanes.decide(await current(request.id), "approve", ben);
    await lanes.called(3);
    lanes.world.clock.pass(leaseMs);
    lanes.work();
    await settled("callback");
    give({ kind: "unknown", because: "timeout" });
    await slow.stop();
    expect(calls(place)).toEqual(["approved web/1", "approved web/1"]);
    expect(await lanes.deliveries("callback")).toMatchObject([{ state: "delivered", attempts: 2 }]);
    await notesGone();
    expect(whatIsAmiss(await historyOf(lanes.world.store))).toEqual([]);
  });
});
