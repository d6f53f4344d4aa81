import type { Delivery } from "../../domain/delivery.ts";
import { type ApprovalId, type DeliveryId, type EventId, parseId } from "../../domain/ids.ts";
import { readSince, readTyped, type Since } from "../lists/since.ts";

/** What a list of deliveries is narrowed to. All of it stands in the address of the page. */
export interface DeliveryFilter {
  readonly state?: Delivery["state"];
  /** What people read of the place: `#releases`, `Ops › General`, the host of a callback. */
  readonly to?: string;
  readonly type?: string;
  readonly since?: Since;
  readonly event?: EventId;
  readonly approval?: ApprovalId;
}

/** Every state that a delivery may be in. */
export const deliveryStates = [
  "pending",
  "sending",
  "held",
  "delivered",
  "suppressed",
  "dead",
] as const satisfies readonly Delivery["state"][];

/** Read the filter from an address or a form. What cannot be is left out. */
export function readDeliveryFilter(asked: Readonly<Record<string, unknown>>): DeliveryFilter {
  const state = deliveryStates.find((known) => known === asked["state"]);
  const to = readTyped(asked["to"]);
  const type = readTyped(asked["type"]);
  const since = readSince(asked["since"]);
  const event = parseId("event", asked["event"]);
  const approval = parseId("approval", asked["approval"]);
  return {
    ...(state ? { state } : {}),
    ...(to === undefined ? {} : { to }),
    ...(type === undefined ? {} : { type }),
    ...(since ? { since } : {}),
    ...(event ? { event } : {}),
    ...(approval ? { approval } : {}),
  };
}

/** What was typed into the search box of the list: an id leads to its page or narrows the list, all else is a place. */
export type DeliverySearch =
  | { readonly kind: "page"; readonly delivery: DeliveryId }
  | { readonly kind: "filter"; readonly filter: DeliveryFilter };

/** Read the search box; undefined when it is empty. */
export function readDeliverySearch(asked: unknown): DeliverySearch | undefined {
  const text = readTyped(asked);
  if (text === undefined) return undefined;
  const delivery = parseId("delivery", text);
  if (delivery) return { kind: "page", delivery };
  const filter = readDeliveryFilter({ event: text, approval: text });
  return { kind: "filter", filter: filter.event || filter.approval ? filter : { to: text } };
}

/** Write a filter as the query of an address; with more, such as a cursor. */
export function deliveryQuery(
  filter: DeliveryFilter,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({ ...filter, ...more }).toString();
  return query === "" ? "" : `?${query}`;
}
