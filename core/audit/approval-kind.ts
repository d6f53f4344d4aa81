import type { Approval, Vote } from "../domain/approval.ts";
import type { Actor } from "../domain/audit.ts";
import type { AuditedKind, NamedChange } from "./audited-kinds.ts";

/** Votes and closings. The request keeps its votes itself, so nobody who votes waits for the row. */
export const approvalKind: AuditedKind<Approval> = {
  noun: "approval",
  name: ({ title }) => title,
  shown: [],
  later: true,
  tell: (before, after) => {
    if (!before || !after) return "nothing";
    return sayVote(before, after) ?? sayState(before, after) ?? "nothing";
  },
  actor: (before, after, acting) => {
    const vote = before && after && newVote(before, after);
    if (vote) return actorOf(vote, acting);
    if (acting || !before || !after || before.state === after.state) return acting;
    if (after.state === "expired") return { kind: "hub", name: "Countersign" };
    return { kind: "producer", id: after.producer, name: after.producerName, via: "api" };
  },
};

const newVote = (before: Approval, after: Approval): Vote | undefined =>
  after.votes.length > before.votes.length ? after.votes.at(-1) : undefined;

const actorOf = ({ person, name, via }: Vote, acting: Actor | undefined): Actor => ({
  ...(acting?.address === undefined ? {} : { address: acting.address }),
  ...{ kind: "person", id: person, name, via },
});

function sayVote(before: Approval, after: Approval): NamedChange | undefined {
  const vote = newVote(before, after);
  if (!vote) return undefined;
  const { choice, action, identity, reason, proof } = vote;
  const said = {
    ...{ choice, action, identity },
    ...(reason === undefined ? {} : { reason }),
    ...(proof
      ? { assurance: "sso", issuer: proof.issuer, signed_in_at: proof.at.toISOString() }
      : {}),
  };
  return { word: "voted", details: { ...said, state: after.state } };
}

function sayState(before: Approval, after: Approval): NamedChange | undefined {
  if ("outcome" in after && after.outcome && !("outcome" in before && before.outcome)) {
    return { word: "outcome", details: { outcome: after.outcome.kind } };
  }
  if (before.state === after.state) return undefined;
  const was = { was: before.state };
  if (after.state === "open") return { word: "unlocked", details: was };
  const reason = "cancelReason" in after ? after.cancelReason : undefined;
  return { word: after.state, details: { ...was, ...(reason === undefined ? {} : { reason }) } };
}
