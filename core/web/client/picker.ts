// The channel picker: what is typed is searched at once. Without scripts the form does the same with its button.
import { drawParts, followChanges } from "./live-parts.ts";

/** Long enough that a word is typed on, short enough that nobody waits. */
const pauseMs = 150;

const form = document.querySelector<HTMLFormElement>("form[data-picker]");
const field = form?.querySelector<HTMLInputElement>("input[type=search]");
const watch = document.querySelector<HTMLElement>("[data-watch]")?.dataset["watch"];

if (form && field && watch !== undefined) {
  let timer: number | undefined;
  let search = new AbortController();
  followChanges(withQuery(watch, field.value));
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      search.abort();
      search = new AbortController();
      void find(field.value, search.signal);
    }, pauseMs);
  });
}

async function find(asked: string, signal: AbortSignal): Promise<void> {
  const here = new URL(location.href);
  here.searchParams.set("q", asked);
  here.searchParams.delete("connected");
  history.replaceState(undefined, "", here);
  try {
    await drawParts(here.href, signal);
    if (watch !== undefined) followChanges(withQuery(watch, asked));
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
}

function withQuery(address: string, asked: string): string {
  return `${address}?${new URLSearchParams({ q: asked })}`;
}
