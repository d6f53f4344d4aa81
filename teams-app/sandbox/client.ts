import type { JsonObject } from "../../core/domain/json.ts";
import { isJsonObject } from "../../core/domain/json.ts";
import type { SandboxSight } from "../../core/ports/sandbox.ts";
import { type Button, fieldError, fieldsOf, findButton } from "./buttons.ts";
import type { Post } from "./posts.ts";
import type { Press } from "./press.ts";
import type { Channel, Member } from "./tenant.ts";
import type { Heard } from "./wire.ts";

/** A click, with everything that it names found. */
export interface FoundClick {
  readonly message: string;
  readonly post: Post;
  /** Absent in the personal chat with the app. */
  readonly channel?: Channel;
  readonly person: Member;
  readonly action: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly old: boolean;
}

/** A refresh, with everything that it names found. */
export interface FoundRefresh {
  readonly post: Post;
  readonly channel: Channel;
  readonly person: Member;
  readonly trigger: "manual" | "automatic";
}

interface ClientDeps {
  readonly carry: (press: Press) => Promise<Heard>;
  /** What the app has said below a message, newest last. */
  readonly saidBelow: (post: Post) => readonly string[];
}

/** The clients of Teams that people hold: each may show a card that only its person sees. */
export interface Client {
  click(click: FoundClick): Promise<SandboxSight>;
  /** Ask for the card anew, as a person or, with `automatic`, by itself; with the data of the card that is shown. */
  refresh(wish: FoundRefresh): Promise<SandboxSight>;
  /** An edit of the message takes every private view away. */
  forget(post: Post): void;
  clear(): void;
}

/** What Teams itself says when an app does not answer as it should. */
const unreachable = "Unable to reach app. Please try again.";

/** Make the clients. */
export function createClient(deps: ClientDeps): Client {
  const views = new Map<string, Map<string, JsonObject>>();
  return {
    click: async (click) => {
      const { post, person, action } = click;
      const view = views.get(keyOf(post))?.get(person.id);
      const button = [view, post.card, post.earlier]
        .map((card) => findButton(card, action))
        .find((found) => found !== undefined);
      if (!button) return none(404, `There is no button "${action}" on this message.`);
      if (button.kind === "open") return none(200, button.url ?? "");
      const filled = nameInputs(button, click);
      const asked = askFirst(button, filled);
      if (asked) return asked;
      if (click.old) return pressOld(button, filled, deps);
      const heard = await deps.carry(pressOf(filled, execute(button, filled)));
      const card = cardIn(heard);
      if (card) showTo(views, post, person, card);
      return click.channel
        ? sightOf(heard)
        : { ...sightOf(heard), ...wordsOf(card), ...alone(card) };
    },
    refresh: async ({ post, channel, person, trigger }) => {
      const cards = [views.get(keyOf(post))?.get(person.id), post.card, post.earlier];
      const action = cards.map(refreshIn).find((found) => found !== undefined);
      if (!action) return none(404, "This message cannot be refreshed.");
      const value = { action, trigger };
      const content = { type: "invoke", name: "adaptiveCard/action", value };
      const heard = await deps.carry({ person, channel, post, content });
      const card = cardIn(heard);
      if (card) showTo(views, post, person, card);
      return { ...sightOf(heard), ...wordsOf(card) };
    },
    forget: (post) => {
      views.delete(keyOf(post));
    },
    clear: () => views.clear(),
  };
}

const alone = (card: JsonObject | undefined) => (card === undefined ? {} : { card });

/** What a screen reader says of a card. */
function wordsOf(card: JsonObject | undefined): { readonly text?: string } {
  const text = card?.["fallbackText"];
  return typeof text === "string" ? { text } : {};
}

function refreshIn(card: JsonObject | undefined): JsonObject | undefined {
  const refresh = card?.["refresh"];
  const action = isJsonObject(refresh) ? refresh["action"] : undefined;
  return isJsonObject(action) ? action : undefined;
}

