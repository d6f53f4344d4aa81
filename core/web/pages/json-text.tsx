import type { ComponentChildren } from "preact";

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g;

/** Show JSON text with its names, strings and literals told apart. Text that is no JSON is shown as it is. */
export function JsonText({ text, label }: { readonly text: string; readonly label: string }) {
  const pretty = prettyJson(text);
  return (
    // A long line scrolls inside the box, so the box takes the keyboard's focus.
    <pre class="code code-wrap" tabIndex={0} role="region" aria-label={label}>
      {pretty === undefined ? text : colour(pretty)}
    </pre>
  );
}

/** Indent JSON text. Answers undefined for text that is none, such as one that was cut. */
export function prettyJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

function colour(pretty: string): ComponentChildren[] {
  const pieces: ComponentChildren[] = [];
  let end = 0;
  for (const match of pretty.matchAll(token)) {
    const [whole, string, colon = ""] = match;
    const kind = string === undefined ? "literal" : colon === "" ? "string" : "name";
    pieces.push(pretty.slice(end, match.index), <span class={`json-${kind}`}>{string ?? whole}</span>, colon);
    end = match.index + whole.length;
  }
  return [...pieces, pretty.slice(end)];
}
