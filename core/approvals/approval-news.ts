import type {
  Approval,
  ClosedApproval,
  DecidedApproval,
  Outcome,
  RevokedApproval,
} from "../domain/approval.ts";
import { isClosed } from "../domain/approval.ts";
import type { Level } from "../domain/event.ts";
import type { HubType } from "../domain/hub-types.ts";
import type { Json, JsonObject } from "../domain/json.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";

/** What the hub says when a request is open and its cards are on their way. */
export function openingNews(approval: Approval): RaisedEvent {
  const { title, requester, policy, expiresAt, actions } = approval;
  return news(approval, "created", "notice", {
    key: approval.key ?? null,
    info: title,
    requester: requester?.name ?? null,
    policy: policy.name,
    version: policy.version,
    expires_at: expiresAt.toISOString(),
    actions: actions.map(({ id, choice, label }) => ({ id, choice, label })),
  });
}

/**
 * What the hub says of the end of a request, oldest first: how it ended, what the producer did then, and that it was
 * taken back. The list of a request only ever grows; nothing while it is not closed.
 */
export function closingNews(approval: Approval): readonly RaisedEvent[] {
  if (!isClosed(approval)) return [];
  const outcome = "outcome" in approval ? approval.outcome : undefined;
  return [
    endOf(approval),
    ...(outcome && "decision" in approval ? [outcomeOf(approval, outcome)] : []),
    ...(approval.state === "revoked" ? [takenBack(approval)] : []),
  ];
}

function endOf(approval: ClosedApproval): RaisedEvent {
  const key = approval.key ?? null;
  switch (approval.state) {
    case "approved":
    case "revoked":
      // What a producer changed before it granted is nothing that the hub knows.
      return news(approval, "approved", "info", { ...decidedBy(approval), granted_fields: {} });
    case "rejected":
      return news(approval, "rejected", "notice", decidedBy(approval));
    case "expired":
      return news(approval, "expired", "warning", {
        key,
        expired_at: approval.closedAt.toISOString(),
        votes: votesOf(approval),
      });
    case "cancelled":
      return news(approval, "cancelled", "notice", {
        key,
        cancelled_by: approval.cancelledBy,
        reason: approval.cancelReason ?? null,
      });
  }
}

/** Only a report of the producer makes these; what it does not say is not guessed. */
function outcomeOf(
  approval: DecidedApproval | RevokedApproval,
  { kind, at, ...said }: Outcome,
): RaisedEvent {
  const { decision, deciding } = approval;
  const { detail = null, fields = {} } = said;
  const tell = (level: Level, said: JsonObject) =>
    news(approval, kind, level, { decision_id: decision, ...said });
  switch (kind) {
    case "executed":
      return tell("info", { action: deciding.action, reported_at: at.toISOString(), detail });
    case "granted":
      return tell("info", { granted_until: timeIn(fields["granted_until"]), detail });
    case "fulfilled":
      return tell("info", {
        item: textIn(fields["item"]) ?? detail,
        handed_to: textIn(fields["handed_to"]),
      });
    case "failed":
      return tell("alert", { error: textIn(fields["error"]) ?? detail });
  }
}

const textIn = (value: Json | undefined) => (typeof value === "string" ? value : null);

/** A time that a program can read, or null. */
function timeIn(value: Json | undefined): string | null {
  const at = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

const takenBack = (approval: RevokedApproval) =>
  news(approval, "revoked", "warning", {
    decision_id: approval.decision,
    revoked_by: approval.revokedBy,
    reason: approval.revokeReason ?? null,
  });

const decidedBy = (approval: DecidedApproval | RevokedApproval) => ({
  decision_id: approval.decision,
  votes: votesOf(approval),
  reason: approval.deciding.reason ?? null,
  decided_at: approval.deciding.at.toISOString(),
});

const votesOf = ({ votes }: Approval) =>
  votes.map(({ name, choice, reason, at, via }) => ({
    ...{ name, choice, via, reason: reason ?? null },
    at: at.toISOString(),
  }));

type What = HubType extends infer Type
  ? Type extends `approval.${infer Name}`
    ? Name
    : never
  : never;

/** Each happens to a request once, so that its name and the request make the occasion. */
const news = (
  { id, key, title, producerName }: Approval,
  what: What,
  level: Level,
  said: JsonObject,
): RaisedEvent => ({
  type: `approval.${what}`,
  occasion: `${id} ${what}`,
  subject: key ?? title,
  level,
  data: { request_id: id, producer: producerName, ...said },
});
