import type { Delivery } from "../domain/delivery.ts";
import type { DestinationId } from "../domain/ids.ts";
import { codeOf } from "../domain/send-result.ts";
import type { Sent } from "./send.ts";

/** What a try found out about the place that it went to. The code is the platform's own. */
export type PlaceTrouble =
  /** The installation no longer works. What waits for the workspace is held until `releaseHeld`. */
  | {
      readonly kind: "workspace_lost";
      readonly platform: "slack" | "teams";
      readonly workspace: string;
      readonly code: string;
      readonly delivery: Delivery;
    }
  /** The app has to be invited to the channel. What waits for it is held until `releaseHeld`. */
  | {
      readonly kind: "not_invited";
      readonly destination: DestinationId;
      readonly code: string;
      readonly delivery: Delivery;
    }
  /** The channel takes nothing any more. A post went to another place where there is one, and is dead else. */
  | {
      readonly kind: "route_broken";
      readonly destination: DestinationId;
      readonly code: string;
      readonly delivery: Delivery;
    };

/** Say what a try that was stored says of its place; undefined where it says nothing. */
export function troubleOf(delivery: Delivery, sent: Sent): PlaceTrouble | undefined {
  const { task, platform } = delivery;
  if (sent.kind === "needless" || task.kind === "callback" || platform === "callback") {
    return undefined;
  }
  const { result } = sent.report;
  const { destination } = task;
  if (result.kind === "rejected" && result.remedy === "reroute") {
    return { kind: "route_broken", destination, code: codeOf(result.because), delivery };
  }
  if (result.kind !== "disconnected" || delivery.state !== "held") return undefined;
  const code = codeOf(result.because);
  return delivery.awaits.kind === "channel"
    ? { kind: "not_invited", destination, code, delivery }
    : {
        kind: "workspace_lost",
        platform,
        workspace: delivery.awaits.workspace,
        code,
        delivery,
      };
}
