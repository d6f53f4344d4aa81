import { createRequire } from "node:module";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import type { Message } from "../../../core/domain/message.ts";
import { cardSize, checkCard, mostCardBytes } from "../../../teams-app/outbound/limits.ts";
import { escapeMarkdown, markdownLink } from "../../../teams-app/render/escape.ts";
import { renderCard } from "../../../teams-app/render/message.ts";
import { buttonsOf } from "../../../teams-app/sandbox/buttons.ts";
import { closed, information, waiting } from "../../fixtures/teams/messages.ts";

interface Parser {
  readonly AdaptiveCard: new () => { parse(card: unknown, context: unknown): void };
  readonly SerializationContext: new () => {
    readonly eventCount: number;
    getEventAt(index: number): { readonly message: string };
  };
}
const microsoft: Parser = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js");

/** What Microsoft's own parser says against a card. */
function complaints(card: unknown): string[] {
  const context = new microsoft.SerializationContext();
  new microsoft.AdaptiveCard().parse(card, context);
  return Array.from(
    { length: context.eventCount },
    (_, index) => context.getEventAt(index).message,
  );
}

/** Texts that people, producers and attackers write. */
const hostile = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(
    "${1+1}",
    "${title}",
    "${$root}",
    "[x](https://evil.example)",
    "![x](https://evil.example)",
    "<at>Ann</at>",
    "</AT>",
    "<!channel>",
    "<https://evil.example>",
    "# heading",
    "- item",
    "1. item",
    "**bold** _it_ `code` ~~gone~~",
    "&lt;b&gt;",
    "a\nb\r\n\nc",
    "\\",
    "\u0000",
    "\ud800",
    "{{DATE(2026-01-01T00:00:00Z)}}",
    '"}],"type":"Action.Submit"',
  ),
);
const text = (most: number) =>
  fc
    .array(hostile, { minLength: 1, maxLength: 4 })
    .map((parts) => `x${parts.join(" ")}`.slice(0, most));

const inline = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), text: text(150) }),
  fc.record({
    kind: fc.constant("time" as const),
    at: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
    style: fc.constantFrom("clock" as const, "day-clock" as const),
  }),
  fc.record({ kind: fc.constant("link" as const), text: text(60), url: fc.webUrl() }),
);

const decide = fc.record({
  kind: fc.constant("decide" as const),
  id: fc.stringMatching(/^[a-z][a-z0-9_-]{0,30}$/),
  choice: fc.constantFrom("approve" as const, "reject" as const),
  label: text(24),
  description: text(180),
  value: text(200),
});
const withReason = fc.tuple(decide, text(60), text(60)).map(([action, label, hint]) => ({
  ...action,
  reason: { label, hint, atLeast: 3 },
}));
const open = fc.record({ kind: fc.constant("open" as const), label: text(24), url: fc.webUrl() });

const messages: fc.Arbitrary<Message> = fc.record(
  {
    state: fc.constantFrom(
      ...(["waiting", "approved", "rejected", "expired", "cancelled", "information"] as const),
    ),
    title: text(150),
    status: fc.array(inline, { minLength: 1, maxLength: 4 }),
    body: text(1_500),
    facts: fc.array(fc.record({ label: text(60), value: text(300) }), { maxLength: 8 }),
    terms: fc.array(inline, { maxLength: 5 }),
    actions: fc.array(fc.oneof(decide, withReason, open), { maxLength: 6 }),
    plainText: text(400),
  },
  { requiredKeys: ["state", "title", "status", "facts", "terms", "actions", "plainText"] },
);

