// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of the card language.
import { compileTemplate } from "./template-engine.ts";

/**
 * The card of every message. Ours alone: no text of a person or of a producer ever becomes part of a template.
 *
 * Every name stands in `CardValues`; a name that is missing there would stay in the card as `${name}`.
 */
export const messageTemplate = compileTemplate({
  type: "AdaptiveCard",
  $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
  version: "1.5",
  fallbackText: "${plainText}",
  body: [
    {
      type: "TextBlock",
      style: "heading",
      size: "Large",
      weight: "Bolder",
      wrap: true,
      text: "${title}",
    },
    {
      type: "Container",
      style: "${style}",
      items: [{ type: "TextBlock", wrap: true, weight: "${weight}", text: "${status}" }],
    },
    {
      type: "RichTextBlock",
      $data: "${paragraphs}",
      inlines: [{ type: "TextRun", text: "${text}" }],
    },
    { type: "TextBlock", $when: "${hasFull}", size: "Small", wrap: true, text: "${full}" },
    {
      type: "FactSet",
      $when: "${hasFacts}",
      facts: [{ $data: "${facts}", title: "${label}", value: "${value}" }],
    },
    { type: "TextBlock", $when: "${hasTerms}", size: "Small", wrap: true, text: "${terms}" },
  ],
});

const submit = {
  type: "Action.Submit",
  title: "${label}",
  style: "${style}",
  tooltip: "${description}",
  data: { countersign: "${value}", verb: "${id}" },
};

const execute = {
  type: "Action.Execute",
  title: "${label}",
  verb: "${id}",
  style: "${style}",
  tooltip: "${description}",
  data: { countersign: "${value}" },
  fallback: submit,
};

/** A button that decides at once. Clients without Action.Execute get Action.Submit with the verb in its data. */
export const decideTemplate = compileTemplate(execute);

/** A button that opens a form with one required text, and sends from there. */
export const reasonTemplate = compileTemplate({
  type: "Action.ShowCard",
  title: "${label}",
  style: "${style}",
  tooltip: "${description}",
  card: {
    type: "AdaptiveCard",
    version: "1.5",
    body: [
      {
        type: "Input.Text",
        id: "${reasonId}",
        label: "${reasonLabel}",
        placeholder: "${reasonHint}",
        isMultiline: true,
        isRequired: true,
        maxLength: 1000,
        regex: "${reasonPattern}",
        errorMessage: "${reasonError}",
      },
    ],
    actions: [execute],
  },
});

/** A button that opens a page. */
export const openTemplate = compileTemplate({
  type: "Action.OpenUrl",
  title: "${label}",
  url: "${url}",
});
