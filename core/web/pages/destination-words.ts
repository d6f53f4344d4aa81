import type { Delivery } from "../../domain/delivery.ts";
import type { Destination } from "../../domain/destination.ts";
import type { Health, WorkspaceView } from "../../hub/workspaces.ts";
import { troubleOf } from "../../messages/platform-troubles.ts";
import { languageNow, say } from "../../words/say.ts";
import { whyOf } from "./delivery-words.ts";

/** Say how a destination is: by its own record, by its workspace, and by what became of the last post to it. */
export function destinationHealth(
  { kind, name, broken, disabled, testing }: Destination,
  view: WorkspaceView | undefined,
  lastPost: Delivery | undefined,
): Health {
  if (disabled) return { kind: "disabled", because: say`Switched off: nothing is sent to it.` };
  if (testing) {
    return { kind: "disabled", because: say`In test: everything goes to its test target.` };
  }
  if (view && (view.health.kind === "broken" || view.health.kind === "disabled")) {
    return { kind: "broken", because: say`${view.name} is not connected.` };
  }
  if (broken) {
    const { cause, next } = troubleOf(kind, broken.code, name, languageNow());
    return { kind: "broken", because: `${cause} ${next}`, since: broken.at };
  }
  return lastPost
    ? healthOfPost(lastPost)
    : { kind: "untested", because: say`Nothing was posted there lately.` };
}

function healthOfPost(delivery: Delivery): Health {
  const because = whyOf(delivery);
  const said = because === undefined ? {} : { because };
  switch (delivery.state) {
    case "delivered":
      return { kind: "healthy" };
    case "dead":
      return { kind: "broken", ...said, since: delivery.settledAt };
    case "suppressed":
      return { kind: "untested", ...said };
    default:
      return { kind: "degraded", because: because ?? say`A message is on its way.` };
  }
}
