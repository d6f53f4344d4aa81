import { call, reasonOf } from "./api.ts";
import { el, part, setChildren } from "./dom.ts";
import { dropDown } from "./drop-down.ts";
import type { Deeds } from "./press.ts";
import type { Chat, ChatChannel, ChatState } from "./shapes.ts";
import { announce } from "./speak.ts";
import { type Act, type Ways, ways } from "./workspace-ways.ts";

/** What the hub was told of what happened, as the sandbox's API answers it. */
interface Done {
  readonly told: readonly { readonly event: string; readonly status: number }[];
}

/** The buttons for what admins and members do in the workspaces: to the open channel, and to the app. */
export function openWorkspaceMenus(deeds: Deeds): void {
  for (const chat of ["slack", "teams"] as const) {
    const box = part(`${chat}-life-box`);
    const close = dropDown(part(`${chat}-life`), box, () => {
      const state = deeds.model.chat(chat);
      const channel = deeds.model.channel(chat);
      if (state && channel)
        setChildren(
          box,
          draw(deeds, chat, { state, channel }, () => close()),
        );
    });
  }
}

interface Seen {
  readonly state: ChatState;
  readonly channel: ChatChannel;
}

function draw(deeds: Deeds, chat: Chat, { state, channel }: Seen, close: () => void): HTMLElement {
  const way = ways[chat];
  const trouble = el("p", { class: "field-error", role: "alert", hidden: true });
  const run = async ({ path, order, word }: Act) => {
    try {
      const named = { platform: chat, ...order };
      const { told } = await call<Done>("POST", `/sandbox/api/${path}`, named);
      close();
      await deeds.live.refresh();
      announce(`${word}: done. ${sayTold(told)}`);
    } catch (cause) {
      trouble.textContent = reasonOf(cause);
      trouble.hidden = false;
    }
  };
  const act = (one: Act) =>
    el(
      "button",
      {
        type: "button",
        class: `button ${one.ends ? "button-bad-outline" : ""}`.trim(),
        onclick: () => void run(one),
      },
      one.word,
    );
  return el(
    "div",
    { class: "drop-form" },
    el("h2", {}, `In ${state.workspace.name}`),
    el("p", { class: "note" }, way.note),
    drawRename(chat, way, channel, (name) =>
      run({ word: "Rename", path: "channels", order: { do: "rename", channel: channel.id, name } }),
    ),
    el("div", { class: "life-acts" }, ...way.onChannel(channel).map(act)),
    trouble,
    el(
      "div",
      { class: "life-app life-acts" },
      ...way
        .onApp(state, channel)
        .map((one) => (typeof one === "string" ? el("p", { class: "note" }, one) : act(one))),
    ),
  );
}

const sayTold = (told: Done["told"]) =>
  told.length === 0
    ? "The hub was told nothing."
    : `The hub was told: ${told.map(({ event, status }) => `${event}, answered ${status || "nothing"}`).join("; ")}.`;

function drawRename(
  chat: Chat,
  way: Ways,
  channel: ChatChannel,
  rename: (name: string) => Promise<void>,
): HTMLElement {
  const id = `${chat}-life-name`;
  const input = el("input", {
    id,
    class: "input",
    value: way.nameOf(channel),
    maxlength: way.mostSigns,
    autocomplete: "off",
    required: true,
  });
  const form = el(
    "form",
    { class: "life-rename" },
    el("label", { class: "label", for: id }, "Name of this channel"),
    input,
    el("button", { type: "submit", class: "button" }, "Rename"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void rename(input.value);
  });
  return form;
}
