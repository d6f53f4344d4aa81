import type { Button, KnownBlock } from "@slack/types";
import type { Inline, Message, MessageAction, Note, Tone } from "../../core/domain/message.ts";
import { parseUrl } from "../../core/domain/parse-url.ts";
import { sayTime } from "../../core/messages/say-time.ts";
import { blocksBudget, blocksLength, limits, validateBlocks } from "../outbound/limits.ts";
import { cutText, escapeText, mrkdwnText, plainText } from "./escape.ts";

/** A message as Slack takes it. `text` is the notification, and what a screen reader says. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** How long the parts may be, before they are escaped. */
interface Allowance {
  readonly body: number;
  readonly line: number;
  readonly label: number;
  readonly value: number;
  readonly boundValue: number;
  /** A longer link stands as text alone, so that a hostile one cannot fill the message. */
  readonly link: number;
}

const usual: Allowance = {
  body: 1_500,
  line: 400,
  label: 60,
  value: 300,
  boundValue: 600,
  link: 1_000,
};

/**
 * Tried in this order until all blocks fit: the body is cut before the usual line is, the title and the buttons never. A
 * line has room for twenty votes with what was done after them.
 */
const allowances: readonly [Allowance, ...Allowance[]] = [
  { ...usual, line: 2_000 },
  usual,
  { body: 600, line: 400, label: 60, value: 300, boundValue: 600, link: 1_000 },
  { body: 0, line: 400, label: 60, value: 300, boundValue: 600, link: 1_000 },
  { body: 0, line: 300, label: 60, value: 120, boundValue: 600, link: 300 },
  { body: 0, line: 150, label: 30, value: 40, boundValue: 300, link: 0 },
  { body: 0, line: 60, label: 12, value: 12, boundValue: 12, link: 0 },
];

const orDash = (text: string) => (text.trim() === "" ? "–" : text);

const plain = (text: string, most: number) =>
  ({ type: "plain_text", text: cutText(plainText(orDash(text)), most), emoji: false }) as const;

const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true }) as const;

type Told = Pick<Message, "language">;

function renderTime({ at, style }: Extract<Inline, { kind: "time" }>, { language }: Told): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const tokens = style === "clock" ? "{time}" : "{date_short_pretty} {time}";
  // What Slack shows where it cannot: the time in UTC, with the zone named.
  return `<!date^${seconds}^${tokens}|${sayTime(at, style, language)}>`;
}

/** An address as plain ASCII; undefined where it is none that a browser opens. */
function addressOf(url: string): string | undefined {
  const read = /^https?:/i.test(url) ? parseUrl(url) : undefined;
  return read && (/^[\x21-\x7e]+$/.test(url) ? url : read.href);
}

function renderInline(inline: Inline, most: number, linkLimit: number, told: Told): string {
  if (inline.kind === "time") return renderTime(inline, told);
  const text = mrkdwnText(cutText(inline.text, most));
  const address = inline.kind === "link" ? addressOf(inline.url) : undefined;
  const target = address && escapeText(address).replaceAll("|", "%7C");
  if (!target || target.length > linkLimit) return text;
  return `<${target}|${orDash(text).replaceAll("|", "¦").replace(/\s+/g, " ")}>`;
}

function renderLine(line: readonly Inline[], { line: most, link }: Allowance, told: Told): string {
  let room = most;
  let text = "";
  for (const inline of line) {
    if (room <= 0) break;
    text += renderInline(inline, room, link, told);
    room -= inline.kind === "time" ? 5 : Math.max(inline.text.length, 1);
  }
  return orDash(text);
}

function contextBlock(line: readonly Inline[], allowance: Allowance, told: Told): KnownBlock {
  const isText = line.every((inline) => inline.kind === "text");
  const element = isText
    ? plain(line.map((inline) => inline.text).join(""), allowance.line)
    : mrkdwn(renderLine(line, allowance, told));
  return { type: "context", elements: [element] };
}

/** Slack's blocks have no colours, so a square stands before the sign. */
const squares: Readonly<Record<Tone, string>> = {
  neutral: "",
  ...{ good: "🟩 ", accent: "🟦 ", warning: "🟨 ", attention: "🟥 " },
};

const toned = ({ tone, status }: Message): readonly Inline[] =>
  tone === undefined || tone === "neutral"
    ? status
    : [{ kind: "text", text: squares[tone] }, ...status];

function statusBlock(message: Message, allowance: Allowance): KnownBlock {
  if (message.state === "waiting" || message.state === "information") {
    return contextBlock(toned(message), allowance, message);
  }
  const line = renderLine(message.status, allowance, message).replace(/\s+/g, " ").trim();
  return { type: "section", text: mrkdwn(`*${line}*`) };
}

