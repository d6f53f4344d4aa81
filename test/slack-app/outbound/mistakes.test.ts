import { describe, expect, it } from "vitest";
import { slackMistakes } from "../../../slack-app/outbound/limits/mistakes.ts";
import { renderMessage } from "../../../slack-app/render/message.ts";
import { waiting } from "../../fixtures/teams/messages.ts";

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } });

describe("slackMistakes", () => {
  it("C7: finds none in a card of ours", () => {
    const { text, blocks } = renderMessage(waiting);
    expect(slackMistakes({ text, blocks: blocks ?? [] })).toEqual([]);
  });

  it.each([
    ["a long section", [section("x".repeat(3_001))], "/blocks/0/text/text"],
    ["a header without text", [{ type: "header" }], "/blocks/0/text"],
    ["an unknown block", [section("x"), { type: "carousel" }], "/blocks/1/type"],
    ["too much together", Array.from({ length: 5 }, () => section("x".repeat(2_900))), "/blocks"],
  ])("C7: names %s by its path, with what to do", (_, blocks, pointer) => {
    const [mistake, ...others] = slackMistakes({ text: "x", blocks });
    expect(others).toEqual([]);
    expect(mistake).toMatchObject({ pointer, found_by: "limits" });
    expect(mistake?.todo).toMatch(/^[A-Z].*\.$/);
  });

  it("C11: names a message without notification text", () => {
    expect(slackMistakes({ text: " ", blocks: [section("x")] })).toMatchObject([
      { pointer: "/text" },
    ]);
  });
});
