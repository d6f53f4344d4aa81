import type { ComponentChildren } from "preact";
import { say } from "../../../words/say.ts";
import { type MrkdwnPiece, parseMrkdwn, type Reader } from "../../client/sandbox/mrkdwn.ts";
import { type Loose, listIn, objectIn, textIn } from "./loose.ts";

interface SlackDrawingProps {
  /** What was given to `chat.postMessage` or `chat.update`. */
  readonly sent: Loose;
  readonly now: Date;
}

/** Draw blocks as Slack does, on the server. A kind of block that has no drawing is named, never left out. */
export function SlackDrawing({ sent, now }: SlackDrawingProps) {
  const reader: Reader = { now, timeZone: "UTC", nameOf: () => undefined };
  const blocks = listIn(sent, "blocks");
  return (
    <div class="slack-body">
      {blocks.length === 0 ? (
        <div class="slack-text">{drawn(parseMrkdwn(textIn(sent, "text"), reader))}</div>
      ) : (
        <div class="slack-blocks">
          {blocks.map((block, place) => (
            <Block key={`${place}`} block={block} reader={reader} />
          ))}
        </div>
      )}
    </div>
  );
}

interface BlockProps {
  readonly block: Loose;
  readonly reader: Reader;
}

function Block({ block, reader }: BlockProps) {
  switch (textIn(block, "type")) {
    case "header":
      return (
        <p class="slack-header">
          <Text text={objectIn(block, "text")} reader={reader} />
        </p>
      );
    case "section":
      return <Section block={block} reader={reader} />;
    case "context":
      return (
        <div class="slack-context">
          {listIn(block, "elements").map((text, place) => (
            <span key={`${place}`}>
              <Text text={text} reader={reader} />
            </span>
          ))}
        </div>
      );
    case "actions":
      return (
        <div class="slack-actions">
          {listIn(block, "elements").map((button, place) => (
            <span key={`${place}`} class={buttonLook(button)}>
              <Text text={objectIn(button, "text")} reader={reader} />
            </span>
          ))}
        </div>
      );
    case "divider":
      return <hr class="slack-divider" />;
    default:
      return (
        <p class="slack-context">{say`Block of type ${textIn(block, "type")}: see the request.`}</p>
      );
  }
}

const buttonLook = (button: Loose) =>
  [
    "slack-button",
    ...(textIn(button, "style") === "" ? [] : [`slack-button-${textIn(button, "style")}`]),
  ].join(" ");

function Section({ block, reader }: BlockProps) {
  const text = objectIn(block, "text");
  const fields = listIn(block, "fields");
  return (
    <div class="slack-section">
      {text ? (
        <div class="slack-text">
          <Text text={text} reader={reader} />
        </div>
      ) : null}
      {fields.length === 0 ? null : (
        <div class="slack-fields">
          {fields.map((field, place) => (
            <div key={`${place}`} class="slack-field">
              <Text text={field} reader={reader} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

interface TextProps {
  readonly text: Loose | undefined;
  readonly reader: Reader;
}

/** A text object of Slack: `plain_text` as it is, `mrkdwn` with its formats. */
function Text({ text, reader }: TextProps) {
  const words = textIn(text, "text");
  if (textIn(text, "type") === "mrkdwn") return <>{drawn(parseMrkdwn(words, reader))}</>;
  return <>{words.split("\n").flatMap((line, place) => (place === 0 ? [line] : [<br />, line]))}</>;
}

const drawn = (pieces: readonly MrkdwnPiece[]): ComponentChildren[] => pieces.map(drawPiece);

function drawPiece(piece: MrkdwnPiece): ComponentChildren {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "break":
      return <br />;
    case "bold":
      return <b>{drawn(piece.inside)}</b>;
    case "italic":
      return <i>{drawn(piece.inside)}</i>;
    case "strike":
      return <s>{drawn(piece.inside)}</s>;
    case "quote":
      return <blockquote>{drawn(piece.inside)}</blockquote>;
    case "code":
      return <code>{piece.text}</code>;
    case "fence":
      return <pre>{piece.text}</pre>;
    case "mention":
      return <span class="slack-mention">{piece.text}</span>;
    case "link":
      return (
        <a href={piece.url} target="_blank" rel="noopener noreferrer">
          {piece.text}
        </a>
      );
  }
}
