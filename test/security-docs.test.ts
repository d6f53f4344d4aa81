import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, projectRoot } from "./fixtures/runner/source-tree.ts";

const document = readFileSync(join(projectRoot, "core/docs/security.md"), "utf8");

/** Every text in quotation marks that follows `it(`, `it.each(…)(` or the like, on its line or the next ones. */
const titles = new Set(
  filesBelow("test")
    .filter((file) => file.endsWith(".test.ts") || file.endsWith(".contract.ts"))
    .flatMap((file) => {
      const text = readFileSync(join(projectRoot, file), "utf8");
      return [...text.matchAll(/[(]\s*"((?:[^"\\\n]|\\.)+)",\s*(?:async|\(|\{)/g)].map(
        ([, title = ""]) => title,
      );
    }),
);

/** The titles that the table names: its third column, parted by ` · `. */
function namedIn(text: string): readonly string[] {
  const rows = text.split("\n").filter((line) => /^\| (?!Threat)/.test(line));
  return rows.flatMap((row) => {
    const cells = row.split(" | ");
    return (cells.at(-1) ?? "")
      .replace(/ \|$/, "")
      .split(" · ")
      .map((cell) => cell.replace(/^`|`$/g, ""));
  });
}

const missing = (text: string) => namedIn(text).filter((title) => !titles.has(title));

describe("the security document", () => {
  it("G10: names tests that exist", () => {
    expect(titles.size).toBeGreaterThan(500);
    expect(namedIn(document).length).toBeGreaterThan(30);
    expect(missing(document)).toEqual([]);
  });

  it("G10: has a test in every row, and would be caught with a title that no test has", () => {
    const rows = document.split("\n").filter((line) => /^\| (?!Threat)/.test(line));
    for (const row of rows) expect(row.split(" | ")).toHaveLength(3);
    expect(missing("| a | b | `G10: nobody wrote this` |")).toEqual(["G10: nobody wrote this"]);
  });

  it("G10: is led to by SECURITY.md at the usual place", () => {
    expect(readFileSync(join(projectRoot, "SECURITY.md"), "utf8")).toContain(
      "core/docs/security.md",
    );
  });
});
