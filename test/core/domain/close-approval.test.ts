import { describe, expect, it } from "vitest";
import { castVote } from "../../../core/domain/cast-vote.ts";
import { cancel, expire } from "../../../core/domain/close-approval.ts";
import { ann, approval, later, voteOf } from "./samples.ts";

describe("expire", () => {
  it("closes an open request from its deadline on, and not a moment earlier", () => {
    expect(expire(approval, later(1_799.999))).toBeUndefined();
    const closed = { ...approval, state: "expired", revision: 2, closedAt: later(1_800) };
    expect(expire(approval, later(1_800))).toEqual(closed);
  });
});

describe("cancel", () => {
  it("withdraws an open request, with the reason where one was given", () => {
    const closed = { ...approval, state: "cancelled", revision: 2, cancelledBy: "ci" };
    expect(cancel(approval, { name: "ci" }, later(9))).toEqual({ ...closed, closedAt: later(9) });
    expect(cancel(approval, { name: "ci", reason: "superseded" }, later(9))).toEqual({
      ...closed,
      cancelReason: "superseded",
      closedAt: later(9),
    });
  });
});

describe("a closed request", () => {
  const decided = castVote(approval, voteOf(ann, "approve"), { mayDecide: true });
  const closed = [
    decided.kind === "decided" ? decided.approval : undefined,
    expire(approval, later(1_800)),
    cancel(approval, { name: "ci" }, later(9)),
  ];
  it.each(closed.map((request) => [request?.state, request] as const))(
    "stays %s whatever comes after",
    (state, request) => {
      if (!request) throw new Error("the request did not close");
      expect(request.state).toBe(state);
      expect(expire(request, later(9_999))).toBeUndefined();
      expect(cancel(request, { name: "Ann" }, later(9_999))).toBeUndefined();
    },
  );
});
