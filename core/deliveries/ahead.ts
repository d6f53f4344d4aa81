import type { Delivery, OpenDelivery } from "../domain/delivery.ts";
import { placeInLane } from "../domain/delivery.ts";

const mostAhead = 16;
/** As long as a card may wait behind information that was read before it came. */
const aheadMs = 250;

/**
 * Deliveries that were read behind the one that left, so that the lane is not asked again for each of them.
 *
 * A card or an edit that comes meanwhile goes before information, so what was read is forgotten after a moment; and so
 * much is read as the holder of the lane has sent since it took it, for in a lane with a pace only one leaves.
 */
export class Ahead {
  #deliveries: OpenDelivery[] = [];
  #until = 0;
  #sent = 0;

  /** How many to read at once. */
  get count(): number {
    return Math.min(1 + this.#sent, mostAhead);
  }

  /** Keep what was read behind a head that leaves: the posts of its queue that were never tried; they wait for it alone. */
  keep(read: readonly Delivery[], now: number): void {
    const [head, ...behind] = read;
    const queue = head && placeInLane(head)?.[0];
    this.#sent += 1;
    this.#until = now + aheadMs;
    this.#deliveries = behind.filter(
      (one): one is OpenDelivery => isFreshPost(one) && placeInLane(one)?.[0] === queue,
    );
  }

  /** The next of them; undefined when there is none, or what was read is too old. */
  next(now: number): OpenDelivery | undefined {
    const isFresh = now < this.#until && this.#until - now <= aheadMs;
    return isFresh ? this.#deliveries[0] : undefined;
  }

  /** Note that one of them leaves. */
  leaves(delivery: OpenDelivery): void {
    this.#sent += 1;
    this.#deliveries = this.#deliveries.filter((one) => one !== delivery);
  }

  forget(): void {
    this.#deliveries = [];
  }
}

const isFreshPost = (delivery: Delivery) =>
  delivery.state === "pending" &&
  delivery.waitingFor === undefined &&
  delivery.task.kind === "post";
