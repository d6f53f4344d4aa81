import { el, icon, unseen } from "./dom.ts";
import { announce } from "./speak.ts";

/** How long the tick stands in the place of the copy sign. */
const tickMs = 1_600;

/** A button that copies a whole text: an id, a command. */
export function copyButton(text: string, word = ""): HTMLElement {
  const button = el(
    "button",
    {
      type: "button",
      class: word === "" ? "icon-button" : "button button-small",
      title: `Copy ${word === "" ? text : ""}`.trim(),
      "data-key": `copy ${text}`,
    },
    icon("copy"),
    word === "" ? unseen(`Copy ${text}`) : word,
  );
  button.addEventListener("click", () => void copy(button, text));
  return button;
}

async function copy(button: HTMLElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce("Copied.");
    button.querySelector("svg")?.replaceWith(icon("check"));
    setTimeout(() => button.querySelector("svg")?.replaceWith(icon("copy")), tickMs);
  } catch {
    // The clipboard is closed to pages on plain http that are not loopback.
    announce(`The browser did not let us copy ${text}.`);
  }
}
