import { call, reasonOf } from "./api.ts";
import { el, icon, unseen } from "./dom.ts";
import type { Deeds } from "./press.ts";
import type { Chat } from "./shapes.ts";

/** Where people write into a channel, as the person that the viewer is. */
export interface SayLine {
  readonly form: HTMLFormElement;
  /** Say in the field where the text goes. */
  address(channel: string): void;
  focus(): void;
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
  const send = async () => {
    const text = field.value.trim();
    const channel = model.channel(chat);
    if (text === "" || !channel) return;
    try {
      const said = { platform: chat, person: model.person.name, channel: channel.id, text };
      await call("POST", "/sandbox/api/say", said);
      field.value = "";
      trouble.hidden = true;
      await live.refresh();
    } catch (cause) {
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
    address: (channel) => {
      const words = `Message ${channel}`;
      field.placeholder = words;
      field.setAttribute("aria-label", words);
    },
  };
}
