import { parse as parseForm } from "node:querystring";
import { chooseAction } from "../render/picker.ts";
import { parseEvent, type SlackEvent } from "./events.ts";
import { given, type Thing, text, thing } from "./reading.ts";

/** Where an interaction comes from, by the verified envelope. */
interface Envelope {
  readonly team: string;
  readonly user: string;
  /** The one workspace that the person belongs to, where Slack says it. */
  readonly userTeam?: string;
}

/** A button on a message was pressed. */
export interface ButtonPress extends Envelope {
  readonly kind: "button";
  readonly channel: string;
  readonly message: string;
  readonly action: string;
  /** Absent on a button that only opens an address. */
  readonly value?: string;
  readonly pressedAt: string;
  readonly trigger: string;
  readonly responseUrl?: string;
}

/** A channel was chosen in somebody's Home. */
export interface ChannelChosen extends Envelope {
  readonly kind: "choice";
  readonly chosen: string;
  readonly pressedAt: string;
}

/** The dialog that asks for a reason was sent. */
export interface ReasonForm extends Envelope {
  readonly kind: "reason";
  readonly view: string;
  readonly hash: string;
  readonly reason: string;
  /** What the button carried, as we wrote it into the dialog; undefined when it is not readable. */
  readonly pressed?: PressedButton;
}

/** What the dialog remembers of the button that opened it: ids only. */
export interface PressedButton {
  readonly channel: string;
  readonly message: string;
  readonly action: string;
  readonly value: string;
}

/** Everything that Slack may send us, as far as we act on it. */
export type SlackInbound =
  | ButtonPress
  | ChannelChosen
  | ReasonForm
  | SlackEvent
  | { readonly kind: "unsupported"; readonly team?: string; readonly responseUrl?: string };

/** The dialog's field, and the block that it stands in. */
export const reasonField = "reason";

/** Read a form or JSON body as Slack sends them. Answers undefined for what is neither. */
export function parseBody(body: string, contentType: string | undefined): unknown {
  const isForm = contentType?.startsWith("application/x-www-form-urlencoded") ?? false;
  const form = isForm ? parseForm(body) : undefined;
  if (form && typeof form["payload"] !== "string") return form;
  try {
    return JSON.parse(form ? String(form["payload"]) : body);
  } catch {
    return undefined;
  }
}

/** Write into a dialog which button opened it. */
export function formatPressed(pressed: PressedButton): string {
  const { channel, message, action, value } = pressed;
  return JSON.stringify({ channel, message, action, value });
}

function parsePressed(metadata: unknown): PressedButton | undefined {
  const written = thing(typeof metadata === "string" ? parseBody(metadata, undefined) : undefined);
  const channel = text(written["channel"]);
  const message = text(written["message"]);
  const action = text(written["action"]);
  const value = text(written["value"]);
  if (!channel || !message || !action || !value) return undefined;
  return { channel, message, action, value };
}

function parseButton(body: Thing, envelope: Envelope): ButtonPress | undefined {
  const actions = body["actions"];
  const action = thing(Array.isArray(actions) ? actions[0] : undefined);
  const container = thing(body["container"]);
  const channel = text(container["channel_id"]) ?? text(thing(body["channel"])["id"]);
  const message = text(container["message_ts"]) ?? text(thing(body["message"])["ts"]);
  const id = text(action["action_id"]);
  const pressedAt = text(action["action_ts"]);
  const trigger = text(body["trigger_id"]);
  if (action["type"] !== "button" || !channel || !message || !id || !pressedAt || !trigger) {
    return undefined;
  }
  return {
    kind: "button",
    ...envelope,
    channel,
    message,
    action: id,
    ...given("value", text(action["value"])),
    pressedAt,
    trigger,
    ...given("responseUrl", text(body["response_url"])),
  };
}

function parseChoice(body: Thing, envelope: Envelope): ChannelChosen | undefined {
  const actions = body["actions"];
  const action = thing(Array.isArray(actions) ? actions[0] : undefined);
  const chosen = text(action["selected_conversation"]);
  const pressedAt = text(action["action_ts"]);
  if (action["action_id"] !== chooseAction || !chosen || !pressedAt) return undefined;
  return { kind: "choice", ...envelope, chosen, pressedAt };
}

function parseReason(body: Thing, envelope: Envelope): ReasonForm | undefined {
  const view = thing(body["view"]);
  const id = text(view["id"]);
  if (!id) return undefined;
  const values = thing(thing(view["state"])["values"]);
  const pressed = parsePressed(view["private_metadata"]);
  return {
    kind: "reason",
    ...envelope,
    view: id,
    hash: text(view["hash"]) ?? "",
    reason: text(thing(thing(values[reasonField])[reasonField])["value"]) ?? "",
    ...(pressed === undefined ? {} : { pressed }),
  };
}

/**
 * The workspace of an interaction. Within an organization Slack may name that in its place, and of an org-wide
 * installation it names none; then the message tells it, or the person (bolt-js reads it so, too).
 */
function teamOf(fields: Thing): string | undefined {
  const named = [
    thing(fields["view"])["app_installed_team_id"],
    thing(fields["team"])["id"],
    fields["team_id"],
    thing(fields["message"])["team"],
    thing(fields["user"])["team_id"],
  ].flatMap((id) => text(id) ?? []);
  return named.find((id) => id.startsWith("T")) ?? named[0];
}

/**
 * The workspace that the person belongs to. In an organization people belong to many: Slack names any one of them, or the
 * organization (bolt-js #1875), which says nothing of this one.
 */
function userTeamOf(fields: Thing): string | undefined {
  const organization =
    text(thing(fields["enterprise"])["id"]) ?? text(thing(fields["team"])["enterprise_id"]);
  return organization === undefined ? text(thing(fields["user"])["team_id"]) : undefined;
}

/** Read one body. What we do not act on is `unsupported`, with the workspace it names, so that it can be answered. */
export function parseInbound(body: unknown): SlackInbound {
  const event = parseEvent(body);
  if (event) return event;
  const fields = thing(body);
  const team = teamOf(fields);
  const user = text(thing(fields["user"])["id"]);
  const unsupported = {
    kind: "unsupported",
    ...given("team", team),
    ...given("responseUrl", text(fields["response_url"])),
  } as const;
  if (!team || !user) return unsupported;
  const envelope = { team, user, ...given("userTeam", userTeamOf(fields)) };
  if (fields["type"] === "block_actions") {
    return parseButton(fields, envelope) ?? parseChoice(fields, envelope) ?? unsupported;
  }
  if (fields["type"] === "view_submission") return parseReason(fields, envelope) ?? unsupported;
  return unsupported;
}
