import { call, reasonOf } from "./api.ts";
import type { Live } from "./live.ts";
import { type Asking, approvalOf, type Model } from "./model.ts";
import type { ChatMessage, OpenDialog, Sight } from "./shapes.ts";
import { announce } from "./speak.ts";

/** What the panes may do. */
export interface Deeds {
  readonly model: Model;
  readonly live: Live;
}

type Inputs = Readonly<Record<string, string>>;

/** What is pressed: a message, or a Home, which is pressed like one. */
export type Pressed = Pick<ChatMessage, "id" | "platform" | "blocks" | "card" | "edits">;

/**
 * Press a button as the present person. Whatever comes of it is shown: a changed card, a dialog, a private text, or
 * what went wrong. The buttons of the message rest until then.
 */
export async function press(
  { model, live }: Deeds,
  message: Pressed,
  action: string,
  button: HTMLElement,
  inputs?: Inputs,
): Promise<void> {
  const person = model.person.name;
  const wake = rest(button);
  const approval = approvalOf(message);
  model.follow(approval);
  try {
    const order = { message: message.id, person, action, ...(inputs ? { inputs } : {}) };
    const sight = await call<Sight>("POST", "/sandbox/api/click", order);
    takeSight(model, message, person, sight, button);
    await live.refresh();
  } catch (cause) {
    model.tell(message.id, person, [{ kind: "trouble", text: reasonOf(cause) }]);
  } finally {
    wake();
    if (!model.asking?.dialog) keepFocusAt(message.id, button);
  }
}

/** Give the focus back to a button; when its card was drawn again without it, to the first thing that is there. */
export function keepFocusAt(message: string, button: HTMLElement | undefined): void {
  const focused = document.activeElement;
  if (focused && focused !== document.body) return;
  const place = document.querySelector<HTMLElement>(`[data-message="${CSS.escape(message)}"]`);
  const next = place?.querySelector<HTMLElement>(
    ".card-of-message button:not(:disabled), .card-of-message a[href]",
  );
  (button?.isConnected ? button : next)?.focus({ preventScroll: true });
}

/** Send the open dialog of Slack. */
export async function sendDialog({ model, live }: Deeds, inputs: Inputs): Promise<void> {
  const asked = model.asking;
  if (!asked?.dialog) return;
  const message = model.chat("slack")?.messages.find(({ id }) => id === asked.message);
  try {
    const order = { dialog: asked.dialog.id, person: asked.person, inputs };
    const sight = await call<Sight>("POST", "/sandbox/api/submit", order);
    model.asking = undefined;
    if (message) takeSight(model, message, asked.person, sight, asked.opener);
    await live.refresh();
  } catch (cause) {
    model.ask({ ...asked, trouble: reasonOf(cause) });
  }
}

function takeSight(
  model: Model,
  message: Pressed,
  person: string,
  sight: Sight,
  opener?: HTMLElement,
): void {
  const { shown, text, card, dialog } = sight;
  if (dialog && message.platform === "slack") {
    model.tell(message.id, person, []);
    model.ask({ ...askingIn(message, person, sight, dialog), opener });
    return;
  }
  model.asking = undefined;
  if (shown === "updated") {
    if (card) model.showAlone(message, person, card);
    announce(text?.split("\n")[0] ?? "Counted. Every copy of the card changes.");
    model.tell(message.id, person, []);
    return;
  }
  const errors = dialog?.inputs.flatMap(({ error }) => error ?? []).join(" ");
  const kind = shown === "refusal" ? "private" : "trouble";
  model.tell(message.id, person, [{ kind, text: text || errors || "Nothing has changed." }]);
}

/** A dialog that asks; or one that only tells, in the place of one that asked. */
function askingIn(
  message: Pressed,
  person: string,
  sight: Sight,
  dialog: OpenDialog,
): Omit<Asking, "opener"> {
  const asks = sight.shown === "dialog";
  return {
    person,
    chat: "slack",
    message: message.id,
    approval: asks ? approvalOf(message) : undefined,
    ms: sight.http.ms,
    dialog,
    trouble: asks ? sight.text : undefined,
  };
}

/** Let a button and those beside it rest while its click is on the way. */
function rest(button: HTMLElement): () => void {
  const card = button.closest(".card-of-message") ?? button.parentElement;
  const buttons = [...(card?.querySelectorAll<HTMLButtonElement>("button") ?? [])].filter(
    ({ disabled }) => !disabled,
  );
  button.setAttribute("aria-busy", "true");
  for (const one of buttons) one.disabled = true;
  return () => {
    button.removeAttribute("aria-busy");
    for (const one of buttons) one.disabled = false;
  };
}
