import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { textsIn } from "../../../core/messages/catalogue.ts";

/** Every text of a catalogue that says something by itself. */
function phrases(texts: object): readonly string[] {
  return Object.values(texts).flatMap((text): readonly string[] =>
    typeof text === "string" ? [text] : typeof text === "object" ? phrases(text) : [],
  );
}

describe("the page about messages", () => {
  const page = readFileSync(new URL("../../../core/docs/messages.md", import.meta.url), "utf8");
  const quoted = [...page.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label]) => String(label));

  it("C10: quotes no label that the catalogue does not have", () => {
    const known = phrases(textsIn("en"));
    expect(quoted.length).toBeGreaterThan(15);
    expect(quoted.filter((label) => !known.includes(label))).toEqual([]);
  });

  it("C10: has a language whose every text is another one, but for a few words of both", () => {
    const [english, german] = [phrases(textsIn("en")), phrases(textsIn("de"))];
    expect(german).toHaveLength(english.length);
    const same = new Set(german.filter((text, index) => text === english[index]));
    expect([...same]).toEqual(["Information", "Debug", "in Slack", "in Teams", "Text"]);
  });
});
