import { describe, expect, it } from "vitest";
import { builtinTypes } from "../core/event-types/builtin-types.ts";
import { german, germanParts } from "../core/words/german.ts";
import { proseOf } from "./fixtures/runner/prose.ts";
import { filesBelow } from "./fixtures/runner/source-tree.ts";

/** Here nothing is translated: programs read the API and the metrics, the sandbox and the reference are for developers. */
const inEnglish = [
  ...["core/web/api/", "core/web/client/", "core/web/sandbox/", "core/words/"],
  ...["access", "host-guard", "load-limits", "metrics-route", "problem"].map(
    (door) => `core/web/${door}.ts`,
  ),
  // What the operator reads at the start.
  "core/web/listen.ts",
  "core/web/pages/docs.tsx",
];

/** What these say of a mistake stands at a field of a page. */
const mistakesFrom = [
  ...["core/hub/event-types.ts", "core/hub/policy-text.ts", "core/hub/producers.ts"],
  ...["core/hub/rules.ts", "core/people/passwords.ts"],
  ...["core/event-types/say-mismatch.ts", "core/hub/test-channel.ts", "core/ingest/say-issue.ts"],
  ...["condition", "condition-list", "matchers", "pattern", "weaker-policy"].map(
    (file) => `core/routing/${file}.ts`,
  ),
];

const files = ["core", "slack-app", "teams-app"]
  .flatMap(filesBelow)
  .filter((file) => /\.tsx?$/u.test(file) && !inEnglish.some((folder) => file.startsWith(folder)));
const read = files.map((file) => ({ file, ...proseOf(file) }));
/** What every hub's own event types are about: a page says it in the reader's language. */
const kept = [...builtinTypes.values()].map(({ about }) => about);
const said = new Set([...kept, ...read.flatMap((one) => one.said.map(({ key }) => key))]);
const places = (text: string) => (text.match(/\{\d\}/gu) ?? []).sort();

describe("the words of the console", () => {
  it("C10: each sentence has its German", () => {
    const missing = read.flatMap(({ file, said }) =>
      said.filter(({ key }) => !(key in german)).map(({ key, line }) => `${file}:${line} ${key}`),
    );
    expect([...missing, ...kept.filter((about) => !(about in german))]).toEqual([]);
  });

  it("C10: nothing in the catalogue is left over", () => {
    expect(Object.keys(german).filter((key) => !said.has(key))).toEqual([]);
  });

  it("C10: a sentence has one German", () => {
    const keys = Object.values(germanParts).flatMap((part) => Object.keys(part));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it("C10: a translation has the places of its sentence", () => {
    const wrong = Object.entries(german).filter(
      ([english, words]) => String(places(english)) !== String(places(words)),
    );
    expect(wrong).toEqual([]);
  });

  it("C10: no page says anything past the catalogue", () => {
    const bare = read
      .filter(({ file }) => file.startsWith("core/web/") || mistakesFrom.includes(file))
      .flatMap(({ file, bare }) => bare.map(({ key, line }) => `${file}:${line} ${key}`));
    expect(bare).toEqual([]);
  });
});
