import type { Event } from "../../domain/event.ts";
import { isJsonObject, type Json, type JsonObject } from "../../domain/json.ts";
import { eventContent } from "../../routing/compile.ts";
import type { Leaf } from "../../routing/matchers.ts";
import { writeValues } from "../../routing/typed-values.ts";

/** A field that events have, with the values that stood there and how often, the most frequent first. */
export interface SeenField {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly times: number }[];
}

/** Far more than anybody reads; events may have any number of fields. */
const mostFields = 200;
const mostValues = 50;
/** What every event has and no rule asks for: an id, a time, and what the other fields of a rule ask already. */
const passedOver: ReadonlySet<string> = new Set(["specversion", "id", "type", "time", "level"]);

/** List the fields of some events, so that they can be offered where a condition is typed. */
export function seenFields(events: readonly Event[]): readonly SeenField[] {
  const fields = new Map<string, Map<string, number>>();
  for (const event of events) note(eventContent(event), "", fields);
  return [...fields]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([field, values]) => ({
      field,
      values: [...values]
        .sort(([, one], [, other]) => other - one)
        .map(([value, times]) => ({ value, times })),
    }));
}

function note(content: JsonObject, path: string, fields: Map<string, Map<string, number>>): void {
  for (const [name, value] of Object.entries(content)) {
    if (path === "" && passedOver.has(name)) continue;
    if (name.includes(".")) continue;
    noteValue(value, path === "" ? name : `${path}.${name}`, fields);
  }
}

function noteValue(value: Json, field: string, fields: Map<string, Map<string, number>>): void {
  if (Array.isArray(value)) {
    for (const item of value.slice(0, mostValues)) noteValue(item, field, fields);
    return;
  }
  if (isJsonObject(value)) {
    note(value, field, fields);
    return;
  }
  const known = fields.get(field);
  if (!known && fields.size >= mostFields) return;
  const values = known ?? new Map<string, number>();
  fields.set(field, values);
  const text = writeValues([value as Leaf]);
  if (values.has(text) || values.size < mostValues) values.set(text, (values.get(text) ?? 0) + 1);
}
