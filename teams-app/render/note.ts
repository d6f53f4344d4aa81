import type { Note } from "../../core/domain/message.ts";
import { escapeMarkdown } from "./escape.ts";
import { writeLine } from "./values.ts";

/** Write a note of a thread as the markdown of a plain message: its line, and below it what was written. */
export function renderNote({ line, body, language }: Note): string {
  const paragraphs = (body ?? "").split(/\n+/u).map(escapeMarkdown);
  return [writeLine(line, language), ...paragraphs].filter((part) => part !== "").join("\n\n");
}
