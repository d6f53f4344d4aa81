import { el, setChildren } from "./dom.ts";

/** What can be taken into a field. */
export interface Offer {
  readonly id: string;
  readonly name: string;
}

interface Offering {
  /** What the list is called. */
  readonly label: string;
  readonly offers: () => readonly Offer[];
  /** One was chosen; its name stands in the field. */
  readonly take: (offer: Offer) => void;
}

/** More than these nobody reads; another letter finds what is missing. */
const mostShown = 20;

let made = 0;

/**
 * Let a field be searched by typing: arrows move through what fits, Enter takes it, Escape closes. Answers the list, which
 * belongs right below the field.
 */
export function offerBelow(field: HTMLInputElement, offering: Offering): HTMLElement {
  made += 1;
  const id = `offers-${made}`;
  const list = el("ul", { class: "plain-list offers", role: "listbox", id, hidden: true });
  list.setAttribute("aria-label", offering.label);
  const attributes = {
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-controls": id,
    "aria-expanded": "false",
  };
  for (const [name, value] of Object.entries(attributes)) field.setAttribute(name, value);
  listen(field, list, offering);
  return list;
}

function listen(field: HTMLInputElement, list: HTMLElement, { offers, take }: Offering): void {
  let shown: readonly Offer[] = [];
  let at = -1;
  const show = (isOpen: boolean) => {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) field.removeAttribute("aria-activedescendant");
  };
  const choose = (offer: Offer) => {
    field.value = offer.name;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show(false);
    take(offer);
  };
  const mark = (to: number) => {
    at = shown.length === 0 ? -1 : (to + shown.length) % shown.length;
    for (const [index, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(index === at));
    }
    const option = at < 0 ? undefined : list.children[at];
    if (!option) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    const asked = field.value.trim().toLowerCase();
    shown = offers()
      .filter(({ name }) => name.toLowerCase().includes(asked))
      .slice(0, mostShown);
    setChildren(list, ...drawOffers(list.id, shown, choose));
    show(true);
    mark(0);
  };
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
  field.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const offer = list.hidden ? undefined : shown[at];
    if (step !== undefined && list.hidden) open();
    else if (step !== undefined) mark(at + step);
    else if (event.key === "Enter" && offer) choose(offer);
    else if (event.key === "Escape" && !list.hidden) show(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  for (const cause of ["input", "click"]) field.addEventListener(cause, open);
  field.addEventListener("blur", () => show(false));
}

function drawOffers(
  id: string,
  offers: readonly Offer[],
  choose: (offer: Offer) => void,
): readonly HTMLElement[] {
  if (offers.length === 0) {
    return [el("li", { role: "option", "aria-disabled": "true" }, "No channel has such a name.")];
  }
  return offers.map((offer, index) => {
    const option = el("li", { role: "option", id: `${id}-${index}` }, offer.name);
    // The field keeps the focus, or its list would close before the click comes.
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(offer));
    return option;
  });
}
