import { afterEach, describe, expect, it } from "vitest";
import { type Answer, answering, run, smallWorld } from "./small-world.ts";

const sample = {
  subject: "web/1.4.2",
  data: { service: "web", environment: "staging", steps: [{ name: "build" }] },
};
const eventType = { name: "deploy.requested", level: "notice", title: "", sample };
const accepted = {
  status: 202,
  body: {
    id: "evt_1",
    status: "accepted",
    matched: [{ rule: 1, name: "Deploys", destinations: ["#releases", "Ops › General"] }],
    approval: { id: "apr_1", state: "open" },
  },
};
const open = {
  id: "apr_1",
  state: "open",
  policy: { name: "production", approvers: ["release managers"] },
  links: { page: "https://hub.example/approvals/apr_1" },
  expires_at: "2026-11-20T15:00:00Z",
  votes: [],
};
const approved = {
  ...open,
  state: "approved",
  votes: [{ name: "Ann", choice: "approve", via: "slack", reason: "lgtm" }],
};

let hub: Awaited<ReturnType<typeof answering>> | undefined;
afterEach(() => hub?.close());

async function triggered(
  words: readonly string[],
  approvals: readonly Answer[] = [],
  over: Readonly<Record<string, readonly Answer[]>> = {},
) {
  hub = await answering({
    "GET /v1/event-types/deploy.requested": [eventType],
    "POST /v1/events": [accepted],
    "GET /v1/approvals/apr_1": approvals,
    ...over,
  });
  const world = smallWorld({
    readText: (path) => (path === "f.json" ? '{"service":"api"}' : "{broken"),
  });
  const ran = await run([...hub.flags, "trigger", "deploy.requested", ...words], world);
  return {
    ...ran,
    asked: hub.asked,
    posted: hub.asked.find(({ method }) => method === "POST")?.body,
  };
}

