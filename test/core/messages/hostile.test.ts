import { createRequire } from "node:module";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import type { OpenApproval } from "../../../core/domain/approval.ts";
import type { Event } from "../../../core/domain/event.ts";
import type { JsonObject } from "../../../core/domain/json.ts";
import { type Language, languages, type Message } from "../../../core/domain/message.ts";
import { builtinTypes } from "../../../core/event-types/builtin-types.ts";
import { recordOf } from "../../../core/event-types/find-type.ts";
import { approvalCard } from "../../../core/messages/approval-card.ts";
import { eventCard } from "../../../core/messages/event-card.ts";
import { eventContent } from "../../../core/messages/event-content.ts";
import { eventNote, voteNote } from "../../../core/messages/notes.ts";
import { recordLink } from "../../../core/messages/record-link.ts";
import {
  blocksBudget,
  blocksLength,
  limits,
  validateBlocks,
} from "../../../slack-app/outbound/limits.ts";
import { renderMessage, renderNote } from "../../../slack-app/render/message.ts";
import { checkCard } from "../../../teams-app/outbound/limits.ts";
import { renderCard } from "../../../teams-app/render/message.ts";
import { renderNote as renderTeamsNote } from "../../../teams-app/render/note.ts";
import { ann, approval, event, organization, voteOf } from "../domain/samples.ts";
import { everyState } from "./every-state.ts";

/** `npm run soak` runs 100,000. */
const runs = Number(process.env["HOSTILE"] ?? 60);

const bait = [
  ...["<!channel>", "<!here|here>", "<@U012AB3CD>", "<#C012AB3CD>", "<!subteam^S1>"],
  ...["<https://evil.example|bank>", "[bank](https://evil.example)", "![x](https://evil.example)"],
  ...["<at>Ann</at>", "</AT>", "${1+1}", "${$root}", "{{DATE(2026-01-01T00:00:00Z)}}"],
  ...["{{ data.secret }}", "{% for a in (1..9999999) %}x{% endfor %}", "⟨x?⟩"],
  ...["*_~`", "**b** _i_ `c` ~~d~~", "```", "> quote", "# heading", "- item", "1. item", ":bell:"],
  ...["✓ Approved by Ann", "● Waiting for approval", "✅", "p\u0430ypal", "שלום\u202e", "مرحبا"],
  ...[
    "👩‍👩‍👧‍👦",
    "z\u0334\u0334\u0334\u0334\u0334",
    "\ud83d",
    "\u0000",
    "\u200b",
    "\n\n",
    "|",
    "\\",
    "&lt;b&gt;",
  ],
  ...['"}],"type":"Action.Submit"', "javascript:alert(1)", "\u2028", "&amp;amp;"],
];
const words = fc.oneof(
  fc.constantFrom(...bait),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const text = fc.oneof(
  { weight: 8, arbitrary: fc.array(words, { maxLength: 8 }).map((parts) => parts.join(" ")) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...bait), fc.integer({ min: 0, max: 20_000 }))
      .map(([part, length]) => part.repeat(Math.ceil(length / part.length)).slice(0, length)),
  },
);
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 1, arbitrary: fc.oneof(fc.constant(null), fc.double(), fc.boolean(), fc.integer()) },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.dictionary(text, text, { maxKeys: 3 }) },
);
const types = [...builtinTypes.keys()];
const anyLanguage = fc.constantFrom(...languages);

/** An event of a known type or of none, whose every text comes from somebody who means ill. */
const events: fc.Arbitrary<Event> = fc
  .record({
    type: fc.constantFrom("anything.happened", ...types),
    subject: text,
    link: fc.oneof(text, fc.webUrl(), fc.constantFrom("/records/7", "//evil.example", "\\\\x")),
    level: fc.constantFrom("info", "warning", "critical"),
    title: fc.option(text, { nil: undefined }),
    body: fc.option(text, { nil: undefined }),
    own: fc.dictionary(text, value, { maxKeys: 6 }),
    filled: fc.array(value, { minLength: 12, maxLength: 12 }),
  })
  .map(({ type, subject, link, level, title, body, own, filled }) => {
    const names = Object.keys(builtinTypes.get(type)?.sample.data ?? {});
    const members = names.map((name, index) => [name, filled[index % filled.length]]);
    const data = {
      ...own,
      ...Object.fromEntries(members),
      ...(title === undefined ? {} : { title }),
      ...(body === undefined ? {} : { body }),
      secret: "the secret of the event",
    } as JsonObject;
    return { ...event, type, subject, link, level, data } as Event;
  });

const records = { address: "https://records.example/app" };

