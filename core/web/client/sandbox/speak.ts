import { part } from "./dom.ts";

/** Say something to screen readers; what is said stands somewhere on the page too. */
export function announce(text: string): void {
  const region = part("spoken");
  region.textContent = "";
  // A region that says the same twice is read once only.
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
