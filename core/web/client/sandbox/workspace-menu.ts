import { call, reasonOf } from "./api.ts";
import { el, part, setChildren } from "./dom.ts";
import { dropDown } from "./drop-down.ts";
import type { Deeds } from "./press.ts";
import type { ChatChannel, ChatState } from "./shapes.ts";
import { announce } from "./speak.ts";

/** What the hub was told of what happened, as the sandbox's API answers it. */
interface Done {
  readonly told: readonly { readonly event: string; readonly status: number }[];
}

interface Act {
  readonly word: string;
  readonly path: "channels" | "uninstall";
  readonly order: object;
}

/** The button for what admins and members do in the Slack workspace: to the open channel, and to the app. */
export function openWorkspaceMenu(deeds: Deeds): void {
  const box = part("slack-life-box");
  const close = dropDown(part("slack-life"), box, () => {
    const slack = deeds.model.chat("slack");
    const channel = deeds.model.channel("slack");
    if (slack && channel)
      setChildren(
        box,
        draw(deeds, slack, channel, () => close()),
      );
  });
}

function draw(deeds: Deeds, slack: ChatState, channel: ChatChannel, close: () => void) {
  const trouble = el("p", { class: "field-error", role: "alert", hidden: true });
  const run = async ({ path, order, word }: Act) => {
    try {
      const { told } = await call<Done>("POST", `/sandbox/api/${path}`, order);
      close();
      await deeds.live.refresh();
      announce(`${word}: done. ${sayTold(told)}`);
    } catch (cause) {
      trouble.textContent = reasonOf(cause);
      trouble.hidden = false;
    }
  };
  const act = (one: Act, look = "") =>
    el(
      "button",
      { type: "button", class: `button ${look}`.trim(), onclick: () => void run(one) },
      one.word,
    );
  return el(
    "div",
    { class: "drop-form" },
    el("h2", {}, `In ${slack.workspace.name}`),
    el("p", { class: "note" }, "What people do in Slack. Countersign is told by Slack's events."),
    drawRename(channel, (name) =>
      run({ word: "Rename", path: "channels", order: { do: "rename", channel: channel.id, name } }),
    ),
    el("div", { class: "life-acts" }, ...actsOn(channel).map((one) => act(one))),
    trouble,
    el("div", { class: "life-app" }, drawApp(slack, act)),
  );
}

const sayTold = (told: Done["told"]) =>
  told.length === 0
    ? "The hub was told nothing."
    : `The hub was told: ${told.map(({ event, status }) => `${event}, answered ${status || "nothing"}`).join("; ")}.`;

function drawRename({ name }: ChatChannel, rename: (name: string) => Promise<void>): HTMLElement {
  const input = el("input", {
    id: "life-name",
    class: "input",
    value: name.replace(/^#/u, ""),
    maxlength: "80",
    autocomplete: "off",
    required: true,
  });
  const form = el(
    "form",
    { class: "life-rename" },
    el("label", { class: "label", for: "life-name" }, "Name of this channel"),
    input,
    el("button", { type: "submit", class: "button" }, "Rename"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void rename(input.value);
  });
  return form;
}

function actsOn({ id, name, archived, member }: ChatChannel): readonly Act[] {
  const act = (word: string, what: string): Act => ({
    word,
    path: "channels",
    order: { do: what, channel: id },
  });
  return [
    archived ? act(`Restore ${name}`, "unarchive") : act(`Archive ${name}`, "archive"),
    member ? act("Put the app out", "remove") : act("Let the app in", "invite"),
    act(`Delete ${name}`, "delete"),
  ];
}

function drawApp({ workspace }: ChatState, act: (one: Act, look: string) => HTMLElement) {
  if (workspace.installed === false) {
    return el(
      "p",
      { class: "note" },
      "The app is not installed here. Connect Slack in the console.",
    );
  }
  const word = `Remove the app from ${workspace.name}`;
  return act({ word, path: "uninstall", order: {} }, "button-bad-outline");
}
