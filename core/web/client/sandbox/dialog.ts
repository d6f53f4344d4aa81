import { el, icon, unseen } from "./dom.ts";

/**
 * Open a dialog over the whole page. The browser keeps the focus inside, closes it on Escape and gives the focus back;
 * it leaves the page when it closes.
 */
export function openDialog(
  title: string,
  look: string,
  fill: (close: () => void) => readonly Node[],
): void {
  const id = `dialog-${look}`;
  const dialog = el("dialog", { class: `dialog dialog-${look}`, "aria-labelledby": id });
  const close = () => dialog.close();
  dialog.append(
    el(
      "div",
      { class: "dialog-head" },
      el("h2", { id }, title),
      el(
        "button",
        { type: "button", class: "icon-button dialog-close", onclick: close },
        icon("cross"),
        unseen("Close"),
      ),
    ),
    ...fill(close),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  document.body.append(dialog);
  dialog.showModal();
}
