import { describe, expect, it } from "vitest";
import type { Delivery } from "../../../../core/domain/delivery.ts";
import {
  approvalLooks,
  attemptLooks,
  lookOfDelivery,
  looksOfEvent,
} from "../../../../core/web/pages/states.ts";
import { accepted, delivery, now, post } from "./page-fixtures.ts";

const looks = [...Object.values(approvalLooks), ...Object.values(attemptLooks)];

describe("states", () => {
  it("have a sign and a word each, never a colour alone", () => {
    for (const look of looks) {
      expect(look.sign).not.toBe("");
      expect(look.word()).toMatch(/^[A-Z][a-z ]+$/);
    }
  });

  it("of requests differ in sign and in word", () => {
    const all = Object.values(approvalLooks);
    expect(new Set(all.map((look) => look.sign)).size).toBe(all.length);
    expect(new Set(all.map((look) => look.word())).size).toBe(all.length);
  });

  const settledAt = now;
  const awaits = { kind: "workspace", workspace: "T1" } as const;
  const deliveries: readonly (readonly [string, Delivery])[] = [
    ["Queued", { ...delivery, state: "pending", attempts: 0, dueAt: now }],
    ["Retrying", { ...delivery, state: "pending", attempts: 1, dueAt: now, waitingFor: "429" }],
    ["Queued", { ...delivery, state: "sending", attempts: 1, fence: 1, startedAt: now }],
    ["Retrying", { ...delivery, state: "sending", attempts: 2, fence: 1, startedAt: now }],
    ["Held", { ...delivery, state: "held", awaits, cause: "token_revoked", heldAt: now }],
    ["Delivered", post],
    ["Skipped", { ...delivery, state: "suppressed", cause: "newer", settledAt }],
    ["Failed", { ...delivery, state: "dead", cause: "gone", settledAt }],
  ];

  it.each(deliveries)("of a delivery: %s", (word, one) => {
    expect(lookOfDelivery(one).word()).toBe(word);
  });

  it.each([
    ["Queued", accepted.plan],
    ["Noted", { ...accepted.plan, destinations: [] }],
    ["Unrouted", { ...accepted.plan, destinations: [], unrouted: true }],
  ])("of an event without deliveries: %s", (word, plan) => {
    const looks = looksOfEvent({ ...accepted, plan }, undefined, []);
    expect(looks.map((look) => look.word())).toEqual([word]);
  });
});
