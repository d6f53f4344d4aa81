import { call, reasonOf } from "./api.ts";
import { copyButton } from "./copy-button.ts";
import { openDialog } from "./dialog.ts";
import { el, icon, part, setChildren } from "./dom.ts";
import { drawAnswer, type Sent } from "./event-answer.ts";
import { curlFor, readEvent } from "./event-text.ts";
import type { Deeds } from "./press.ts";
import type { Loose, SampleEvent } from "./shapes.ts";

/** Let the page's main button open the dialog that posts an event. */
export function openSending(deeds: Deeds): void {
  for (const id of ["send", "strip-send"]) {
    part(id).addEventListener("click", () =>
      openDialog("Send an event", "send", (close) => [drawForm(deeds, close)]),
    );
  }
}

function drawForm(deeds: Deeds, close: () => void): HTMLElement {
  const { samples, hub_url: hubUrl } = deeds.model.state;
  const answer = el("div", { class: "event-answer", role: "status" });
  const button = el(
    "button",
    { type: "submit", class: "button button-primary" },
    icon("send"),
    "Send",
  );
  const editor = drawEditor(hubUrl, button);
  const choose = (event: Loose) => {
    setChildren(answer);
    editor.show(event);
  };
  choose(samples[0]?.event ?? { type: "deploy.requested", data: {} });
  const form = el(
    "form",
    { class: "send-form" },
    el(
      "fieldset",
      { class: "samples" },
      el("legend", { class: "label" }, "Start from a sample"),
      ...samples.map((sample, index) => drawSample(sample, index === 0, choose)),
    ),
    el("div", { class: "send-main" }, ...editor.parts, answer),
    el(
      "div",
      { class: "dialog-end" },
      el("button", { type: "button", class: "button", onclick: close }, "Close"),
      button,
    ),
  );
  form.addEventListener("submit", (submitted) => {
    submitted.preventDefault();
    void send(deeds, editor.field.value, button, answer);
  });
  return form;
}

function drawSample(
  { label, note, event }: SampleEvent,
  isFirst: boolean,
  choose: (event: Loose) => void,
): HTMLElement {
  const radio = el("input", { type: "radio", name: "sample", value: label, checked: isFirst });
  radio.addEventListener("change", () => choose(event));
  const words = el("span", {}, el("b", {}, label), el("span", { class: "note" }, note));
  return el("label", { class: "sample" }, radio, words);
}

interface Editor {
  readonly field: HTMLTextAreaElement;
  readonly parts: readonly HTMLElement[];
  show(event: Loose): void;
}

/** The event as JSON, and the same as curl; the button rests while it is no JSON. */
function drawEditor(hubUrl: string, button: HTMLButtonElement): Editor {
  const field = el("textarea", {
    id: "event-json",
    class: "input event-json",
    spellcheck: "false",
    rows: "14",
    "aria-describedby": "event-wrong",
  });
  const wrong = el("p", { class: "field-error", id: "event-wrong", role: "status" });
  const curl = el("pre", {
    class: "event-curl",
    tabindex: "0",
    role: "region",
    "aria-label": "The same as curl",
  });
  const copyPlace = el("span");
  const look = () => {
    const read = readEvent(field.value);
    const isWrong = "wrong" in read;
    wrong.textContent = isWrong ? read.wrong : "";
    field.setAttribute("aria-invalid", String(isWrong));
    button.disabled = isWrong;
    const command = curlFor(hubUrl, field.value);
    curl.textContent = command;
    setChildren(copyPlace, copyButton(command, "Copy"));
  };
  field.addEventListener("input", look);
  return {
    field,
    parts: [
      el("label", { class: "label", for: field.id }, "POST /v1/events, as the producer ci"),
      field,
      wrong,
      el(
        "div",
        { class: "curl-head" },
        el("span", { class: "label" }, "The same as curl"),
        copyPlace,
      ),
      curl,
      el("p", { class: "note" }, "The key was printed where the hub was started."),
    ],
    show: (event) => {
      field.value = JSON.stringify(event, null, 2);
      look();
    },
  };
}

async function send(
  { model, live }: Deeds,
  text: string,
  button: HTMLButtonElement,
  answer: HTMLElement,
): Promise<void> {
  const read = readEvent(text);
  if ("wrong" in read) return;
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  try {
    const sent = await call<Sent>("POST", "/sandbox/api/send", read.event);
    setChildren(answer, ...drawAnswer(sent));
    if (typeof sent.body["id"] === "string") model.follow(sent.body["id"]);
    await live.refresh();
  } catch (cause) {
    setChildren(
      answer,
      el("p", { class: "answer-line answer-bad" }, icon("cross"), reasonOf(cause)),
    );
  } finally {
    button.disabled = false;
    button.removeAttribute("aria-busy");
    answer.scrollIntoView({ block: "nearest" });
  }
}
