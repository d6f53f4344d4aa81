import { expect, it } from "vitest";
import { sayWeaker } from "../../../core/routing/weaker-policy.ts";
import { policy } from "../domain/samples.ts";

it("G6: a policy that asks for no fresh single sign-on is weaker than one that does", () => {
  const proven = { ...policy, assurance: "sso", via: ["web"] } as const;
  expect(sayWeaker(proven, policy)).toBe(
    "nobody would have to prove who they are by single sign-on",
  );
  expect(sayWeaker(policy, proven)).toBeUndefined();
  expect(sayWeaker(proven, proven)).toBeUndefined();
});
