import type { EventTypeDefinition } from "../domain/event-type.ts";
import { accessRequests } from "./builtin/access-requests.ts";
import { approvalLinks } from "./builtin/approval-links.ts";
import { assetRequests } from "./builtin/asset-requests.ts";
import { equipment } from "./builtin/equipment.ts";
import { hubPlaces } from "./builtin/hub-places.ts";
import { hubRequests } from "./builtin/hub-requests.ts";
import { operations } from "./builtin/operations.ts";
import { records } from "./builtin/records.ts";

/** The types that every hub knows (FEATURES §5), by name. They are data in the shape in which an admin adds one. */
export const builtinTypes: ReadonlyMap<string, EventTypeDefinition> = new Map(
  [
    ...assetRequests,
    ...equipment,
    ...approvalLinks,
    ...accessRequests,
    ...operations,
    ...records,
    ...hubRequests,
    ...hubPlaces,
  ].map((type) => [type.name, type]),
);
