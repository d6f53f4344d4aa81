import type { Fact } from "../domain/approval.ts";
import type { Event } from "../domain/event.ts";
import type { AttributeLists, EventTexts, EventType, FactText } from "../domain/event-type.ts";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";
import type { CardStyle } from "./card-style.ts";
import { cleanLine, cleanText, cutText } from "./clean-text.ts";
import { type MissingField, type TextFiller, type TextTrouble, textFiller } from "./liquid-text.ts";

/** What people read of an event, cleaned, and cut to what every platform takes but for the body. */
export interface EventContent {
  readonly title: string;
  /** Up to 20,000 characters; a card shows the beginning. */
  readonly body?: string;
  readonly facts: readonly Fact[];
  /** Facts of one platform, where its type has an attribute list of its own for it. */
  readonly factsOn?: { readonly slack?: readonly Fact[]; readonly teams?: readonly Fact[] };
  /** Who did it, where the type shows that. */
  readonly actor?: string;
  /** Something bound is not shown whole, so nobody decides by what the card shows. */
  readonly unreadable?: true;
  /** Where Open leads when the event has no link, and what the button says. */
  readonly link?: { readonly path?: string; readonly label?: string };
  readonly buttons?: { readonly approve?: string; readonly reject?: string };
  /** As `#1A7F37`. */
  readonly colour?: string;
  /** A text of the type failed, so the event is shown as it came. */
  readonly trouble?: TextTrouble;
}

/** What a preview warns of: fields that the texts ask for and this event lacks, and a text that failed. */
export interface ContentWarnings {
  readonly missing: readonly MissingField[];
  readonly trouble?: TextTrouble;
}

/** Room on a card, the least that a platform gives (SURFACE §5, PLATFORMS §1.1). */
export const room = {
  ...{ title: 150, body: 1_500, facts: 8, label: 60, value: 300 },
  /** What an approver answers for gets more room, for it is shown whole or not decided on. */
  boundValue: 600,
  wholeBody: 20_000,
} as const;

/** `data` members that have a place of their own on the card. */
const placed: ReadonlySet<string> = new Set(["title", "body", "actor"]);

/**
 * Take what is shown from an event: its own title and body, else its type's texts, and up to eight facts.
 *
 * Pure, but for the clock that ends a text which takes too long: then the event is shown as if it had no type.
 */
export function eventContent(event: Event, type: EventType | undefined): EventContent {
  return readContent(event, type).content;
}

/** The same, with what a preview warns of. */
export function readContent(
  event: Event,
  type: Pick<EventType, "texts" | "attributes"> | undefined,
): { readonly content: EventContent; readonly warnings: ContentWarnings } {
  const filler = textFiller(event);
  const content = contentBy(event, type, filler);
  const trouble = filler.trouble();
  const missing = filler.missing();
  if (!trouble) return { content, warnings: { missing } };
  const plain = contentBy(event, undefined, textFiller(event));
  return { content: { ...plain, trouble }, warnings: { missing, trouble } };
}

/**
 * What a rule or a destination says in place of the texts of the type: only the parts that it names, and no buttons where
 * the event names its own.
 *
 * Of a text that fails nothing is taken; `trouble` says so.
 */
export function contentOver(
  event: Event,
  texts: EventTexts | undefined,
): ContentWarnings & { readonly over: NonNullable<CardStyle["over"]> } {
  if (!texts) return { over: {}, missing: [] };
  const filler = textFiller(event);
  const title = texts.title && filler.fill(texts.title, "title");
  const body = texts.body && filler.fill(texts.body, "body");
  const own = texts.facts && factsBy(event, texts, filler);
  const { buttons, ...further } = furtherTexts(texts, filler);
  const over = {
    ...(title ? { title: cutText(cleanLine(title), room.title) } : {}),
    ...(body ? { body: cutText(cleanText(body), room.wholeBody) } : {}),
    ...(own ? { facts: own.facts.slice(0, room.facts) } : {}),
    ...(own?.unreadable ? { unreadable: true as const } : {}),
    ...further,
    ...(buttons && !event.approval?.actions ? { buttons } : {}),
  };
  const trouble = filler.trouble();
  const missing = filler.missing();
  return trouble ? { over: {}, missing, trouble } : { over, missing };
}

function contentBy(
  event: Event,
  type: Pick<EventType, "texts" | "attributes"> | undefined,
  filler: TextFiller,
): EventContent {
  const texts = type?.texts ?? {};
  const title = ownText(event.data["title"]) ?? (texts.title && filler.fill(texts.title, "title"));
  const body = ownText(event.data["body"]) ?? (texts.body && filler.fill(texts.body, "body"));
  const usual = [event.type, event.subject].filter((part) => part !== undefined).join(" · ");
  const { facts, unreadable } = factsBy(event, texts, filler);
  return {
    title: cutText(cleanLine(title || usual) || event.type, room.title),
    ...(body ? { body: cutText(cleanText(body), room.wholeBody) } : {}),
    ...listed(facts, event, type?.attributes),
    ...(unreadable || facts.filter(({ bound }) => bound).length > room.facts
      ? { unreadable: true as const }
      : {}),
    ...furtherTexts(texts, filler),
  };
}

