import type { Level } from "./event.ts";
import type { HubType } from "./hub-types.ts";
import type { DestinationId } from "./ids.ts";
import type { JsonObject } from "./json.ts";

/** What the hub says of itself. */
export interface RaisedEvent {
  readonly type: HubType;
  /** What it was raised for; the same thing raises it once. */
  readonly occasion: string;
  readonly subject?: string;
  readonly level: Level;
  readonly data: JsonObject;
  /** Goes there and nowhere else, whatever the rules say. */
  readonly to?: DestinationId;
  /** Never goes there: what it reports on cannot be told through it. */
  readonly notTo?: readonly DestinationId[];
  /** Goes there where no rule takes it. */
  readonly orTo?: DestinationId;
}
