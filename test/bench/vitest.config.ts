import { defineConfig } from "vitest/config";

/** Figures, one JSON line each. Run one alone with `npm run bench -- p18`. */
export default defineConfig({
  test: {
    include: ["test/bench/*.bench.ts"],
    globalSetup: ["test/fixtures/runner/build-once.ts", "test/bench/build-programs.ts"],
    reporters: ["dot"],
    disableConsoleIntercept: true,
    fileParallelism: false,
    testTimeout: 900_000,
  },
});
