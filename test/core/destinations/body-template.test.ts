import { describe, expect, it } from "vitest";
import { renderTemplate } from "../../../core/destinations/webhook/body-template.ts";
import { pausingOnce } from "../../fixtures/rig/pausing-once.ts";

describe("a body template", () => {
  it("A27: is filled once more where the whole process paused in between", () => {
    const scope = pausingOnce({ service: "web", version: "2" }, "service");
    const body = '["{{ service }}", "{{ version }}"]';
    expect(renderTemplate(body, scope, "json", "strict")).toEqual({
      kind: "rendered",
      text: '["web", "2"]',
    });
  });
});
