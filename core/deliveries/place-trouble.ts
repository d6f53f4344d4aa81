import type { Delivery } from "../domain/delivery.ts";
import type { ChatChannel } from "../domain/destination.ts";
import type { DestinationId } from "../domain/ids.ts";
import { codeOf } from "../domain/send-result.ts";
import type { Sent } from "./sending.ts";

/** What a try found out about the place that it went to. The code is the platform's own. */
export type PlaceTrouble =
  /** The installation no longer works. What waits for the workspace is held until `releaseHeld`. */
  | {
      readonly kind: "workspace_lost";
      readonly platform: ChatChannel["kind"];
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

/** A hook that does not answer well so many times in a row is broken, though it is tried on: half a minute. */
const patientTries = 5;

/** Say what a try that was stored says of its place; undefined where it says nothing. */
export function troubleOf(delivery: Delivery, sent: Sent): PlaceTrouble | undefined {
  const { task, platform } = delivery;
  if (sent.kind === "needless" || task.kind === "callback" || platform === "callback") {
    return undefined;
  }
  const { result } = sent.report;
  const code = "because" in result ? codeOf(result.because) : "";
  const about = { destination: task.destination, code, delivery };
  switch (result.kind) {
    case "sent":
      return undefined;
    case "rejected":
      return result.remedy === "reroute" ? { kind: "route_broken", ...about } : undefined;
    case "disconnected":
      return lostPlace(delivery, about);
    case "retry":
    case "unknown":
      return isOutOfPatience(delivery) ? { kind: "route_broken", ...about } : undefined;
  }
}

type About = Pick<
  Extract<PlaceTrouble, { kind: "not_invited" }>,
  "destination" | "code" | "delivery"
>;

function lostPlace(delivery: Delivery, about: About): PlaceTrouble | undefined {
  if (delivery.state !== "held") return undefined;
  const { awaits, platform } = delivery;
  const isChat = platform === "slack" || platform === "teams";
  return awaits.kind === "workspace" && isChat
    ? {
        kind: "workspace_lost",
        ...{ platform, workspace: awaits.workspace, code: about.code, delivery },
      }
    : { kind: "not_invited", ...about };
}

/** Chats have troubles of their own that pass; whose address does not answer for long is told of. */
function isOutOfPatience({ platform, attempts, requeued }: Delivery): boolean {
  const isChat = platform === "slack" || platform === "teams";
  return !isChat && attempts - (requeued?.attempts ?? 0) >= patientTries;
}
