import { call, reasonOf } from "./api.ts";
import { el, icon, part, setChildren } from "./dom.ts";
import { drawNotices } from "./message-views.ts";
import type { Model } from "./model.ts";
import { type Offer, offerBelow } from "./offers.ts";
import { type Deeds, keepFocusAt, press } from "./press.ts";
import type { ChatPerson, Loose } from "./shapes.ts";
import { drawBlocks, listIn, objectIn, textIn } from "./slack-blocks.ts";
import { askInSlack, dropQuestion } from "./slack-confirm.ts";
import { readerOf } from "./slack-message.ts";

type Home = NonNullable<ChatPerson["home"]>;

/**
 * The app's Home in the Slack pane. It is asked for anew at every visit, as Slack does, and drawn again when the app gives
 * another one. Answers how to draw it.
 */
export function openSlackHome(deeds: Deeds): () => void {
  const { model } = deeds;
  const box = part("slack-home");
  const trouble = el("p", { class: "slack-error", role: "alert" });
  let visited = "";
  let drawn = "";
  const visit = async (person: string) => {
    const mine = visited;
    trouble.textContent = "";
    box.ariaBusy = "true";
    let words = "";
    try {
      await call("POST", "/sandbox/api/home", { platform: "slack", person });
      await deeds.live.refresh();
    } catch (cause) {
      words = reasonOf(cause);
    }
    // Somebody else may have come meanwhile, or nobody looks any more.
    if (mine !== visited) return;
    box.ariaBusy = null;
    if (words !== "") setChildren(trouble, icon("alert"), words);
    model.changed();
  };
  return () => {
    const number = model.visit("slack");
    box.hidden = number === undefined;
    const isInstalled = model.chat("slack")?.workspace.installed !== false;
    const now = number === undefined ? "" : `${number} ${model.person.name} ${isInstalled}`;
    if (now !== visited) dropQuestion();
    const isNew = now !== visited;
    visited = now;
    if (number === undefined) return;
    if (isNew && isInstalled) void visit(model.person.name);
    // What stood there at the last visit may be old, and whoever types into it would lose that.
    const home = box.ariaBusy === "true" ? undefined : model.member("slack")?.home;
    const signature = JSON.stringify([now, home, box.ariaBusy]);
    if (signature !== drawn) {
      drawn = signature;
      redraw(deeds, box, home, trouble);
    }
    if (home) tell(deeds, box, home);
  };
}

function redraw(deeds: Deeds, box: HTMLElement, home: Home | undefined, trouble: Node): void {
  const had = box.contains(document.activeElement);
  const isThere = deeds.model.chat("slack")?.workspace.installed !== false;
  if (home && isThere) {
    setChildren(box, drawHome(deeds, home), trouble);
    box.scrollTop = 0;
    if (had) keepFocusAt(home.message, undefined);
    return;
  }
  const waits =
    box.ariaBusy === "true" ? "Opening the Home …" : "Countersign has shown nothing here yet.";
  const words = isThere ? waits : "The app is not installed here. Connect Slack in the console.";
  setChildren(box, el("p", { class: "pane-empty" }, words), isThere && trouble);
}

function drawHome(deeds: Deeds, { message, view }: Home): HTMLElement {
  const frame = {
    reader: readerOf(deeds.model),
    press: (action: string, button: HTMLButtonElement) =>
      void press(deeds, pressed(message), action, button),
    field: (select: Loose) => drawSelect(deeds, message, select),
  };
  return el(
    "div",
    { class: "slack-home", "data-message": message },
    el(
      "div",
      { class: "card-of-message slack-blocks" },
      ...drawBlocks(listIn(view, "blocks"), frame),
    ),
    el("div", { class: "notices" }),
  );
}

const pressed = (id: string) => ({ id, platform: "slack", edits: 0 }) as const;

/** Slack's client offers the channels by itself, and asks once more where the app wants that. */
function drawSelect(deeds: Deeds, message: string, select: Loose): HTMLElement {
  const { model } = deeds;
  const question = objectIn(select, "confirm");
  const hint = textIn(objectIn(select, "placeholder"), "text");
  const field = el("input", { class: "slack-input", placeholder: hint, "aria-label": hint });
  const choose = async ({ id }: Offer) => {
    if (question && !(await askInSlack(question, field))) {
      field.value = "";
      return;
    }
    const inputs = { channel: id };
    await press(deeds, pressed(message), textIn(select, "action_id"), field, inputs);
  };
  const list = offerBelow(field, {
    label: hint,
    offers: () => channelsFor(model),
    take: (offer) => void choose(offer),
  });
  return el("div", { class: "slack-choose" }, field, list);
}

/** The channels that Slack offers to the present person: public ones, and private ones that they are in. */
function channelsFor(model: Model): readonly Offer[] {
  const { id = "" } = model.member("slack") ?? {};
  return (model.chat("slack")?.channels ?? []).filter(
    ({ archived, people }) => !archived && (people?.includes(id) ?? true),
  );
}

function tell({ model }: Deeds, box: HTMLElement, { message }: Home): void {
  const notices = box.querySelector<HTMLElement>(".notices");
  const person = model.person.name;
  if (!notices) return;
  drawNotices(notices, model.notices(message), "Only visible to you", () =>
    model.tell(message, person, []),
  );
}
