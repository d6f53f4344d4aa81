import type { Hub } from "../../hub.ts";
import type { Receipt } from "../../ingest/ingest.ts";
import type { Names } from "./to-json.ts";

/** Read the names of all destinations and producers; what is gone is named by its id. */
export async function readNames({ store, organization }: Hub): Promise<Names> {
  const all = { prefix: [organization], limit: 10_000 };
  const [destinations, producers] = await Promise.all([
    store.destinations.scan("byName", all),
    store.producers.scan("byName", all),
  ]);
  const names = new Map<string, string>(
    [...destinations, ...producers].map(({ id, name }) => [id, name]),
  );
  const nameOf = (id: string) => names.get(id) ?? id;
  return { destination: nameOf, producer: nameOf };
}

/** Read the names of those destinations alone that a request's receipts name. */
export async function readNamesIn(
  { store }: Hub,
  receipts: readonly Receipt[],
): Promise<Pick<Names, "destination">> {
  const matched = receipts.flatMap(({ accepted }) => accepted.plan.matched);
  const ids = [...new Set(matched.flatMap(({ destinations }) => destinations))];
  const found = await Promise.all(ids.map((id) => store.destinations.get(id)));
  const names = new Map<string, string>(
    found.flatMap((one) => (one ? [[one.id, one.name] as const] : [])),
  );
  return { destination: (id) => names.get(id) ?? id };
}