/** The card of an event, that of a request of it in one state, and its notes, in a language. */
function messagesOf(sent: Event, by: string, words: string, language: Language, state: number) {
  const definition = builtinTypes.get(sent.type);
  const type = definition && recordOf(organization, definition, 0);
  const { link: _, buttons: __, colour: ___, ...content } = eventContent(sent, type);
  const url = recordLink(sent.link, records);
  const open: OpenApproval = {
    ...approval,
    ...content,
    ...(url === undefined ? {} : { link: url }),
    linkLabel: words,
    producerName: by,
    requester: { claim: words, name: words },
    actions: [
      { id: "yes", choice: "approve", label: words },
      { id: "no", choice: "reject", label: by },
    ],
  };
  const states = Object.values(everyState(open, { name: by, reason: `why ${words}` }));
  const links = { hubUrl: "https://hub.example" };
  const vote = voteOf({ ...ann, name: by }, "reject", { reason: words });
  const noted = voteNote({ ...open, votes: [vote] }, vote.click, language);
  return {
    cards: [
      eventCard(sent, type, { name: by, records }, links, { style: { language } }),
      approvalCard(states[state % states.length] ?? open, "slack", links, { language }),
    ],
    notes: [eventNote(sent, type, by, language), ...(noted ? [noted] : [])],
  };
}

interface Shown {
  readonly type: string;
  readonly text: string;
}
function textsIn(value: unknown): readonly Shown[] {
  if (typeof value !== "object" || value === null) return [];
  const { type, text } = value as Record<string, unknown>;
  const isText = (type === "plain_text" || type === "mrkdwn") && typeof text === "string";
  return isText ? [{ type, text }] : Object.values(value).flatMap(textsIn);
}

/** Where a card may lead: to the hub and to the records of its producer. */
const allowed = String.raw`https:\/\/(?:hub|records)\.example[^|<>]*`;
const meant = new RegExp(String.raw`<!date\^\d+\^[^|<>]*\|[^|<>]*>|<${allowed}\|[^|<>]*>`, "g");

function slackIsTame({ text, blocks }: ReturnType<typeof renderMessage>): void {
  expect(validateBlocks(blocks)).toEqual([]);
  expect(blocksLength(blocks)).toBeLessThanOrEqual(blocksBudget);
  expect(text).not.toMatch(/[<>]|\$\{/);
  expect(text.length).toBeLessThanOrEqual(limits.updateText);
  for (const shown of textsIn(blocks)) {
    expect(shown.text).not.toMatch(/<[@#]|\$\{/);
    if (shown.type === "plain_text") expect(shown.text).not.toContain("<!");
    else expect(shown.text.replace(meant, "")).not.toMatch(/[<>]/);
  }
  const urls = [...JSON.stringify(blocks).matchAll(/"url":"([^"]*)"/g)].map(([, url]) => url);
  for (const url of urls) expect(url).toMatch(/^https:\/\/(hub|records)\.example(\/|$)/);
}

const markdown = new MarkdownIt("commonmark", { html: false });
interface Parser {
  readonly AdaptiveCard: new () => { parse(card: unknown, context: unknown): void };
  readonly SerializationContext: new () => { readonly eventCount: number };
}
const microsoft: Parser = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js");

/** Texts that Teams reads as markdown: of text blocks and facts, wherever they stand. */
function markdownIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(markdownIn);
  if (typeof value !== "object" || value === null) return [];
  const node = value as Record<string, unknown>;
  const own = node["type"] === "TextBlock" ? [String(node["text"])] : [];
  const facts = Array.isArray(node["facts"]) ? (node["facts"] as Record<string, string>[]) : [];
  const said = facts.flatMap(({ title = "", value: shown = "" }) => [title, shown]);
  return [...own, ...said, ...Object.values(node).flatMap(markdownIn)];
}

function readsTame(written: string, paragraphs = 1): void {
  const html = markdown.render(written).trim();
  const plain = html.replace(/<a href="https:\/\/(?:hub|records)\.example[^"]*">|<\/a>/g, "");
  expect(plain.match(/<(?!\/?p>)/g)).toBeNull();
  expect((plain.match(/<p>/g) ?? []).length).toBeLessThanOrEqual(paragraphs);
}

function teamsIsTame(message: Message): void {
  const card = renderCard(message);
  expect(checkCard(card)).toEqual([]);
  const context = new microsoft.SerializationContext();
  new microsoft.AdaptiveCard().parse(card, context);
  expect(context.eventCount).toBe(0);
  const sent = JSON.stringify(card);
  expect(sent).not.toMatch(/\$\{|\{\{|<\/?at\b/i);
  for (const written of markdownIn(card)) readsTame(written);
  for (const [, url] of sent.matchAll(/"url":"([^"]*)"/g))
    expect(url).toMatch(/^https:\/\/(hub|records)\.example(\/|$)/);
}

describe("messages of events that mean ill", () => {
  it(`C7: are taken by both platforms, and nothing in them is live (${runs} events)`, () => {
    fc.assert(
      fc.property(
        events,
        text,
        text,
        anyLanguage,
        fc.nat(11),
        (sent, by, said, language, state) => {
          const { cards, notes } = messagesOf(sent, by, said, language, state);
          for (const card of cards) {
            slackIsTame(renderMessage(card));
            teamsIsTame(card);
          }
          for (const note of notes) {
            slackIsTame(renderNote(note));
            const written = renderTeamsNote(note);
            expect(written).not.toMatch(/\$\{|\{\{|<\/?at\b/i);
            readsTame(written, Number.POSITIVE_INFINITY);
          }
        },
      ),
      { numRuns: runs },
    );
  }, 0);
});