describe("trigger", () => {
  it("posts the sample of the type and says where it went", async () => {
    const { code, out, posted, asked } = await triggered([]);
    expect(code).toBe(0);
    expect(posted).toEqual({ type: "deploy.requested", ...sample });
    expect(asked.every(({ key }) => key === "cs_test")).toBe(true);
    expect(out).toContain("Deploys → #releases, Ops › General");
    expect(out).toContain("apr_1");
  });

  it("lays overrides over the sample: paths with dots, JSON values, texts", async () => {
    const pairs = [
      "environment=production",
      "service.name=web",
      "steps.0.ok=true",
      "count=3",
      "note=a=b",
    ];
    const { posted } = await triggered(["--subject", "api/2", "--data", ...pairs]);
    expect(posted).toEqual({
      type: "deploy.requested",
      subject: "api/2",
      data: {
        service: { name: "web" },
        environment: "production",
        steps: [{ name: "build", ok: true }],
        count: 3,
        note: "a=b",
      },
    });
  });

  it("takes a number for a text where the sample has one", async () => {
    const pairs = ["service=2.10", "environment=null", "steps.0.name=007.50", "count=1.50"];
    const { posted } = await triggered(["--data", ...pairs]);
    expect(posted).toMatchObject({
      data: { service: "2.10", environment: null, steps: [{ name: "007.50" }], count: 1.5 },
    });
  });

  it("takes the data from a file instead of the sample", async () => {
    const { posted, asked } = await triggered([
      "--file",
      "f.json",
      "--data",
      "environment=production",
    ]);
    expect(posted).toEqual({
      type: "deploy.requested",
      data: { service: "api", environment: "production" },
    });
    expect(asked).toHaveLength(1);
  });

  it("says that it knows no sample of an unknown type, and sends what it has", async () => {
    const unknown = {
      "GET /v1/event-types/deploy.requested": [{ status: 404, body: { title: "No such type" } }],
    };
    const { code, err, posted } = await triggered(["--data", "a=1"], [], unknown);
    expect(code).toBe(0);
    expect(posted).toEqual({ type: "deploy.requested", data: { a: 1 } });
    expect(err).toContain("knows no type deploy.requested");
  });

  it.each([
    ["a pair without a value", ["--data", "environment"]],
    ["a pair that reaches for the prototype", ["--data", "__proto__.x=1"]],
    ["a file that is not JSON", ["--file", "broken.json"]],
    ["a span that is none", ["--wait", "--timeout", "soon"]],
    ["a flag that is none", ["--wiat"]],
  ])("sends nothing for %s, and exits 2", async (_, words) => {
    const { code, err, posted } = await triggered(words);
    expect([code, posted]).toEqual([2, undefined]);
    expect(err).not.toBe("");
  });

  it.each([
    ["approved", 0],
    ["rejected", 10],
    ["expired", 11],
    ["cancelled", 12],
    ["revoked", 12],
  ])("E3: waits until the request is %s, and exits %i", async (state, expected) => {
    const { code, err, out, asked } = await triggered(
      ["--wait"],
      [open, open, { ...approved, state }],
    );
    expect(code).toBe(expected);
    expect(err).toContain("Waiting for release managers to decide apr_1");
    expect(err).toContain("https://hub.example/approvals/apr_1");
    expect(out.toLowerCase()).toMatch(new RegExp(`^${state}.* apr_1\\n$`));
    expect(asked.slice(-2).map(({ path }) => path)).toEqual(
      Array(2).fill("/v1/approvals/apr_1?wait=30"),
    );
  });

  it("says who decided, where and why", async () => {
    const { out } = await triggered(["--wait"], [open, approved]);
    expect(out).toBe('Approved by Ann in Slack: "lgtm" · apr_1\n');
  });

  it("E3: waits through a restart of the hub, and says once that it does not answer", async () => {
    const down: readonly Answer[] = [
      open,
      "gone",
      { status: 503, body: { title: "Starting" } },
      "gone",
      approved,
    ];
    const { code, err } = await triggered(["--wait"], down);
    expect(code).toBe(0);
    expect(err.match(/does not answer/g)).toHaveLength(1);
  });

  it("gives up when the time is over, and exits 13", async () => {
    hub = await answering({
      "POST /v1/events": [accepted],
      "GET /v1/approvals/apr_1": [open, { ...open, state: "locked" }],
    });
    let ms = 0;
    const world = smallWorld({
      readText: () => "{}",
      now: () => {
        ms += 10_000;
        return new Date(ms);
      },
    });
    const words = ["trigger", "a", "--file", "f.json", "--wait", "--timeout", "30s"];
    const { code, err } = await run([...hub.flags, ...words], world);
    expect(code).toBe(13);
    expect(err).toContain("Nobody decided in time: apr_1 is still locked.");
  });

  it("tells nothing of the request when the time is over and the hub is away", async () => {
    const { code, err } = await triggered(["--wait", "--timeout", "30s"], [open, "gone"]);
    expect(code).toBe(13);
    expect(err).toContain("the hub does not answer: how apr_1 stands is not known here");
    expect(err).not.toContain("Nobody decided");
  });

  it("exits 14 when the event opened no approval", async () => {
    const without = {
      "POST /v1/events": [{ status: 202, body: { ...accepted.body, approval: undefined } }],
    };
    const { code, err } = await triggered(["--wait"], [], without);
    expect(code).toBe(14);
    expect(err).toContain("opened no approval");
  });

  it("ends the wait at once when the hub refuses the key", async () => {
    const { code, err } = await triggered(
      ["--wait"],
      [open, { status: 401, body: { title: "This API key is not known" } }],
    );
    expect(code).toBe(3);
    expect(err).toContain("This API key is not known");
  });

  it("prints every part of a problem", async () => {
    const problem = {
      title: "The event is not valid",
      detail: "One field has a wrong type.",
      hint: "Correct it and post again.",
      errors: [{ pointer: "/data/amount", message: "expected a number" }],
      code: "event_invalid",
    };
    const { code, err } = await triggered([], [], {
      "POST /v1/events": [{ status: 422, body: problem }],
    });
    expect(code).toBe(1);
    expect(err).toBe(
      "The event is not valid\nOne field has a wrong type.\nCorrect it and post again.\n  /data/amount: expected a number\n",
    );
  });
});
