import { defineConfig } from "vitest/config";
import { ClosingLine } from "./fixtures/runner/closing-line.ts";
import { LongestFirst } from "./fixtures/runner/longest-first.ts";

/**
 * Tests that run the built program, a browser, another server or the command-line tools, those that wait for the pace of
 * a platform, and those that take thousands of something or hundreds of requests. All others are quick.
 */
const slow = [
  "test/{stories,browser,faults}/**/*.test.ts",
  "test/gates.test.ts",
  "test/closing-line.test.ts",
  "test/core/stores/sqlite-thread.test.ts",
  "test/core/{channels/search,data-folder,deliveries/storm,ingest/open-requests,messages/hostile}.test.ts",
  "test/core/routing/{match,rule-index}.test.ts",
  "test/core/web/{role-matrix,linking,connecting/teams-setup,routing/rule-editor}.test.ts",
  "test/core/web/api/{answers,channel-trials,hooks}.test.ts",
  "test/core/stores/mongo.test.ts",
  "test/core/stores/mongo/**/*.test.ts",
  "test/core/web/sandbox/workspace-life.test.ts",
  "test/slack-app/{loop,install/life,inbound/socket,workspace/channels,workspace/following}.test.ts",
  "test/slack-app/sandbox/{events,sockets}.test.ts",
];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    reporters: ["default", new ClosingLine()],
    restoreMocks: true,
    experimental: { fsModuleCache: true },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: ["test/**/*.test.ts"],
          exclude: slow,
          // They share what they have loaded: reading it anew for each file took as long as the tests themselves.
          isolate: false,
          // Else a machine with two cores would leave one idle.
          maxWorkers: 2,
          // The slowest takes two seconds, and far more on a machine that has other work.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "whole",
          include: slow,
          globalSetup: ["test/fixtures/runner/build-once.ts"],
          // As above; and the files that one process runs share one stand-in for MongoDB.
          isolate: false,
          // They wait more than they work: for a second between two messages, for a lease to end, for a process to start.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          // Whole processes on a shared machine: in CI a test that fails once is tried once more, and named as such.
          retry: process.env["CI"] ? 1 : 0,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
