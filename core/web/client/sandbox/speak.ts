import { part } from "./dom.ts";

/** How long a text stands before the next takes its place. */
const standsMs = 500;
let freeAt = 0;

/**
 * Say something to screen readers; what is said stands somewhere on the page too. Two texts that come at once are said one
 * after the other: the second would take the place of the first before anybody heard it.
 */
export function announce(text: string): void {
  const now = performance.now();
  const waitMs = Math.max(0, freeAt - now);
  freeAt = now + waitMs + standsMs;
  setTimeout(() => say(text), waitMs);
}

function say(text: string): void {
  const region = part("spoken");
  region.textContent = "";
  // A region that says the same twice is read once only.
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
