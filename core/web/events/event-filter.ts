import { type Level, levels } from "../../domain/event.ts";
import { type ProducerId, parseId } from "../../domain/ids.ts";
import { readSince, readTyped, type Since } from "../lists/since.ts";

/** What a list of events is narrowed to. All of it stands in the address of the page. */
export interface EventFilter {
  readonly type?: string;
  readonly producer?: ProducerId;
  /** At least as heavy as this. */
  readonly level?: Level;
  readonly subject?: string;
  readonly since?: Since;
  /** Only what no rule matched. */
  readonly unrouted?: "true";
}

/** Read the filter from an address. What cannot be is left out. */
export function readEventFilter(asked: Readonly<Record<string, unknown>>): EventFilter {
  const type = readTyped(asked["type"]);
  const producer = parseId("producer", asked["producer"]);
  const level = levels.find((known) => known === asked["level"]);
  const subject = readTyped(asked["subject"]);
  const since = readSince(asked["since"]);
  return {
    ...(type === undefined ? {} : { type }),
    ...(producer ? { producer } : {}),
    ...(level ? { level } : {}),
    ...(subject === undefined ? {} : { subject }),
    ...(since ? { since } : {}),
    ...(asked["unrouted"] === "true" ? { unrouted: "true" } : {}),
  };
}

/** Write a filter as the query of an address; with more, such as a cursor. */
export function eventQuery(
  filter: EventFilter,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...filter, ...more }).toString();
  return query === "" ? "" : `?${query}`;
}
