import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, projectRoot } from "./fixtures/runner/source-tree.ts";

/** Stories of one platform alone, by file, each with what its twin is or why there is none. */
const ownFiles: Readonly<Record<string, string>> = {
  "foreign-slack.test.ts": "its twin is foreign-teams.test.ts",
  "foreign-teams.test.ts": "its twin is foreign-slack.test.ts",
  "seeds.test.ts":
    "each story is one system's way through the catalogue, and they take turns in where it is decided",
  "forged.test.ts": "each door has a table of its own forgeries: G1 of signatures, G2 of tokens",
  "teams-clients.test.ts": "clients of Slack are of one kind, and none asks for a card anew",
  "teams-install.test.ts": "its twin is test/slack-app/install/install.test.ts",
  "teams-life.test.ts": "its twin is test/slack-app/install/life.test.ts",
};

const anyClick = "the click is one way to decide of many; where it comes from plays no part";
const anyPlace = "the message is one of many; where it goes plays no part";

/** Single stories that name one platform, each with the reason. Without one a story runs on both. */
const ownStories: Readonly<Record<string, string>> = {
  "H2: answers the same event again with the same ids, and does nothing twice": anyPlace,
  "H2: accepts a type that it does not know, says so, and sends it to the fallback": anyPlace,
  "H2: two rules that name one channel make one message": anyPlace,
  "H11: a click comes through the proxy, its signature whole, and is answered":
    "a proxy may change bytes that Slack signs; the token of Teams signs none",
  "H11: the page about proxies names every public path that the hub has": "it is a list",
  "D7: a requester whom nobody knows is named as a claim, and blocks no one": anyClick,
  "D23: an admin takes an approval back, and the producer is told": anyClick,
  "E3: wait answers as soon as somebody decides": anyClick,
  "E3: wait answers at once where the revision has passed already": anyClick,
  "E3: the stream tells each revision and goes on after the last one that was seen": anyClick,
  "E3: one call says whether something is pending for a key": anyClick,
  "trigger --wait follows a %s in Slack with exit code %i": anyClick,
};

/** One story: its title, and its text from there to the next. */
interface Story {
  readonly file: string;
  readonly title: string;
  readonly text: string;
}

/** Every story of a file. A title is the first text that begins with a row's id, as in `D4: …`. */
function storiesOf(file: string, source: string): readonly Story[] {
  const begins = [...source.matchAll(/^\s*it(?:\.each)?[(<]/gm)].map(({ index }) => index);
  return begins.map((begin, at) => {
    const text = source.slice(begin, begins[at + 1]);
    const title = /["`](?:\$\{[^}]+\} )?([A-Z]+\d+\b[^"`]*|[a-z][^"`\n]{15,})["`]/.exec(text)?.[1];
    return { file, title: title ?? text.slice(0, 60), text };
  });
}

/** Stories that name one platform and neither the other nor a variable that stands for both. */
function lopsided(stories: readonly Story[]): readonly string[] {
  return stories
    .filter(({ file, text }) => {
      const namesOne = /slack/i.test(text) !== /teams/i.test(text);
      return namesOne && !/\b(platforms?|here|there)\b/.test(text) && !(file in ownFiles);
    })
    .map(({ title }) => title);
}

const files = filesBelow("test/stories").filter((file) => file.endsWith(".test.ts"));
const stories = files.flatMap((file) =>
  storiesOf(file.slice("test/stories/".length), readFileSync(join(projectRoot, file), "utf8")),
);

describe("parity of Slack and Teams", () => {
  it("every story runs on both platforms, or says why it names one", () => {
    expect(stories.length).toBeGreaterThan(100);
    expect(lopsided(stories).filter((title) => !(title in ownStories))).toEqual([]);
  });

  it("no reason outlives the story that it was given for", () => {
    const titles = new Set(lopsided(stories));
    expect(Object.keys(ownStories).filter((title) => !titles.has(title))).toEqual([]);
    const known = new Set(stories.map(({ file }) => file));
    expect(Object.keys(ownFiles).filter((file) => !known.has(file))).toEqual([]);
  });

  it("would see a story that exists on one platform only, and lets those that run on both be", () => {
    const planted = `
      it("D99: approving edits the copy in Slack", async () => { press("slack"); });
      it.each(platforms)("D98: approving edits the copy in %s", async (platform) => {
        if (platform === "slack") press(platform);
      });
      it("D97: approving edits both copies", async () => { press("slack"); see("teams"); });`;
    expect(lopsided(storiesOf("planted.test.ts", planted))).toEqual([
      "D99: approving edits the copy in Slack",
    ]);
  });

  it("approval rules exist once, in core: no platform knows votes, policies or states", () => {
    const words =
      /\b(castVote|recordVote|closeApproval|refusalOf|decisionOf)\b|domain\/(cast-vote|policy|close-approval|lock-approval)\.ts/;
    const own = ["slack-app", "teams-app"]
      .flatMap(filesBelow)
      .filter((file) => file.endsWith(".ts"));
    expect(own.length).toBeGreaterThan(60);
    expect(words.test('import { castVote } from "../../core/domain/cast-vote.ts";')).toBe(true);
    const found = own.filter((file) => words.test(readFileSync(join(projectRoot, file), "utf8")));
    expect(found).toEqual([]);
  });
});
