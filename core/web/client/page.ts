// What a page gains where scripts run: ids can be copied, and the page of an open request notices its change.

showCopyButtons();
watchRequest();

function showCopyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => void copy(button));
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const text = button.dataset["copy"] ?? "";
  const word = button.querySelector(".sr-only");
  try {
    await navigator.clipboard.writeText(text);
    button.classList.add("copied");
    if (word) word.textContent = "Copied";
  } catch {
    // The clipboard is closed to pages on plain http that are not loopback; the whole id is in the title.
    if (word) word.textContent = text;
  }
  setTimeout(() => {
    button.classList.remove("copied");
    if (word) word.textContent = `Copy ${text}`;
  }, 2_000);
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
  link.textContent = "Show it as it is now";
  notice.append("This request has changed since you opened the page. ", link);
  request.querySelector("#decide")?.prepend(notice);
}
