import { describe, expect, it } from "vitest";
import type {
  ReceivedCallback,
  TracedApproval,
  TracedDelivery,
  TracedEvent,
} from "../../../../../core/web/client/sandbox/shapes.ts";
import { stepsOf, sumUp } from "../../../../../core/web/client/sandbox/strip-steps.ts";

const at = (second: number) => `2026-11-20T14:02:${String(second).padStart(2, "0")}.000Z`;

const delivery = (own: Partial<TracedDelivery>): TracedDelivery => ({
  id: "dlv_000000000000000000000000a1",
  kind: "post",
  platform: "slack",
  label: "#releases",
  state: "delivered",
  attempts: 1,
  because: null,
  status: 200,
  duration_ms: 38,
  created_at: at(3),
  due_at: null,
  settled_at: at(4),
  ...own,
});
const inTeams = { platform: "teams", label: "Ops › General" } as const;
const posts = [delivery({}), delivery({ ...inTeams, duration_ms: 41 })];

const open: TracedApproval = {
  id: "apr_0000000000000000000000k7d2",
  state: "open",
  revision: 1,
  policy: { name: "production", version: 1, votes: 1 },
  votes: [],
  closed_at: null,
  closed_by: null,
  expires_at: at(59),
};
const vote = { name: "Ann", choice: "approve", reason: null, at: at(19), via: "slack" };
const approved: TracedApproval = {
  ...open,
  state: "approved",
  revision: 2,
  votes: [vote],
  closed_at: at(19),
  closed_by: "Ann",
};

const trace = (own: Partial<TracedEvent> = {}): TracedEvent => ({
  id: "evt_00000000000000000000003fq8",
  type: "deploy.requested",
  subject: "web/1.4.2",
  received_at: at(3),
  producer: { id: "prd_1", name: "ci" },
  state: "expanded",
  rule_set_version: 1,
  unrouted: false,
  matched: [{ rule: 2, name: "Production deploys", destinations: ["#releases", "Ops › General"] }],
  deliveries: posts,
  approval: open,
  ...own,
});

const edits = [
  delivery({ kind: "edit", created_at: at(19), settled_at: at(20), duration_ms: 52 }),
  delivery({ ...inTeams, kind: "edit", created_at: at(19), settled_at: at(20), duration_ms: 63 }),
];
const called = delivery({
  kind: "callback",
  platform: null,
  label: "ci.example",
  created_at: at(19),
  settled_at: at(20),
});
const received: ReceivedCallback = {
  id: 1,
  approval: open.id,
  revision: 2,
  received_at: at(20),
  verdict: "verified",
  status: 200,
};
const decided = trace({ approval: approved, deliveries: [...posts, ...edits, called] });

const states = (...given: Parameters<typeof stepsOf>) =>
  stepsOf(...given).map(({ name, state, beside }) => [name, state, beside]);

describe("stepsOf", () => {
  it("leaves what comes after the vote ahead while a request is open", () => {
    expect(states(trace(), [], undefined)).toEqual([
      ["Event", "done", expect.stringMatching(/^\d\d:02:03$/)],
      ["Rule", "done", "at once"],
      ["Posted", "done", "2 of 2"],
      ["Vote", "now", "0 of 1"],
      ["Edit", "ahead", ""],
      ["Callback", "ahead", ""],
    ]);
  });

  it("says who is asked why, and that nothing is recorded yet", () => {
    const asked = { person: "Ann", ms: 61 };
    const step = stepsOf(trace(), [], asked)[3];
    expect(step?.lines.map(({ text }) => text)).toEqual([
      "Ann is asked why",
      "dialog opened in 61 ms",
    ]);
    expect(sumUp(trace(), asked)).toContain("Nothing is recorded until Ann sends the reason");
  });

  it("ends with the verdict on the callback's signature", () => {
    expect(states(decided, [received], undefined).slice(3)).toEqual([
      ["Vote", "done", expect.stringMatching(/^\d\d:02:19$/)],
      ["Edited", "done", "2 of 2"],
      ["Callback", "done", "200"],
    ]);
    const last = stepsOf(decided, [received], undefined).at(-1);
    expect(last?.lines[1]).toEqual({ text: "signature verified", tone: "ok" });
    expect(sumUp(decided, undefined)).toBe("17.0 s from event to callback");
  });

  it("never calls a signature verified that was refused", () => {
    const refused = { ...received, verdict: "refused: No matching signature found" };
    const last = stepsOf(decided, [refused], undefined).at(-1);
    expect(last?.lines[1]).toMatchObject({ tone: "bad" });
    expect(last?.lines[1]?.text).toContain("refused");
  });

  it("shows a failed post as failed, with its reason in the sentence", () => {
    const dead = delivery({ state: "dead", because: "not_in_channel", status: null });
    const failed = trace({ approval: null, deliveries: [dead] });
    expect(states(failed, [], undefined)[2]).toEqual(["Posted", "failed", "0 of 1"]);
    expect(sumUp(failed, undefined)).toBe("#releases failed: not in channel.");
  });

  it("counts one edit for each place, the latest", () => {
    const again = delivery({
      kind: "edit",
      created_at: at(30),
      state: "pending",
      settled_at: null,
    });
    const busy = { ...decided, deliveries: [...decided.deliveries, again] };
    expect(states(busy, [received], undefined)[4]).toEqual(["Edited", "now", "1 of 2"]);
    expect(sumUp(busy, undefined)).toBe("On its way to #releases.");
  });

  it("says which try comes next while a delivery is retried", () => {
    const retried = delivery({ state: "pending", attempts: 1, because: "rate limited" });
    const step = stepsOf(trace({ deliveries: [retried] }), [], undefined)[2];
    expect(step?.lines[0]).toMatchObject({ end: "try 2 next", tone: "warn" });
  });

  it("says what a producer answered, and that the call is tried again", () => {
    const waiting = { ...called, state: "pending", attempts: 2, because: "http_500", status: null };
    const retried = { ...decided, deliveries: [...posts, ...edits, waiting] } as TracedEvent;
    expect(sumUp(retried, undefined)).toBe("ci: answered 500. It is tried again by itself.");
    const last = stepsOf(retried, [], undefined).at(-1);
    expect(last).toMatchObject({ state: "now", lines: [{ end: "try 3 next" }, { tone: "warn" }] });
  });

  it("ends after the messages when nothing is to be decided", () => {
    expect(states(trace({ approval: null }), [], undefined)).toHaveLength(3);
  });

  it("says that no rule took an event", () => {
    const lost = trace({ matched: [], unrouted: true, approval: null });
    const step = stepsOf(lost, [], undefined)[1];
    expect(step).toMatchObject({ state: "none" });
    expect(step?.lines.map(({ text }) => text)).toEqual(["No rule took it", "to the fallback"]);
  });

  it("says that a request expired without a vote", () => {
    const expired = trace({ approval: { ...open, state: "expired", closed_at: at(59) } });
    const step = stepsOf(expired, [], undefined)[3];
    expect(step).toMatchObject({ state: "none" });
    expect(step?.lines[0]?.text).toBe("Expired, nobody decided");
  });
});
