import { parseUrl } from "../../core/domain/parse-url.ts";

/**
 * Put an invisible joiner into `<at>` and `</at>`, so that no text becomes the mention of a person, and between the
 * braces of `{{DATE(…)}}`, which the client would turn into a date of its own; `${` is parted for clients that might
 * take the card for a template.
 */
function stopMagic(text: string): string {
  return text.replace(/<(?=\/?at\b)/giu, "<\u2060").replace(/[{$](?=\{)/gu, "$&\u2060");
}

/** Make a text safe where Teams reads no markdown: a TextRun, the title of a button. */
export function escapePlain(text: string): string {
  return stopMagic(text);
}

/**
 * Make a text safe where Teams reads markdown: TextBlock, and title and value of a Fact.
 *
 * The text becomes one line. Every sign that could begin emphasis, a link, code, a list, a heading, a quotation,
 * a tag or an entity is escaped by a backslash; other signs stay, so that `1.4.2` looks as it was written.
 */
export function escapeMarkdown(text: string): string {
  return stopMagic(text)
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[\\`*_[\]<>~]/gu, "\\$&")
    .replace(/&(?=#?\w+;)/gu, "\\&")
    .replace(/^(?:[-+]|#{1,6})(?=\s|$)|^-(?=-)/u, "\\$&")
    .replace(/^(\d+)(?=[.)](?:\s|$))/u, "$1\\");
}

/** Write a link for TextBlock. An address that is not http or https stays text. */
export function markdownLink(text: string, url: string): string {
  const shown = escapeMarkdown(text);
  const read = parseUrl(url);
  if (!read) return shown;
  const { protocol, href } = read;
  if (protocol !== "https:" && protocol !== "http:") return shown;
  return `[${shown}](${href.replace(/[()\\]/gu, encodePart)})`;
}

const encodePart = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
