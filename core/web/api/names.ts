import type { Hub } from "../../hub.ts";
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
