import { describe, expect, it } from "vitest";
import { openConnection } from "../../../../core/stores/sqlite/bind.ts";
import type { Outcome } from "../../../../core/stores/sqlite/commit.ts";
import { commitHere, createWriter } from "../../../../core/stores/sqlite/writer.ts";

/** A writer over a real database, whose transactions are counted, and may be made to fail. */
function open({ commitFails = false } = {}) {
  const real = openConnection(":memory:");
  real.exec("CREATE TABLE marks (mark TEXT PRIMARY KEY)");
  real.exec("CREATE TABLE counts (mark TEXT PRIMARY KEY, done INTEGER NOT NULL)");
  const seen: string[] = [];
  const exec = (sql: string) => {
    seen.push(sql);
    if (sql === "COMMIT" && commitFails) throw new Error("the disk is full");
    real.exec(sql);
  };
  const writer = createWriter(commitHere({ ...real, exec }));
  const insert = writer.statement("INSERT INTO marks (mark) VALUES (?)");
  const keep = writer.statement("INSERT INTO marks (mark) VALUES (?) ON CONFLICT DO NOTHING");
  const find = writer.statement("SELECT 1 FROM marks WHERE mark = ?");
  const count = writer.statement(
    "INSERT INTO counts (mark, done) VALUES (?, 1) ON CONFLICT DO UPDATE SET done = done + 1",
  );
  const counted = real.prepare("SELECT mark, done FROM counts ORDER BY mark");
  const all = real.prepare("SELECT mark FROM marks ORDER BY mark");
  const steps = (marks: readonly string[]) =>
    marks.map((mark) => ({ statement: keep, values: [mark] }));
  return {
    writer,
    seen,
    insert: (mark: string) => writer.run(insert, mark),
    together: (
      first: readonly string[],
      rest: readonly string[],
      unless: readonly string[] = [],
      once: readonly string[] = [],
    ) =>
      writer.together({
        unless: unless.map((mark) => ({ statement: find, values: [mark] })),
        first: steps(first),
        rest: steps(rest),
        once: once.map((mark) => ({ statement: count, values: [mark] })),
      }),
    counts: () => counted.all().map(({ mark, done }) => [mark, done]),
    marks: () => all.all().map((row) => row["mark"]),
    inTransaction: real.inTransaction,
  };
}

/** A writer whose commits take until they are finished by hand, the oldest first. */
function openSlow(enough = 1_000) {
  const batches: number[] = [];
  const finishes: (() => void)[] = [];
  const writer = createWriter({
    statement: () => 0,
    begin: () => {
      const outcomes: Outcome[] = [];
      return {
        add: () => void outcomes.push({ kind: "done", value: 1 }),
        get isFull() {
          return outcomes.length >= enough;
        },
        commit: () => {
          batches.push(outcomes.length);
          return new Promise((resolve) => finishes.push(() => resolve(outcomes)));
        },
      };
    },
    close: async () => {},
  });
  return { writer, batches, finish: () => finishes.shift()?.() };
}

describe("the writer", () => {
  it("puts writes that arrive together into one commit", async () => {
    const { seen, insert, marks } = open();
    await Promise.all(["a", "b", "c"].map((mark) => insert(mark)));
    expect(seen).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
    expect(marks()).toEqual(["a", "b", "c"]);
  });

  it("settles no write before its commit", async () => {
    const { seen, insert } = open();
    const committed = await insert("a").then(() => seen.includes("COMMIT"));
    expect(committed).toBe(true);
  });

  it("takes no neighbour down with a write that fails", async () => {
    const { seen, insert, marks } = open();
    const answers = await Promise.allSettled(["a", "a", "b"].map((mark) => insert(mark)));
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(marks()).toEqual(["a", "b"]);
    expect(seen).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
  });

  it("refuses every write of a commit that fails, and keeps none", async () => {
    const { insert, marks, inTransaction } = open({ commitFails: true });
    const answers = await Promise.allSettled(["a", "b"].map((mark) => insert(mark)));
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(marks()).toEqual([]);
    expect(inTransaction()).toBe(false);
  });

  it("does several steps together, and what follows from them", async () => {
    const { seen, together, marks } = open();
    expect(await together(["a", "b"], ["c"])).toBe(true);
    expect(await together(["d"], ["a", "e"])).toBe(true);
    expect(marks()).toEqual(["a", "b", "c", "d", "e"]);
    expect(seen.filter((sql) => sql === "COMMIT")).toHaveLength(2);
  });

  it("does none of the steps together where one of the first changes nothing", async () => {
    const { insert, together, marks } = open();
    const answers = await Promise.all([
      insert("b"),
      together(["a", "b", "c"], ["d"]),
      together(["b"], ["e"]),
      insert("f"),
    ]);
    expect(answers).toEqual([1, false, false, 1]);
    expect(marks()).toEqual(["b", "f"]);
  });

  it("does none of the steps together where one finds what must not be there", async () => {
    const { insert, together, marks } = open();
    const answers = await Promise.all([
      insert("a"),
      together(["b"], ["c"], ["z", "a"]),
      together(["d"], ["e"], ["b"]),
      together(["f"], [], ["d"]),
    ]);
    expect(answers).toEqual([1, false, true, false]);
    expect(marks()).toEqual(["a", "d", "e"]);
  });

  it("does once in a commit what is enough once, and not for steps that were not done", async () => {
    const { insert, together, counts } = open();
    const answers = await Promise.all([
      insert("a"),
      together(["a"], [], [], ["lane"]),
      together(["b"], [], [], ["lane", "other"]),
      together(["c"], [], [], ["lane"]),
      together(["b"], [], [], ["third"]),
    ]);
    expect(answers).toEqual([1, false, true, true, false]);
    expect(counts()).toEqual([
      ["lane", 1],
      ["other", 1],
    ]);
    await together(["d"], [], [], ["lane"]);
    expect(counts()).toEqual([
      ["lane", 2],
      ["other", 1],
    ]);
  });

  it("gathers what arrives while it commits into the next batch", async () => {
    const { writer, batches, finish } = openSlow();
    const first = writer.run(0);
    await expect.poll(() => batches).toEqual([1]);
    const rest = [writer.run(0), writer.run(0), writer.run(0)];
    finish();
    await first;
    await expect.poll(() => batches).toEqual([1, 3]);
    finish();
    await Promise.all(rest);
  });

  it("hands over a batch that is large enough, while others are committed and before the turn ends", async () => {
    const { writer, batches, finish } = openSlow(3);
    const writes = Array.from({ length: 7 }, () => writer.run(0));
    expect(batches).toEqual([3, 3]);
    finish();
    await Promise.all(writes.slice(0, 3));
    expect(batches).toEqual([3, 3]);
    finish();
    await Promise.all(writes.slice(3, 6));
    await expect.poll(() => batches).toEqual([3, 3, 1]);
    finish();
    await writer.settled();
    expect(await writes[6]).toBe(1);
  });

  it("refuses the writes whose committer has ended", async () => {
    const ended = new Error("the thread has ended");
    const writer = createWriter({
      statement: () => 0,
      begin: () => ({ add: () => {}, isFull: false, commit: () => Promise.reject(ended) }),
      close: async () => {},
    });
    await expect(writer.run(0)).rejects.toBe(ended);
    await writer.settled();
  });

  it("knows when everything that was asked for is settled", async () => {
    const { writer, insert, marks } = open();
    void insert("a").then(() => insert("b"));
    await writer.settled();
    expect(marks()).toEqual(["a", "b"]);
  });
});
