import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeRecord } from "../../../core/stores/record-text.ts";
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

  it("are written as JSON writes them, wherever they lie, and leave the record as it is", () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        fc.date({ noInvalidDate: false }),
        fc.string(),
        fc.constant(null),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("at", "data", "event", "task", "x"), tie("tree")),
      ),
    }));
    const record = fc.dictionary(fc.constantFrom("at", "endedAt", "data", "event"), tree);
    fc.assert(
      fc.property(record, (one) => {
        const before = structuredClone(one);
        expect(writeRecord(one)).toBe(JSON.stringify(one));
        expect(one).toEqual(before);
      }),
    );
  });
});
