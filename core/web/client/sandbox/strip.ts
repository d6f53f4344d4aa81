import { copyButton } from "./copy-button.ts";
import { el, icon, part, setChildren, unseen } from "./dom.ts";
import type { IconName } from "./icons.ts";
import type { Model } from "./model.ts";
import type { TracedEvent } from "./shapes.ts";
import { keepFocus } from "./slack-pane.ts";
import { type Step, type StepLine, type StepState, stepsOf, sumUp } from "./strip-steps.ts";

let shown = "";

/** Draw the strip: the requests to choose from, the steps of one, and how long it took. */
export function drawStrip(model: Model): void {
  const { trace, asking } = model;
  part("strip-empty").hidden = trace !== undefined;
  part("strip-steps").hidden = trace === undefined;
  part("strip-trace").hidden = trace === undefined;
  const asked = asking && trace && asking.approval === trace.approval?.id ? asking : undefined;
  const steps = trace ? stepsOf(trace, model.callbacks, asked) : [];
  const sum = trace ? sumUp(trace, asked) : "";
  const choices = model.traces.map(({ id, approval }) => [id, approval?.state]);
  const signature = JSON.stringify([trace?.id, steps, sum, choices]);
  // Nothing is drawn twice, so that the focus stays where it is.
  if (signature === shown) return;
  shown = signature;
  keepFocus(part("strip-tabs"), () =>
    setChildren(part("strip-tabs"), ...model.traces.map((one) => drawTab(model, one))),
  );
  part("strip-sum").textContent = sum;
  if (!trace) return;
  part<HTMLAnchorElement>("strip-trace").href = `/events/${trace.id}`;
  keepFocus(part("strip-steps"), () => setChildren(part("strip-steps"), ...steps.map(drawStep)));
}

const tabSigns = {
  open: ["dot", "Waiting", "live"],
  approved: ["check", "Approved", "ok"],
  rejected: ["cross", "Rejected", "bad"],
  expired: ["clock", "Expired", "mute"],
  cancelled: ["ban", "Cancelled", "mute"],
} as const satisfies Readonly<Record<string, readonly [IconName | "dot", string, string]>>;

function drawTab(model: Model, trace: TracedEvent): HTMLElement {
  const sign = trace.approval
    ? tabSigns[trace.approval.state]
    : (["arrow", "Information", "mute"] as const);
  const isShown = trace.id === model.trace?.id;
  const attributes = {
    type: "button",
    class: `strip-tab tone-${sign[2]}`,
    "data-key": trace.id,
    "aria-pressed": String(isShown),
    title: sign[1],
    onclick: () => model.follow(trace.id),
  };
  const drawing = sign[0] === "dot" ? el("span", { class: "dot" }) : icon(sign[0]);
  return el("button", attributes, drawing, unseen(`${sign[1]}: `), trace.subject ?? trace.type);
}

const stepSigns: Readonly<Record<StepState, readonly [IconName | "", string]>> = {
  done: ["check", "done"],
  failed: ["cross", "failed"],
  now: ["more", "now"],
  ahead: ["", "not reached"],
  none: ["dash", "none"],
};

function drawStep({ name, state, beside, lines }: Step): HTMLElement {
  const [sign, word] = stepSigns[state];
  const isRejected = name === "Vote" && state === "failed";
  return el(
    "li",
    { class: `step step-${state}` },
    el(
      "h3",
      { class: "step-head" },
      el(
        "span",
        { class: "step-sign" },
        sign !== "" && icon(sign),
        unseen(isRejected ? "rejected" : word),
      ),
      el("span", { class: "step-name" }, name),
      el("span", { class: "step-beside" }, beside),
    ),
    ...lines.map(drawLine),
  );
}

const placeSigns: Readonly<Record<string, IconName>> = { slack: "hash", teams: "people" };

function drawLine({ text, platform, id, href, end, tone }: StepLine): HTMLElement {
  const sign = placeSigns[platform ?? ""];
  const look = tone ? `step-${tone}` : "";
  const named = { class: "step-text", title: text };
  const words = href === undefined ? el("span", named, text) : el("a", { ...named, href }, text);
  const far = el(
    "span",
    { class: text === "" ? "step-near" : "step-far" },
    id !== undefined && shortId(id),
    end !== undefined && el("span", { class: `step-end ${look}` }, end),
  );
  return el(
    "div",
    { class: `step-line ${end === undefined ? look : ""}` },
    sign && el("span", { class: `place-sign place-sign-${platform}` }, icon(sign)),
    text !== "" && words,
    far.childElementCount > 0 && far,
  );
}

const shortId = (id: string) =>
  el(
    "span",
    { class: "id" },
    el("span", { title: id }, `${id.slice(0, 4)}…${id.slice(-4)}`),
    copyButton(id),
  );
