import { call, reasonOf } from "./api.ts";
import { openDialog } from "./dialog.ts";
import { el, part } from "./dom.ts";
import type { Deeds } from "./press.ts";
import type { Chat } from "./shapes.ts";

const names: Readonly<Record<Chat, string>> = { slack: "Slack", teams: "Teams" };

/** Let the trash buttons empty a pane, after a question. */
export function openTrash(deeds: Deeds): void {
  for (const chat of ["slack", "teams"] as const) {
    part(`${chat}-trash`).addEventListener("click", () => ask(deeds, chat));
  }
}

function ask({ live }: Deeds, chat: Chat): void {
  const trouble = el("p", { class: "field-error", role: "alert", hidden: true });
  const empty = async (close: () => void) => {
    try {
      await call("DELETE", `/sandbox/api/messages?platform=${chat}`);
      close();
      await live.refresh();
    } catch (cause) {
      trouble.textContent = reasonOf(cause);
      trouble.hidden = false;
    }
  };
  openDialog(`Empty the ${names[chat]} pane?`, "confirm", (close) => [
    el(
      "div",
      { class: "dialog-body" },
      el(
        "p",
        {},
        "All its messages go, as if somebody had deleted them there. What Countersign has stored stays: requests can still be decided in the other chat and on the web.",
      ),
      trouble,
    ),
    el(
      "div",
      { class: "dialog-end" },
      el(
        "button",
        { type: "button", class: "button", onclick: close, autofocus: true },
        "Keep them",
      ),
      el(
        "button",
        { type: "button", class: "button button-bad", onclick: () => void empty(close) },
        "Empty the pane",
      ),
    ),
  ]);
}
