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

let route: readonly string[] = [];

/**
 * Let the process end at a place, or after several: with `click-received,edit-sent` it ends at the first edit after a
 * click. Only a sandbox calls this: a hub that serves people has no route.
 */
export function armFaultPoint(names: string): void {
  const asked = names.split(",");
  const stranger = asked.find((name) => !faultPoints.some((point) => point === name));
  if (stranger !== undefined) {
    const known = faultPoints.join(", ");
    throw new HubError(
      "fault_unknown",
      `COUNTERSIGN_FAULT names "${stranger}"; it may name ${known}.`,
    );
  }
  route = asked;
}

/** Pass a place. It does nothing, but at the last one of the route: there the process ends as in a power cut. */
export function faultPoint(point: FaultPoint): void {
  if (point !== route[0]) return;
  route = route.slice(1);
  if (route.length === 0) process.kill(process.pid, "SIGKILL");
}
