import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, projectRoot } from "./fixtures/runner/source-tree.ts";

interface Part {
  /** Other parts that this one may import. Itself always; nothing else ever. */
  readonly may: readonly string[];
  /** Packages that this part may use, besides Node's own. */
  readonly packages: readonly string[];
}

const nouns = ["core/domain", "core/ports"];
// Whatever says something to people may say it in their language.
const shown = [...nouns, "core/messages", "core/words"];
const useCases = [
  "core/approvals",
  "core/audit",
  "core/deliveries",
  "core/event-types",
  "core/ingest",
  "core/people",
  "core/routing",
];
const hub = [...shown, "core/config", "core/data-folder", "core/hub", "core/secrets"];
const anything = ["*"];

/** The arrows of the hub. Changing a line is an architecture decision: say why in the pull request. */
const parts: Readonly<Record<string, Part>> = {
  "core/domain": { may: [], packages: [] },
  "core/ports": { may: ["core/domain"], packages: [] },
  "core/words": { may: ["core/domain"], packages: [] },
  "core/messages": { may: ["core/domain"], packages: ["liquidjs"] },
  "core/routing": { may: ["core/domain", "core/words"], packages: ["@marcbachmann/cel-js", "zod"] },
  "core/event-types": { may: [...shown], packages: ["ajv", "ajv-formats", "re2js", "zod"] },
  "core/deliveries": { may: [...shown, "core/event-types"], packages: [] },
  "core/people": { may: [...nouns, "core/words"], packages: [] },
  "core/approvals": {
    may: [...shown, "core/deliveries", "core/event-types", "core/people"],
    packages: [],
  },
  "core/audit": { may: nouns, packages: [] },
  "core/ingest": {
    may: [...shown, "core/approvals", "core/deliveries", "core/event-types", "core/routing"],
    packages: ["jsonc-parser", "zod"],
  },
  "core/channels": { may: [...shown], packages: [] },
  "core/installations": { may: [...shown, "core/deliveries"], packages: [] },
  "core/destinations": {
    may: [...nouns, "core/words"],
    packages: ["jsonc-parser", "liquidjs", "standardwebhooks", "undici"],
  },
  "core/stores": { may: nouns, packages: ["libsql", "mongoose"] },
  "core/random": { may: nouns, packages: ["uuid"] },
  "core/log": { may: [...nouns, "core/messages"], packages: ["picocolors"] },
  "core/metrics": { may: nouns, packages: ["prom-client"] },
  "core/config": { may: ["core/domain", "core/ports"], packages: ["zod"] },
  "core/data-folder": { may: nouns, packages: [] },
  "core/secrets": { may: nouns, packages: ["zod"] },
  "core/hub": {
    may: [...shown, ...useCases, "core/channels", "core/destinations", "core/installations"],
    packages: [],
  },
  // Settings as code speak to the hub's use cases, and are read by the API and the command line.
  "core/settings-code": {
    may: [...shown, "core/event-types", "core/hub", "core/ingest", "core/routing"],
    packages: ["yaml", "zod"],
  },
  "core/web": {
    // The schema of an event is ingest's, and the API's document and first reading are made from it.
    may: [
      ...[...hub, "core/audit", "core/event-types", "core/ingest", "core/people"],
      "core/routing",
      "core/settings-code",
      "core/web/client/sandbox/mrkdwn",
    ],
    packages: [
      "csrf-sync",
      "express",
      "express-session",
      "helmet",
      "markdown-it",
      "openid-client",
      "passport",
      "passport-local",
      "preact",
      "preact-render-to-string",
      "standardwebhooks",
      "zod",
    ],
  },
  "core/web/client": { may: ["core/web/client/sandbox/mrkdwn"], packages: [] },
  // The reading of Slack's text, which the page of a delivery and the sandbox's pane draw from.
  "core/web/client/sandbox/mrkdwn": { may: [], packages: [] },
  "core/commands": {
    // Rules in a file are tried without a hub, by the hub's own reading of events and rules.
    may: [...hub, "core/audit", "core/ingest", "core/log", "core/routing", "core/settings-code"],
    packages: ["commander", "picocolors", "yaml", "zod"],
  },
  "slack-app": {
    may: [...shown, "slack-app/outbound/limits"],
    packages: [
      "@slack/bolt",
      "@slack/oauth",
      "@slack/socket-mode",
      "@slack/types",
      "@slack/web-api",
    ],
  },
  // A table of the platform's own numbers, which the stand-in refuses by and the renderer keeps.
  "slack-app/outbound/limits": { may: nouns, packages: ["@slack/types"] },
  // Node speaks WebSocket as a client alone, and the stand-in is the other end of Socket Mode.
  "slack-app/sandbox": { may: [...nouns, "slack-app/outbound/limits"], packages: ["ws"] },
  "teams-app": {
    may: [...shown, "teams-app/outbound/limits"],
    packages: [
      "adaptivecards",
      "adaptivecards-templating",
      "botbuilder",
      "botframework-connector",
      "yazl",
    ],
  },
  "teams-app/outbound/limits": { may: nouns, packages: ["adaptivecards"] },
  "teams-app/sandbox": {
    may: [...nouns, "teams-app/outbound/limits"],
    packages: ["adaptivecards", "jose"],
  },
  // Samples for those who read the documentation; the tests run them.
  "core/docs": { may: [], packages: ["standardwebhooks"] },
  "core/start": { may: anything, packages: [] },
  "core/main": { may: anything, packages: [] },
};

