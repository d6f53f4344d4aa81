import type { SandboxPlatform, SandboxSight } from "../../core/ports/sandbox.ts";
import { buttonsOf } from "./card-check.ts";
import type { Dialog } from "./dialogs.ts";
import { complaintAbout, fieldsOf, stateValues, textOfView, typedInto } from "./form.ts";
import { blockActions, originOf, viewSubmission } from "./interactions.ts";
import { findPerson, type Rig, teamOf } from "./rig.ts";
import type { Signal } from "./signal.ts";
import type { Post } from "./timeline.ts";
import type { Origin } from "./whispers.ts";
import type { HubAnswer, Wire } from "./wire.ts";

/** How long a person looks at the screen for what their click did. */
const lookMs = 2_500;

type ClickOrder = Parameters<SandboxPlatform["click"]>[0];
type SubmitOrder = Parameters<SandboxPlatform["submit"]>[0];
type Inputs = Readonly<Record<string, string>>;
type Button = Readonly<Record<string, unknown>>;

/** What the hands of the people need. */
export interface HandTools {
  readonly rig: Rig;
  readonly signal: Signal;
  readonly ownUrl: string;
  readonly wire: Wire;
}

const untouched = { status: 0, ms: 0 } as const;
const nothing = (text: string, http: SandboxSight["http"] = untouched): SandboxSight => ({
  shown: "none",
  text,
  http,
});

/** Read a message as people do: entities are signs again, and word joiners are not to be seen. */
const asDrawn = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll("\u2060", "");

function sightOfDialog(
  dialog: Dialog,
  http: SandboxSight["http"],
  errors: Inputs = {},
): SandboxSight {
  const inputs = fieldsOf(dialog.view).map((field) => {
    const error = errors[field.block];
    return { id: field.action, label: field.label, ...(error === undefined ? {} : { error }) };
  });
  const title = (dialog.view["title"] as { readonly text?: string } | undefined)?.text ?? "";
  return { shown: "dialog", dialog: { id: dialog.id, title, view: dialog.view, inputs }, http };
}

const styles: Readonly<Record<string, string>> = { approve: "primary", reject: "danger" };

/** Find a button by its id, or by `approve` and `reject`, which stand for the green and the red one. */
function findButton(buttons: readonly Button[], action: string): Button | undefined {
  const byId = buttons.find((button) => button["action_id"] === action);
  const style = styles[action];
  return byId ?? (style ? buttons.find((button) => button["style"] === style) : undefined);
}

/** A client that has not drawn the latest edit still shows the buttons from before, and may press them. */
function findButtonOnScreen(post: Post, action: string): Button | undefined {
  const versions = [post, ...[...post.earlier].reverse()];
  for (const content of versions) {
    const button = findButton(buttonsOf(content), action);
    if (button) return button;
  }
  return undefined;
}

/** Find a message by the id of the sandbox's API, `slack:<channel>:<ts>`. */
export function findPost(rig: Rig, id: string): Post | undefined {
  const [platform, channel = "", ts = ""] = id.split(":");
  return platform === "slack" ? rig.timeline.find(channel, ts) : undefined;
}

const sawTrouble = ({ status, ms }: HubAnswer): SandboxSight =>
  nothing(
    status === 0
      ? "Slack shows a warning sign: the app did not answer in time."
      : `Slack shows a warning sign: the app answered with HTTP ${status}.`,
    { status, ms },
  );

interface Pressing {
  readonly post: Post;
  readonly origin: Origin;
  readonly trigger: string;
  readonly token: string;
  readonly whispersBefore: number;
}

/** What is on the screen now: a private text comes before a dialog, and a dialog before the edited card. */
function look(
  { rig }: HandTools,
  pressing: Pressing,
  http: SandboxSight["http"],
): SandboxSight | undefined {
  const { post, origin, trigger, token, whispersBefore } = pressing;
  const text = rig.whispers.after(whispersBefore, origin, token);
  if (text !== undefined) return { shown: "refusal", text: asDrawn(text), http };
  const dialog = rig.dialogs.openedBy(trigger);
  if (dialog) return sightOfDialog(dialog, http);
  const now = rig.timeline.find(post.channel, post.ts);
  return now && now.position > post.position ? { shown: "updated", http } : undefined;
}

