import { type Approval, isClosed } from "../../domain/approval.ts";

/** What a producer is told when its request closed (SURFACE §3). Fields are only ever added. */
export function callbackBody(approval: Approval, hubUrl: string): object {
  const decided = "deciding" in approval ? approval : undefined;
  const deciding = decided?.deciding;
  const action = approval.actions.find(({ id }) => id === deciding?.action);
  const closedAt = isClosed(approval) ? approval.closedAt.toISOString() : null;
  return {
    type: `approval.${approval.state}`,
    timestamp: closedAt,
    data: {
      approval: approval.id,
      revision: approval.revision,
      state: approval.state,
      decision: decided?.decision ?? null,
      hub: hubUrl,
      producer: approval.producerName,
      event: approval.event,
      source: approval.source,
      external_id: approval.externalId,
      key: approval.key ?? null,
      digest: `hmac-sha256:${approval.digest}`,
      policy: { name: approval.policy.name, version: approval.policy.version },
      valid_until: null,
      action: action?.id ?? null,
      choice: deciding?.choice ?? null,
      label: action?.label ?? null,
      reason: reasonOf(approval) ?? null,
      decided_at: deciding?.at.toISOString() ?? closedAt,
      via: deciding?.via ?? ("via" in approval ? (approval.via ?? null) : null),
      votes: approval.votes.map((vote) => ({
        person: vote.person,
        name: vote.name,
        choice: vote.choice,
        reason: vote.reason ?? null,
        at: vote.at.toISOString(),
        via: vote.via,
        assurance: vote.assurance,
        identity: vote.identity,
      })),
    },
  };
}

/** Why it ended so: in the words of whoever decided, withdrew or took it back. */
function reasonOf(approval: Approval): string | undefined {
  switch (approval.state) {
    case "approved":
    case "rejected":
      return approval.deciding.reason;
    case "cancelled":
      return approval.cancelReason;
    case "revoked":
      return approval.revokeReason;
    case "open":
    case "locked":
    case "expired":
      return undefined;
  }
}
