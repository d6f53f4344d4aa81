import { describe, expect, it } from "vitest";
import type { Sent } from "../../../core/deliveries/sending.ts";
import { withoutSecrets } from "../../../core/deliveries/without-secrets.ts";

const tried = (because: string): Sent => ({
  kind: "tried",
  report: { result: { kind: "retry", because, afterMs: 5 }, request: null, response: null },
});

describe("withoutSecrets", () => {
  it("G4: hides a token that a service quotes in why it failed", () => {
    expect(withoutSecrets(tried("missing_scope: Bearer xoxb-1-2-abcdef"))).toEqual(
      tried("missing_scope: Bearer [hidden]"),
    );
  });

  it("cuts a reason that is a page of text", () => {
    const sent = withoutSecrets(tried("x".repeat(5_000)));
    const result = sent.kind === "tried" ? sent.report.result : undefined;
    expect(result && "because" in result && result.because.length).toBeLessThan(600);
  });

  it("leaves what was sent, or did not need to be, as it is", () => {
    const needless: Sent = { kind: "needless", cause: "The copy is gone." };
    expect(withoutSecrets(needless)).toBe(needless);
  });
});
