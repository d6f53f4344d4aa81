import type { Opening } from "../approvals/open.ts";
import type { AcceptedEvent, Event } from "../domain/event.ts";

/** An event that was taken, without its content: receipts wait for the disk by the thousand. */
export type TakenEvent = Pick<AcceptedEvent, "id" | "plan" | "known"> & {
  readonly event: Pick<Event, "externalId" | "type" | "subject">;
};

/** What the producer is told of one event. */
export interface Receipt {
  readonly status: "accepted" | "duplicate";
  readonly accepted: TakenEvent;
  readonly opening?: Opening;
}
