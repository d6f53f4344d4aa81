import type {
  Inline,
  Language,
  Message,
  MessageAction,
  MessageState,
  Tone,
} from "../../core/domain/message.ts";
import { textsIn } from "../../core/messages/catalogue.ts";
import { sayTime } from "../../core/messages/say-time.ts";
import { escapeMarkdown, escapePlain, markdownLink } from "./escape.ts";

/**
 * What the card template reads: every name present, every leaf a string, every list there.
 *
 * The only booleans are those for `$when`. A missing name, a null or a number would show or break in the card.
 */
export interface CardValues {
  readonly title: string;
  readonly style: string;
  readonly weight: string;
  readonly status: string;
  readonly paragraphs: readonly { readonly text: string }[];
  readonly hasFull: boolean;
  readonly full: string;
  readonly hasFacts: boolean;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly hasTerms: boolean;
  readonly terms: string;
  readonly plainText: string;
}

/** What the templates of buttons read; a kind of button reads the names that it needs. */
export type ActionValues = Readonly<Record<string, string>>;

const styles: Readonly<Record<MessageState, string>> = {
  waiting: "accent",
  approved: "good",
  rejected: "attention",
  expired: "warning",
  cancelled: "emphasis",
  locked: "warning",
  revoked: "warning",
  information: "default",
};

const tones: Readonly<Record<Tone, string>> = {
  neutral: "default",
  ...{ good: "good", accent: "accent", warning: "warning", attention: "attention" },
};

/** A body of many lines becomes so many paragraphs; the rest runs on in the last. */
const mostParagraphs = 20;

/** Write a line for TextBlock: texts escaped, times in UTC with the zone named, links as links. */
export function writeLine(inlines: readonly Inline[], language: Language | undefined): string {
  return inlines
    .map((inline) => writeInline(inline, language))
    .join("")
    .replace(/ +/gu, " ")
    .trim();
}

function writeInline(inline: Inline, language: Language | undefined): string {
  switch (inline.kind) {
    case "text": {
      const before = /^\s/u.test(inline.text) ? " " : "";
      const after = /\s$/u.test(inline.text) ? " " : "";
      return before + escapeMarkdown(inline.text) + after;
    }
    case "time":
      return sayTime(inline.at, inline.style, language);
    case "link":
      return markdownLink(inline.text, inline.url);
  }
}

function splitBody(body: string): string[] {
  const lines = body.split(/\n+/u).filter((line) => line.trim() !== "");
  const kept = lines.slice(0, mostParagraphs - 1);
  const rest = lines.slice(mostParagraphs - 1).join(" ");
  return rest === "" ? kept : [...kept, rest];
}

/** Normalise a message for the card template. Everything that the template shows passes here, and only here. */
export function cardValues(message: Message): CardValues {
  const terms = writeLine(message.terms, message.language);
  return {
    title: escapeMarkdown(message.title),
    style: message.tone ? tones[message.tone] : styles[message.state],
    weight: message.state === "waiting" || message.state === "information" ? "Default" : "Bolder",
    status: writeLine(message.status, message.language),
    paragraphs: splitBody(message.body ?? "").map((text) => ({ text: escapePlain(text) })),
    hasFull: message.full !== undefined,
    full: message.full ? writeLine([message.full], message.language) : "",
    hasFacts: message.facts.length > 0,
    facts: message.facts.map(({ label, value }) => ({
      label: escapeMarkdown(label),
      value: escapeMarkdown(value),
    })),
    hasTerms: terms !== "",
    terms,
    plainText: escapePlain(message.plainText),
  };
}

/**
 * Normalise a button. `form` counts the forms of the card before it: ids of inputs are unique on a card, so the first
 * field is `reason`, the next `reason_2`.
 */
export function actionValues(
  action: MessageAction,
  form: number,
  language: Language | undefined,
): ActionValues {
  if (action.kind === "open") return { label: escapePlain(action.label), url: action.url };
  const { reason } = action;
  return {
    id: action.id,
    label: escapePlain(action.label),
    description: escapePlain(action.description),
    value: action.value,
    style: action.choice === "approve" ? "positive" : "destructive",
    reasonId: form > 0 ? `reason_${form + 1}` : "reason",
    reasonLabel: escapePlain(reason?.label ?? ""),
    reasonHint: escapePlain(reason?.hint ?? ""),
    reasonPattern: trimmedAtLeast(reason?.atLeast ?? 0),
    reasonError: textsIn(language).reason.tooShort(reason?.atLeast ?? 0),
  };
}

/** A pattern for texts that have so many characters between their first and last visible ones. */
function trimmedAtLeast(count: number): string {
  if (count < 2) return String.raw`\S`;
  return String.raw`^\s*\S[\s\S]{${count - 2},}\S\s*$`;
}
