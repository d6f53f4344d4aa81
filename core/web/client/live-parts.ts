// Keeps the parts of a page that have an id and `data-part` as they would be drawn now.
import { drawAfterPress } from "./draw-after-press.ts";

/** What was last drawn in each part, as the hub wrote it: scripts have changed a little in it since. */
const drawn = new WeakMap<Element, string>();
for (const part of document.querySelectorAll("[data-part]")) drawn.set(part, part.innerHTML);

/** Make copy buttons work that were hidden for browsers without scripts. */
export function showCopyButtons(place: ParentNode): void {
  for (const button of place.querySelectorAll<HTMLButtonElement>("button[data-copy][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = button.dataset["copy"] ?? "";
  const { copied = "" } = document.body.dataset;
  const word = button.querySelector(".sr-only");
  try {
    await navigator.clipboard.writeText(text);
    button.classList.add("copied");
    if (word) word.textContent = copied;
  } catch {
    // The clipboard is closed to pages on plain http that are not loopback; the whole text is in the title.
    if (word) word.textContent = text;
  }
  setTimeout(() => {
    button.classList.remove("copied");
    if (word) word.textContent = button.title;
  }, 2_000);
}

/** Fetch the page as it is now, and draw its parts again where they differ. A part in which somebody types stays. */
export async function drawParts(address: string, signal?: AbortSignal): Promise<void> {
  const answer = await fetch(address, { redirect: "manual", ...(signal ? { signal } : {}) });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  drawAfterPress(() => takeParts(fresh));
}

function takeParts(fresh: Document): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-part]")) {
    const next = fresh.getElementById(part.id);
    if (!next || next.innerHTML === drawn.get(part) || isTypedIn(part)) continue;
    drawn.set(part, next.innerHTML);
    part.replaceChildren(...next.childNodes);
    showCopyButtons(part);
  }
}

function isTypedIn(part: HTMLElement): boolean {
  return [...part.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), textarea")].some(
    (field) => field === document.activeElement,
  );
}

let stream: EventSource | undefined;

/** Draw the parts again whenever the hub says at this address that something has changed. */
export function followChanges(address: string): void {
  stream?.close();
  stream = new EventSource(address);
  stream.addEventListener("changed", () => void drawParts(location.href));
}
