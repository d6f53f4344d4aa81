import type { ToldOf } from "../approvals/apply-effect.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { Destination } from "../domain/destination.ts";
import { kindCan } from "../domain/destination-kinds.ts";
import type { Effect } from "../domain/effect.ts";
import type { Plan } from "../domain/event.ts";

/**
 * Say at which of its destinations an event is posted. What tells of a request stands on its cards and in their threads,
 * so it is information only where there are none; and nobody misses a rule for it.
 */
export function placesFor(
  { effect, unrouted }: Plan,
  destinations: readonly Destination[],
  told: ToldOf | undefined,
): readonly Destination[] {
  if (!told || !effect) return destinations;
  return unrouted ? [] : destinations.filter((place) => !isToldAt(place, told, effect));
}

/** Tell whether the people of a place learn of it from the request's own messages. */
function isToldAt({ id, kind, outsiders }: Destination, { copies }: ToldOf, effect: Effect) {
  const there = copies.filter(({ task }) => task.kind === "post" && task.destination === id);
  if (there.length === 0) return false;
  // A message follows there when a request ends or its outcome comes, and nothing else does.
  if (!kindCan(kind, "edit") && (effect.kind === "reply" || effect.kind === "marks")) return false;
  // What asks for a decision is withheld where people from outside read, and so is what is said of it.
  if (outsiders) return true;
  const labels = new Set(there.map(({ label }) => label));
  return copies.some((copy) => isComing(copy) && isFor(copy, id, labels));
}

/** A card that was withheld, as where its type is switched off, or that was given up, tells nobody. */
const isComing = ({ state }: Delivery) => state !== "suppressed" && state !== "dead";

const isFor = ({ task }: Delivery, id: Destination["id"], labels: ReadonlySet<string>) =>
  task.kind === "post" &&
  (task.destination === id || (task.insteadOf !== undefined && labels.has(task.insteadOf.label)));
