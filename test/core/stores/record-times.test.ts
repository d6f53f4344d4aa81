import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, projectRoot } from "../../fixtures/runner/source-tree.ts";

/** Where the shapes of records stand. */
const shapes = ["core/ports/installations.ts", "core/ports/small-records.ts"];
const domain = filesBelow("core/domain").filter((file) => file.endsWith(".ts"));

/** Members that hold a time and are not called so: a store would give them back as texts. */
const misnamed = (source: string) =>
  [...source.matchAll(/readonly (\w+)\??: Date\b/g)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "at" && !name.endsWith("At"));

describe("times in records", () => {
  it("are called at, or end in At, because stores know them by their names alone", () => {
    const found = [...shapes, ...domain].flatMap((file) =>
      misnamed(readFileSync(join(projectRoot, file), "utf8")).map((name) => `${file}: ${name}`),
    );
    expect(found).toEqual([]);
    expect(misnamed("readonly since?: Date; readonly at: Date; readonly endedAt: Date")).toEqual([
      "since",
    ]);
  });
});
