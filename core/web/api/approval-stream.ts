import type { Request, Response } from "express";
import { type Approval, isClosed } from "../../domain/approval.ts";
import type { Hub } from "../../hub.ts";
import { openEventStream } from "../event-stream.ts";
import { goneSignal } from "../gone-signal.ts";
import { approvalJson } from "./to-json.ts";

/**
 * Tell every change of a request as server-sent events. The id is the revision; a client that comes back with
 * `Last-Event-ID` hears what it has not heard. The stream ends when the request is closed; whoever comes back having
 * heard that is answered 204, which alone tells an `EventSource` not to come again.
 */
export async function streamApproval(
  hub: Hub,
  first: Approval,
  request: Request,
  response: Response,
): Promise<void> {
  let revision = heardBy(request, first);
  if (isClosed(first) && revision === first.revision) return void response.status(204).end();
  const stream = openEventStream(response);
  const gone = goneSignal(response);
  let approval: Approval | undefined = first;
  while (approval && !gone.aborted) {
    if (approval.revision > revision) {
      revision = approval.revision;
      stream.send({
        id: String(revision),
        event: "approval",
        content: approvalJson(approval, hub.links),
      });
    }
    if (isClosed(approval)) break;
    approval = await hub.approvals.waitFor(first.id, revision, 15_000, gone);
  }
  stream.close();
}

/** What a client has heard of a request. A revision that is still to come was that of a database since set back. */
function heardBy({ headers }: Request, { revision }: Approval): number {
  const heard = headers["last-event-id"];
  const last = typeof heard === "string" && /^\d+$/.test(heard) ? Number(heard) : 0;
  return last <= revision ? last : 0;
}
