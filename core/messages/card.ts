import type { Fact } from "../domain/approval.ts";
import type { Inline, Message, MessageAction, MessageState } from "../domain/message.ts";
import { sayTime } from "./say-time.ts";

/** The sign and the word of each state. Every state has both; colour is never alone. */
export const stateWords: Readonly<
  Record<MessageState, { readonly sign: string; readonly word: string }>
> = {
  waiting: { sign: "●", word: "Waiting for approval" },
  approved: { sign: "✓", word: "Approved" },
  rejected: { sign: "✕", word: "Rejected" },
  expired: { sign: "⏱", word: "Expired" },
  cancelled: { sign: "⊘", word: "Cancelled" },
  locked: { sign: "⊘", word: "Locked" },
  revoked: { sign: "↩", word: "Revoked" },
  information: { sign: "○", word: "Information" },
};

export const text = (words: string): Inline => ({ kind: "text", text: words });
export const time = (at: Date, style: "clock" | "day-clock"): Inline => ({
  kind: "time",
  at,
  style,
});
export const link = (words: string, url: string): Inline => ({ kind: "link", text: words, url });

/** Join pieces of a line with a middle dot. */
export function dotted(...parts: readonly (readonly Inline[])[]): readonly Inline[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [text(" · "), ...part]));
}

/** Say a line as plain text, times in UTC, links as their text. */
export function sayLine(line: readonly Inline[]): string {
  return line
    .map((piece) => (piece.kind === "time" ? sayTime(piece.at, piece.style) : piece.text))
    .join("");
}

/** Put the parts of a message together; parts that are absent stay absent. */
export function message(parts: {
  readonly state: MessageState;
  readonly title: string;
  readonly status: readonly Inline[];
  readonly body: string | undefined;
  readonly facts: readonly Fact[];
  readonly terms: readonly Inline[];
  readonly actions: readonly MessageAction[];
  readonly plainText: string;
}): Message {
  const { body, ...rest } = parts;
  return body === undefined ? rest : { ...rest, body };
}
