// What a page gains where scripts run: ids can be copied, and what has changed at the hub is drawn again.
import { followChanges, showCopyButtons } from "./live-parts.ts";

showCopyButtons(document);
watchRequest();
watchParts();

function watchParts(): void {
  const { watch } = document.querySelector<HTMLElement>("[data-watch]")?.dataset ?? {};
  if (watch !== undefined) followChanges(watch);
}

/**
 * Draw the page again once its request has a newer revision. Somebody who is typing a reason is told instead, so
 * that no word is lost.
 */
function watchRequest(): void {
  const request = document.querySelector<HTMLElement>("[data-live]");
  const { live, page } = request?.dataset ?? {};
  if (!request || live === undefined || page === undefined) return;
  const shown = Number(request.dataset["revision"]);
  const stream = new EventSource(live);
  // What is sent from here leads to a page of its own, which says what became of it.
  request.addEventListener("submit", () => stream.close());
  stream.addEventListener("approval", (change) => {
    if (!(Number(change.lastEventId) > shown)) return;
    stream.close();
    if (isTyping(request)) tellOfChange(request, page);
    else location.replace(page);
  });
}

function isTyping(request: HTMLElement): boolean {
  return [
    ...request.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("textarea, input.input"),
  ].some((field) => field.value.trim() !== "");
}

function tellOfChange(request: HTMLElement, page: string): void {
  const notice = document.createElement("p");
  notice.className = "callout callout-warn";
  notice.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = page;
  link.textContent = request.dataset["show"] ?? "";
  notice.append(`${request.dataset["changed"]} `, link);
  request.querySelector("#decide")?.prepend(notice);
}
