import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Approval, Vote } from "../../../core/domain/approval.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Inline, Message, MessageAction } from "../../../core/domain/message.ts";
import { approvalCard } from "../../../core/messages/approval-card.ts";
import { blocksBudget, blocksLength, validateBlocks } from "../../../slack-app/outbound/limits.ts";
import { cutText, escapeText, mrkdwnText } from "../../../slack-app/render/escape.ts";
import { renderMessage } from "../../../slack-app/render/message.ts";
import { approval, later, personOf, policy, voteOf } from "../../core/domain/samples.ts";
import { approved, waiting } from "../rig.ts";

const open = waiting.actions.filter((action) => action.kind === "open");
const closed = (state: Message["state"], status: string): Message => ({
  ...waiting,
  state,
  status: [{ kind: "text", text: status }],
  terms: [{ kind: "text", text: "0 of 1" }],
  actions: open,
});

const cards: Readonly<Record<string, Message>> = {
  "card-waiting": waiting,
  "card-approved": approved,
  "card-rejected": closed("rejected", "✕ Rejected by Ann in Slack · “It locks”"),
  "card-expired": closed("expired", "⏱ Expired"),
  "card-cancelled": closed("cancelled", "⊘ Cancelled by ci"),
  "card-information": {
    state: "information",
    title: "Deploy web 1.4.2 finished",
    status: [{ kind: "text", text: "from ci" }],
    body: "All regions are green.",
    facts: [{ label: "Service", value: "web" }],
    terms: [],
    actions: open,
    plainText: "Deploy web 1.4.2 finished — https://ci.example/deploys/812",
  },
};

const bait = [
  "<!channel>",
  "<!here|here>",
  "<@U012AB3CD>",
  "<#C012AB3CD>",
  "<https://evil.example|bank>",
  "[x](https://evil.example)",
  "${1+1}",
  "&lt;!channel&gt;",
  "*_~`",
  "```",
  "> quote",
  ":smile:",
  "👩‍👩‍👧‍👦",
  "\ud83d",
  "שלום‮",
  "\n\n",
  "|",
  "\u0000",
];
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc
    .array(fc.oneof(fc.constantFrom(...bait), fc.string({ maxLength: 8 })), { maxLength: 40 })
    .map((parts) => parts.join("")),
  fc
    .tuple(fc.constantFrom(...bait), fc.integer({ min: 0, max: 5_000 }))
    .map(([text, length]) => text.repeat(Math.ceil(length / text.length)).slice(0, length)),
);
const url = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  hostile.map((text) => `https://hub.example/${text}`),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), text: hostile }),
  fc.record({ kind: fc.constant("link" as const), text: hostile, url }),
  fc.record({
    kind: fc.constant("time" as const),
    at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") }),
    style: fc.constantFrom("clock" as const, "day-clock" as const),
  }),
);
const line = fc.array(inline, { maxLength: 12 });
const decide: fc.Arbitrary<MessageAction> = fc.record({
  kind: fc.constant("decide" as const),
  id: fc.oneof(fc.constantFrom("approve", "open"), fc.string({ minLength: 1, maxLength: 64 })),
  choice: fc.constantFrom("approve" as const, "reject" as const),
  label: hostile,
  description: hostile,
  value: fc.string({ minLength: 1, maxLength: 200 }),
});
const message: fc.Arbitrary<Message> = fc.record({
  state: fc.constantFrom("waiting", "approved", "rejected", "expired", "cancelled", "information"),
  title: hostile,
  status: line,
  body: hostile,
  facts: fc.array(
    fc.record(
      { label: hostile, value: hostile, bound: fc.constant(true as const) },
      { requiredKeys: ["label", "value"] },
    ),
    { maxLength: 12 },
  ),
  terms: line,
  actions: fc
    .tuple(
      fc.uniqueArray(decide, {
        maxLength: 6,
        selector: (action) => (action.kind === "decide" ? action.id : ""),
      }),
      fc.array(fc.record({ kind: fc.constant("open" as const), label: hostile, url }), {
        maxLength: 1,
      }),
    )
    .map((lists) => lists.flat()),
  plainText: hostile,
});

