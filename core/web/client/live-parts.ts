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
    replaceKept(part, next.childNodes);
  }
}

/** Draw a part again. The keyboard stays on the link or button where it stood, and what was folded open stays so. */
function replaceKept(part: HTMLElement, nodes: Iterable<Node>): void {
  const { activeElement } = document;
  const stood = stopsIn(part).find(([stop]) => stop === activeElement);
  const opened = [...part.querySelectorAll("details")].map(({ open }) => open);
  part.replaceChildren(...nodes);
  showCopyButtons(part);
  for (const [at, fold] of part.querySelectorAll("details").entries()) fold.open ||= !!opened[at];
  const place = stood && stopsIn(part).find(([, key]) => key === stood[1]);
  place?.[0].focus({ preventScroll: true });
}

/** Where the keyboard stops in a part, each with what it is known by when it is drawn again. */
function stopsIn(part: HTMLElement): readonly (readonly [stop: HTMLElement, key: string])[] {
  const seen = new Map<string, number>();
  return [...part.querySelectorAll<HTMLElement>("a[href], button, summary")].map((stop) => {
    const marks = ["href", "data-copy", "name", "value"].map((name) => stop.getAttribute(name));
    const key = [stop.tagName, ...marks].join(" ");
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return [stop, `${key} ${before}`];
  });
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