/** Press a button as a person: signed over the wire to the hub, then wait for what shows. */
export async function click(order: ClickOrder, tools: HandTools): Promise<SandboxSight> {
  const { rig, signal, ownUrl, wire } = tools;
  const post = findPost(rig, order.message);
  const person = findPerson(rig, order.person);
  if (!post || post.deleted) return nothing("There is no such message.");
  if (!person) return nothing("There is no such person.");
  const channel = rig.channels.get(post.channel);
  if (!channel?.people.includes(person.id)) return nothing(`${person.name} is not in the channel.`);
  const button = findButtonOnScreen(post, order.action);
  if (!button) return nothing("The message has no such button.");

  const origin = originOf(post, person.id);
  const trigger = rig.dialogs.arm(origin);
  const token = rig.world.seal(`response ${trigger}`);
  rig.whispers.issue(token, origin);
  const pressing = { post, origin, trigger, token, whispersBefore: rig.whispers.count };
  const responseUrl = `${ownUrl}/actions/${teamOf(rig, channel).id}/${token}`;
  const press = { post, person: person.id, button, trigger, responseUrl };
  const answer = await wire.interact(blockActions(rig, press));
  const { status, ms } = answer;
  if (status !== 200) return look(tools, pressing, { status, ms }) ?? sawTrouble(answer);
  if (typeof button["url"] === "string") return nothing(`Opens ${button["url"]}`, { status, ms });
  const seen = await signal.until(() => look(tools, pressing, { status, ms }), lookMs);
  if (seen?.dialog && order.inputs) {
    return submit({ dialog: seen.dialog.id, person: person.id, inputs: order.inputs }, tools);
  }
  return seen ?? nothing("Nothing has changed yet.", { status, ms });
}

interface FormAnswer {
  readonly response_action?: unknown;
  readonly errors?: Inputs;
  readonly view?: unknown;
}

function parseAnswer(body: string): FormAnswer | undefined {
  if (body === "") return {};
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === "object" && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}

/** Fill in a dialog and send it. Slack's client checks the lengths first, so a short text never leaves. */
export async function submit(order: SubmitOrder, tools: HandTools): Promise<SandboxSight> {
  const { rig, signal, wire } = tools;
  const dialog = rig.dialogs.find(order.dialog);
  const person = findPerson(rig, order.person);
  if (!dialog || dialog.person !== person?.id) return nothing("There is no such dialog.");
  const fields = fieldsOf(dialog.view);
  const complaints = fields.flatMap((field) => {
    const complaint = complaintAbout(field, typedInto(field, order.inputs));
    return complaint === undefined ? [] : [[field.block, complaint] as const];
  });
  if (complaints.length > 0)
    return sightOfDialog(dialog, untouched, Object.fromEntries(complaints));

  const { origin } = dialog;
  const post = rig.timeline.find(origin.channel, origin.ts);
  const values = stateValues(fields, order.inputs);
  const sent = viewSubmission(rig, dialog, person.id, rig.dialogs.arm(origin), values);
  const { status, ms, body } = await wire.interact(sent);
  const http = { status, ms };
  const answer = status === 200 ? parseAnswer(body) : undefined;
  if (!answer) {
    return { ...sightOfDialog(dialog, http), text: "We had some trouble connecting. Try again?" };
  }
  if (answer.response_action === "errors") return sightOfDialog(dialog, http, answer.errors);
  if (answer.response_action === "update") return replaced(dialog, answer.view, http, rig);
  rig.dialogs.close(dialog.id);
  const changed = () => {
    const now = rig.timeline.find(origin.channel, origin.ts);
    return now && post && now.position > post.position ? true : undefined;
  };
  const isChanged = await signal.until(changed, lookMs);
  return isChanged ? { shown: "updated", http } : nothing("The dialog closed.", http);
}

function replaced(
  dialog: Dialog,
  view: unknown,
  http: SandboxSight["http"],
  rig: Rig,
): SandboxSight {
  const shown = rig.dialogs.replace(dialog.id, view);
  if ("error" in shown) {
    return {
      ...sightOfDialog(dialog, http),
      text: `We had some trouble connecting. (${shown.error})`,
    };
  }
  return { ...sightOfDialog(shown, http), shown: "refusal", text: asDrawn(textOfView(shown.view)) };
}
