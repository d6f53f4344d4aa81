// What the form of a webhook gains where scripts run: the preview of its body follows the typing.
import { drawAfterPress } from "./draw-after-press.ts";

/** Long enough that a word is typed out, short enough that nobody waits. */
const pauseMs = 400;

const form = document.querySelector<HTMLFormElement>("#place-form");
const shown = document.querySelector<HTMLElement>("#preview");
if (form && shown) follow(form, shown);

function follow(form: HTMLFormElement, shown: HTMLElement): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  form.addEventListener("input", ({ target }) => {
    const { id } = target as HTMLElement;
    if (id !== "field_body" && id !== "sample") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => void draw(), pauseMs);
  });

  async function draw(): Promise<void> {
    asking?.abort();
    asking = new AbortController();
    const body = new URLSearchParams({ do: "preview" });
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") body.append(name, value);
    }
    try {
      const { signal } = asking;
      const answer = await fetch(form.action, { method: "POST", body, signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("#preview")?.childNodes ?? [];
      // A longer preview moves the buttons below it.
      drawAfterPress(() => shown.replaceChildren(...next));
    } catch {
      // A newer draft is being drawn, or the hub is away: the button is still there.
    }
  }
}
