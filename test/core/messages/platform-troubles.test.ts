import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { languages } from "../../../core/domain/message.ts";
import { knownCodes, troubleOf } from "../../../core/messages/platform-troubles.ts";
import { projectRoot } from "../../fixtures/runner/source-tree.ts";

const platforms = ["slack", "teams", "webhook", "slack-webhook", "teams-workflow"] as const;

/** The codes that a platform's own table of outcomes names. */
function codesIn(file: string, pattern: RegExp): readonly string[] {
  const text = readFileSync(join(projectRoot, file), "utf8");
  return [...text.matchAll(pattern)].map((match) => String(match[1]));
}

const everywhere = platforms.flatMap((platform) =>
  languages.map((language) => [platform, language] as const),
);

describe.each(everywhere)("the sentences about errors of %s, in %s", (platform, language) => {
  it("A14: are these, for every code", () => {
    const all = knownCodes(platform).map((code) => {
      const { cause, next } = troubleOf(platform, `${code}: detail`, "#releases", language);
      return `${code}\n  ${cause}\n  ${next}`;
    });
    expect(all.join("\n")).toMatchSnapshot();
  });

  it("A14: are a cause and a next step, with nothing left to fill in", () => {
    for (const code of [...knownCodes(platform), "never_heard_of"]) {
      const { cause, next } = troubleOf(platform, code, "#releases", language);
      expect(cause).toMatch(/^[A-ZÄÖÜ#].*\.$/);
      expect(next).toMatch(/^[A-ZÄÖÜ].*\.$/);
      expect(cause + next).not.toMatch(/[{}]|undefined/);
    }
  });

  it("A14: show a code that nobody named as it came", () => {
    const because = "brand_new_code: words of ours";
    const { cause } = troubleOf(platform, because, "#releases", language);
    expect(cause).toMatch(/(says|sagt): brand_new_code\.$/);
  });

  it("A14: are said anew in each language", () => {
    const own = language === "en" ? [] : [...knownCodes(platform), "never_heard_of"];
    const english = own.filter((code) => {
      const [here, there] = [
        troubleOf(platform, code, "#x", language),
        troubleOf(platform, code, "#x"),
      ];
      return here.cause === there.cause || here.next === there.next;
    });
    expect(english).toEqual([]);
  });

  it("A14: put in the place's name as text, whatever it is", () => {
    const codes = { slack: "not_in_channel: invite the app", teams: "ConversationNotFound" };
    const code = platform === "slack" || platform === "teams" ? codes[platform] : "http_404";
    expect(troubleOf(platform, code, "#a$&{platform}").cause).toContain("#a$&{platform}");
  });
});

describe("every code that the sending code tells apart", () => {
  it.each([
    ["slack", "slack-app/outbound/outcome.ts", /^ {2}([a-z_]+): (?:\[|forbidden)/gm],
    ["teams", "teams-app/outbound/outcome.ts", /^ {2}([A-Z]\w+): "/gm],
  ] as const)("A14: has its sentences, in %s", (platform, file, pattern) => {
    const named = codesIn(file, pattern);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((code) => !knownCodes(platform).includes(code))).toEqual([]);
  });

  it("A14: a variant of a rule against posting has the rule's sentences", () => {
    expect(troubleOf("slack", "restricted_action_read_only_channel", "#ops")).toEqual(
      troubleOf("slack", "restricted_action", "#ops"),
    );
  });
});