const ownText = (value: Json | undefined) =>
  typeof value === "string" && value.trim() !== "" ? value : undefined;

/** Link, buttons and colour; what is empty is left out. */
function furtherTexts(
  { link, buttons, colour }: EventTexts,
  { fill }: TextFiller,
): Pick<EventContent, "link" | "buttons" | "colour"> {
  const filled = (text: string | undefined, place: string) =>
    text === undefined ? undefined : fill(text, place);
  const [path, label] = [filled(link?.path, "link/path"), filled(link?.label, "link/label")];
  const approve = filled(buttons?.approve, "buttons/approve");
  const reject = filled(buttons?.reject, "buttons/reject");
  return {
    ...(path || label
      ? { link: { ...(path ? { path } : {}), ...(label ? { label: cleanLine(label) } : {}) } }
      : {}),
    ...(approve || reject
      ? { buttons: { ...(approve ? { approve } : {}), ...(reject ? { reject } : {}) } }
      : {}),
    ...(colour && /^#[0-9a-f]{6}$/iu.test(colour) ? { colour } : {}),
  };
}

interface Facts {
  readonly facts: readonly Fact[];
  readonly unreadable: boolean;
}

function factsBy(event: Event, { facts: texts }: EventTexts, filler: TextFiller): Facts {
  if (!texts) return { facts: factsOf(event.data), unreadable: false };
  const facts = texts.flatMap((text, index) => factBy(text, filler, `facts/${index}`) ?? []);
  const cut = facts.some(({ bound, value }) => bound && value.length > room.boundValue);
  return { facts: facts.map(inRoom), unreadable: cut };
}

/** A fact of which nothing is left is not shown; a bound one always is, with the mark of what is missing. */
function factBy(
  { label, value, bound }: FactText,
  filler: TextFiller,
  place: string,
): Fact | undefined {
  const filled = bound
    ? filler.fillWhole(value, `${place}/value`)
    : filler.fill(value, `${place}/value`);
  if (filled === undefined && !bound) return undefined;
  return {
    label: cleanLine(filler.fill(label, `${place}/label`) ?? "") || "?",
    value: cleanLine(filled ?? "") || "–",
    ...(bound ? { bound } : {}),
  };
}

const inRoom = ({ label, value, bound }: Fact): Fact => ({
  label: cutText(label, room.label),
  value: cutText(value, bound ? room.boundValue : room.value),
  ...(bound ? { bound } : {}),
});

/** Put the attribute lists of a type behind its facts: one list for all, or one for a platform. Bound facts come first. */
function listed(
  facts: readonly Fact[],
  { data }: Event,
  attributes: AttributeLists | undefined,
): Pick<EventContent, "facts" | "factsOn" | "actor"> {
  const first = [...facts.filter(({ bound }) => bound), ...facts.filter(({ bound }) => !bound)];
  const with_ = (names: readonly string[] = []) =>
    [...first, ...names.flatMap((name) => attributeOf(data, name))].slice(0, room.facts);
  const { general, slack, teams, actor } = attributes ?? {};
  const who = ownText(data["actor"]);
  return {
    facts: with_(general),
    ...(slack || teams
      ? {
          factsOn: {
            ...(slack ? { slack: with_(slack) } : {}),
            ...(teams ? { teams: with_(teams) } : {}),
          },
        }
      : {}),
    ...(actor && who ? { actor: cutText(cleanLine(who), room.label) } : {}),
  };
}

/** A member of `data` by its name, or by a path with dots. */
function attributeOf(data: JsonObject, name: string): readonly Fact[] {
  let value: Json | undefined = data;
  for (const part of name.split("."))
    value = isJsonObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  if (value === undefined || value === null || value === "") return [];
  return [factOf(name.split(".").at(-1) ?? name, value)];
}

/** The members of an object as facts, in their order: what an event without texts shows. At most 8. */
export const factsOf = (data: JsonObject): readonly Fact[] =>
  Object.entries(data)
    .filter(([name, value]) => !placed.has(name) && value !== null && value !== "")
    .slice(0, room.facts)
    .map(([name, value]) => factOf(name, value));

const factOf = (name: string, value: Json): Fact =>
  inRoom({ label: cleanLine(sayName(name)) || "?", value: cleanLine(sayValue(value)) || "–" });

/** `assetTag` and `asset_tag` as `Asset tag`. */
function sayName(name: string): string {
  const words = name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ")
    .replace(/[_.-]+/g, " ")
    .trim();
  const lower = /\s/.test(words) ? words.toLowerCase() : words;
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

function sayValue(value: Json): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((item) => typeof item !== "object"))
    return value.join(", ");
  return JSON.stringify(value);
}
