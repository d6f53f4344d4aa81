import { drawIcon, type IconName } from "./icons.ts";

/** What may stand inside an element. Text is always text: nothing here reads HTML. */
export type Child = Node | string | number | false | null | undefined;

type Attributes = Readonly<
  Record<string, string | number | boolean | undefined | ((event: Event) => void)>
>;

/**
 * Make an element. `class`, `aria-…`, `data-…` and the like become attributes, `onclick` and other functions
 * listeners; `true` is an empty attribute, `false` and undefined are none.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.replace(/^on/u, ""), value);
    else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...present(children));
  return element;
}

/** Leave out what is absent. */
const present = (children: readonly Child[]): (Node | string)[] =>
  children.flatMap((child) =>
    child === false || child === null || child === undefined
      ? []
      : [typeof child === "number" ? String(child) : child],
  );

/** Draw a sign; a word or a label always stands beside it. */
export const icon = (name: IconName): SVGElement => drawIcon(name);

/** Find a part of the page that the server drew. A missing one is our mistake. */
export function part<Part extends HTMLElement = HTMLElement>(id: string): Part {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no part #${id}.`);
  return found as Part;
}

/** Text that only screen readers say. */
export const unseen = (text: string) => el("span", { class: "sr-only" }, text);

/** Put these children in the place of all others. */
export function setChildren(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...present(children));
}

/** A round or square picture of a person: their first letter, always in the same colour. */
export function portrait(name: string, look = ""): HTMLElement {
  const tone = [...name].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % 7;
  const letter = ([...name.trim()][0] ?? "?").toUpperCase();
  return el("span", { class: `portrait portrait-${tone} ${look}`, "aria-hidden": "true" }, letter);
}
