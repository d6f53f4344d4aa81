import { call, reasonOf } from "./api.ts";
import { el, icon, part, setChildren } from "./dom.ts";
import { dropDown } from "./drop-down.ts";
import type { Deeds } from "./press.ts";
import type { ChaosTarget, SandboxState } from "./shapes.ts";

const targets: Readonly<Record<ChaosTarget, string>> = {
  slack: "Calls to Slack",
  teams: "Calls to Teams",
  callback: "Callbacks to the producer",
};

/** What a failing call answers, and for whom that makes sense. */
const answers: readonly {
  readonly answer: number | string;
  readonly word: string;
  readonly only?: ChaosTarget;
}[] = [
  { answer: 500, word: "500, server error" },
  { answer: 429, word: "429, slow down" },
  { answer: "timeout", word: "no answer (timeout)" },
  { answer: "reset", word: "connection reset" },
  { answer: "not_in_channel", word: "not_in_channel", only: "slack" },
  { answer: "token_revoked", word: "token_revoked", only: "slack" },
  { answer: 403, word: "403, not in the team any more", only: "teams" },
];

/** The chaos button and its form. Answers how to draw the button again. */
export function openChaos(deeds: Deeds): () => void {
  const button = part("chaos");
  const box = part("chaos-box");
  const close = dropDown(button, box, () =>
    setChildren(
      box,
      drawForm(deeds, () => close()),
    ),
  );
  return () => {
    const left = Object.values(deeds.model.state.chaos).reduce((sum, count) => sum + count, 0);
    button.classList.toggle("is-on", left > 0);
    part("chaos-left").textContent = left > 0 ? `${left} left` : "off";
  };
}

function drawForm(deeds: Deeds, close: () => void): HTMLElement {
  const fields = drawFields();
  const left = leftIn(deeds.model.state.chaos);
  const trouble = el("p", { class: "field-error", role: "alert", hidden: true });
  const run = async (order: () => Promise<unknown>) => {
    try {
      await order();
      close();
      await deeds.live.refresh();
    } catch (cause) {
      trouble.textContent = reasonOf(cause);
      trouble.hidden = false;
    }
  };
  const stop = () => void run(() => call("DELETE", "/sandbox/api/chaos"));
  const form = el(
    "form",
    { class: "drop-form" },
    el("h2", {}, "Chaos"),
    el(
      "p",
      { class: "note" },
      "The next calls fail. Countersign tries again, and nothing is lost or decided twice.",
    ),
    left.length > 0 && el("ul", { class: "chaos-now" }, ...left),
    ...fields.parts,
    trouble,
    el(
      "div",
      { class: "form-end" },
      left.length > 0 && el("button", { type: "button", class: "button", onclick: stop }, "Stop"),
      el("button", { type: "submit", class: "button button-primary" }, "Make them fail"),
    ),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(() => call("POST", "/sandbox/api/chaos", fields.read()));
  });
  return form;
}

const leftIn = (chaos: SandboxState["chaos"]): readonly HTMLElement[] =>
  (Object.keys(targets) as ChaosTarget[])
    .filter((name) => chaos[name] > 0)
    .map((name) => el("li", {}, icon("bolt"), `${targets[name]}: ${chaos[name]} more will fail`));

/** The fields of the form, and what they say together. */
function drawFields(): { readonly parts: readonly HTMLElement[]; readonly read: () => object } {
  const target = choice("chaos-target", "Make fail", Object.entries(targets));
  const answer = choice("chaos-answer", "With the answer", []);
  const effect = choice("chaos-effect", "The call", [
    ["before", "fails before it takes effect"],
    ["after", "takes effect, then fails"],
  ]);
  const next = el("input", {
    id: "chaos-next",
    class: "input",
    type: "number",
    min: "1",
    max: "1000",
    value: "3",
    required: true,
  });
  const offer = () => {
    const fitting = answers.filter(
      ({ only }) => only === undefined || only === target.select.value,
    );
    const options = fitting.map((one) => el("option", { value: String(one.answer) }, one.word));
    setChildren(answer.select, ...options);
  };
  target.select.addEventListener("change", offer);
  offer();
  const count = el("label", { class: "label", for: next.id }, "How many calls");
  return {
    parts: [target.field, answer.field, el("div", { class: "field" }, count, next), effect.field],
    read: () => ({
      platform: target.select.value,
      next: Number(next.value),
      answer: /^\d+$/u.test(answer.select.value)
        ? Number(answer.select.value)
        : answer.select.value,
      effect: effect.select.value,
    }),
  };
}

function choice(id: string, label: string, options: readonly (readonly [string, string])[]) {
  const select = el(
    "select",
    { id, class: "input" },
    ...options.map(([value, word]) => el("option", { value }, word)),
  );
  const field = el(
    "div",
    { class: "field" },
    el("label", { class: "label", for: id }, label),
    select,
  );
  return { select, field };
}
