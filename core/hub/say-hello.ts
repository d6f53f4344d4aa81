import { setTimeout as pause } from "node:timers/promises";
import type { Attempt, Delivery } from "../domain/delivery.ts";
import { type DestinationId, parseId } from "../domain/ids.ts";
import type { Hub } from "../hub.ts";
import { deliveriesOfId } from "./deliveries-of.ts";

/** What became of a hello: by the time that somebody waits for it, it may still be on its way. */
export interface HelloOutcome {
  readonly event: string;
  readonly delivery?: Delivery;
  readonly attempt?: Attempt;
  readonly durationMs: number;
}

/** What to post and how long to wait for it. */
export interface HelloWish {
  readonly by: string;
  readonly waitMs: number;
  /** A type of the catalogue: its sample is posted. Without one, a plain hello. */
  readonly sample?: string;
}

/** How often the store is asked while somebody waits. */
const lookMs = 50;

/** Post a hello to a destination and wait until it was tried once, or for so long. It goes on by itself either way. */
export async function sayHello(
  { audit, channels, store }: Pick<Hub, "audit" | "channels" | "store">,
  destination: DestinationId,
  { by, waitMs, sample }: HelloWish,
): Promise<HelloOutcome | undefined> {
  const began = performance.now();
  const said = await channels.hello(destination, by, sample);
  const event = said && parseId("event", said.event);
  if (!event) return undefined;
  const name = (await store.destinations.get(destination))?.name ?? destination;
  const target = { kind: "destination", id: destination, name };
  await audit.record({ action: "destination.tested", target });
  for (;;) {
    const [delivery] = await deliveriesOfId(store, event);
    const tried = delivery && delivery.state !== "sending" && (await lastTry({ store }, delivery));
    const durationMs = Math.round(performance.now() - began);
    if (tried || (delivery && "settledAt" in delivery) || durationMs >= waitMs) {
      return {
        event,
        durationMs,
        ...(delivery ? { delivery } : {}),
        ...(tried ? { attempt: tried } : {}),
      };
    }
    await pause(lookMs);
  }
}

async function lastTry({ store }: Pick<Hub, "store">, { id }: Delivery) {
  const [last] = await store.attempts.scan("byDelivery", {
    prefix: [id],
    order: "descending",
    limit: 1,
  });
  return last;
}
