/** Invisible, and no space: it keeps two signs from being read as markup without showing anything. */
const joiner = "\u2060";

/**
 * Escape text for mrkdwn and for the top-level `text` of a message: only `&`, `<` and `>`, `&` first.
 *
 * `${` is parted, for clients that might take it for a template. Unescaped, `<!channel>` notifies everybody and `<https://evil|bank>` is a link (PLATFORMS §1.5).
 */
export function escapeText(text: string): string {
  const still = text.replace(/\$(?=\{)/g, `$$${joiner}`);
  return still.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Write outside text into mrkdwn so that it shows as it is: no mention, no link, and no bold, code, quote or emoji.
 *
 * A word joiner is put beside signs that would open a format. After a letter or digit (`snake_case`, `apr_…`) they
 * open none, and stay untouched, so that people can copy the text. At most five characters come of one.
 */
export function mrkdwnText(text: string): string {
  const still = text
    .replace(/(?<![\p{L}\p{N}])[*_~]|`/gu, `${joiner}$&${joiner}`)
    .replace(/(?<!\d):(?=[\w+'-]+:)/g, `:${joiner}`)
    .replace(/^>/gm, `${joiner}>`);
  return escapeText(still);
}

/**
 * Write outside text into a plain_text object. Slack reads no markup there; the opening sign of a mention is broken
 * all the same, for clients that might.
 */
export function plainText(text: string): string {
  return text.replace(/<(?=[!@#])/g, `<${joiner}`).replace(/\$(?=\{)/g, `$$${joiner}`);
}

/** Cut to so many characters, the last one an ellipsis. Never cuts a surrogate pair in two. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit <= 0) return "";
  const end = limit - 1;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}
