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

describe("countersign deliveries redeliver with ids", () => {
  const told = { id: "dlv_dead", state: "pending" };
  const answers = {
    "GET /v1/deliveries/dlv_dead": [{ id: "dlv_dead", state: "dead" }],
    "GET /v1/deliveries/dlv_sent": [{ id: "dlv_sent", state: "delivered" }],
    "POST /v1/deliveries/dlv_dead/redeliver": [told],
  };
  const asked = async (...words: readonly string[]) => {
    hub = await answering(answers);
    return run([...hub.flags, "deliveries", "redeliver", ...words], smallWorld());
  };

  it("sends nothing with --dry-run, and says of each what would be done", async () => {
    const { code, out, err } = await asked("dlv_dead", "dlv_sent", "--dry-run");
    expect(hub.asked.map(({ method }) => method)).toEqual(["GET", "GET"]);
    expect(out).toBe("dlv_dead would be sent again.\n");
    expect(err).toBe("dlv_sent:\nOnly dead deliveries are redelivered; this one is delivered.\n");
    expect(code).toBe(1);
  });

  it("says of which delivery a refusal is, and goes on with the others", async () => {
    const { code, out, err } = await asked("dlv_gone", "dlv_dead");
    expect(err).toBe("dlv_gone:\nNothing is here\n");
    expect(out).toBe("dlv_dead is on its way again.\n");
    expect(code).toBe(1);
  });

  it("prints JSON where it is asked for", async () => {
    const { out } = await asked("dlv_dead", "--json");
    expect(JSON.parse(out)).toEqual({ dry_run: false, items: [told] });
  });

  it.each(["--since", "--label"])("takes no %s, which would be passed over", async (flag) => {
    const { code, err } = await asked("dlv_dead", flag, "2h");
    expect(code).toBe(2);
    expect(err).toContain("give them with --failed");
    expect(hub.asked).toEqual([]);
  });
});
