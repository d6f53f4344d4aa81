import { afterEach, describe, expect, it } from "vitest";
import { type Answer, answering, run, smallWorld } from "./small-world.ts";

const releases = {
  id: "dst_1",
  name: "#releases",
  kind: "slack",
  channel: { id: "C1", name: "#ships" },
  disabled: false,
  broken: null,
};
const ops = {
  ...releases,
  id: "dst_2",
  name: "Ops › General",
  broken: { code: "is_archived", since: "2026-11-20T14:00:00Z" },
};
const listed = { items: [releases, ops], next: null };
const tested = (outcome: string, state: string) => ({
  outcome,
  steps: [{ step: "post to #releases", state, detail: "38 ms" }],
  duration_ms: 50,
  note: null,
});

let hub: Awaited<ReturnType<typeof answering>>;
afterEach(() => hub.close());

async function ran(words: readonly string[], routes: Readonly<Record<string, readonly Answer[]>>) {
  hub = await answering(routes);
  return { ...(await run([...hub.flags, ...words], smallWorld())), asked: hub.asked };
}

describe("countersign destinations", () => {
  it("lists all with what their channels are called now and what is broken", async () => {
    const { code, out } = await ran(["destinations", "list"], { "GET /v1/destinations": [listed] });
    expect(code).toBe(0);
    expect(out).toContain("#ships");
    expect(out).toContain("broken: is_archived since 20 Nov 2026");
  });

  it("says where to begin when there are none", async () => {
    const none = { "GET /v1/destinations": [{ items: [], next: null }] };
    expect((await ran(["destinations", "list"], none)).out).toContain("Workspaces in the console");
  });

  it.each([
    ["passed", "done", 0, "✓ post to #releases"],
    ["failed", "failed", 1, "✗ post to #releases"],
    ["waiting", "waiting", 1, "… post to #releases"],
  ])("tests one by its name: %s", async (outcome, state, exit, line) => {
    const { code, out, asked } = await ran(["destinations", "test", "#releases"], {
      "GET /v1/destinations": [listed],
      "POST /v1/destinations/dst_1/test": [tested(outcome, state)],
    });
    expect([code, asked.at(-1)?.path]).toEqual([exit, "/v1/destinations/dst_1/test"]);
    expect(out).toContain(line);
  });

  it("A13: tries values that nobody saved, and says what went wrong and what to do", async () => {
    const trouble = { code: "http_401", cause: "It was refused.", next: "Check the token." };
    const steps = [
      { step: "the receiver takes the message", state: "failed", detail: "http_401" },
      { step: "the rest", state: "not_tried", detail: "not tried" },
    ];
    const note = "Unsaved value: save it.";
    const words = ["--kind", "webhook", "--set", "address=https://x.example/?a=b"];
    const { code, out, asked } = await ran(
      ["destinations", "test", ...words, "--sample", "sync.failed"],
      { "POST /v1/destinations/test": [{ ...tested("failed", "failed"), steps, trouble, note }] },
    );
    expect(code).toBe(1);
    expect(asked.at(-1)?.body).toEqual({
      kind: "webhook",
      sample: "sync.failed",
      settings: { address: "https://x.example/?a=b" },
    });
    expect(out).toContain("– the rest");
    expect(out).toContain("Check the token.");
    expect(out).toContain("Unsaved value");
  });

  it("A13: tries a channel that nobody has chosen", async () => {
    const words = ["--workspace", "ins_1", "--channel", "#ships", "--sample", "sync.failed"];
    const { code, asked } = await ran(["destinations", "test", ...words], {
      "POST /v1/destinations/test": [tested("passed", "done")],
    });
    expect(code).toBe(0);
    const body = { workspace: "ins_1", channel: "#ships", sample: "sync.failed" };
    expect(asked.at(-1)?.body).toEqual(body);
  });

  it("names what there is none of", async () => {
    const { code, err } = await ran(["destinations", "test", "#nowhere"], {
      "GET /v1/destinations": [listed],
    });
    expect(code).toBe(1);
    expect(err).toContain("There is no destination #nowhere");
  });
});
