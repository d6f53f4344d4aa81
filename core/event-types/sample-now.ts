import type { EventTypeDefinition } from "../domain/event-type.ts";
import { isJsonObject, type Json, type JsonObject } from "../domain/json.ts";

type Sample = EventTypeDefinition["sample"];

const aTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
const aDay = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Move the times of a sample along, so that it can be sent now: a deadline that lay two hours after it was sent lies
 * two hours ahead. A sample that does not say when it was sent stays as it is.
 */
export function sampleNow(sample: Sample, now: Date): Sample {
  if (sample.time === undefined) return sample;
  // Whole minutes, so that times stay as round as they were written.
  const then = Date.parse(sample.time);
  const by = {
    ms: Math.floor((now.getTime() - then) / 60_000) * 60_000,
    days: dayOf(now.getTime()) - dayOf(then),
  };
  return moved(sample as unknown as JsonObject, by) as unknown as Sample;
}

/** By how much: times by minutes, days by days, so that moving twice is moving once. */
interface Span {
  readonly ms: number;
  readonly days: number;
}

const dayMs = 86_400_000;
const dayOf = (at: number) => Math.floor(at / dayMs);

function moved(value: Json, by: Span): Json {
  if (typeof value === "string") return movedText(value, by);
  if (Array.isArray(value)) return value.map((item: Json) => moved(item, by));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, moved(item, by)]));
}

function movedText(text: string, by: Span): string {
  const isDay = aDay.test(text);
  const at = isDay || aTime.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return text;
  const later = new Date(at + (isDay ? by.days * dayMs : by.ms)).toISOString();
  // The end of the calendar stands for never, and no time of five figures is read again.
  if (later.startsWith("+")) return text;
  return isDay ? later.slice(0, 10) : later.replace(".000Z", "Z");
}
