import type { Button, KnownBlock } from "@slack/types";
import type { Inline, Message, MessageAction, Note } from "../../core/domain/message.ts";
import { blocksBudget, blocksLength, limits } from "../outbound/limits.ts";
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
  /** A longer link stands as text alone, so that a hostile one cannot fill the message. */
  readonly link: number;
}

/** Tried in this order until all blocks fit: the body is cut first, the title and the buttons never. */
const allowances: readonly [Allowance, ...Allowance[]] = [
  { body: 1_500, line: 400, label: 60, value: 300, link: 1_000 },
  { body: 600, line: 400, label: 60, value: 300, link: 1_000 },
  { body: 0, line: 400, label: 60, value: 300, link: 1_000 },
  { body: 0, line: 300, label: 60, value: 120, link: 300 },
  { body: 0, line: 150, label: 30, value: 40, link: 0 },
  { body: 0, line: 60, label: 12, value: 12, link: 0 },
];

const orDash = (text: string) => (text.trim() === "" ? "–" : text);

const plain = (text: string, most: number) =>
  ({ type: "plain_text", text: cutText(plainText(orDash(text)), most), emoji: false }) as const;

const mrkdwn = (text: string) => ({ type: "mrkdwn", text, verbatim: true }) as const;

const two = (number: number) => String(number).padStart(2, "0");
const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

function renderTime({ at, style }: Extract<Inline, { kind: "time" }>): string {
  const clock = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())} UTC`;
  const seconds = Math.floor(at.getTime() / 1_000);
  if (style === "clock") return `<!date^${seconds}^{time}|${clock}>`;
  const day = `${days[at.getUTCDay()]} ${at.getUTCDate()} ${months[at.getUTCMonth()]}`;
  return `<!date^${seconds}^{date_short_pretty} {time}|${day} ${clock}>`;
}

/** An address as plain ASCII; undefined where it is none that a browser opens. */
function addressOf(url: string): string | undefined {
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return undefined;
  return /^[\x21-\x7e]+$/.test(url) ? url : new URL(url).href;
}

function renderInline(inline: Inline, most: number, linkLimit: number): string {
  if (inline.kind === "time") return renderTime(inline);
  const text = mrkdwnText(cutText(inline.text, most));
  const address = inline.kind === "link" ? addressOf(inline.url) : undefined;
  const target = address && escapeText(address).replaceAll("|", "%7C");
  if (!target || target.length > linkLimit) return text;
  return `<${target}|${orDash(text).replaceAll("|", "¦").replace(/\s+/g, " ")}>`;
}

function renderLine(line: readonly Inline[], { line: most, link }: Allowance): string {
  let room = most;
  let text = "";
  for (const inline of line) {
    if (room <= 0) break;
    text += renderInline(inline, room, link);
    room -= inline.kind === "time" ? 5 : Math.max(inline.text.length, 1);
  }
  return orDash(text);
}

function contextBlock(line: readonly Inline[], allowance: Allowance): KnownBlock {
  const isText = line.every((inline) => inline.kind === "text");
  const element = isText
    ? plain(line.map((inline) => inline.text).join(""), allowance.line)
    : mrkdwn(renderLine(line, allowance));
  return { type: "context", elements: [element] };
}

function statusBlock(message: Message, allowance: Allowance): KnownBlock {
  if (message.state === "waiting" || message.state === "information") {
    return contextBlock(message.status, allowance);
  }
  const line = renderLine(message.status, allowance).replace(/\s+/g, " ").trim();
  return { type: "section", text: mrkdwn(`*${line}*`) };
}

const bold = (text: string) => `*${mrkdwnText(orDash(text).replace(/\s+/g, " ").trim())}*`;

function factsBlock(message: Message, allowance: Allowance): KnownBlock {
  const fields = message.facts.slice(0, limits.sectionFields).map(({ label, value }) => {
    const name = bold(cutText(label, allowance.label));
    return mrkdwn(`${name}\n${mrkdwnText(cutText(orDash(value), allowance.value))}`);
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

function layOut(message: Message, allowance: Allowance): KnownBlock[] {
  const body = cutText(message.body ?? "", allowance.body);
  return [
    { type: "header", text: plain(message.title, limits.header) },
    statusBlock(message, allowance),
    ...(body.trim() === ""
      ? []
      : [{ type: "section", text: plain(body, limits.sectionText) } as const]),
    ...(message.facts.length === 0 ? [] : [factsBlock(message, allowance)]),
    ...(message.terms.length === 0 ? [] : [contextBlock(message.terms, allowance)]),
    ...actionsBlock(message.actions),
  ];
}

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
    if (blocksLength(blocks) <= blocksBudget) break;
    blocks = layOut(message, allowance);
  }
  return { text: escapeText(cutText(orDash(message.plainText), limits.text)), blocks };
}

/** Lay out a note of a thread: its line, and below it what was written. */
export function renderNote({ line, body, plainText: said }: Note): SlackMessage {
  const [widest] = allowances;
  const written = cutText(body ?? "", widest.body);
  return {
    text: escapeText(cutText(orDash(said), limits.text)),
    blocks: [
      contextBlock(line, widest),
      ...(written.trim() === ""
        ? []
        : [{ type: "section", text: plain(written, limits.sectionText) } as const]),
    ],
  };
}
