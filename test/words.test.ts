import { describe, expect, it } from "vitest";
import { german, germanParts } from "../core/words/german.ts";
import { proseOf } from "./fixtures/runner/prose.ts";
import { filesBelow } from "./fixtures/runner/source-tree.ts";

/** Below these nothing is translated: programs read the API and the metrics, and the sandbox is for developers. */
const inEnglish = [
  ...["core/web/api/", "core/web/client/", "core/web/sandbox/", "core/words/"],
  "core/web/metrics-route.ts",
];
/** Pages whose words are not in the catalogue yet. */
const notYet: readonly string[] = [
  "core/web/access.ts",
  "core/web/failure.ts",
  "core/web/host-guard.ts",
  "core/web/link-routes.ts",
  "core/web/listen.ts",
  "core/web/load-limits.ts",
  "core/web/overview/broken-places.ts",
  "core/web/overview/broken.ts",
  "core/web/overview/first-steps.ts",
  "core/web/overview/secret-ends.ts",
  "core/web/page-errors.ts",
  "core/web/pages/about-page.tsx",
  "core/web/pages/chat/message-drawing.tsx",
  "core/web/pages/chat/slack-drawing.tsx",
  "core/web/pages/chat/teams-drawing.tsx",
  "core/web/pages/docs.tsx",
  "core/web/pages/error-page.tsx",
  "core/web/pages/first-steps.tsx",
  "core/web/pages/last-hour.tsx",
  "core/web/pages/link-page.tsx",
  "core/web/pages/overview-page.tsx",
  "core/web/pages/password-form.tsx",
  "core/web/pages/shown-once-page.tsx",
  "core/web/pages/sign-in-page.tsx",

  "core/web/pages/start-page.tsx",
  "core/web/pages/welcome-page.tsx",
  "core/web/problem.ts",
  "core/web/server.ts",
];

const files = filesBelow("core").filter(
  (file) => /\.tsx?$/u.test(file) && !inEnglish.some((folder) => file.startsWith(folder)),
);
const read = files.map((file) => ({ file, ...proseOf(file) }));
const said = new Set(read.flatMap((one) => one.said.map(({ key }) => key)));
const places = (text: string) => (text.match(/\{\d\}/gu) ?? []).sort();

describe("the words of the console", () => {
  it("C10: each sentence has its German", () => {
    const missing = read.flatMap(({ file, said }) =>
      said.filter(({ key }) => !(key in german)).map(({ key, line }) => `${file}:${line} ${key}`),
    );
    expect(missing).toEqual([]);
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
      .filter(({ file }) => file.startsWith("core/web/") && !notYet.includes(file))
      .flatMap(({ file, bare }) => bare.map(({ key, line }) => `${file}:${line} ${key}`));
    expect(bare).toEqual([]);
  });
});
