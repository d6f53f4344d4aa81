import { describe, expect, it } from "vitest";
import { checkCard, measureCard, mostCardBytes } from "../../../teams-app/outbound/limits.ts";
import { renderCard } from "../../../teams-app/render/message.ts";
import { waiting } from "../../fixtures/teams/messages.ts";

const card = (body: unknown[], more: object = {}) => ({
  type: "AdaptiveCard",
  version: "1.5",
  body,
  ...more,
});
const open = { type: "Action.OpenUrl", title: "Open", url: "https://hub.example/" };

describe("checkCard", () => {
  it.each([
    ["no card", { type: "Other" }, "/type", "not_a_card"],
    ["no version", { type: "AdaptiveCard", body: [] }, "/version", "version_unsupported"],
    ["a newer version", card([], { version: "1.6" }), "/version", "version_unsupported"],
    ["an unknown type", card([{ type: "Carousel" }]), "/body/0/type", "type_unknown"],
    ["a number as text", card([{ type: "TextBlock", text: 5 }]), "/body/0/text", "text_missing"],
    [
      "a null",
      card([{ type: "TextBlock", text: "x", color: null }]),
      "/body/0/color",
      "null_value",
    ],
    [
      "a number as value of a fact",
      card([{ type: "FactSet", facts: [{ title: "a", value: 1 }] }]),
      "/body/0/facts/0/value",
      "text_missing",
    ],
    ["an input without id", card([{ type: "Input.Text" }]), "/body/0/id", "input_id_missing"],
    [
      "a required input that does not say why",
      card([{ type: "Input.Text", id: "a", isRequired: true }]),
      "/body/0/errorMessage",
      "error_message_missing",
    ],
    [
      "one id twice",
      card([
        { type: "Input.Text", id: "a" },
        { type: "Input.Text", id: "a" },
      ]),
      "/body/1/id",
      "id_twice",
    ],
    [
      "a link without address",
      card([], { actions: [{ type: "Action.OpenUrl", title: "Open" }] }),
      "/actions/0/url",
      "url_missing",
    ],
    [
      "a sixth button",
      card([{ type: "ActionSet", actions: Array.from({ length: 6 }, () => open) }]),
      "/body/0/actions",
      "too_many_actions",
    ],
    [
      "an expression that was not filled in",
      card([{ type: "Container", style: "${style}", items: [] }]),
      "/body/0/style",
      "expression_left",
    ],
  ])("names %s", (_, bad, pointer, code) => {
    expect(checkCard(bad)).toContainEqual({ pointer, code, message: expect.any(String) });
  });

  it("lets people write what looks like an expression", () => {
    expect(checkCard(card([{ type: "TextBlock", text: "${price}" }]))).toEqual([]);
  });

  it("takes a card of exactly the most bytes, and none with two more", () => {
    const empty = JSON.stringify(card([{ type: "TextBlock", text: "" }])).length;
    const filled = (more: number) =>
      card([{ type: "TextBlock", text: "x".repeat(mostCardBytes / 2 - empty + more) }]);
    expect(checkCard(filled(0))).toEqual([]);
    expect(checkCard(filled(1))).toMatchObject([{ code: "too_big" }]);
  });
});

describe("measureCard", () => {
  it("counts bytes, version and the longest row of buttons", () => {
    expect(measureCard(renderCard(waiting))).toEqual({
      bytes: JSON.stringify(renderCard(waiting)).length * 2,
      version: 1.5,
      actions: 3,
    });
  });
});
