import type { DestinationId, OrganizationId } from "../domain/ids.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import type { Store } from "../ports/store.ts";
import { changeChoices } from "./hub-choices.ts";

/** Where the hub's own troubles are told (FEATURES H10). */
export interface Operations {
  get(): Promise<{ readonly id: DestinationId } | undefined>;
  /** Name the destination; undefined: nowhere. */
  set(destination: DestinationId | undefined): Promise<void>;
}

interface OperationsDeps {
  readonly organization: OrganizationId;
  readonly store: Pick<Store, "hubChoices" | "destinations">;
}

/** Keep where the hub's own troubles are told. */
export function createOperations({ organization, store }: OperationsDeps): Operations {
  return {
    get: async () => {
      const kept = await store.hubChoices.get(organization);
      const place = kept?.operations && (await store.destinations.get(kept.operations));
      return place?.organization === organization ? { id: place.id } : undefined;
    },
    set: async (destination) => {
      await changeChoices({ organization, store }, ({ operations: _, ...others }) =>
        destination === undefined ? others : { ...others, operations: destination },
      );
    },
  };
}

/** What somebody has to look after: these go to Operations where no rule takes them. */
const troubles =
  /^(?:installation\.|destination\.broken$|callback\.|approval\.(?:locked|pin_failed)$)/;

/** Let a trouble of the hub's own go to Operations, unless it is the place that the trouble is about. */
export async function toOperations(
  operations: Pick<Operations, "get">,
  raised: RaisedEvent,
): Promise<RaisedEvent> {
  if (raised.to !== undefined || !troubles.test(raised.type)) return raised;
  const place = await operations.get();
  return place && !raised.notTo?.includes(place.id) ? { ...raised, orTo: place.id } : raised;
}
