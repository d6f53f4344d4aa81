import type { Inline, Language, Message, MessageState } from "../domain/message.ts";
import { sayTime } from "./say-time.ts";

/** The sign of each state. Every state has a sign and a word; colour is never alone. */
export const stateSigns: Readonly<Record<MessageState, string>> = {
  waiting: "●",
  approved: "✓",
  rejected: "✕",
  expired: "⏱",
  cancelled: "⊘",
  locked: "⚿",
  revoked: "↩",
  information: "○",
};

export const text = (words: string): Inline => ({ kind: "text", text: words });
export const time = (at: Date, style: "clock" | "day-clock"): Inline => ({
  kind: "time",
  at,
  style,
});
export const link = (words: string, url: string): Extract<Inline, { kind: "link" }> => ({
  kind: "link",
  text: words,
  url,
});

/** Join pieces of a line with a middle dot. */
export function dotted(...parts: readonly (readonly Inline[])[]): readonly Inline[] {
  return parts
    .filter((part) => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [text(" · "), ...part]));
}

/** Say a line as plain text, times in UTC, links as their text. */
export function sayLine(line: readonly Inline[], language?: Language): string {
  return line
    .map((piece) => (piece.kind === "time" ? sayTime(piece.at, piece.style, language) : piece.text))
    .join("");
}

type Optional = "body" | "language" | "tone" | "full";

/** Put the parts of a message together; parts that are absent stay absent. */
export function message(
  parts: Omit<Message, Optional> & { readonly [Name in Optional]?: Message[Name] | undefined },
): Message {
  const present = Object.entries(parts).filter(([, part]) => part !== undefined);
  return Object.fromEntries(present) as unknown as Message;
}
