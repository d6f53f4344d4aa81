import express, { type Request, type Response, type Router } from "express";
import type { Approval } from "../../domain/approval.ts";
import { parseId } from "../../domain/ids.ts";
import { sayApprovers } from "../../domain/policy.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import { type Access, accessOf } from "../access.ts";
import { goneSignal } from "../gone-signal.ts";
import { sendProblem } from "../problem.ts";
import { cancelVia, outcomeVia, revokeVia, unlockVia } from "./approval-changes.ts";
import { streamApproval } from "./approval-stream.ts";
import { voteVia } from "./approval-votes.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem, readList, readPage, wrong } from "./lists.ts";
import { notFoundOfProducer } from "./not-found.ts";
import { approvalStates } from "./schemas.ts";
import { approvalJson } from "./to-json.ts";

/** Approvals: listing, waiting, watching, deciding, withdrawing. */
export function approvalRoutes(hub: Hub, { allow, mayWait, waits }: ApiDoors): Router {
  const router = express.Router();
  const found =
    (step: (hub: Hub, approval: Approval, request: Request, response: Response) => Promise<void>) =>
    async (request: Request, response: Response) => {
      const approval = await findApproval(hub, request, response);
      if ("status" in approval) return sendProblem(response, approval);
      return step(hub, approval, request, response);
    };
  router.get("/v1/approvals", allow("read"), (request, response) => list(hub, request, response));
  router.get("/v1/approvals/:id", allow("read"), mayWait, found(show));
  router.get("/v1/approvals/:id/stream", allow("read"), waits, found(streamApproval));
  router.post("/v1/approvals/:id/votes", allow("vote"), found(voteVia));
  router.post("/v1/approvals/:id/cancel", allow("events", "admin", "vote"), found(cancelVia));
  router.post("/v1/approvals/:id/outcome", allow("events"), found(outcomeVia));
  router.post("/v1/approvals/:id/revoke", allow("admin"), found(revokeVia));
  router.post("/v1/approvals/:id/unlock", allow("admin"), found(unlockVia));
  return router;
}

async function findApproval(
  hub: Hub,
  request: Request,
  response: Response,
): Promise<Approval | Problem> {
  const id = parseId("approval", request.params["id"]);
  const approval = id && (await hub.approvals.get(id));
  if (!approval || approval.organization !== hub.organization)
    return notFoundOfProducer("approval");
  const access = accessOf(response);
  const maySee = await sightOf(hub, access);
  if (maySee(approval)) return approval;
  return access.onlyOwn ? notFoundOfProducer("approval") : notAsked(approval);
}

/** What somebody reads who followed a link to a request that is others' to decide: who they are, and nothing else. */
export const notAsked = ({ policy }: Approval): Problem => ({
  status: 403,
  code: "not_eligible",
  title: "This request does not ask you",
  detail: `It is shown to those who decide it, and to whoever asked for it. Who can decide: ${sayApprovers(policy)}.`,
  hint: "Ask one of them, or ask an admin for the role auditor.",
});

/** Which requests a caller sees: a producer its own, who keeps the hub all, anybody else those that concern them. */
async function sightOf(
  hub: Hub,
  { onlyOwn, producer, seesAll, person }: Access,
): Promise<(approval: Approval) => boolean> {
  if (onlyOwn) return (approval) => approval.producer === producer?.id;
  if (seesAll) return () => true;
  return person ? hub.approvals.sightOf(person) : () => false;
}

const states: readonly string[] = approvalStates;

async function list(hub: Hub, request: Request, response: Response): Promise<void> {
  const asked = readList(request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const { key, state } = request.query;
  if (state !== undefined && !states.includes(String(state))) {
    return sendProblem(response, wrong("state", `expected one of ${states.join(", ")}`));
  }
  const access = accessOf(response);
  const maySee = await sightOf(hub, access);
  const { index, prefix } = indexOf(hub, access, key, state);
  const page = await readPage(
    hub.store.approvals,
    index,
    prefix,
    asked,
    (approval) =>
      (key === undefined || approval.key === key) &&
      (state === undefined || approval.state === state) &&
      maySee(approval),
  );
  response.json({
    items: page.items.map((approval) => approvalJson(approval, hub.links)),
    next: page.next,
  });
}

/** The narrowest order that serves what is asked. */
function indexOf(
  { organization }: Hub,
  { onlyOwn, producer }: Access,
  key: unknown,
  state: unknown,
) {
  if (onlyOwn && producer) {
    return typeof key === "string"
      ? ({ index: "byKey", prefix: [organization, producer.id, key] } as const)
      : ({ index: "byProducer", prefix: [organization, producer.id] } as const);
  }
  return typeof state === "string"
    ? ({ index: "byState", prefix: [organization, state] } as const)
    : ({ index: "byTime", prefix: [organization] } as const);
}

const longestWaitS = 60;

async function show(
  hub: Hub,
  approval: Approval,
  request: Request,
  response: Response,
): Promise<void> {
  const { wait, after_revision: afterText } = request.query;
  if (wait === undefined) {
    response.json(approvalJson(approval, hub.links));
    return;
  }
  const seconds = Number(wait);
  const after = afterText === undefined ? undefined : Number(afterText);
  if (!(seconds >= 0 && seconds <= longestWaitS)) {
    return sendProblem(response, wrong("wait", `expected seconds from 0 to ${longestWaitS}`));
  }
  if (after !== undefined && !Number.isInteger(after)) {
    return sendProblem(response, wrong("after_revision", "expected a revision"));
  }
  const waited = await hub.approvals.waitFor(
    approval.id,
    after,
    seconds * 1_000,
    goneSignal(response),
  );
  if (!response.writableEnded) response.json(approvalJson(waited ?? approval, hub.links));
}