interface Shown {
  readonly type: "plain_text" | "mrkdwn";
  readonly text: string;
}

/** Every text object in the blocks, however deep it stands. */
function textsIn(value: unknown): readonly Shown[] {
  if (typeof value !== "object" || value === null) return [];
  const { type, text } = value as Record<string, unknown>;
  const isText = (type === "plain_text" || type === "mrkdwn") && typeof text === "string";
  return isText ? [{ type, text }] : Object.values(value).flatMap(textsIn);
}

/** The only markup that a card holds: dates, and links that the message names. */
const meant = /<!date\^\d+\^[^|<>]*\|[^|<>]*>|<https?:\/\/[^|<>]*\|[^|<>]*>/g;

describe("renderMessage", () => {
  it.each(Object.keys(cards))("C1, C11: lays out %s as it is kept", async (name) => {
    const rendered = renderMessage(cards[name] as Message);
    expect(validateBlocks(rendered.blocks)).toEqual([]);
    const golden = `../../fixtures/slack/${name}.json`;
    await expect(`${JSON.stringify(rendered, null, 2)}\n`).toMatchFileSnapshot(golden);
  });

  it("C1: makes of any texts what Slack takes, under 12,000 characters", () => {
    fc.assert(
      fc.property(message, (one) => {
        const { blocks, text } = renderMessage(one);
        expect(validateBlocks(blocks)).toEqual([]);
        expect(blocksLength(blocks)).toBeLessThanOrEqual(blocksBudget);
        expect(text.length).toBeLessThan(40_000);
        expect(text).not.toBe("");
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, Partial<Message>]>([
    ["a bound value", { facts: [{ label: "Command", value: "&".repeat(600), bound: true }] }],
    [
      "a long link in the status",
      {
        state: "approved",
        status: [
          { kind: "link", text: "&".repeat(400), url: `https://ci.example/${"a".repeat(980)}` },
        ],
      },
    ],
  ])("C1: keeps %s of nothing but signs that are escaped within its own limit", (_what, change) => {
    expect(validateBlocks(renderMessage({ ...waiting, ...change }).blocks)).toEqual([]);
  });

  it("notifies nobody and links nowhere but where the message says", () => {
    fc.assert(
      fc.property(message, (one) => {
        const { blocks, text } = renderMessage(one);
        expect(text).not.toMatch(/[<>]/);
        for (const shown of textsIn(blocks)) {
          expect(shown.text).not.toMatch(/<[@#]/);
          if (shown.type === "plain_text") expect(shown.text).not.toContain("<!");
          else expect(shown.text.replace(meant, "")).not.toMatch(/[<>]/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keeps a title of 5,000 characters as a title", () => {
    const title = "<!channel> ${1+1} [x](https://evil.example) ".repeat(125);
    const [header] = renderMessage({ ...waiting, title }).blocks;
    expect(header).toMatchObject({ type: "header", text: { type: "plain_text", emoji: false } });
    const shown = textsIn(header)[0]?.text ?? "";
    expect(shown).toHaveLength(150);
    expect(shown.replaceAll("\u2060", "")).toMatch(/^<!channel> \$\{1\+1\} \[x\]\(https/);
  });

  it("cuts the body before anything else", () => {
    const fact = { label: "&".repeat(60), value: "&".repeat(300) };
    const crowded = { ...waiting, body: "word ".repeat(300), facts: Array(8).fill(fact) };
    const { blocks } = renderMessage(crowded);
    expect(blocks.map((block) => block.type)).toEqual([
      "header",
      "context",
      "section",
      "context",
      "actions",
    ]);
    expect(JSON.stringify(blocks)).not.toContain("word");
  });

  it("C1: says until when, and what the producer did, behind many who may decide and many votes", () => {
    const people = Array.from({ length: 40 }, (_, index) => personOf(`Approver ${index} of Ops`));
    const approvers = people.map(({ id, name }) => ({ kind: "person", person: id, name }) as const);
    const asked = { ...approval, policy: { ...policy, approvers, votes: 20 } };
    const links = { hubUrl: "https://hub.example" };
    const read = (of: Approval) => JSON.stringify(renderMessage(approvalCard(of, "slack", links)));
    const sign = `|apr_…${approval.id.slice(-4)}>`;
    const open = read(asked);
    expect(open).toContain("Fri 20 Nov 14:30 UTC>");
    expect(open).toContain(sign);
    const votes = people.slice(0, 20).map((person) => voteOf(person, "approve"));
    const [deciding] = votes as [Vote];
    const outcome = { kind: "failed", detail: "no such region", at: later(300) } as const;
    const decision = deriveId("decision", approval.id);
    const ended = { state: "approved", decision, deciding, closedAt: later(120), outcome } as const;
    const closed = read({ ...asked, votes, ...ended });
    expect(closed).toContain("Approver 19 of Ops approved");
    expect(closed).toContain("14:05 UTC>: no such region");
    expect(closed).toContain(sign);
  });

  it("keeps the buttons of a request apart from Open, whatever the producer calls them", () => {
    const [approve, , last] = waiting.actions;
    const actions = [{ ...approve, id: "open" }, last] as readonly MessageAction[];
    const block = renderMessage({ ...waiting, actions }).blocks.at(-1);
    expect(block).toMatchObject({ elements: [{ action_id: "open" }, { action_id: "open_link" }] });
  });

  it("links only where a browser goes", () => {
    const urls = [
      "javascript:alert(1)",
      "not an address",
      "https://hub.example/a|b c",
      "https://hub.example/é",
    ];
    const terms = urls.map((url) => ({ kind: "link", text: "here", url }) as const);
    const opens = urls.map((url) => ({ kind: "open", label: "Open", url }) as const);
    const { blocks } = renderMessage({ ...waiting, terms, actions: opens });
    expect(textsIn(blocks.at(-2))[0]?.text).toBe(
      "herehere<https://hub.example/a%7Cb%20c|here><https://hub.example/%C3%A9|here>",
    );
    expect(blocks.at(-1)).toMatchObject({
      elements: [{ url: "https://hub.example/a|b%20c" }, { url: "https://hub.example/%C3%A9" }],
    });
  });

  it("shows times in the reader's zone, with UTC where that cannot be done", () => {
    const sent = JSON.stringify(renderMessage(approved).blocks);
    expect(sent).toContain("<!date^1795183320^{time}|14:02 UTC>");
    const expiry = JSON.stringify(renderMessage(waiting).blocks);
    expect(expiry).toContain("^{date_short_pretty} {time}|Fri 20 Nov 14:32 UTC>");
  });
});

describe("the escaping of Slack texts", () => {
  it("escapes three signs, the ampersand first", () => {
    expect(escapeText("a < b && c > d &amp;")).toBe("a &lt; b &amp;&amp; c &gt; d &amp;amp;");
  });

  it("shows formatting signs as signs, and leaves words alone", () => {
    expect(mrkdwnText("snake_case apr_… 2*3 14:02:33")).toBe("snake_case apr_… 2*3 14:02:33");
    expect(mrkdwnText("*bold*")).toBe("\u2060*\u2060bold*");
    expect(mrkdwnText(":bell:")).toBe(":\u2060bell:");
    expect(mrkdwnText("> quote")).toBe("\u2060&gt; quote");
  });

  it("makes at most five characters of one", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(mrkdwnText(text).length).toBeLessThanOrEqual(text.length * 5);
      }),
    );
  });

  it("cuts between characters, never inside one", () => {
    expect(cutText("abc", 3)).toBe("abc");
    expect(cutText("abcd", 3)).toBe("ab…");
    expect(cutText("a😀b", 3)).toBe("a…");
    expect(cutText("abc", 0)).toBe("");
  });
});
