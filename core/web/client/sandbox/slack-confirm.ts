import { el, part, setChildren } from "./dom.ts";
import type { Loose } from "./shapes.ts";
import { objectIn, textIn } from "./slack-blocks.ts";

let drop: (() => void) | undefined;

/** Take an open question away; it counts as a no. */
export const dropQuestion = (): void => drop?.();

/** Ask as Slack does before it sends what was chosen. Only one question is open; the focus goes back to `opener`. */
export function askInSlack(question: Loose, opener: HTMLElement): Promise<boolean> {
  dropQuestion();
  const words = (name: string) => textIn(objectIn(question, name), "text");
  const layer = part("slack-dialog");
  return new Promise((resolve) => {
    const end = (isYes: boolean) => {
      drop = undefined;
      setChildren(layer);
      layer.hidden = true;
      part("slack-window").inert = false;
      opener.focus({ preventScroll: true });
      resolve(isYes);
    };
    drop = () => end(false);
    const box = el(
      "div",
      {
        class: "slack-modal",
        role: "alertdialog",
        "aria-labelledby": "slack-question",
        "aria-describedby": "slack-question-text",
      },
      el("div", { class: "slack-modal-head" }, el("h3", { id: "slack-question" }, words("title"))),
      el(
        "div",
        { class: "slack-form" },
        el("p", { class: "slack-text", id: "slack-question-text" }, words("text")),
        el(
          "div",
          { class: "slack-form-end" },
          answer(words("deny"), "", () => end(false)),
          answer(words("confirm"), "slack-button-primary", () => end(true)),
        ),
      ),
    );
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end(false);
    });
    setChildren(layer, box);
    layer.hidden = false;
    part("slack-window").inert = true;
    box.querySelector<HTMLElement>(".slack-button-primary")?.focus();
  });
}

const answer = (word: string, look: string, onclick: () => void) =>
  el("button", { type: "button", class: `slack-button ${look}`.trim(), onclick }, word);
