import { type Child, el } from "./dom.ts";
import { type MrkdwnPiece, parseMrkdwn, type Reader } from "./mrkdwn.ts";
import type { Loose } from "./shapes.ts";

/** Draw a text object of Slack: `plain_text` as it is, `mrkdwn` with its formats. */
export function drawText(text: Loose | undefined, reader: Reader): readonly Child[] {
  const words = typeof text?.["text"] === "string" ? text["text"] : "";
  if (text?.["type"] !== "mrkdwn") return withBreaks(words);
  return drawPieces(parseMrkdwn(words, reader));
}

/** Draw mrkdwn that stands alone, as the `text` of a message does. */
export const drawMrkdwn = (words: string, reader: Reader): readonly Child[] =>
  drawPieces(parseMrkdwn(words, reader));

const withBreaks = (words: string): readonly Child[] =>
  words.split("\n").flatMap((line, index) => (index === 0 ? [line] : [el("br"), line]));

const drawPieces = (pieces: readonly MrkdwnPiece[]): readonly Child[] => pieces.map(drawPiece);

function drawPiece(piece: MrkdwnPiece): Child {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "break":
      return el("br");
    case "bold":
      return el("b", {}, ...drawPieces(piece.inside));
    case "italic":
      return el("i", {}, ...drawPieces(piece.inside));
    case "strike":
      return el("s", {}, ...drawPieces(piece.inside));
    case "quote":
      return el("blockquote", {}, ...drawPieces(piece.inside));
    case "code":
      return el("code", {}, piece.text);
    case "fence":
      return el("pre", {}, piece.text);
    case "mention":
      return el("span", { class: "slack-mention" }, piece.text);
    case "link":
      return el("a", { href: piece.url, target: "_blank", rel: "noopener noreferrer" }, piece.text);
  }
}
