import { afterEach, describe, expect, it } from "vitest";
import { type LanesRig, openLanes } from "./lanes-rig.ts";

let lanes: LanesRig;
let arrive: (arrives: boolean) => void;
afterEach(() => lanes.close());

/** Lanes where the code of one platform is not loaded yet. */
async function whileLoading(kind: "slack" | "teams") {
  lanes = await openLanes();
  const asked = lanes.load(kind, new Promise((resolve) => (arrive = resolve)));
  await lanes.request("web");
  lanes.work();
  await Promise.all([lanes.called(1), asked]);
  // Turns enough for a try that waits for nothing.
  for (let turn = 0; turn < 50; turn += 1) await new Promise((done) => setImmediate(done));
}

describe("what goes to a platform whose code is being loaded", () => {
  it.each([
    ["slack", "post #releases", "post Ops › General"],
    ["teams", "post Ops › General", "post #releases"],
  ] as const)(
    "F2: waits for %s without a failed try, and holds up nobody else",
    async (kind, late, first) => {
      await whileLoading(kind);
      expect(lanes.calls).toEqual([expect.stringContaining(first)]);
      arrive(true);
      await lanes.called(2);
      expect(lanes.calls[1]).toContain(late);
      await lanes.drain();
      const deliveries = await lanes.deliveries("post");
      expect(deliveries.map(({ state, attempts }) => [state, attempts])).toEqual([
        ["delivered", 1],
        ["delivered", 1],
      ]);
    },
  );

  it("is tried again later, where the code could not be loaded", async () => {
    await whileLoading("teams");
    arrive(false);
    await lanes.drain();
    const [waits] = (await lanes.deliveries("post")).filter(({ state }) => state === "pending");
    expect(waits).toMatchObject({ waitingFor: "platform_not_configured", attempts: 1 });
  });
});
