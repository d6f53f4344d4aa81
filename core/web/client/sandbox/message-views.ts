import { el, icon, setChildren, unseen } from "./dom.ts";
import type { Model, Notice, Tab } from "./model.ts";
import type { ChatMessage } from "./shapes.ts";

const words: Readonly<Record<Tab, string>> = {
  rendered: "Rendered",
  json: "JSON",
  check: "Card check",
};

/** What was sent, as JSON. */
const sentOf = ({ blocks, card, text }: ChatMessage) =>
  JSON.stringify(blocks ? { text, blocks } : card, null, 2);

const fits = ({ check, mistakes }: ChatMessage) =>
  mistakes.length === 0 && check.every(({ used, limit }) => used <= limit);

/** The switch between how a message looks, what was sent, and how much of the limits it uses. */
export function viewTabs(model: Model, message: ChatMessage): HTMLElement {
  const chosen = model.tab(message.id);
  const name = message.text.slice(0, 60);
  const buttons = (Object.keys(words) as Tab[]).map((tab) =>
    el(
      "button",
      {
        type: "button",
        class: "view-tab",
        "aria-pressed": String(tab === chosen),
        "data-tab": tab,
        onclick: () => {
          model.show(message.id, tab);
          document
            .querySelector<HTMLElement>(
              `[data-message="${CSS.escape(message.id)}"] [data-tab="${tab}"]`,
            )
            ?.focus();
        },
      },
      words[tab],
      tab === "check" && icon(fits(message) ? "check" : "alert"),
      tab === "check" && unseen(fits(message) ? ": fits" : ": not all is right"),
    ),
  );
  const label = `How to look at: ${name}`;
  return el("div", { class: "view-tabs", role: "group", "aria-label": label }, ...buttons);
}

/** Draw a message in the way that is chosen for it. */
export function chosenView(
  model: Model,
  message: ChatMessage,
  render: () => HTMLElement,
): HTMLElement {
  switch (model.tab(message.id)) {
    case "rendered":
      return render();
    case "json":
      return el(
        "pre",
        { class: "view-json", tabindex: "0", role: "region", "aria-label": "JSON sent" },
        sentOf(message) ?? "",
      );
    case "check":
      return checkTable(message);
  }
}

function checkTable(message: ChatMessage): HTMLElement {
  const rows = message.check.map(({ what, used, limit }) => {
    const bar = el("meter", {
      min: "0",
      max: String(limit),
      value: String(used),
      "aria-label": `${what}: ${used} of ${limit}`,
    });
    const state = el(
      "span",
      { class: used <= limit ? "check-fits" : "check-over" },
      icon(used <= limit ? "check" : "alert"),
      used <= limit ? "fits" : "over",
    );
    const number = (value: number) => value.toLocaleString("en-GB");
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, what),
      el("td", { class: "check-bar" }, bar),
      el("td", { class: "check-number" }, `${number(used)} of ${number(limit)}`),
      el("td", {}, state),
    );
  });
  return el(
    "div",
    { class: "view-check" },
    el("table", {}, el("caption", { class: "sr-only" }, "Limits used"), el("tbody", {}, ...rows)),
    mistakeList(message),
  );
}

/** Who looks for mistakes in a message of each chat. */
const checkers = {
  slack: "Slack’s limits",
  teams: "the limits of Teams and Microsoft’s parser",
} as const;

/** Every mistake with its place and what to do; or that there is none, and who looked. */
function mistakeList({ mistakes, platform }: ChatMessage): HTMLElement {
  if (mistakes.length === 0) {
    return el("p", { class: "note" }, `Nothing is wrong here by ${checkers[platform]}.`);
  }
  const lines = mistakes.map(({ pointer, message, todo, found_by }) =>
    el(
      "li",
      {},
      icon("alert"),
      el("code", {}, pointer || "/"),
      ` ${message.replace(/\.$/, "")}. `,
      found_by === "parser" && el("span", { class: "note" }, "Microsoft’s parser. "),
      el("b", {}, todo),
    ),
  );
  return el("ul", { class: "check-mistakes", "aria-label": "Mistakes in this message" }, ...lines);
}

/** Show what the present person was told under a message, in the words of its platform. */
export function drawNotices(
  box: HTMLElement,
  notices: readonly Notice[],
  privately: string,
  dismiss: () => void,
): void {
  const signature = JSON.stringify(notices);
  if (box.dataset["shown"] === signature) return;
  box.dataset["shown"] = signature;
  setChildren(
    box,
    ...notices.map(({ kind, text }) =>
      el(
        "div",
        { class: `notice notice-${kind}` },
        el(
          "div",
          { class: "notice-head" },
          icon(kind === "private" ? "eye" : "alert"),
          kind === "private" ? privately : "Something went wrong",
          el(
            "button",
            { type: "button", class: "notice-close", onclick: dismiss },
            icon("cross"),
            unseen("Dismiss this notice"),
          ),
        ),
        el("div", { class: "notice-text" }, text),
      ),
    ),
  );
}
