import type { LaneId, PendingDelivery } from "../domain/delivery.ts";
import type { AcceptedEvent } from "../domain/event.ts";
import type { EventId } from "../domain/ids.ts";
import type { CollectionName, IndexName, RecordOf } from "./collections.ts";
import type { KeyPart, Stored } from "./stored.ts";

export interface Scan {
  /** Only records whose index key begins with these parts. */
  readonly prefix?: readonly KeyPart[];
  /** Only records from this part on, right after the prefix. */
  readonly from?: KeyPart;
  /** Only records up to and including this part, right after the prefix. */
  readonly upTo?: KeyPart;
  /** Go on after this cursor, as `cursorOf` gave it. */
  readonly after?: string;
  readonly order?: "ascending" | "descending";
  readonly limit: number;
}

/**
 * Records of one kind.
 *
 * Every step is atomic for one record and for no more. What a promise answers has been committed to disk. A promise that
 * rejects with `HubError` wrote nothing on SQLite; on MongoDB the write may have happened, where the connection broke
 * before its answer. So whoever is refused takes the same step again, and finds there what it did.
 */
export interface Records<Value extends Stored, Index extends string> {
  get(id: string): Promise<Value | undefined>;
  /** Insert unless a record with this id is there. Of any number of writers at once, one reads `inserted`. */
  insert(record: Value): Promise<"inserted" | "present">;
  /** Replace the record if the stored one still has the revision that the caller read. */
  replace(record: Value, readRevision: number): Promise<"saved" | "stale">;
  remove(id: string): Promise<void>;
  /** Records in the order of an index. Records for which the index has no key are not in it. */
  scan(index: Index, scan: Scan): Promise<readonly Value[]>;
  /** Where a scan of this index goes on after this record. */
  cursorOf(index: Index, record: Value): string;
}

/** The right to work one lane for a while. Another holder has a higher fence. */
export interface LaneLease {
  readonly lane: LaneId;
  readonly fence: number;
  /** How often the lane had been woken when the lease was given or renewed. */
  readonly wakes: number;
  readonly memory: LaneMemory;
}

/** What one holder of a lane leaves for the next. Times are milliseconds of the hub's clock. */
export interface LaneMemory {
  /** When the latest sends left that a pace counts, oldest first, as many as the widest window counts. */
  readonly sends: readonly number[];
  /** Nothing leaves before: the platform's own Retry-After. */
  readonly pausedUntil: number;
  /** When that pause began; absent with none, and in what an earlier version left. */
  readonly pausedFrom?: number;
  /** Deliveries of this lane are held; the first send that passes releases them. */
  readonly holds?: true;
}

/** Lanes: who may send where, settled by the store's clock. */
export interface Lanes {
  /** See that the lane is worked at this time or earlier. */
  wake(lane: LaneId, at: Date): Promise<void>;
  /** Take the longest-due lane that nobody holds. Of any number of claimants at once, one gets it. */
  claim(owner: string, leaseMs: number): Promise<LaneLease | undefined>;
  /**
   * Keep the lane longer, and note what its holder remembers by now, so that it outlives a crash. Answers undefined when
   * the lease was lost: the caller must stop writing.
   */
  renew(lease: LaneLease, leaseMs: number, memory?: LaneMemory): Promise<LaneLease | undefined>;
  /**
   * Give the lane back, due again at `nextAt`, or idle without it. If it was woken since the lease was read, it is due
   * at once instead, so that no delivery is forgotten. Does nothing when the lease was lost.
   */
  release(
    lease: LaneLease,
    next: { readonly at?: Date; readonly memory: LaneMemory },
  ): Promise<void>;
  /** When the next lane is due, for a worker that would sleep. */
  nextDueAt(): Promise<Date | undefined>;
}

/** What is stored in one commit: events whose plans are expanded already, and deliveries. */
export interface TakenIn {
  readonly events: readonly {
    readonly accepted: AcceptedEvent;
    /** The ids under which the same event may be there already, besides its own. */
    readonly unless?: readonly [EventId, EventId];
  }[];
  readonly deliveries: readonly PendingDelivery[];
}

export type Store = {
  readonly [Name in CollectionName]: Records<RecordOf<Name>, IndexName<Name>>;
} & {
  readonly lanes: Lanes;
  /**
   * Insert events, and deliveries unless they are there, and wake the lanes of these, in one commit; nothing at all
   * where one of the events is there already. Absent in an engine that stores one record at a time.
   */
  readonly takeIn?: (taken: TakenIn) => Promise<"inserted" | "present">;
  /** Write and remove a probe; throws `HubError` when the store does not take writes. */
  probe(): Promise<void>;
  close(): Promise<void>;
};
