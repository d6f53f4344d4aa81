import { describe, expect, it } from "vitest";
import { openConnection } from "../../../../core/stores/sqlite/bind.ts";
import { createWriter } from "../../../../core/stores/sqlite/writer.ts";

/** A writer over a real database, whose transactions are counted, and may be made to fail. */
function open({ commitFails = false } = {}) {
  const real = openConnection(":memory:");
  real.exec("CREATE TABLE marks (mark TEXT PRIMARY KEY)");
  const seen: string[] = [];
  const exec = (sql: string) => {
    seen.push(sql);
    if (sql === "COMMIT" && commitFails) throw new Error("the disk is full");
    real.exec(sql);
  };
  const insert = real.prepare("INSERT INTO marks (mark) VALUES (?)");
  const all = real.prepare("SELECT mark FROM marks ORDER BY mark");
  return {
    writer: createWriter({ ...real, exec }),
    seen,
    insert: (mark: string) => insert.run(mark),
    marks: () => all.all().map((row) => row["mark"]),
    inTransaction: real.inTransaction,
  };
}

describe("the writer", () => {
  it("puts writes that arrive together into one commit", async () => {
    const { writer, seen, insert, marks } = open();
    await Promise.all(["a", "b", "c"].map((mark) => writer.write(() => insert(mark))));
    expect(seen).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
    expect(marks()).toEqual(["a", "b", "c"]);
  });

  it("settles no write before its commit", async () => {
    const { writer, seen, insert } = open();
    const committed = await writer.write(() => insert("a")).then(() => seen.includes("COMMIT"));
    expect(committed).toBe(true);
  });

  it("takes no neighbour down with a write that fails", async () => {
    const { writer, seen, insert, marks } = open();
    const answers = await Promise.allSettled(
      ["a", "a", "b"].map((mark) => writer.write(() => insert(mark))),
    );
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(marks()).toEqual(["a", "b"]);
    expect(seen).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
  });

  it("refuses every write of a commit that fails, and keeps none", async () => {
    const { writer, insert, marks, inTransaction } = open({ commitFails: true });
    const answers = await Promise.allSettled(
      ["a", "b"].map((mark) => writer.write(() => insert(mark))),
    );
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(marks()).toEqual([]);
    expect(inTransaction()).toBe(false);
  });

  it("knows when everything that was asked for is settled", async () => {
    const { writer, insert, marks } = open();
    void writer.write(() => insert("a")).then(() => writer.write(() => insert("b")));
    await writer.settled();
    expect(marks()).toContain("a");
    await writer.settled();
    expect(marks()).toEqual(["a", "b"]);
  });
});
