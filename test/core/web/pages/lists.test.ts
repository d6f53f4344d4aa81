import { describe, expect, it } from "vitest";
import type { Delivery } from "../../../../core/domain/delivery.ts";
import { renderApprovalsPage } from "../../../../core/web/pages/approvals-page.tsx";
import { renderEventsPage } from "../../../../core/web/pages/events-page.tsx";
import { renderRoutingPage } from "../../../../core/web/pages/routing-page.tsx";
import { accepted, approved, delivery, frame, now, open, post, rules } from "./page-fixtures.ts";

describe("the list of requests", () => {
  it("puts what waits before what is closed, whatever came in later", () => {
    const html = renderApprovalsPage({ frame, approvals: [{ ...approved, title: "Later" }, open] });
    expect(html.indexOf(open.title)).toBeLessThan(html.indexOf("Later"));
  });

  it("says what to do next where nothing was ever asked, and something else where a filter found nothing", () => {
    const never = renderApprovalsPage({ frame, approvals: [] });
    const filtered = renderApprovalsPage({ frame, approvals: [], filter: { state: "rejected" } });
    expect(never).toContain("Nobody has asked for anything yet.");
    expect(never).toContain('class="button button-primary" href="/sandbox"');
    expect(filtered).toContain("No request is rejected.");
    expect(filtered).toContain('class="button button-primary" href="/approvals"');
  });

  it("keeps the filter on the way to older entries", () => {
    const html = renderApprovalsPage({
      ...{ frame, approvals: [open], filter: { state: "open" }, older: "a b" },
    });
    expect(html).toContain('href="/approvals?state=open&amp;after=a+b"');
    expect(html).toMatch(/href="\/approvals\?state=open" aria-current="true"/);
  });
});

const eventList = { frame, filter: {}, producers: [], types: [] } as const;

describe("the list of events", () => {
  it("says where each event stands, the request before its deliveries", () => {
    const html = renderEventsPage({
      ...eventList,
      events: [
        { accepted, approval: open, deliveries: [post] },
        { accepted: { ...accepted, id: "evt_2" }, deliveries: [post] },
      ],
    });
    expect(html).toMatch(/badge-waiting.*badge-delivered/s);
    expect(html).toContain(`href="/events/${accepted.id}"`);
  });

  it("never hides a failed delivery behind an approval", () => {
    const failed: Delivery = { ...delivery, state: "dead", cause: "gone", settledAt: now };
    const html = renderEventsPage({
      ...eventList,
      events: [{ accepted, approval: approved, deliveries: [post, failed] }],
    });
    expect(html).toMatch(/badge-approved.*badge-failed/s);
  });

  it("A9: counts what no rule matched, leads there, and keeps to it on older pages", () => {
    const list = { ...eventList, events: [{ accepted, deliveries: [] }] };
    const all = renderEventsPage({ ...list, unrouted: 3 });
    expect(all).toContain("3 events were matched by no rule.");
    expect(all).toContain('href="/events?unrouted=true"');
    const filter = { unrouted: "true" } as const;
    const some = renderEventsPage({ ...list, filter, unrouted: 201, older: "b" });
    expect(some).toContain("More than 200 events were matched by no rule.");
    expect(some).toContain('href="/events?unrouted=true&amp;after=b"');
    const none = renderEventsPage({ ...eventList, filter, events: [], unrouted: 0 });
    expect(none).toContain("Every event was matched by a rule.");
    expect(renderEventsPage({ ...list, unrouted: 0 })).not.toContain("matched by no rule");
  });

  it("says what to do next where there is no event, and something else where a filter found none", () => {
    const empty = { ...eventList, events: [] };
    expect(renderEventsPage(empty)).toContain("No event has come in yet.");
    const filtered = renderEventsPage({ ...empty, filter: { type: "a.b" } });
    expect(filtered).toContain("No event fits the filter.");
    expect(filtered).toContain("the type a.b, exactly");
    const stopped = renderEventsPage({ ...empty, filter: { subject: "x" }, lookedBackTo: now });
    expect(stopped).toContain("Nothing so far fits the filter.");
    expect(stopped).toContain("as far back as");
  });

  it("marks a type that the catalogue does not know", () => {
    const events = [{ accepted: { ...accepted, known: false }, deliveries: [] }];
    expect(renderEventsPage({ ...eventList, events })).toContain("type not in the catalogue");
  });
});

describe("the rules", () => {
  const draw = (change: Partial<typeof rules> = {}) =>
    renderRoutingPage({
      frame,
      rules: { ...rules, ...change },
      destinationKinds: new Map([["#releases", "slack"]]),
      mayChange: true,
      unrouted: { count: 2, more: false },
      part: { from: 0, size: 100, search: "" },
    });

  it("stand in order with their conditions in words, and the fallback last", () => {
    const html = draw();
    expect(html).toMatch(/<code>data\.environment<\/code> is production/);
    expect(html).toMatch(/continues/);
    expect(html.indexOf("Production deploys")).toBeLessThan(html.indexOf("Fallback"));
  });

  it("mark a destination that is not set up", () => {
    expect(draw()).toMatch(/not set up<\/span>#ops/);
  });

  it("come with buttons that name the version read, and only for those who may route", () => {
    expect(draw()).toContain('name="version" value="12"');
    const looking = renderRoutingPage({
      frame,
      rules,
      destinationKinds: new Map(),
      mayChange: false,
      unrouted: { count: 0, more: false },
      part: { from: 0, size: 100, search: "" },
    });
    expect(looking).not.toMatch(/<form[^>]*routing/);
  });

  it("stay usable by the ten thousand: a part at a time, and found by what they say", () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      name: `rule ${at + 1}`,
      types: [`type-${at + 1}.*`],
      to: ["#releases"],
      continue: false,
    }));
    const part = (from: number, search = "") =>
      renderRoutingPage({
        frame,
        rules: { ...rules, rules: many },
        destinationKinds: new Map(),
        mayChange: true,
        unrouted: { count: 0, more: false },
        part: { from, size: 100, search },
      });
    expect(part(0).match(/<h2>/g)).toHaveLength(100);
    expect(part(0).length).toBeLessThan(400_000);
    expect(part(9_900)).toMatch(/9901 to 10000 of 10,000/);
    expect(part(0, "type-777.")).toMatch(/<h2>rule 777<\/h2>/);
    expect(part(0, "nothing like it")).toContain("No rule says that.");
  });

  it("say where events go while there is no rule", () => {
    expect(draw({ rules: [] })).toContain("Every event goes to the fallback, ");
    const { fallback: _, ...without } = rules;
    const html = renderRoutingPage({
      frame,
      rules: { ...without, rules: [] },
      destinationKinds: new Map(),
      mayChange: true,
      unrouted: { count: 2, more: false },
      part: { from: 0, size: 100, search: "" },
    });
    expect(html).toContain("Events are kept, and go nowhere.");
  });
});
