import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileJournal } from "../../../../core/web/sandbox/file-journal.ts";

describe("the file journal", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "journal-"));
    path = join(folder, "slack.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is empty before its first line", () => {
    expect(createFileJournal(path).read()).toEqual([]);
  });

  it("has every line on disk, in order, when append returns", () => {
    const journal = createFileJournal(path);
    journal.append({ text: "one\ntwo" });
    journal.append({ text: "Chloé \u2028 ✓" });
    expect(createFileJournal(path).read()).toEqual([
      { text: "one\ntwo" },
      { text: "Chloé \u2028 ✓" },
    ]);
  });

  it("passes over a last line that was cut off", () => {
    createFileJournal(path).append({ text: "whole" });
    appendFileSync(path, '{"text":"ha');
    expect(createFileJournal(path).read()).toEqual([{ text: "whole" }]);
  });

  it("keeps the line that follows a last line that was cut off", () => {
    const before = createFileJournal(path);
    before.append({ text: "whole" });
    before.append({ text: "é cut off" });
    truncateSync(path, readFileSync(path).length - 5);
    const after = createFileJournal(path);
    after.append({ text: "next" });
    expect(after.read()).toEqual([{ text: "whole" }, { text: "next" }]);
  });

  it("starts again with the lines that it is given, and leaves no other file behind", () => {
    const journal = createFileJournal(path);
    journal.append({ text: "old" });
    journal.rewrite([{ text: "kept" }]);
    journal.append({ text: "new" });
    expect(createFileJournal(path).read()).toEqual([{ text: "kept" }, { text: "new" }]);
    expect(readdirSync(folder)).toEqual(["slack.jsonl"]);
  });
});
