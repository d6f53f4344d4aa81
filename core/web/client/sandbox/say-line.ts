import { call, reasonOf } from "./api.ts";
import { el, icon, unseen } from "./dom.ts";
import type { Deeds } from "./press.ts";
import type { Chat } from "./shapes.ts";
import { announce } from "./speak.ts";

/** Where people write into a channel, or to the app in the chat with it, as the person that the viewer is. */
export interface SayLine {
  readonly form: HTMLFormElement;
  /** Say in the field where the text goes. */
  address(channel: string): void;
  focus(): void;
  /** Put words in the field, and go there. */
  propose(words: string): void;
}

/** What the app answered to words in the chat with it. */
interface Answered {
  readonly view?: { readonly fallbackText?: string } | null;
}

const mostSigns = 4_000;

/** Make the line at the end of a pane. */
export function sayLine({ model, live }: Deeds, chat: Chat): SayLine {
  const field = el("input", {
    class: "say-field",
    maxlength: String(mostSigns),
    autocomplete: "off",
    required: true,
  });
  const trouble = el("p", { class: "say-trouble", role: "alert", hidden: true });
  const form = el(
    "form",
    { class: "say-line" },
    icon("plus"),
    field,
    el("button", { type: "submit", class: "say-send" }, icon("send"), unseen("Send the message")),
    trouble,
  );
  const isToApp = () => model.visit(chat) !== undefined;
  const send = async () => {
    const text = field.value.trim();
    const channel = model.channel(chat);
    if (text === "" || !channel) return;
    const by = { platform: chat, person: model.person.name };
    // Whoever writes on does not wait for the answer.
    field.value = "";
    try {
      const answered = isToApp()
        ? await call<Answered>("POST", "/sandbox/api/home", { ...by, says: text })
        : await call<undefined>("POST", "/sandbox/api/say", { ...by, channel: channel.id, text });
      trouble.hidden = true;
      await live.refresh();
      if (answered?.view?.fallbackText) announce(answered.view.fallbackText);
    } catch (cause) {
      field.value ||= text;
      trouble.textContent = reasonOf(cause);
      trouble.hidden = false;
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  return {
    form,
    focus: () => field.focus(),
    propose: (words) => {
      field.value = words;
      field.focus();
    },
    address: (channel) => {
      const words = `Message ${channel}`;
      field.placeholder = words;
      field.setAttribute("aria-label", words);
    },
  };
}
