// What the editor of a rule gains where scripts run: the preview follows the typing, lines come and go without a new
// page, and nobody leaves unsaved work by accident.
import { drawAfterPress } from "./draw-after-press.ts";

/** Long enough that a word is typed out, short enough that nobody waits. */
const pauseMs = 350;

const form = document.querySelector<HTMLFormElement>("form[data-preview]");
if (form) follow(form);

function follow(form: HTMLFormElement): void {
  for (const button of form.querySelectorAll<HTMLElement>("[data-scripts-do-it]")) {
    button.hidden = true;
  }
  let isDirty = false;
  let isLeaving = false;
  const preview = createPreview(form);
  const changed = () => {
    isDirty = true;
    preview.soon();
  };
  form.addEventListener("input", (event) => {
    showValueField(event.target);
    changed();
  });
  form.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name=do]");
    if (!button || !changeLines(form, button)) return;
    event.preventDefault();
    changed();
  });
  form.addEventListener("submit", (event) => {
    // Enter in a field asks for the preview, which is there already.
    if ((event.submitter as HTMLButtonElement | null)?.value === "preview") {
      event.preventDefault();
      preview.soon();
      return;
    }
    isLeaving = true;
  });
  addEventListener("beforeunload", (event) => {
    if (isDirty && !isLeaving) event.preventDefault();
  });
}

/** Fetch what the draft does, once typing rests; the answer to an earlier draft is dropped. */
function createPreview(form: HTMLFormElement): { soon(): void } {
  const place = form.querySelector<HTMLElement>("#preview");
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  const draw = async () => {
    asking?.abort();
    asking = new AbortController();
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") body.append(name, value);
    }
    try {
      const { signal } = asking;
      const answer = await fetch(form.dataset["preview"] ?? "", { method: "POST", body, signal });
      if (!answer.ok || !place) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      drawAfterPress(() => {
        place.replaceChildren(...fresh.body.childNodes);
        place.classList.remove("stale");
      });
    } catch {
      // Another draft was asked for meanwhile, or the hub is away: what stands there stays, marked as not of this draft.
    }
  };
  return {
    soon: () => {
      place?.classList.add("stale");
      clearTimeout(waiting);
      waiting = setTimeout(() => void draw(), pauseMs);
    },
  };
}

/** Operators that take no value hide its field. */
function showValueField(target: EventTarget | null): void {
  if (!(target instanceof HTMLSelectElement) || target.name !== "operator") return;
  const isBare = target.value === "is_there" || target.value === "is_absent";
  target.closest(".line")?.querySelector(".line-value")?.classList.toggle("line-no-value", isBare);
}

/** Add or remove a line of conditions; false for buttons that do something else. */
function changeLines(form: HTMLFormElement, button: HTMLButtonElement): boolean {
  const list = form.querySelector("#lines");
  const lines = [...(list?.querySelectorAll<HTMLElement>(".line") ?? [])];
  const last = lines.at(-1);
  if (!list || !last) return false;
  if (button.value === "add") {
    const line = last.cloneNode(true) as HTMLElement;
    empty(line);
    list.append(line);
    name(list);
    line.querySelector<HTMLInputElement>(".line-field")?.focus();
    return true;
  }
  if (!button.value.startsWith("remove-")) return false;
  const line = button.closest<HTMLElement>(".line");
  if (!line) return false;
  const next = line.nextElementSibling ?? line.previousElementSibling;
  if (lines.length === 1) empty(line);
  else line.remove();
  name(list);
  (next ?? line).querySelector<HTMLInputElement>(".line-field")?.focus();
  return true;
}

function empty(line: HTMLElement): void {
  for (const field of line.querySelectorAll("input")) {
    field.value = "";
    field.removeAttribute("value");
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  for (const select of line.querySelectorAll("select")) select.selectedIndex = 0;
  line.querySelector(".line-value")?.classList.remove("line-no-value");
  for (const note of line.querySelectorAll(".line-note")) note.remove();
  for (const option of line.querySelectorAll("option[value]")) {
    if (option.parentElement instanceof HTMLDataListElement) option.remove();
  }
}

/** Say the number of each line where it is said aloud, and let its button name it. The words stand at the list. */
function name(list: Element): void {
  for (const [at, line] of [...list.querySelectorAll(".line")].entries()) {
    const wordsOf = (part: string) =>
      (list.getAttribute(`data-say-${part}`) ?? "").replace("#", String(at + 1));
    for (const part of ["field", "operator", "value"]) {
      line.querySelector(`.line-${part}`)?.setAttribute("aria-label", wordsOf(part));
    }
    const button = line.querySelector<HTMLButtonElement>(".line-remove");
    if (button) button.value = `remove-${at}`;
    const word = button?.querySelector(".sr-only");
    if (word) word.textContent = wordsOf("remove");
    const values = line.querySelector("datalist");
    if (values) values.id = `seen-values-${at}`;
    line.querySelector(".line-value")?.setAttribute("list", `seen-values-${at}`);
  }
}
