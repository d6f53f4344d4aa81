import { call, reasonOf } from "./api.ts";
import { part } from "./dom.ts";
import type { Deeds } from "./press.ts";
import { announce } from "./speak.ts";
import { sayExactly, sayHubTime } from "./times.ts";

/** How often the clock is looked at; it shows minutes. */
const lookMs = 5_000;

/** The hub's clock and its button. Answers how to draw the clock again. */
export function openClock({ model, live }: Deeds, onTrouble: (cause: unknown) => void): () => void {
  const clock = part("hub-clock");
  const button = part<HTMLButtonElement>("forward");
  const draw = () => {
    const now = model.now();
    const words = sayHubTime(now);
    if (clock.textContent === words) return;
    clock.textContent = words;
    clock.setAttribute("datetime", now.toISOString());
    clock.title = `The hub's clock: ${sayExactly(now)}`;
  };
  setInterval(draw, lookMs);
  const forward = async () => {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    try {
      await call("POST", "/sandbox/api/clock", { advance: "24h" });
      await live.refresh();
      announce(`The hub's clock now says ${sayHubTime(model.now())}.`);
    } catch (cause) {
      onTrouble(cause);
    } finally {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  };
  button.addEventListener("click", () => void forward());
  return draw;
}

/** Say at the top of the page that the hub cannot be reached, or take that back. */
export function tellTrouble(cause: unknown): void {
  const bar = part("trouble");
  bar.hidden = cause === undefined;
  part("trouble-text").textContent = cause === undefined ? "" : reasonOf(cause);
}
