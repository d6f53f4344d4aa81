import { HubError } from "../domain/hub-error.ts";

/**
 * The places at which a test may end the process, in the order in which an event and then a click pass them.
 *
 * `core/docs/reliability.md` says for each what is on disk there and what the next start makes of it.
 */
export const faultPoints = [
  "event-stored",
  "deliveries-stored",
  "post-marked",
  "post-sent",
  "post-stored",
  "click-received",
  "click-verified",
  "vote-counted",
  "vote-stored",
  "answer-ready",
  "answer-given",
  "announce-begun",
  "announce-enqueued",
  "edit-marked",
  "edit-sent",
  "edit-stored",
  "callback-marked",
  "callback-sent",
  "callback-stored",
] as const;

export type FaultPoint = (typeof faultPoints)[number];

let armed: string | undefined;

/** Let the process end at the place of this name. Only a sandbox calls it: a hub that serves people has none armed. */
export function armFaultPoint(name: string): void {
  if (!faultPoints.some((point) => point === name)) {
    const known = faultPoints.join(", ");
    throw new HubError("fault_unknown", `COUNTERSIGN_FAULT is ${name}; it may be ${known}.`);
  }
  armed = name;
}

/** Pass a place. It does nothing, but where the place is armed: there the process ends as in a power cut. */
export function faultPoint(point: FaultPoint): void {
  if (point === armed) process.kill(process.pid, "SIGKILL");
}
