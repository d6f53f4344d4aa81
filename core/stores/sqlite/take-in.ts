import type { Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import type { Store, TakenIn } from "../../ports/store.ts";
import type { SqliteLanes } from "./lanes.ts";
import type { SqliteRecords } from "./records.ts";
import type { Writer } from "./writer.ts";

const outcomeOf = (done: boolean) => (done ? "inserted" : "present");

/** Make the step that stores events and deliveries in one commit. */
export function createTakeIn(
  writer: Writer,
  events: SqliteRecords<AcceptedEvent>,
  deliveries: SqliteRecords<Delivery>,
  lanes: SqliteLanes,
): NonNullable<Store["takeIn"]> {
  // No promise of it waits with the records in its hands: see `Writer`.
  return ({ events: taken, deliveries: follow }: TakenIn) => {
    const due = new Map(follow.map(({ lane, dueAt }) => [lane, dueAt]));
    const done = writer.together({
      unless: taken
        .map(({ unless }) => unless && events.findStep(...unless))
        .filter((step) => step !== undefined),
      first: taken.map(({ accepted }) => events.insertStep(accepted)),
      rest: follow.map((delivery) => deliveries.insertStep(delivery)),
      once: [...due].map(([lane, at]) => lanes.wakeStep(lane, at)),
    });
    return done.then(outcomeOf);
  };
}