const keyOf = ({ channel, id }: Post) => `${channel} ${id}`;

function showTo(
  views: Map<string, Map<string, JsonObject>>,
  post: Post,
  person: Member,
  card: JsonObject,
) {
  const shown = views.get(keyOf(post)) ?? new Map<string, JsonObject>();
  views.set(keyOf(post), shown.set(person.id, card));
}

const none = (status: number, text: string): SandboxSight => ({
  shown: "none",
  text,
  http: { status, ms: 0 },
});

/** Give each field its full name: whoever clicks may say `reason` for `reason_2`, as only one form is open. */
function nameInputs({ form }: Button, click: FoundClick): FoundClick {
  const { inputs } = click;
  if (!inputs) return click;
  const named = fieldsOf(form).map(({ id }) => [
    id,
    inputs[id] ?? inputs[id.replace(/_\d+$/u, "")] ?? "",
  ]);
  return { ...click, inputs: Object.fromEntries(named) };
}

/** Open the form of a button, or show it again with what is wrong. Answers undefined when it may be sent. */
function askFirst({ form, label, action }: Button, click: FoundClick): SandboxSight | undefined {
  if (!form) return undefined;
  const inputs = fieldsOf(form).map((field) => {
    const error = click.inputs && fieldError(field, click.inputs[field.id]);
    return { id: field.id, label: field.label, ...(error === undefined ? {} : { error }) };
  });
  if (click.inputs && inputs.every((input) => !("error" in input))) return undefined;
  const id = `${click.message}|${action}`;
  // Nothing goes to the hub: the client of Teams holds the form.
  return {
    shown: "dialog",
    dialog: { id, title: label, view: form, inputs },
    http: { status: 200, ms: 0 },
  };
}

/** Inputs are merged into the data of the action (PLATFORMS 2.10). */
function execute({ action, label, sends }: Button, { inputs }: FoundClick): JsonObject {
  return {
    type: "invoke",
    name: "adaptiveCard/action",
    value: {
      action: { type: "Action.Execute", title: label, verb: action, data: { ...sends, ...inputs } },
      trigger: "manual",
    },
  };
}

function pressOf({ person, channel, post }: FoundClick, content: JsonObject): Press {
  return { person, post, content, ...(channel ? { channel } : {}) };
}

/** A client that knows no Action.Execute sends the fallback as a message, and shows what is said there. */
async function pressOld(
  button: Button,
  click: FoundClick,
  deps: ClientDeps,
): Promise<SandboxSight> {
  const submitted = button.submit;
  if (!submitted) return none(200, "This client can not run the button.");
  const given = isJsonObject(submitted["data"]) ? submitted["data"] : {};
  const before = deps.saidBelow(click.post).length;
  const value = { ...given, ...click.inputs };
  const heard = await deps.carry(pressOf(click, { type: "message", value }));
  const http = { status: heard.status, ms: heard.ms };
  const said = deps.saidBelow(click.post).slice(before).at(-1);
  if (said === undefined) return { shown: "none", http };
  return { shown: click.channel ? "refusal" : "updated", text: said, http };
}

function cardIn({ status, body }: Heard): JsonObject | undefined {
  const value = body?.["value"];
  const isCard = body?.["type"] === "application/vnd.microsoft.card.adaptive";
  return status === 200 && body?.["statusCode"] === 200 && isCard && isJsonObject(value)
    ? value
    : undefined;
}

function sightOf(heard: Heard): SandboxSight {
  const http = { status: heard.status, ms: heard.ms };
  if (cardIn(heard)) return { shown: "updated", http };
  const text = heard.body?.["value"];
  const isText = heard.body?.["type"] === "application/vnd.microsoft.activity.message";
  if (heard.status === 200 && isText && typeof text === "string") {
    return { shown: "refusal", text, http };
  }
  return { shown: "none", text: unreachable, http };
}
