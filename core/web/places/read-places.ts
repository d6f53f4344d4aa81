import { type Destination, isChannel } from "../../domain/destination.ts";
import type { Hub } from "../../hub.ts";
import { say } from "../../words/say.ts";
import { liesIn } from "../connecting/find.ts";
import { readLastArrived, readLastPosts } from "../connecting/last-posts.ts";
import { destinationHealth } from "../pages/destination-words.ts";
import type { PlaceRow } from "../pages/places/destinations-page.tsx";

const worst = ["broken", "degraded", "untested", "healthy", "disabled"] as const;

/** Read all destinations with how they are, the troubled first, else by name. */
export async function readPlaces(hub: Hub): Promise<readonly PlaceRow[]> {
  const [all, workspaces, lastPosts, lastArrived, rules] = await Promise.all([
    hub.destinations.list(),
    hub.workspaces.list(),
    readLastPosts(hub),
    readLastArrived(hub),
    hub.rules.current(),
  ]);
  const rows = all.map((destination): PlaceRow => {
    const view = workspaces.find((one) => liesIn(destination, one));
    const arrived = lastArrived.get(destination.id);
    const named = [destination.name, ...(destination.formerNames ?? [])];
    return {
      destination,
      health: destinationHealth(destination, view, lastPosts.get(destination.id)),
      rules: rules.rules.filter(({ to }) => to.some((name) => named.includes(name))).length,
      lastSentAt: arrived?.state === "delivered" ? arrived.settledAt : undefined,
      where: view?.name ?? whereOf(destination),
    };
  });
  const rank = (row: PlaceRow) => worst.indexOf(row.health.kind);
  return rows.toSorted(
    (one, other) =>
      rank(one) - rank(other) || (one.destination.name < other.destination.name ? -1 : 1),
  );
}

const whereOf = (destination: Destination): string =>
  isChannel(destination) ? say`no workspace` : (destination.shown["address"] ?? say`no address`);
