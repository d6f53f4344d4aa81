import { describe, expect, it } from "vitest";
import type { Attempt, Delivery } from "../../../../core/domain/delivery.ts";
import { type EventPageProps, renderEventPage } from "../../../../core/web/pages/event-page.tsx";
import {
  accepted,
  approved,
  delivery,
  destinationNames,
  frame,
  now,
  open,
  post,
} from "./page-fixtures.ts";

const draw = (change: Partial<EventPageProps> = {}) =>
  renderEventPage({
    frame,
    accepted,
    producerName: "ci",
    deliveries: [post],
    attempts: new Map(),
    approval: open,
    destinationNames,
    ...change,
  });

const callback: Delivery = {
  ...delivery,
  task: { kind: "callback" },
  label: "ci.example",
  platform: "callback",
  state: "pending",
  attempts: 2,
  waitingFor: "ci.example answered 500.",
  dueAt: new Date(now.getTime() + 90_000),
};

describe("the page of an event", () => {
  it("can be linked to by rule, delivery and callback", () => {
    const html = draw({ approval: approved, deliveries: [post, callback] });
    for (const id of ["rules", "deliveries", "callback", "approval", delivery.id]) {
      expect(html).toContain(`id="${id}"`);
    }
  });

  it("names the rule, the version of the set and the policy as they stood then", () => {
    const html = draw();
    expect(html).toContain("Production deploys");
    expect(html).toContain("version 12");
    expect(html).toContain(
      "Policy production, version 4: 1 approval by release managers, not by the requester.",
    );
  });

  it("gives a delivery that waits its reason and the exact time of the next try", () => {
    const html = draw({ deliveries: [callback] });
    expect(html).toContain("badge-retrying");
    expect(html).toContain("ci.example answered 500.");
    expect(html).toContain("Attempt 3 goes out at 14:08:30 UTC, in 2 min.");
  });

  it("keeps each try with what was sent and what came back", () => {
    const html = draw({
      deliveries: [post],
      attempts: new Map([
        [
          post.id,
          [
            {
              id: "att_1",
              organization: post.organization,
              revision: 1,
              delivery: post.id,
              number: 1,
              outcome: "sent",
              status: 200,
              request: '{"channel":"C1"}',
              response: "cut in the mid",
              startedAt: now,
              durationMs: 38,
            },
          ],
        ],
      ]),
    });
    expect(html).toMatch(/json-name">"?(?:&quot;)?channel/);
    expect(html).toContain("cut in the mid");
  });

  it.each([
    ["slack", "is_archived: unarchive it", "#releases was archived. Anyone who may restores it"],
    ["teams", "ConversationNotFound", "#releases was deleted. A router of this hub picks another"],
    ["slack", "brand_new", "Slack did not take it and says: brand_new."],
  ] as const)("A14: says what %s meant by %s, and who does what", (platform, because, text) => {
    const dead: Delivery = {
      ...{ ...delivery, platform, state: "dead", cause: because, settledAt: now },
    };
    const attempt: Attempt = {
      ...{ id: "att_1", organization: dead.organization, revision: 1, delivery: dead.id },
      ...{ number: 1, outcome: "rejected", because, request: "{}", response: "{}" },
      ...{ startedAt: now, durationMs: 3 },
    };
    const html = draw({ deliveries: [dead], attempts: new Map([[dead.id, [attempt]]]) });
    expect(html).toContain(text);
    expect(html).toContain(because);
  });

  it("says that an event which joined a request posts nothing of its own", () => {
    const html = draw({ accepted: { ...accepted, id: "evt_2" }, deliveries: [] });
    expect(html).toContain("it joined a request that was open already.");
    expect(html).toContain("joined an open request");
  });

  it("says where an event went that no rule took", () => {
    const { policy: _, ...plan } = accepted.plan;
    const html = draw({
      accepted: { ...accepted, known: false, plan: { ...plan, matched: [], unrouted: true } },
      approval: undefined,
      deliveries: [],
    });
    expect(html).toContain("No rule took it.");
    expect(html).toContain("It went to the fallback: #releases.");
    expect(html).toContain("Not in the catalogue of this hub");
    expect(html).toContain("nobody is asked");
  });

  it("shows turned-around text as escapes, so that nothing hides behind it", () => {
    const event = { ...accepted.event, data: { note: "a\u202eb" }, subject: "c\u200bd" };
    const html = draw({ accepted: { ...accepted, event } });
    expect(html).not.toMatch(/[\u202e\u200b]/);
    expect(html).toContain("a\\u202eb");
  });
});
