import { el, icon, part, portrait, setChildren, unseen } from "./dom.ts";
import { dropDown } from "./drop-down.ts";
import type { Model } from "./model.ts";
import { announce } from "./speak.ts";

const roles: Readonly<Record<string, string>> = {
  "release manager": "may approve and reject",
  requester: "asked for the samples, so may not decide them",
  guest: "guests decide nothing",
  "not linked yet": "in both chats, unknown to Countersign",
};

/** The choice of who one is. Answers how to draw it again. */
export function openPersonSwitch(model: Model): () => void {
  const button = part("who");
  const menu = part("who-menu");
  const close = dropDown(button, menu, () => drawMenu(model, menu, () => close()));
  menu.addEventListener("keydown", (event) => step(menu, event));
  return () => {
    const { name, note } = model.person;
    setChildren(
      button,
      unseen("You are "),
      portrait(name),
      el("b", {}, name),
      " ",
      el("span", { class: "who-note" }, note),
      icon("chevron"),
    );
  };
}

function drawMenu(model: Model, menu: HTMLElement, close: () => void): void {
  const items = model.state.people.map(({ name, note }) => {
    const isYou = name === model.person.name;
    return el(
      "button",
      {
        type: "button",
        class: "who-item",
        role: "menuitemradio",
        "aria-checked": String(isYou),
        tabindex: isYou ? "0" : "-1",
        onclick: () => {
          close();
          model.become(name);
          announce(`You are ${name}, ${note}.`);
        },
      },
      portrait(name),
      el(
        "span",
        { class: "who-words" },
        el("b", {}, name),
        el("span", { class: "note" }, [note, roles[note]].filter(Boolean).join(": ")),
      ),
      isYou && icon("check"),
    );
  });
  setChildren(menu, ...items);
}

function step(menu: HTMLElement, event: KeyboardEvent): void {
  const items = [...menu.querySelectorAll<HTMLElement>("[role=menuitemradio]")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length]?.focus();
}
