import type { Delivery } from "../../domain/delivery.ts";
import { say } from "../../words/say.ts";
import { sayClock, sayRelative } from "./times.ts";

/** Say what a delivery does, in three words: "Post to #releases". */
export function sayTask(delivery: Delivery): string {
  switch (delivery.task.kind) {
    case "post":
      return say`Post to ${delivery.label}`;
    case "edit":
      return say`Edit in ${delivery.label}`;
    case "note":
      return say`Note in ${delivery.label}`;
    case "callback":
      return say`Callback to ${delivery.label}`;
  }
}

/** Why a delivery stands where it stands. Absent where its state says all. */
export function whyOf(delivery: Delivery): string | undefined {
  switch (delivery.state) {
    case "pending":
      return delivery.waitingFor;
    case "sending":
    case "delivered":
      return undefined;
    case "held":
    case "suppressed":
    case "dead":
      return delivery.cause;
  }
}

/** Say what happens next with a delivery: the exact time of the next try, or that there is none. */
export function sayNext(delivery: Delivery, requestIsOpen: boolean, now: Date): string {
  switch (delivery.state) {
    case "pending":
      return sayNextTry(delivery.attempts + 1, delivery.dueAt, now);
    case "sending":
      return say`On its way since ${sayClock(delivery.startedAt, now)} UTC; its answer is not in yet.`;
    case "held":
      return delivery.awaits.kind === "workspace"
        ? say`It goes out when the workspace is connected again.`
        : say`It goes out when the app is in the channel.`;
    case "delivered":
      return delivery.task.kind === "post" && requestIsOpen
        ? say`It is edited when the request closes.`
        : say`Nothing more; it is done.`;
    case "suppressed":
      return say`Nothing more; it is not needed.`;
    case "dead":
      return say`No further try.`;
  }
}

function sayNextTry(number: number, dueAt: Date, now: Date): string {
  if (dueAt <= now) return say`Attempt ${number} goes out now.`;
  return say`Attempt ${number} goes out at ${sayClock(dueAt, now)} UTC, ${sayRelative(dueAt, now)}.`;
}
