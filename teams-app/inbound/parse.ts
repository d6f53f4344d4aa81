import { isJsonObject, type JsonObject } from "../../core/domain/json.ts";
import { type Language, languages } from "../../core/domain/message.ts";
import { refreshVerb } from "../render/message.ts";
import { channelField, chooseVerb } from "../render/picker.ts";
import { given, object, text } from "./reading.ts";

/** What every activity carries. All of it is a claim until the token and the origin were checked. */
interface Envelope {
  readonly id: string;
  readonly type: string;
  readonly channelId?: string;
  readonly serviceUrl?: string;
  /** Every tenant that the activity names; more than one is a contradiction. */
  readonly tenants: readonly string[];
  readonly conversation: string;
  /** The conversation without `;messageid=…`: the channel, where it is in one. */
  readonly channel: string;
  readonly user?: string;
  readonly userName: string;
  /** In which the person's client speaks, where we speak it too. */
  readonly language?: Language;
}

/** An activity that we know how to read. */
export type Inbound = Envelope &
  (
    | {
        readonly kind: "click";
        /** A submit can not be answered with a card: it comes as a message. */
        readonly by: "execute" | "submit";
        readonly action: string;
        readonly value: string;
        readonly reason?: string;
        /** The message on which the button stood. */
        readonly copy: string;
      }
    /** The client asks what the card shows by now; `copy` is the message on which it stands. */
    | { readonly kind: "refresh"; readonly value: string; readonly copy: string }
    /**
     * Somebody wrote to the app in their personal chat. Only the word `channels` is read, with the part of a name behind
     * it; nothing that is written decides.
     */
    | { readonly kind: "visit"; readonly channels?: string }
    /** The button of the picker: `channel` is what its field holds. */
    | { readonly kind: "choice"; readonly by: "execute" | "submit"; readonly chosen: string }
    | { readonly kind: "unsupported" }
  );

/**
 * How people ask for the picker: the word alone or behind the app's name, and a part of a channel's name. German as the
 * catalogue has it, also as it is typed without an ä.
 */
const channelsWord =
  /^\s*(?:\/?countersign\s+)?(?:channels?|kan(?:a|ä|ae)le?)(?:\s+(.{0,100}))?\s*$/isu;

/** Read the body of a request. Answers undefined for what is no activity; `unsupported` for what we have no use for. */
export function parseActivity(body: unknown): Inbound | undefined {
  if (!isJsonObject(body)) return undefined;
  const envelope = parseEnvelope(body);
  if (!envelope) return undefined;
  const copy = text(body["replyToId"]);
  const value = object(body["value"]);
  if (envelope.type === "invoke" && body["name"] === "adaptiveCard/action") {
    return { ...envelope, ...parseInvoke(value, copy) };
  }
  if (envelope.type === "message" && body["value"] !== undefined && !text(body["text"])) {
    if (value["verb"] === chooseVerb) {
      return { ...envelope, kind: "choice", by: "submit", chosen: text(value[channelField]) ?? "" };
    }
    const pressed = { action: text(value["verb"]) ?? "", value: text(value["countersign"]) ?? "" };
    return {
      ...envelope,
      kind: "click",
      by: "submit",
      ...pressed,
      ...reasonIn(value),
      copy: copy ?? "",
    };
  }
  const isPersonal = object(body["conversation"])["conversationType"] === "personal";
  const said = text(body["text"]);
  if (envelope.type === "message" && isPersonal && said !== undefined) {
    return { ...envelope, kind: "visit", ...channelsIn(said) };
  }
  return { ...envelope, kind: "unsupported" };
}

function channelsIn(said: string): { readonly channels?: string } {
  const asked = channelsWord.exec(said);
  return asked ? { channels: (asked[1] ?? "").trim() } : {};
}

function parseEnvelope(body: JsonObject): Envelope | undefined {
  const id = text(body["id"]);
  const type = text(body["type"]);
  const conversation = object(body["conversation"]);
  const conversationId = text(conversation["id"]);
  if (!id || !type || !conversationId) return undefined;
  const from = object(body["from"]);
  const tenant = object(object(body["channelData"])["tenant"]);
  const tenants = [text(tenant["id"]), text(conversation["tenantId"])].filter(
    (one) => one !== undefined,
  );
  return {
    id,
    type,
    tenants: [...new Set(tenants)],
    conversation: conversationId,
    channel: conversationId.split(";messageid=")[0] ?? conversationId,
    userName: text(from["name"]) ?? "",
    ...given("channelId", text(body["channelId"])),
    ...given("serviceUrl", text(body["serviceUrl"])),
    ...given("user", text(from["aadObjectId"])),
    ...languageIn(text(body["locale"])),
  };
}

/** `de-DE` is German, as is `de-AT`; a language that we do not speak says nothing. */
function languageIn(locale: string | undefined): { readonly language?: Language } {
  const language = languages.find((one) => locale?.toLowerCase().split("-")[0] === one);
  return language === undefined ? {} : { language };
}

/**
 * `automatic` is the client's own refresh. It never decides, and neither does a trigger that we do not know, nor the verb
 * of a refresh by hand.
 */
function parseInvoke(invoke: JsonObject, copy: string | undefined) {
  const action = object(invoke["action"]);
  const data = object(action["data"]);
  const value = text(data["countersign"]) ?? "";
  const trigger = invoke["trigger"] ?? "manual";
  if (trigger !== "manual" || action["verb"] === refreshVerb)
    return { kind: "refresh", value, copy: copy ?? "" } as const;
  if (action["verb"] === chooseVerb) {
    return { kind: "choice", by: "execute", chosen: text(data[channelField]) ?? "" } as const;
  }
  const pressed = {
    action: text(action["verb"]) ?? "",
    value,
    ...reasonIn(data),
    copy: copy ?? "",
  };
  return { kind: "click", by: "execute", ...pressed } as const;
}

/** Find the reason: a client sends the field of the form that was open, and cards name it `reason` or `reason_2`. */
function reasonIn(inputs: JsonObject): { readonly reason?: string } {
  const field = Object.entries(inputs).find(([name]) => /^reason(_\d)?$/u.test(name));
  return given("reason", text(field?.[1]));
}
