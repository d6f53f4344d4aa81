import { el } from "./dom.ts";
import type { Reader } from "./mrkdwn.ts";
import type { Loose } from "./shapes.ts";
import { drawText } from "./slack-text.ts";

/** What blocks need of the page around them. */
export interface BlockFrame {
  readonly reader: Reader;
  readonly press: (action: string, button: HTMLButtonElement) => void;
  /** Draw a field in which a conversation is chosen; absent where none stands. */
  readonly field?: (select: Loose) => HTMLElement;
}

/** Read a member as an object. */
export const objectIn = (loose: Loose | undefined, name: string): Loose | undefined => {
  const value = loose?.[name];
  return typeof value === "object" && value !== null ? (value as Loose) : undefined;
};

/** Read a member as a list of objects. */
export const listIn = (loose: Loose | undefined, name: string): readonly Loose[] => {
  const value = loose?.[name];
  return Array.isArray(value) ? (value as readonly Loose[]) : [];
};

/** Read a member as text; anything else is empty. */
export const textIn = (loose: Loose | undefined, name: string): string => {
  const value = loose?.[name];
  return typeof value === "string" ? value : "";
};

type Draw = (block: Loose, frame: BlockFrame) => HTMLElement;

const blocks: Readonly<Record<string, Draw>> = {
  header: (block, { reader }) =>
    el("h3", { class: "slack-header" }, ...drawText(objectIn(block, "text"), reader)),
  section: drawSection,
  context: (block, { reader }) =>
    el(
      "div",
      { class: "slack-context" },
      ...listIn(block, "elements").map((element) => el("span", {}, ...drawText(element, reader))),
    ),
  actions: (block, frame) =>
    el(
      "div",
      { class: "slack-actions" },
      ...listIn(block, "elements").map((element) => drawButton(element, frame)),
    ),
  divider: () => el("hr", { class: "slack-divider" }),
};

/** Draw blocks as Slack does. A kind that this page does not know is named, never left out. */
export function drawBlocks(list: readonly Loose[], frame: BlockFrame): readonly HTMLElement[] {
  return list.map((block) => {
    const type = textIn(block, "type");
    const draw = Object.hasOwn(blocks, type) ? blocks[type] : undefined;
    return (
      draw?.(block, frame) ??
      el("p", { class: "slack-context" }, `Block of type ${type}: see JSON.`)
    );
  });
}

function drawSection(block: Loose, { reader, field: drawField }: BlockFrame): HTMLElement {
  const text = objectIn(block, "text");
  const fields = listIn(block, "fields");
  const beside = objectIn(block, "accessory");
  const isSelect = textIn(beside, "type") === "conversations_select";
  return el(
    "div",
    { class: "slack-section" },
    text && el("div", { class: "slack-text" }, ...drawText(text, reader)),
    fields.length > 0 &&
      el(
        "div",
        { class: "slack-fields" },
        ...fields.map((field) => el("div", { class: "slack-field" }, ...drawText(field, reader))),
      ),
    beside && isSelect && drawField?.(beside),
  );
}

function drawButton(button: Loose, { reader, press }: BlockFrame): HTMLElement {
  const style = textIn(button, "style");
  const look = `slack-button ${style === "" ? "" : `slack-button-${style}`}`;
  const spoken = textIn(button, "accessibility_label");
  const label = spoken === "" ? {} : { "aria-label": spoken };
  const words = drawText(objectIn(button, "text"), reader);
  const url = textIn(button, "url");
  if (/^https?:/iu.test(url)) {
    const where = { href: url, target: "_blank", rel: "noopener noreferrer" };
    return el("a", { class: look, ...where, ...label }, ...words);
  }
  const drawn = el("button", { type: "button", class: look, ...label }, ...words);
  drawn.addEventListener("click", () => press(textIn(button, "action_id"), drawn));
  return drawn;
}
