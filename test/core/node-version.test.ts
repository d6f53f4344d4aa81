import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nodeComplaint, oldestNode } from "../../core/node-version.mjs";
import { projectRoot } from "../fixtures/runner/source-tree.ts";

describe("nodeComplaint", () => {
  it.each(["20.19.0", "20.20.2", "22.0.0", "24.1.0", "100.0.0"])(
    "is content with %s",
    (version) => {
      expect(nodeComplaint(version)).toBeUndefined();
    },
  );

  it.each(["20.18.3", "18.20.8", "8.17.0"])(
    "says in one line that %s is too old, and what is needed",
    (version) => {
      expect(nodeComplaint(version)).toMatch(
        new RegExp(`^[^\\n]*Node 20\\.19[^\\n]*${version.replaceAll(".", "\\.")}`),
      );
    },
  );

  it("asks for what package.json asks for", () => {
    const { engines } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
    expect(`${engines.node}.0`).toBe(`>=${oldestNode}`);
  });
});