const bold = (text: string) => `*${mrkdwnText(orDash(text).replace(/\s+/g, " ").trim())}*`;

function factsBlock(message: Message, allowance: Allowance): KnownBlock {
  const fields = message.facts.slice(0, limits.sectionFields).map(({ label, value, bound }) => {
    const most = bound ? allowance.boundValue : allowance.value;
    const name = bold(cutText(label, allowance.label));
    return mrkdwn(`${name}\n${mrkdwnText(cutText(orDash(value), most))}`);
  });
  return { type: "section", fields };
}

type Decide = Extract<MessageAction, { kind: "decide" }>;
type Open = Extract<MessageAction, { kind: "open" }>;

/** A button that decides. It always carries a value, by which a click on it is told from one on a link. */
const decideButton = (action: Decide): Button => ({
  type: "button",
  action_id: action.id,
  text: plain(action.label, limits.buttonText),
  value: action.value,
  style: action.choice === "approve" ? "primary" : "danger",
  accessibility_label: cutText(plainText(orDash(action.description)), limits.accessibilityLabel),
});

/** A button that opens an address; none where Slack would not take the address. */
function openButton(action: Open, id: string): readonly Button[] {
  const url = addressOf(action.url);
  if (url === undefined || url.length > limits.buttonUrl) return [];
  return [{ type: "button", action_id: id, text: plain(action.label, limits.buttonText), url }];
}

function actionsBlock(actions: readonly MessageAction[]): readonly KnownBlock[] {
  const ids = new Set(actions.map((action) => (action.kind === "decide" ? action.id : "")));
  const elements: Button[] = [];
  for (const action of actions.slice(0, limits.actionElements)) {
    if (action.kind === "decide") {
      elements.push(decideButton(action));
      continue;
    }
    let id = "open";
    while (ids.has(id)) id = `${id}_link`;
    ids.add(id);
    elements.push(...openButton(action, id));
  }
  return elements.length === 0 ? [] : [{ type: "actions", elements }];
}

/** What the approver answers for must be shown whole; else there is nothing to decide by here. */
const showsBound = ({ facts }: Message, allowance: Allowance) =>
  facts.every(
    ({ label, value, bound }, index) =>
      !bound ||
      (index < limits.sectionFields &&
        label.length <= allowance.label &&
        value.length <= allowance.boundValue),
  );
const openOnly = ({ actions }: Message) => actions.filter(({ kind }) => kind === "open");

function layOut(message: Message, allowance: Allowance): KnownBlock[] {
  const body = cutText(message.body ?? "", allowance.body);
  return [
    { type: "header", text: plain(message.title, limits.header) },
    statusBlock(message, allowance),
    ...(body.trim() === ""
      ? []
      : [{ type: "section", text: plain(body, limits.sectionText) } as const]),
    ...(message.full ? [contextBlock([message.full], allowance, message)] : []),
    ...(message.facts.length === 0 ? [] : [factsBlock(message, allowance)]),
    ...(message.terms.length === 0 ? [] : [contextBlock(message.terms, allowance, message)]),
    ...actionsBlock(showsBound(message, allowance) ? message.actions : openOnly(message)),
  ];
}

/** Escaped, a text may be five times as long: what is within an allowance may still be too long for its place. */
const isTaken = (blocks: readonly KnownBlock[]) =>
  blocksLength(blocks) <= blocksBudget && validateBlocks(blocks).length === 0;

/**
 * Lay a message out as SURFACE §5 says: title, status, body, facts, terms, actions.
 *
 * Pure. Whatever the texts say, Slack takes the result: no limit of `validateBlocks` is broken, all blocks together
 * stay under 12,000 characters, and nothing in them notifies, links or formats that the message did not name.
 */
export function renderMessage(message: Message): SlackMessage {
  const [widest, ...narrower] = allowances;
  let blocks = layOut(message, widest);
  for (const allowance of narrower) {
    if (isTaken(blocks)) break;
    blocks = layOut(message, allowance);
  }
  return { text: escapeText(cutText(orDash(message.plainText), limits.text)), blocks };
}

/** Lay out a note of a thread: its line, and below it what was written. */
export function renderNote({ line, body, plainText: said, language }: Note): SlackMessage {
  const written = cutText(body ?? "", usual.body);
  return {
    text: escapeText(cutText(orDash(said), limits.text)),
    blocks: [
      contextBlock(line, usual, language === undefined ? {} : { language }),
      ...(written.trim() === ""
        ? []
        : [{ type: "section", text: plain(written, limits.sectionText) } as const]),
    ],
  };
}
