import type { Delivery } from "../../domain/delivery.ts";
import { type Destination, isChannel } from "../../domain/destination.ts";
import type { DeliveryId } from "../../domain/ids.ts";
import type { Hub } from "../../hub.ts";
import { readPage } from "../api/lists.ts";
import { liesIn } from "../connecting/find.ts";
import type { PageDeps } from "../page-deps.ts";
import type { SavedPlace } from "../pages/places/place-page.tsx";
import { destinationAddress } from "../pages/workspace-channels.tsx";
import { readPlaces } from "./read-places.ts";

/** Deliveries to one place that are counted, and sent again at once. */
const mostHere = 500;
/** Deliveries of one state, to whatever place, that are looked through for them. */
const mostLookedAt = 10_000;

/** Read how a saved destination is, what needs it, and what was given up there. */
export async function readSaved(
  { hub }: Pick<PageDeps, "hub">,
  destination: Destination,
): Promise<{ readonly view: SavedPlace; readonly dead: readonly DeliveryId[] }> {
  const [rows, users, dead, held, workspaces, remarks] = await Promise.all([
    readPlaces(hub),
    hub.destinations.usersOf(destination),
    ofState(hub, destination, "dead"),
    ofState(hub, destination, "held"),
    hub.workspaces.list(),
    hub.destinations.remarksOn(destination),
  ]);
  const row = rows.find((one) => one.destination.id === destination.id);
  const workspace = workspaces.find((one) => liesIn(destination, one));
  return {
    dead: dead.map(({ id }) => id),
    view: {
      destination,
      users,
      remarks,
      dead: dead.length,
      held: held.length,
      health: row?.health ?? { kind: "untested" },
      channelPage:
        workspace && isChannel(destination)
          ? destinationAddress(workspace, destination)
          : undefined,
    },
  };
}

async function ofState(
  { store, organization }: Hub,
  { id }: Destination,
  state: Delivery["state"],
): Promise<readonly Delivery[]> {
  const { items } = await readPage(
    store.deliveries,
    "byState",
    [organization, state],
    { limit: mostHere, order: "descending" },
    ({ task }) => task.kind === "post" && task.destination === id,
    mostLookedAt,
  );
  return items;
}
