import { el } from "./dom.ts";
import { offerBelow } from "./offers.ts";
import type { Loose } from "./shapes.ts";
import { teamsLook } from "./teams-look.ts";

interface CardInput {
  readonly id?: string;
  readonly value?: unknown;
}

interface CardAction {
  readonly verb?: string;
  readonly url?: string;
  readonly renderedElement?: HTMLElement;
  getJsonTypeName(): string;
}

interface Card {
  hostConfig: unknown;
  onExecuteAction?: (action: CardAction) => void;
  onInlineCardExpanded?: (action: CardAction, isExpanded: boolean) => void;
  parse(source: Loose): void;
  render(): HTMLElement | undefined;
  getAllInputs(): readonly CardInput[];
}

/** The part of Microsoft's renderer that this page uses; its script puts it on the window. */
interface AdaptiveCards {
  readonly AdaptiveCard: {
    new (): Card;
    onProcessMarkdown: (text: string, result: { outputHtml?: string; didProcess: boolean }) => void;
  };
  readonly HostConfig: new (look: unknown) => unknown;
}

type MarkdownIt = new (
  preset: "commonmark",
  options: { readonly html: false; readonly breaks: true },
) => { render(text: string): string };

const vendor = globalThis as {
  readonly AdaptiveCards?: AdaptiveCards;
  readonly markdownit?: MarkdownIt;
};

let ready: AdaptiveCards | undefined;

/** Draw the markdown of a plain message. HTML in it is shown, not read; without the library, the text stands as it is. */
export function drawTeamsText(text: string): HTMLElement {
  const { markdownit: Markdown } = vendor;
  const box = el("div", { class: "teams-markdown" }, Markdown ? "" : text);
  if (Markdown)
    box.innerHTML = new Markdown("commonmark", { html: false, breaks: true }).render(text);
  for (const anchor of box.querySelectorAll("a")) {
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
  }
  return box;
}

/** Microsoft's renderer, with markdown in which no HTML of an event survives. */
function renderer(): AdaptiveCards | undefined {
  const { AdaptiveCards: cards, markdownit: Markdown } = vendor;
  if (ready || !cards || !Markdown) return ready;
  const markdown = new Markdown("commonmark", { html: false, breaks: true });
  cards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  ready = cards;
  return cards;
}

/** What a card on the page may do. */
export interface CardFrame {
  readonly execute: (
    verb: string,
    inputs: Readonly<Record<string, string>>,
    button: HTMLElement,
  ) => void;
  /** A form was unfolded inside the card, or folded again. */
  readonly unfold: (isOpen: boolean) => void;
}

/** Draw a card as Teams does: with Microsoft's own renderer. */
export function drawTeamsCard(source: Loose, frame: CardFrame): HTMLElement {
  const cards = renderer();
  if (!cards) return el("p", { class: "teams-small" }, "The card renderer did not load: see JSON.");
  const card = new cards.AdaptiveCard();
  card.hostConfig = new cards.HostConfig(teamsLook);
  card.onExecuteAction = (action) => run(card, action, frame);
  card.onInlineCardExpanded = (_action, isExpanded) => frame.unfold(isExpanded);
  card.parse(source);
  const drawn = card.render();
  if (!drawn) return el("p", { class: "teams-small" }, "The card could not be drawn: see JSON.");
  drawn.tabIndex = -1;
  for (const anchor of drawn.querySelectorAll("a")) {
    anchor.target = "_blank";
    anchor.rel = "noopener noreferrer";
  }
  for (const field of drawn.querySelectorAll<HTMLInputElement>("input[list]")) makeSearched(field);
  return el("div", { class: "teams-card card-of-message" }, drawn);
}

/** Teams draws its own list below a filtered field, where the renderer leaves that to the browser. */
function makeSearched(field: HTMLInputElement): void {
  const options = field.parentElement?.querySelectorAll<HTMLOptionElement>("datalist option") ?? [];
  const offers = [...options].map(({ value }) => ({ id: value, name: value }));
  const named = field.closest("[aria-labelledby]")?.getAttribute("aria-labelledby");
  if (named) field.setAttribute("aria-labelledby", named);
  field.removeAttribute("list");
  const label = field.placeholder;
  field.after(offerBelow(field, { label, offers: () => offers, take: () => {} }));
}

function run(card: Card, action: CardAction, { execute }: CardFrame): void {
  switch (action.getJsonTypeName()) {
    case "Action.OpenUrl":
      if (/^https?:/iu.test(action.url ?? "")) window.open(action.url, "_blank", "noopener");
      return;
    case "Action.Execute": {
      const inputs = Object.fromEntries(
        card.getAllInputs().map(({ id, value }) => [id ?? "", String(value ?? "")]),
      );
      const button = action.renderedElement;
      if (button) execute(action.verb ?? "", inputs, button);
    }
  }
}
