import { el, icon, part, setChildren, unseen } from "./dom.ts";
import type { Asking } from "./model.ts";
import { type Deeds, keepFocusAt, sendDialog } from "./press.ts";
import type { Loose, OpenDialog } from "./shapes.ts";
import { drawBlocks, listIn, objectIn, textIn } from "./slack-blocks.ts";
import { readerOf } from "./slack-message.ts";

let drawnFor: Asking | undefined;

/** Show or close Slack's dialog. It dims the Slack pane alone: everything else stays in reach. */
export function drawSlackDialog(deeds: Deeds): void {
  const asking = deeds.model.asking?.dialog ? deeds.model.asking : undefined;
  if (asking === drawnFor) return;
  const layer = part("slack-dialog");
  const typed = layer.querySelector<HTMLTextAreaElement>("[data-input]")?.value;
  const isSame = asking?.dialog?.id === drawnFor?.dialog?.id;
  const closed = drawnFor;
  drawnFor = asking;
  part("slack-window").inert = asking !== undefined;
  layer.hidden = asking === undefined;
  if (!asking?.dialog) {
    setChildren(layer);
    if (closed) keepFocusAt(closed.message, closed.opener);
    return;
  }
  setChildren(layer, drawDialog(deeds, asking, asking.dialog));
  const field = layer.querySelector<HTMLTextAreaElement>("[data-input]");
  if (field && isSame && typed !== undefined) field.value = typed;
  (field ?? layer.querySelector<HTMLElement>("button"))?.focus();
}

function drawDialog(deeds: Deeds, asking: Asking, dialog: OpenDialog): HTMLElement {
  const view = dialog.view as Loose;
  const close = () => deeds.model.ask(undefined);
  const words = (name: string, other: string) => textIn(objectIn(view, name), "text") || other;
  const form = el(
    "form",
    { class: "slack-form", novalidate: true },
    ...drawViewBlocks(deeds, dialog, view),
    asking.trouble !== undefined &&
      el("p", { class: "slack-error", role: "alert" }, icon("alert"), asking.trouble),
    el(
      "div",
      { class: "slack-form-end" },
      el(
        "button",
        { type: "button", class: "slack-button", onclick: close },
        words("close", "Close"),
      ),
      objectIn(view, "submit") !== undefined &&
        el(
          "button",
          { type: "submit", class: "slack-button slack-button-primary" },
          words("submit", "Submit"),
        ),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const button of form.querySelectorAll("button")) button.disabled = true;
    form.querySelector("[type=submit]")?.setAttribute("aria-busy", "true");
    void sendDialog(deeds, inputsOf(form));
  });
  const box = el(
    "div",
    { class: "slack-modal", role: "dialog", "aria-labelledby": "slack-dialog-title" },
    el(
      "div",
      { class: "slack-modal-head" },
      el("h3", { id: "slack-dialog-title" }, dialog.title),
      el(
        "button",
        { type: "button", class: "slack-close", onclick: close },
        icon("cross"),
        unseen("Close"),
      ),
    ),
    form,
  );
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  return box;
}

function drawViewBlocks(deeds: Deeds, dialog: OpenDialog, view: Loose): readonly HTMLElement[] {
  const reader = readerOf(deeds.model);
  return listIn(view, "blocks").flatMap((block) =>
    textIn(block, "type") === "input"
      ? [drawInput(block, dialog)]
      : drawBlocks([block], { reader, press: () => undefined }),
  );
}

function drawInput(block: Loose, dialog: OpenDialog): HTMLElement {
  const element = objectIn(block, "element");
  const id = textIn(element, "action_id");
  const error = dialog.inputs.find((input) => input.id === id)?.error;
  const hint = textIn(objectIn(block, "hint"), "text");
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  const field = element?.["multiline"] === true ? el("textarea", { rows: "3" }) : el("input");
  const attributes = {
    id: `slack-${id}`,
    class: "slack-input",
    "data-input": id,
    placeholder: textIn(objectIn(element, "placeholder"), "text"),
    maxlength: String(element?.["max_length"] ?? 3_000),
    "aria-invalid": String(error !== undefined),
    "aria-describedby": described,
  };
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== "") field.setAttribute(name, value);
  }
  return el(
    "div",
    { class: "slack-field-group" },
    el("label", { for: `slack-${id}` }, textIn(objectIn(block, "label"), "text")),
    field,
    error !== undefined &&
      el("p", { class: "slack-error", id: `${id}-error` }, icon("alert"), error),
    hint !== "" && el("p", { class: "slack-hint", id: `${id}-hint` }, hint),
  );
}

function inputsOf(form: HTMLFormElement): Readonly<Record<string, string>> {
  const fields = form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-input]");
  return Object.fromEntries(
    [...fields].map((field) => [field.dataset["input"] ?? "", field.value]),
  );
}
