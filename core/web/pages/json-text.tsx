import type { ComponentChildren } from "preact";

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

/** Show JSON text with its names, strings and literals told apart. Text that is no JSON is shown as it is. */
export function JsonText({ text, label }: { readonly text: string; readonly label: string }) {
  const pretty = prettyJson(text);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls in its box, so the keyboard must reach it.
    <figure class="code code-wrap" tabIndex={0} aria-label={label}>
      <pre>{pretty === undefined ? seen(text) : colour(seen(pretty))}</pre>
    </figure>
  );
}

/** Indent JSON text. Answers undefined for text that is none, such as one that was cut. */
function prettyJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

/** What cannot be seen is written as JSON's own escape, so that no text turns around or hides what follows. */
function seen(text: string): string {
  return text.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) =>
    Array.from(
      { length: sign.length },
      (_, index) => `\\u${sign.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

function colour(pretty: string): ComponentChildren[] {
  const pieces: ComponentChildren[] = [];
  let end = 0;
  for (const match of pretty.matchAll(token)) {
    const [whole, string, colon = ""] = match;
    const kind = string === undefined ? "literal" : colon === "" ? "string" : "name";
    pieces.push(
      pretty.slice(end, match.index),
      <span class={`json-${kind}`}>{string ?? whole}</span>,
      colon,
    );
    end = match.index + whole.length;
  }
  return [...pieces, pretty.slice(end)];
}
