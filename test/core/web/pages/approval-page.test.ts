import { describe, expect, it } from "vitest";
import type { Approval } from "../../../../core/domain/approval.ts";
import { renderApprovalPage } from "../../../../core/web/pages/approval-page.tsx";
import type { ApprovalPageProps } from "../../../../core/web/pages/approval-page-props.ts";
import { ago, approved, delivery, frame, now, open, policy, post, vote } from "./page-fixtures.ts";

const draw = (change: Partial<ApprovalPageProps> = {}) =>
  renderApprovalPage({
    frame,
    approval: open,
    copies: [post, { ...post, label: "Ops › General" }],
    mayCancel: false,
    click: "click-1",
    ...change,
  });

/** What a reader sees: tags gone, spaces joined. */
const read = (html: string) =>
  html
    .replaceAll(/<(title|summary)>.*?<\/\1>/g, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

const votesForm = /<form[^>]*action="\/approvals\/apr_[^"]+\/votes"[\s\S]*?<\/form>/g;

describe("the page of an open request", () => {
  it("says what is asked, by whom, how long it waits and that looking records nothing", () => {
    const text = read(draw());
    expect(text).toContain("Waiting for approval");
    expect(text).toContain("28 min left");
    expect(text).toContain("asked by Chloé · from ci");
    expect(text).toContain("0 of 1. Release managers may decide.");
    expect(text).toContain("Expires today at 14:35 UTC.");
    expect(text).toContain("Opening this page recorded nothing.");
  });

  it("D3: names the other copies and what becomes of them", () => {
    expect(read(draw())).toContain(
      "Also open in #releases and in Ops › General. Both close when you decide.",
    );
  });

  it("tells of a copy that could not be posted, with the way to its cause", () => {
    const html = draw({ copies: [{ ...delivery, state: "dead", cause: "gone", settledAt: now }] });
    expect(read(html)).toContain("Not posted in #releases.");
    expect(html).toContain(`href="/events/${open.event}#deliveries"`);
  });

  it("votes with what was shown and with a token that counts once", () => {
    const [approve] = draw().match(votesForm) ?? [];
    expect(approve).toContain('name="action" value="approve"');
    expect(approve).toContain(`name="digest" value="${open.digest}"`);
    expect(approve).toContain('name="click" value="click-1"');
    expect(approve).toContain("Approve");
  });

  it("says who decides above the buttons", () => {
    const text = read(draw());
    expect(text).toContain("You decide as Ann , ann@example.com.");
    expect(text.indexOf("You decide as")).toBeLessThan(text.indexOf("Reject · Hold…"));
  });

  it("D8: leads to a step of its own where a reason is asked, without a script", () => {
    const html = draw();
    expect(html).toContain(`href="/approvals/${open.id}?action=hold#reason"`);
    expect(html.match(votesForm)).toHaveLength(1);
    const step = draw({ choosing: { action: "hold" } });
    expect(step).toMatch(/<textarea id="reason"[^>]*required/);
    expect(step).toContain('name="action" value="hold"');
  });

  it("D8: marks the field of a reason that is too short, and keeps what was typed", () => {
    const html = draw({
      choosing: { action: "hold", reason: "no" },
      flash: { kind: "refused", refusal: { because: "reason_missing", atLeast: 3 } },
    });
    expect(html).toMatch(/aria-invalid="true"[^>]*>no<\/textarea>/);
    expect(read(html)).toContain("A reason of at least 3 characters is needed.");
  });

  it("keeps the choice in front of the word that a producer put on a button", () => {
    expect(read(draw())).toContain("Reject · Hold…");
  });

  it("D7: gives a refused viewer the reason instead of buttons", () => {
    const html = draw({ refusal: { because: "own_request", deciders: "release managers" } });
    expect(html.match(votesForm)).toBeNull();
    expect(html).not.toContain("?action=");
    expect(read(html)).toContain("You cannot decide your own request. Who can: release managers.");
  });

  it("names the other places where the policy leaves this page out", () => {
    const approval: Approval = { ...open, policy: { ...policy, via: ["slack", "teams"] } };
    const text = read(draw({ approval, refusal: { because: "surface_off", surface: "web" } }));
    expect(text).toContain("not decided on this page. Decide it in Slack or in Teams.");
  });

  it("offers withdrawing only to those who may", () => {
    expect(draw()).not.toContain("/cancel");
    expect(draw({ mayCancel: true })).toContain(`action="/approvals/${open.id}/cancel"`);
  });

  it("watches its own stream for a newer revision", () => {
    expect(draw()).toContain(
      `data-live="/v1/approvals/${open.id}/stream" data-page="/approvals/${open.id}" data-revision="1"`,
    );
    expect(draw({ approval: approved })).not.toContain("data-live");
  });
});

describe("the page of a closed request", () => {
  const endings: readonly (readonly [Approval, string])[] = [
    [approved, "Approved by Ben in Slack · “ lgtm ”"],
    [
      { ...approved, state: "rejected", deciding: { ...vote, choice: "reject", via: "web" } },
      "Rejected by Ben on the web page",
    ],
    [{ ...open, state: "expired", closedAt: ago(5) }, "Expired without a decision"],
    [{ ...open, state: "cancelled", cancelledBy: "ci", closedAt: ago(5) }, "Cancelled by ci"],
  ];

  it.each(endings)("has no button left and says how it ended (%#)", (approval, said) => {
    const html = draw({ approval });
    expect(html.match(votesForm)).toBeNull();
    expect(html).not.toContain("?action=");
    expect(read(html).replaceAll(/“\s*|\s*”/g, (quote) => quote.trim())).toContain(
      said.replaceAll(/“\s*|\s*”/g, (quote) => quote.trim()),
    );
  });

  it("tells a late voter who was first", () => {
    const text = read(
      draw({
        approval: approved,
        flash: { kind: "refused", refusal: { because: "closed", approval: approved } },
      }),
    );
    expect(text).toContain("Ben approved this 1 min ago in Slack.");
  });

  it("keeps every vote with its place, its time and its reason", () => {
    const html = draw({ approval: approved });
    expect(read(html)).toContain("Ben approved in Slack · 14:06:00 lgtm");
    expect(html).toContain('title="2026-11-20 14:06:00 UTC"');
  });
});
