import type { ComponentChildren } from "preact";
import { say } from "../../../words/say.ts";
import { CardMarkdown } from "./card-markdown.tsx";
import { type Loose, listIn, textIn } from "./loose.ts";

/** Draw an Adaptive Card as Teams does, on the server: the elements that our cards are made of. */
export function TeamsDrawing({ card }: { readonly card: Loose }) {
  return (
    <div class="teams-card teams-drawn">
      {elements(listIn(card, "body"))}
      {listIn(card, "actions").length === 0 ? null : <Actions actions={listIn(card, "actions")} />}
    </div>
  );
}

const elements = (list: readonly Loose[]): ComponentChildren[] =>
  list.map((element, place) => <Element key={`${place}`} element={element} />);

const containerStyles = ["emphasis", "accent", "good", "attention", "warning"];

function Element({ element }: { readonly element: Loose }) {
  switch (textIn(element, "type")) {
    case "TextBlock":
      return (
        <div class={textLook(element)}>
          <CardMarkdown text={textIn(element, "text")} />
        </div>
      );
    case "RichTextBlock":
      return (
        <p class="drawn-text">
          {listIn(element, "inlines")
            .map((run) => textIn(run, "text"))
            .join("")}
        </p>
      );
    case "Container":
      return (
        <div class={`drawn-box ${styleOf(element)}`}>{elements(listIn(element, "items"))}</div>
      );
    case "FactSet":
      return <Facts facts={listIn(element, "facts")} />;
    case "ActionSet":
      return <Actions actions={listIn(element, "actions")} />;
    default:
      return <p class="teams-small">{say`${textIn(element, "type")}: see the request.`}</p>;
  }
}

function textLook(element: Loose): string {
  const heading = textIn(element, "style") === "heading";
  const bold = textIn(element, "weight") === "Bolder";
  const small = textIn(element, "size") === "Small";
  return [
    "drawn-text",
    ...(heading ? ["drawn-heading"] : []),
    ...(bold ? ["drawn-bold"] : []),
    ...(small ? ["teams-small"] : []),
  ].join(" ");
}

function styleOf(element: Loose): string {
  const style = textIn(element, "style");
  return containerStyles.includes(style) ? `drawn-${style}` : "";
}

function Facts({ facts }: { readonly facts: readonly Loose[] }) {
  return (
    <dl class="drawn-facts">
      {facts.map((fact, place) => (
        <div key={`${place}`} class="drawn-fact">
          <dt>
            <CardMarkdown text={textIn(fact, "title")} />
          </dt>
          <dd>
            <CardMarkdown text={textIn(fact, "value")} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Actions({ actions }: { readonly actions: readonly Loose[] }) {
  return (
    <div class="drawn-actions">
      {actions.map((action, place) => (
        <span key={`${place}`} class={actionLook(action)}>
          {textIn(action, "title")}
        </span>
      ))}
    </div>
  );
}

function actionLook(action: Loose): string {
  const style = textIn(action, "style");
  const unfolds = textIn(action, "type") === "Action.ShowCard";
  return [
    "ac-pushButton",
    ...(style === "positive" || style === "destructive" ? [`style-${style}`] : []),
    ...(unfolds ? ["expandable"] : []),
  ].join(" ");
}
