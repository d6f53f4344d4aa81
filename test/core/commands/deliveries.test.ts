import { afterEach, describe, expect, it } from "vitest";
import { answering, run, smallWorld } from "./small-world.ts";

let hub: Awaited<ReturnType<typeof answering>>;
afterEach(() => hub.close());

async function redelivered(found: number, more: boolean): Promise<string> {
  const answer = { dry_run: false, found, queued: found, items: [], more };
  hub = await answering({ "POST /v1/deliveries/redeliver": [answer] });
  const { out } = await run([...hub.flags, "deliveries", "redeliver", "--failed"], smallWorld());
  return out;
}

describe("countersign deliveries redeliver --failed", () => {
  it("says that there are more dead ones than one call puts back", async () => {
    expect(await redelivered(1_000, true)).toContain("There are more: run this again.");
  });

  it("does not say that nothing is dead, where not all were looked at", async () => {
    const out = await redelivered(0, true);
    expect(out).not.toContain("No dead deliveries");
    expect(out).toContain("newest");
  });

  it("says nothing of more where that was all", async () => {
    expect(await redelivered(2, false)).not.toContain("more");
  });
});
