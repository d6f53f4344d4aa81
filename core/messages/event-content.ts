import type { Fact } from "../domain/approval.ts";
import type { Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import type { Json } from "../domain/json.ts";
import { cleanLine, cleanText, cutText } from "./clean-text.ts";
import { renderTitle } from "./title-template.ts";

/** What people read of an event, cleaned and cut to what every platform takes. */
export interface EventContent {
  readonly title: string;
  readonly body?: string;
  readonly facts: readonly Fact[];
}

/** Room on a card, the least that a platform gives (SURFACE §5, PLATFORMS §1.1). */
const room = { title: 150, body: 1500, facts: 8, label: 60, value: 300 } as const;

/** `data` members that have a place of their own on the card. */
const placed: ReadonlySet<string> = new Set(["title", "body"]);

/** Take what is shown from an event: its own title and body, else its type's title, and up to eight facts. */
export function eventContent(event: Event, type: EventType | undefined): EventContent {
  const { title, body } = event.data;
  const shownTitle =
    (typeof title === "string" && title.trim() !== "" ? title : undefined) ??
    (type?.texts.title === undefined ? undefined : renderTitle(type.texts.title, event)) ??
    [event.type, event.subject].filter((part) => part !== undefined).join(" · ");
  return {
    title: cutText(cleanLine(shownTitle) || event.type, room.title),
    ...(typeof body === "string" && body.trim() !== ""
      ? { body: cutText(cleanText(body), room.body) }
      : {}),
    facts: factsOf(event),
  };
}

function factsOf(event: Event): readonly Fact[] {
  return Object.entries(event.data)
    .filter(([name, value]) => !placed.has(name) && value !== null && value !== "")
    .slice(0, room.facts)
    .map(([name, value]) => ({
      label: cutText(cleanLine(sayName(name)) || "?", room.label),
      value: cutText(cleanLine(sayValue(value)) || "–", room.value),
    }));
}

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