describe("renderCard", () => {
  it.each([
    ["waiting", waiting],
    ["approved", closed("approved")],
    ["rejected", closed("rejected")],
    ["expired", closed("expired")],
    ["cancelled", closed("cancelled")],
    ["information", information],
  ] as const)("C1: draws %s as agreed", (_, message) => {
    const card = renderCard(message);
    expect(card).toMatchSnapshot();
    expect(checkCard(card)).toEqual([]);
    expect(complaints(card)).toEqual([]);
  });

  it("C1: says all that the message says, in its order", () => {
    const shown = JSON.stringify(renderCard(waiting));
    const parts = [
      waiting.title,
      "Waiting for approval",
      "Rolls out to production.",
      "No migration.",
      "Environment",
      "Fri 20 Nov 14:32 UTC",
      "Approve · Deploy",
      "Reject · Hold",
      "Why? The requester will see this",
      '"Open"',
    ];
    const places = parts.map((part) => shown.indexOf(part, shown.indexOf('"body"')));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("C1: keeps Open in sight behind five buttons of a producer", () => {
    const [approve, , opens] = waiting.actions;
    if (approve?.kind !== "decide" || opens?.kind !== "open") throw new Error();
    const five = [1, 2, 3, 4, 5].map((number) => ({ ...approve, id: `go-${number}` }));
    const card = renderCard({ ...waiting, actions: [...five, opens] });
    expect(checkCard(card)).toEqual([]);
    expect(buttonsOf(card).map(({ label }) => label)).toEqual([
      ...five.map(({ label }) => label),
      opens.label,
    ]);
  });

  it("D8: names the fields of two forms apart", () => {
    const [approve, reject] = waiting.actions;
    if (approve?.kind !== "decide" || reject?.kind !== "decide" || !reject.reason)
      throw new Error();
    const card = renderCard({
      ...waiting,
      actions: [{ ...approve, reason: reject.reason }, reject],
    });
    const ids = [...JSON.stringify(card).matchAll(/"Input.Text","id":"(\w+)"/g)].map(
      (found) => found[1],
    );
    expect(ids).toEqual(["reason", "reason_2"]);
  });

  it("keeps to every limit, whatever people write", () => {
    fc.assert(
      fc.property(messages, (message) => {
        const card = renderCard(message);
        expect(checkCard(card)).toEqual([]);
        expect(complaints(card)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("evaluates nothing that people write", () => {
    const spell = "${1+1} ${title} {{DATE(x)}} ${json('{}')}";
    const facts = [{ label: spell, value: spell }];
    const card = renderCard({ ...waiting, title: spell, body: spell, facts, plainText: spell });
    expect(card["fallbackText"]).toBe(spell.replace(/[{$](?=\{)/g, "$&\u2060"));
    expect(JSON.stringify(card)).not.toMatch(/\{\{|\$\{/);
    expect(JSON.stringify(card).split("$\u2060{1+1}")).toHaveLength(6);
  });

  it("mentions nobody", () => {
    const mention = "<at>Ann</at> </AT>";
    const facts = [{ label: mention, value: mention }];
    const card = renderCard({
      ...waiting,
      title: mention,
      body: mention,
      facts,
      plainText: mention,
    });
    expect(JSON.stringify(card)).not.toMatch(/<\/?at/i);
  });

  it("U11: becomes a short card with a link and no decision when it would be too big", () => {
    const facts = Array.from({ length: 8 }, () => ({
      label: "*".repeat(60),
      value: "_".repeat(900),
    }));
    const card = renderCard({ ...waiting, body: '"'.repeat(3_000), facts });
    expect(cardSize(card)).toBeLessThanOrEqual(mostCardBytes);
    const shown = JSON.stringify(card);
    expect(shown).toContain("Action.OpenUrl");
    expect(shown).not.toMatch(/Action\.(Execute|ShowCard|Submit)/);
    expect(shown).toContain(waiting.title);
  });

  it("has a fallback with the verb for clients without Action.Execute", () => {
    const { refresh: _, ...card } = renderCard(waiting);
    const shown = JSON.stringify(card);
    expect(shown.split('"Action.Execute"')).toHaveLength(3);
    expect(shown.split('"fallback":{"type":"Action.Submit"')).toHaveLength(3);
    expect(shown).toContain('"data":{"countersign":"apr_1.digest","verb":"hold"}');
  });
});

describe("escapeMarkdown", () => {
  const markdown = new MarkdownIt({ html: false, linkify: false });
  const lines = fc.array(hostile, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(" "));
  const readBack = (html: string) =>
    html
      .replace(/^<p>|<\/p>\n?$/g, "")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, "&");

  it("is read back as it was written, as one line without a single tag", () => {
    fc.assert(
      fc.property(lines, (written) => {
        const plain = written
          .replace(/<(?=\/?at\b)/gi, "<\u2060")
          .replace(/[{$](?=\{)/g, "$&\u2060")
          .replace(/\s+/g, " ")
          .trim();
        fc.pre(plain !== "");
        const html = markdown.render(escapeMarkdown(written)).trim();
        expect(html).toMatch(/^<p>[^<]*<\/p>$/);
        // markdown-it itself replaces NUL.
        expect(readBack(html)).toBe(plain.replaceAll("\0", "\ufffd"));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    "# a",
    "- a",
    "+ a",
    "* a",
    "1. a",
    "1) a",
    "> a",
    "=== a",
    "1.",
    "-",
    "##",
    "--",
    "    a",
    "| a |",
    "```",
    "---",
  ])("makes no block of %j", (written) => {
    expect(markdown.render(escapeMarkdown(written))).toMatch(/^<p>[^<]*<\/p>\n$/);
  });

  it("leaves ordinary text as it is", () => {
    for (const ordinary of [
      "Deploy web 1.4.2 (production) — 50% & more, it's fine: a/b #812",
      "1.4.2",
      "-5",
      "#812",
      "+1",
    ]) {
      expect(escapeMarkdown(ordinary)).toBe(ordinary);
    }
  });
});

describe("markdownLink", () => {
  const markdown = new MarkdownIt();

  it("makes one link, to the address that was meant", () => {
    const html = markdown.render(
      markdownLink("a](https://evil.example)", "https://hub.example/a(b)?c=d"),
    );
    expect(html).toContain('href="https://hub.example/a%28b%29?c=d"');
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).not.toContain('href="https://evil');
  });

  it.each(["javascript:alert(1)", "not an address", "data:text/html,x"])(
    "makes no link of %s",
    (url) => {
      expect(markdownLink("x", url)).toBe("x");
    },
  );
});
