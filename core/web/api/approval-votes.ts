import type { Request, Response } from "express";
import type { Approval } from "../../domain/approval.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Refusal } from "../../domain/refusal.ts";
import type { Hub } from "../../hub.ts";
import { refusalText } from "../../messages/texts.ts";
import { accessOf } from "../access.ts";
import { sendProblem } from "../problem.ts";
import { signedOnOf } from "../session.ts";
import { isProblem } from "./lists.ts";
import { readBody } from "./read-body.ts";
import { voteDraftSchema } from "./schemas.ts";
import { approvalJson } from "./to-json.ts";

/** Decide by API, as a signed-in person or with a person's key. */
export async function voteVia(
  hub: Hub,
  approval: Approval,
  request: Request,
  response: Response,
): Promise<void> {
  const draft = readBody(request, voteDraftSchema, ["action", "choice", "reason"]);
  if (isProblem(draft)) return sendProblem(response, draft);
  const { person, identity } = accessOf(response);
  if (!person) return sendProblem(response, noPerson);
  const action =
    draft.action ?? approval.actions.find(({ choice }) => choice === draft.choice)?.id ?? "";
  const via = identity === "session" ? "web" : "api";
  const recorded = await hub.approvals.vote(approval, {
    voter: person,
    action,
    via,
    identity,
    ...(identity === "session" ? { signedOn: signedOnOf(request) } : {}),
    click: `${via} ${String(response.getHeader("x-request-id"))}`,
    ...(draft.reason === undefined ? {} : { reason: draft.reason }),
  });
  if (recorded.kind === "recorded") {
    response.json(approvalJson(recorded.approval, hub.links));
    return;
  }
  sendProblem(response, refusalProblem(recorded.refusal, via, hub.clock.now()));
}

const conflicts: ReadonlySet<Refusal["because"]> = new Set(["closed", "locked", "already_voted"]);

/** A refused vote as a problem: 409 where the request moved on, 422 where a reason is missing, else 403. */
function refusalProblem(refusal: Refusal, via: "web" | "api", now: Date): Problem {
  const { because } = refusal;
  const unprocessable = because === "reason_missing" || because === "unknown_action";
  return {
    status: conflicts.has(because) ? 409 : unprocessable ? 422 : 403,
    code: because,
    title: "The vote was not counted",
    detail: refusalText(refusal, via, now),
    hint: "The request stays as it was.",
    ...(because === "reason_missing"
      ? { errors: [{ pointer: "/reason", message: "a reason is needed" }] }
      : {}),
  };
}

const noPerson: Problem = {
  status: 403,
  code: "person_missing",
  title: "This key belongs to no person",
  detail: "Only people decide. A producer's key cannot vote.",
  hint: "Use a person's key that has the scope vote.",
};
