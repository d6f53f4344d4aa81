import { listTypes } from "../event-types/find-type.ts";
import type { Hub } from "../hub.ts";

/** So many of the latest events are looked at for types that the catalogue does not know. */
const lookedEvents = 200;

/** Names of event types to choose from: those of the catalogue, and those that came lately. */
export async function readTypeNames({
  store,
  organization,
}: Pick<Hub, "store" | "organization">): Promise<readonly string[]> {
  const [known, latest] = await Promise.all([
    listTypes(store, organization),
    store.events.scan("byTime", {
      prefix: [organization],
      order: "descending",
      limit: lookedEvents,
    }),
  ]);
  const names = [...known.map(({ name }) => name), ...latest.map(({ event }) => event.type)];
  return [...new Set(names)].sort();
}