type Source = readonly [file: string, text: string];

const partOf = (file: string) =>
  Object.keys(parts)
    .filter((part) => new RegExp(`^${part}(/|\\.tsx?$)`).test(file))
    .sort((a, b) => b.length - a.length)[0];

function importsOf(text: string): readonly string[] {
  const found = text.matchAll(/(?<!["'.\w])(?:from|import|require)\s*\(?\s*["']([^"'\n]+)["']/g);
  return [...found].map((match) => match[1] as string);
}

function isAllowed(from: string, file: string, name: string): boolean {
  const { may, packages } = parts[from] as Part;
  if (name.startsWith("node:") || may.includes("*")) return true;
  if (!name.startsWith(".")) return packages.some((p) => name === p || name.startsWith(`${p}/`));
  const to = partOf(posix.join(posix.dirname(file), name));
  return to !== undefined && (to === from || may.includes(to));
}

function violations(sources: readonly Source[]): string[] {
  return sources.flatMap(([file, text]) => {
    const from = partOf(file);
    if (!from) return [`${file} belongs to no part`];
    return importsOf(text)
      .filter((name) => !isAllowed(from, file, name))
      .map((name) => `${file} imports ${name}`);
  });
}

/** The parts that one can reach from a part by following arrows, itself only over a circle. */
function reach(part: string, seen = new Set<string>()): Set<string> {
  for (const next of parts[part]?.may ?? []) {
    if (seen.has(next)) continue;
    seen.add(next);
    reach(next, seen);
  }
  return seen;
}

const tree: readonly Source[] = ["core", "slack-app", "teams-app"]
  .flatMap(filesBelow)
  .filter((file) => /(?<!\.d)\.tsx?$/.test(file))
  .map((file) => [file, readFileSync(posix.join(projectRoot, file), "utf8")]);

/** All that may lie at the top: the customer's list, what tools look for there, and what says how the project is meant. */
const top: ReadonlySet<string> = new Set([
  ...["core", "manifests", "slack-app", "teams-app", "test", ".ci"],
  ...["package.json", "package-lock.json", "tsconfig.json"],
  ...[".biome.json", ".editorconfig", ".gitattributes", ".gitignore", ".npmrc"],
  ...["README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md"],
]);

describe("architecture", () => {
  // Only git tells what is kept: a folder in use has packages and data of its own besides.
  it.skipIf(!existsSync(join(projectRoot, ".git")))("keeps nothing else at the top", () => {
    const kept = execFileSync("git", ["ls-files"], { cwd: projectRoot, encoding: "utf8" });
    const names = new Set(
      kept
        .trim()
        .split("\n")
        .map((file) => file.split("/", 1)[0] ?? file),
    );
    expect([...names].filter((name) => !top.has(name))).toEqual([]);
  });

  it("holds in the whole tree", () => {
    expect(tree.length).toBeGreaterThan(50);
    expect(violations(tree)).toEqual([]);
  });

  it("sees every part that the table names", () => {
    const seen = new Set(tree.map(([file]) => partOf(file)));
    expect(Object.keys(parts).filter((part) => !seen.has(part))).toEqual([]);
  });

  it("knows no circle", () => {
    expect(Object.keys(parts).filter((part) => reach(part).has(part))).toEqual([]);
  });

  it.each([
    ["core/deliveries/a.ts", `import type { X } from "../../slack-app/slack-app.ts";`],
    ["core/domain/a.ts", `import { WebClient } from "@slack/web-api";`],
    ["core/domain/a.ts", `import { clock } from "../ports/clock.ts";`],
    ["core/routing/a.ts", `import type { Store } from "../ports/store.ts";`],
    ["core/web/a.tsx", `export { SqliteStore } from "../stores/sqlite/store.ts";`],
    ["core/web/client/a.ts", `import { escape } from "../../messages/clean-text.ts";`],
    ["slack-app/a.ts", `const w = await import("../core/deliveries/worker.ts");`],
    ["slack-app/a.ts", `import { verify } from "../teams-app/inbound/verify.ts";`],
    ["slack-app/a.ts", `import { chaos } from "./sandbox/chaos.ts";`],
    ["slack-app/sandbox/a.ts", `import { render } from "../render/message.ts";`],
    ["teams-app/a.ts", `const cards = require("@slack/types");`],
    ["slack-app/a.ts", `export const late = await import(\n  "./sandbox/slack-sandbox.ts"\n);`],
    ["core/somewhere-new/a.ts", ""],
    ["core/stray.ts", ""],
  ])("would catch %s: %s", (file, text) => {
    expect(violations([[file, text]])).toHaveLength(1);
  });
});
