import { type Approval, isClosed } from "../../domain/approval.ts";
import type { Attempt, Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import type { Policy } from "../../domain/policy.ts";
import type { RuleSet } from "../../domain/rule.ts";
import type { Receipt } from "../../ingest/receipt.ts";
import { approvalPage, type CardLinks } from "../../messages/approval-card.ts";
import type {
  ApprovalJson,
  AttemptJson,
  DeliveryJson,
  EventSummaryJson,
  ReceiptJson,
  RuleSetJson,
} from "./schemas.ts";

/** Names of things that records hold by id. */
export interface Names {
  readonly destination: (id: string) => string;
  readonly producer: (id: string) => string;
}

const approverNames = ({ approvers }: Policy) =>
  approvers.map((one) => (one.kind === "anyone" ? "any approver" : one.name));

/** Write a request as the API shows it. */
export function approvalJson(approval: Approval, links: CardLinks): ApprovalJson {
  const { policy, requester } = approval;
  return {
    id: approval.id,
    state: approval.state,
    revision: approval.revision,
    key: approval.key ?? null,
    title: approval.title,
    body: approval.body ?? null,
    facts: [...approval.facts],
    level: approval.level,
    link: approval.link ?? null,
    event: approval.event,
    source: approval.source,
    external_id: approval.externalId,
    producer: { id: approval.producer, name: approval.producerName },
    policy: {
      name: policy.name,
      version: policy.version,
      approvers: approverNames(policy),
      votes: policy.votes,
      rejections: policy.rejections,
      via: [...policy.via],
    },
    requester: requester
      ? { claim: requester.claim, name: requester.name, known: requester.person !== undefined }
      : null,
    actions: [...approval.actions],
    votes: approval.votes.map(({ click: _, at, reason, proof, ...vote }) => ({
      ...vote,
      proof: proof ? { issuer: proof.issuer, signed_in_at: proof.at.toISOString() } : null,
      reason: reason ?? null,
      at: at.toISOString(),
    })),
    opened_at: approval.openedAt.toISOString(),
    expires_at: approval.expiresAt.toISOString(),
    closed_at: isClosed(approval) ? approval.closedAt.toISOString() : null,
    outcome: outcomeJson(approval),
    closed_by: closedBy(approval),
    closed_via: closedVia(approval),
    decision: "decision" in approval ? approval.decision : null,
    marks: (approval.marks ?? []).map(({ event, type, says, at }) => ({
      ...{ event, type, says },
      at: at.toISOString(),
    })),
    conflict: approval.conflict
      ? { ...approval.conflict, at: approval.conflict.at.toISOString() }
      : null,
    links: {
      self: `${links.hubUrl}/v1/approvals/${approval.id}`,
      page: approvalPage(links, approval.id),
    },
  };
}

function outcomeJson(approval: Approval): ApprovalJson["outcome"] {
  const outcome = "outcome" in approval ? approval.outcome : undefined;
  if (!outcome) return null;
  const { kind, detail = null, facts = [], fields = {}, at } = outcome;
  return {
    ...{ outcome: kind, detail, at: at.toISOString(), fields: { ...fields } },
    facts: facts.map(({ label, value }) => ({ label, value })),
  };
}

function closedVia(approval: Approval): ApprovalJson["closed_via"] {
  if ("deciding" in approval) return approval.deciding.via;
  return "via" in approval ? (approval.via ?? null) : null;
}

function closedBy(approval: Approval): string | null {
  if (approval.state === "cancelled") return approval.cancelledBy;
  if (approval.state === "revoked") return approval.revokedBy;
  return approval.state === "approved" || approval.state === "rejected"
    ? approval.deciding.name
    : null;
}

/** Write a delivery as the API shows it. */
export function deliveryJson(delivery: Delivery): DeliveryJson {
  const delivered = delivery.state === "delivered" ? delivery : undefined;
  const settledAt = "settledAt" in delivery ? delivery.settledAt.toISOString() : null;
  return {
    id: delivery.id,
    kind: delivery.task.kind,
    platform: delivery.platform,
    label: delivery.label,
    state: delivery.state,
    attempts: delivery.attempts,
    because: becauseOf(delivery),
    status: delivered?.status ?? null,
    duration_ms: delivered?.durationMs ?? null,
    approval_revision: delivery.approvalRevision ?? null,
    created_at: delivery.createdAt.toISOString(),
    due_at: delivery.state === "pending" ? delivery.dueAt.toISOString() : null,
    settled_at: settledAt,
  };
}

/** Write one try as the API shows it. */
export function attemptJson(attempt: Attempt): AttemptJson {
  const { id, number, outcome, because, status, request, response, startedAt, durationMs } =
    attempt;
  return {
    id,
    number,
    outcome,
    because: because ?? null,
    status: status ?? null,
    request,
    response,
    started_at: startedAt.toISOString(),
    duration_ms: durationMs,
  };
}

function becauseOf(delivery: Delivery): string | null {
  if (delivery.state === "pending") return delivery.waitingFor ?? null;
  if (delivery.state === "delivered") return delivery.remark ?? null;
  return "cause" in delivery ? delivery.cause : null;
}

/** Write an event as lists show it. */
export function eventJson(accepted: AcceptedEvent, names: Names): EventSummaryJson {
  const { event, plan } = accepted;
  return {
    id: accepted.id,
    external_id: event.externalId,
    type: event.type,
    source: event.source,
    subject: event.subject ?? null,
    level: event.level,
    link: event.link ?? null,
    data: event.data as EventSummaryJson["data"],
    extensions: event.extensions as EventSummaryJson["extensions"],
    time: event.occurredAt.toISOString(),
    received_at: event.receivedAt.toISOString(),
    producer: { id: event.producer, name: names.producer(event.producer) },
    state: accepted.state,
    known: accepted.known,
    rule_set_version: plan.ruleSetVersion,
    unrouted: plan.unrouted,
    matched: matchedJson(accepted, names),
  };
}

const matchedJson = ({ plan }: Pick<AcceptedEvent, "plan">, names: Pick<Names, "destination">) =>
  plan.matched.map(({ rule, name, destinations }) => ({
    rule,
    name,
    destinations: destinations.map(names.destination),
  }));

/** Write what the producer is told of an event that it posted. */
export function receiptJson(
  { accepted, status, opening }: Receipt,
  names: Pick<Names, "destination">,
  links: CardLinks,
): ReceiptJson {
  const { id, event, known } = accepted;
  const self = `${links.hubUrl}/v1/events/${id}`;
  const page = `${links.hubUrl}/events/${id}`;
  const matched = matchedJson(accepted, names);
  const external_id = event.externalId;
  if (!opening) return { id, external_id, status, known, matched, links: { self, page } };
  const { approval, joined, differs } = opening;
  return {
    ...{ id, external_id, status, known, matched },
    approval: {
      id: approval.id,
      state: approval.state,
      expires_at: approval.expiresAt.toISOString(),
      ...(joined ? { differs } : {}),
    },
    links: { self, page, approval: `${links.hubUrl}/v1/approvals/${approval.id}` },
  };
}

/** Write a rule set as the API shows it. */
export function ruleSetJson(ruleSet: RuleSet): RuleSetJson {
  return {
    version: ruleSet.version,
    author: ruleSet.author,
    description: ruleSet.description ?? null,
    saved_at: ruleSet.savedAt.toISOString(),
    rules: ruleSet.rules as RuleSetJson["rules"],
    fallback: ruleSet.fallback ?? null,
  };
}
