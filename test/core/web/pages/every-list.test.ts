import { describe, expect, it } from "vitest";
import { renderApprovalsPage } from "../../../../core/web/pages/approvals-page.tsx";
import { renderDeliveriesPage } from "../../../../core/web/pages/deliveries-page.tsx";
import { renderEventsPage } from "../../../../core/web/pages/events-page.tsx";
import { accepted, frame, open, post } from "./page-fixtures.ts";

interface Drawn {
  readonly filled: boolean;
  readonly filtered: boolean;
}

const ways = { older: "older-cursor", newer: "newer-cursor" };
const choices = { producers: [], types: ["deploy.requested"] } as const;

/** Every list that has pages: how it is drawn with and without entries and a filter. */
const lists: Readonly<Record<string, (drawn: Drawn) => string>> = {
  events: ({ filled, filtered }) =>
    renderEventsPage({
      ...{ frame, ...choices, ...(filled ? ways : {}) },
      filter: filtered ? { type: "deploy.requested" } : {},
      events: filled ? [{ accepted, approval: open, deliveries: [post] }] : [],
    }),
  deliveries: ({ filled, filtered }) =>
    renderDeliveriesPage({
      ...{ frame, ...choices, places: ["#releases"], mayRedeliver: true },
      filter: filtered ? { to: "#releases" } : {},
      page: { items: filled ? [{ delivery: post, accepted }] : [], ...(filled ? ways : {}) },
    }),
  approvals: ({ filled, filtered }) =>
    renderApprovalsPage({
      ...{ frame, approvals: filled ? [open] : [], ...(filled ? ways : {}) },
      filter: filtered ? { words: "deploy" } : {},
    }),
};

const emptyTitle = (html: string) => /class="empty-title">([^<]+)</.exec(html)?.[1];

describe.each(Object.entries(lists))("the list of %s", (_, draw) => {
  it("has a filter that asks by GET, a search box and one button", () => {
    const form = /<form class="filter-form"[\s\S]*?<\/form>/.exec(
      draw({ filled: true, filtered: false }),
    )?.[0];
    expect(form).toContain('method="get"');
    expect(form).toContain('type="search" name="q"');
    expect(form?.match(/<button/g)).toHaveLength(1);
  });

  it("says with one next action that it is empty, and something else when a filter finds nothing", () => {
    const [never, filtered] = [false, true].map((on) => draw({ filled: false, filtered: on }));
    expect(emptyTitle(never ?? "")).toBeDefined();
    expect(emptyTitle(filtered ?? "")).toBeDefined();
    expect(emptyTitle(filtered ?? "")).not.toBe(emptyTitle(never ?? ""));
    for (const html of [never, filtered]) expect(html?.match(/button-primary/g)).toHaveLength(1);
    expect(filtered).toContain(">Clear</a>");
  });

  it("leads to older and newer entries, with its filter, and nowhere at its ends", () => {
    const html = draw({ filled: true, filtered: true });
    expect(html).toMatch(/href="[^"]*(type|to|q)=[^"]*before=newer-cursor" rel="prev"/);
    expect(html).toMatch(/href="[^"]*(type|to|q)=[^"]*after=older-cursor" rel="next"/);
    expect(draw({ filled: false, filtered: false })).not.toMatch(/rel="(next|prev)"/);
  });

  it("shows ids that can be copied, or leads by them, and times with the exact one in their title", () => {
    const html = draw({ filled: true, filtered: false });
    expect(html).toMatch(/data-copy="|href="\/events\/evt_/);
    expect(html).toMatch(/title="2026-11-2\d[ T]\d\d:\d\d:\d\d/);
  });
});
