import MarkdownIt from "markdown-it";
import type { ComponentChildren } from "preact";

// No HTML: a card's text comes from events. Links are checked by the reader of the same package.
const markdown = new MarkdownIt("commonmark", { html: false, breaks: true });

type Token = ReturnType<typeof markdown.parse>[number];

/** Draw the markdown of a card's text: paragraphs, breaks, bold, italic, code and links; all else as its text. */
export function CardMarkdown({ text }: { readonly text: string }) {
  return <>{drawBlocks(markdown.parse(text, {}))}</>;
}

function drawBlocks(tokens: readonly Token[]): ComponentChildren[] {
  return tokens.flatMap((token) => {
    if (token.type === "inline") return [<p>{drawInline(token.children ?? [])}</p>];
    return token.content === "" ? [] : [<p>{token.content}</p>];
  });
}

/** Draw tokens up to the end of the mark that they stand in. */
function drawInline(tokens: readonly Token[]): ComponentChildren[] {
  const drawn: ComponentChildren[] = [];
  for (let place = 0; place < tokens.length; place += 1) {
    const token = tokens[place];
    if (!token) break;
    if (token.nesting !== 1) {
      drawn.push(drawLeaf(token));
      continue;
    }
    const end = endOf(tokens, place);
    drawn.push(drawMark(token, drawInline(tokens.slice(place + 1, end))));
    place = end;
  }
  return drawn;
}

function endOf(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let place = start; place < tokens.length; place += 1) {
    depth += tokens[place]?.nesting ?? 0;
    if (depth === 0) return place;
  }
  return tokens.length;
}

function drawLeaf(token: Token): ComponentChildren {
  switch (token.type) {
    case "softbreak":
    case "hardbreak":
      return <br />;
    case "code_inline":
      return <code>{token.content}</code>;
    default:
      return token.content;
  }
}

function drawMark(token: Token, inside: ComponentChildren[]): ComponentChildren {
  switch (token.type) {
    case "strong_open":
      return <b>{inside}</b>;
    case "em_open":
      return <i>{inside}</i>;
    case "link_open":
      return (
        <a href={String(token.attrGet("href") ?? "")} target="_blank" rel="noopener noreferrer">
          {inside}
        </a>
      );
    default:
      return <>{inside}</>;
  }
}
