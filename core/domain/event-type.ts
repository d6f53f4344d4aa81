import type { Level } from "./event.ts";
import type { OrganizationId } from "./ids.ts";
import type { JsonObject } from "./json.ts";

/** A named kind of event, as data: how it is shown, and a sample to try it with. */
export interface EventType {
  /** Organization and name together. */
  readonly id: string;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly name: string;
  readonly level: Level;
  /** A LiquidJS text over the event, for cards that carry no `data.title`. */
  readonly title: string;
  readonly sample: { readonly subject?: string; readonly data: JsonObject };
}
