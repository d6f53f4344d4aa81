import { describe, expect, it } from "vitest";
import { teamsMistakes } from "../../../teams-app/outbound/limits/mistakes.ts";
import { renderCard } from "../../../teams-app/render/message.ts";
import { waiting } from "../../fixtures/teams/messages.ts";

const card = (body: unknown[]) => ({ type: "AdaptiveCard", version: "1.5", body });

describe("teamsMistakes", () => {
  it("C7: finds none in a card of ours", () => {
    expect(teamsMistakes(renderCard(waiting))).toEqual([]);
  });

  it.each([
    ["an unknown type", card([{ type: "Carousel" }]), "/body/0/type"],
    ["a text that is none", card([{ type: "TextBlock", text: 5 }]), "/body/0/text"],
    ["no card", { type: "Other" }, "/type"],
    ["nothing", null, "/type"],
  ])("C7: names %s by its path, with what to do", (_, bad, pointer) => {
    const found = teamsMistakes(bad);
    expect(found[0]).toMatchObject({ pointer, found_by: "limits" });
    for (const { todo, message } of found) expect(`${message} ${todo}`).toMatch(/\w.*\.$/);
  });

  it("C7: says what Microsoft's parser says, where our table is content", () => {
    const odd = card([{ type: "TextBlock", text: "x", size: "gigantic", id: "title" }]);
    expect(teamsMistakes(odd)).toMatchObject([
      { found_by: "parser", pointer: "TextBlock title", message: expect.stringContaining("size") },
    ]);
  });
});
