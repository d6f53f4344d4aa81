import type { Request, Response } from "express";
import { type Approval, isClosed, type Outcome } from "../../domain/approval.ts";
import { canonicalJson } from "../../domain/json.ts";
import type { Problem } from "../../domain/problem.ts";
import type { By } from "../../hub/approvals.ts";
import type { Hub } from "../../hub.ts";
import { factsOf } from "../../messages/event-content.ts";
import { refusalText } from "../../messages/texts.ts";
import { accessOf } from "../access.ts";
import { sendProblem } from "../problem.ts";
import { isProblem } from "./lists.ts";
import { readBody } from "./read-body.ts";
import { cancelDraftSchema, outcomeDraftSchema } from "./schemas.ts";
import { approvalJson } from "./to-json.ts";

/** Withdraw a request: its requester, its producer, or an admin. */
export async function cancelVia(
  hub: Hub,
  approval: Approval,
  request: Request,
  response: Response,
): Promise<void> {
  const { onlyOwn, scopes, person } = accessOf(response);
  const isProducer = onlyOwn && scopes.has("events");
  const isRequester = person !== undefined && approval.requester?.person === person.id;
  if (!isProducer && !isRequester && !scopes.has("admin")) return sendProblem(response, notYours);
  await changeBy(hub, request, response, "cancelled", (by) => hub.approvals.cancel(approval, by));
}

/** Take an approval back: an admin. */
export async function revokeVia(
  hub: Hub,
  approval: Approval,
  request: Request,
  response: Response,
): Promise<void> {
  await changeBy(hub, request, response, "revoked", (by) => hub.approvals.revoke(approval, by));
}

/** Open a locked request again: an admin. */
export async function unlockVia(
  hub: Hub,
  approval: Approval,
  request: Request,
  response: Response,
): Promise<void> {
  await changeBy(hub, request, response, "unlocked", (by) => hub.approvals.unlock(approval, by));
}

/** Report what was done after the approval: the request's own producer. */
export async function outcomeVia(
  hub: Hub,
  approval: Approval,
  request: Request,
  response: Response,
): Promise<void> {
  const draft = readBody(request, outcomeDraftSchema, ["outcome", "detail", "fields"]);
  if (isProblem(draft)) return sendProblem(response, draft);
  if (accessOf(response).producer?.id !== approval.producer) {
    return sendProblem(response, notTheProducer);
  }
  const { outcome: kind, detail, fields } = draft;
  const facts = fields ? factsOf(fields) : [];
  const said = {
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(fields === undefined ? {} : { fields }),
    ...(facts.length === 0 ? {} : { facts }),
  };
  const changed = await hub.approvals.reportOutcome(approval, said);
  const reported = "outcome" in changed.approval ? changed.approval.outcome : undefined;
  if (changed.kind === "changed" || !reported) {
    return sendChanged(hub, response, changed, `reported as ${kind}`);
  }
  // Whoever had no answer asks again, and is told that it stands.
  if (isSame(reported, said)) response.json(approvalJson(changed.approval, hub.links));
  else sendProblem(response, reportedOtherwise(approval, reported));
}

type Said = Omit<Outcome, "at">;
const isSame = (one: Said, other: Said) => {
  const [first, second] = [one, other].map(({ kind, detail = null, fields = {} }) =>
    canonicalJson([kind, detail, fields]),
  );
  return first === second;
};

const reportedOtherwise = ({ producerName }: Approval, { kind, at }: Outcome): Problem => ({
  status: 409,
  code: "outcome_reported",
  title: "The outcome of this request has been reported",
  detail: `${producerName} reported ${kind} at ${at.toISOString()}. What was done is reported once.`,
  hint: "The request stays as it was. Read it to see what was reported.",
});

async function changeBy(
  hub: Hub,
  request: Request,
  response: Response,
  done: string,
  change: (by: By) => ReturnType<Hub["approvals"]["cancel"]>,
): Promise<void> {
  const draft = readBody(request, cancelDraftSchema, ["reason"]);
  if (isProblem(draft)) return sendProblem(response, draft);
  const { name } = accessOf(response);
  const { reason } = draft;
  sendChanged(
    hub,
    response,
    await change({ name, ...(reason === undefined ? {} : { reason }) }),
    done,
  );
}

function sendChanged(
  hub: Hub,
  response: Response,
  { kind, approval }: Awaited<ReturnType<Hub["approvals"]["cancel"]>>,
  done: string,
): void {
  if (kind === "changed") response.json(approvalJson(approval, hub.links));
  else sendProblem(response, impossible(approval, done, hub.clock.now()));
}

function impossible(approval: Approval, done: string, now: Date): Problem {
  const stands = isClosed(approval)
    ? refusalText({ because: "closed", approval }, "api", now)
    : `It is ${approval.state}.`;
  return {
    status: 409,
    code: isClosed(approval) ? "closed" : approval.state,
    title: `This request cannot be ${done}`,
    detail: stands,
    hint: "The request stays as it was.",
  };
}

const notYours: Problem = {
  status: 403,
  code: "not_yours",
  title: "You may not cancel this request",
  detail: "Its requester, its producer and admins may.",
};

const notTheProducer: Problem = {
  status: 403,
  code: "not_the_producer",
  title: "Only the producer reports what it did",
  detail: "This key does not belong to the producer that opened the request.",
};
