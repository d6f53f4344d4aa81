import { afterEach, describe, expect, it } from "vitest";
import { answering, run, smallWorld } from "./small-world.ts";

let hub: Awaited<ReturnType<typeof answering>>;
afterEach(() => hub.close());

async function redelivered(found: number, more: boolean, ...flags: readonly string[]) {
  const isDry = flags.includes("--dry-run");
  const answer = { dry_run: isDry, found, queued: isDry ? 0 : found, items: [], more };
  hub = await answering({ "POST /v1/deliveries/redeliver": [answer] });
  const asked = [...hub.flags, "deliveries", "redeliver", "--failed", ...flags];
  return (await run(asked, smallWorld())).out;
}

describe("countersign deliveries redeliver --failed", () => {
  it("says that there are more dead ones than one call puts back", async () => {
    expect(await redelivered(1_000, true)).toContain("There are more: run this again.");
  });

  it("tells nobody to count the same ones again", async () => {
    const out = await redelivered(1_000, true, "--dry-run");
    expect(out).toContain("There may be more behind these.");
    expect(out).not.toContain("again.");
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
