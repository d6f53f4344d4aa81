import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Approval } from "../../../../core/domain/approval.ts";
import type { Person } from "../../../../core/domain/person.ts";
import { collections } from "../../../../core/ports/collections.ts";
import type { Stored } from "../../../../core/ports/stored.ts";
import { openConnection } from "../../../../core/stores/sqlite/bind.ts";
import { lanesTable } from "../../../../core/stores/sqlite/lanes.ts";
import { schemaVersion } from "../../../../core/stores/sqlite/migrate.ts";
import { checkDatabaseFile } from "../../../../core/stores/sqlite/quick-check.ts";
import { recordIn, scanSql } from "../../../../core/stores/sqlite/records.ts";
import { openSqliteStore } from "../../../../core/stores/sqlite/store.ts";
import { handClock } from "../../../contracts/hand-clock.ts";
import { mountSmallDisk } from "../../../fixtures/rig/small-disk.ts";
import {
  ann,
  approval,
  ben,
  chloe,
  later,
  organization,
  personOf,
  postOf,
  start,
  voteOf,
} from "../../domain/samples.ts";

const all = mkdtempSync(join(tmpdir(), "countersign-open-"));
afterAll(() => rmSync(all, { recursive: true, force: true }));

/** A user without any right. */
const nobody = 65_534;

let folder: string;
let path: string;
let made = 0;
const open = () => openSqliteStore({ path, clock: handClock() });
/** Do something to the file behind the store's back. */
function behind(...statements: readonly string[]): void {
  const connection = openConnection(path);
  for (const statement of statements) connection.exec(statement);
  connection.close();
}
/** A file as programs of schema 1 left it: ids and keys as texts, and every index in a column of its own. */
function makeSchemaOne(people: readonly Person[], approvals: readonly Approval[]): void {
  const connection = openConnection(path);
  const fields =
    "id TEXT PRIMARY KEY NOT NULL, organization TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL";
  const tables = { people: "key_byName", approvals: "key_byTime" };
  for (const [table, key] of Object.entries(tables)) {
    connection.exec(`CREATE TABLE "${table}" (${fields}, "${key}" TEXT)`);
    connection.exec(`CREATE INDEX "${table}_${key.slice(4)}" ON "${table}" ("${key}")`);
  }
  const insert = (table: keyof typeof tables, record: Stored) =>
    connection
      .prepare(`INSERT INTO "${table}" VALUES (?, ?, ?, ?, ?)`)
      .run(record.id, organization, record.revision, JSON.stringify(record), `a ${record.id}`);
  connection.exec("BEGIN");
  for (const person of people) insert("people", person);
  for (const approval of approvals) insert("approvals", approval);
  connection.exec("COMMIT");
  connection.exec(lanesTable);
  connection.exec(
    `INSERT INTO lanes VALUES ('lane:a:b', 0, NULL, 0, ${later(7).getTime()}, 1, '{"posts":[],"pausedUntil":0}')`,
  );
  connection.exec("PRAGMA user_version = 1");
  connection.close();
}
const copies = () => readdirSync(folder).filter((name) => name.includes("before-schema"));

beforeEach(() => {
  made += 1;
  folder = join(all, String(made));
  mkdirSync(folder);
  path = join(folder, "countersign.db");
});

describe("a database file", () => {
  it("holds everything after it was closed and opened again", async () => {
    const voted = { ...approval, votes: [voteOf(ann, "approve")] };
    const first = open();
    await Promise.all([first.approvals.insert(voted), first.lanes.wake("lane:a:b", later(7))]);
    await first.close();
    const second = open();
    expect(await second.approvals.get(approval.id)).toEqual(voted);
    expect(await second.approvals.scan("byTime", { limit: 9 })).toEqual([voted]);
    expect(await second.lanes.nextDueAt()).toEqual(later(7));
    await second.close();
    expect(copies()).toEqual([]);
  });

  it("is read through its indexes alone, from whatever place and in either order", async () => {
    await open().close();
    const connection = openConnection(path);
    for (const [name, { indexes }] of Object.entries(collections)) {
      for (const index of Object.keys(indexes)) {
        for (const order of ["ascending", "descending"] as const) {
          for (const after of [{}, { after: "" }]) {
            const sql = scanSql(name, index, { order, limit: 9, ...after });
            const plan = connection
              .prepare(`EXPLAIN QUERY PLAN ${sql}`)
              .all(...Array(sql.split("?").length - 1).fill(9));
            expect(plan.map(({ detail }) => detail).join()).toMatch(
              new RegExp(`^SEARCH ${name} USING INDEX ${name}_${index} [^,]*$`),
            );
          }
        }
      }
    }
    connection.close();
  });

  it("frees the lanes that a process held when it died, under a higher fence", async () => {
    const first = open();
    await first.lanes.wake("lane:a:b", start);
    const held = await first.lanes.claim("one", 30_000);
    await first.close();
    const second = open();
    const again = await second.lanes.claim("two", 30_000);
    expect(again?.lane).toBe("lane:a:b");
    expect(again?.fence).toBeGreaterThan(held?.fence ?? 0);
    await second.close();
  });

  it("gets an index that it lacks, filled with what it holds, and is copied before", async () => {
    const first = open();
    await first.people.insert(ann);
    await first.close();
    behind('DROP INDEX "people_byEmail"', 'ALTER TABLE "people" DROP COLUMN "key_byEmail"');
    const second = open();
    expect(await second.people.scan("byEmail", { limit: 9 })).toEqual([ann]);
    await second.close();
    expect(copies()).toHaveLength(1);
    const copy = openConnection(join(folder, copies()[0] ?? ""));
    const row = copy.prepare('SELECT body FROM "people"').first();
    expect(row && recordIn(row)).toEqual(ann);
    expect(copy.prepare('PRAGMA table_info("people")').all()).not.toContainEqual(
      expect.objectContaining({ name: "key_byEmail" }),
    );
    copy.close();
  });

  it("has everything in a later program's index that an earlier one wrote, once the later one is back", async () => {
    const first = open();
    await Promise.all([first.people.insert(ann), first.people.insert(ben)]);
    await first.close();
    const indexes: Partial<typeof collections.people.indexes> = collections.people.indexes;
    const { byEmail } = collections.people.indexes;
    const { email: _, ...annWithout } = ann;
    delete indexes.byEmail;
    try {
      const earlier = open();
      await earlier.people.replace({ ...annWithout, revision: 2 }, 1);
      await earlier.people.insert(chloe);
      await earlier.close();
    } finally {
      Object.assign(indexes, { byEmail });
    }
    const later = open();
    expect(await later.people.scan("byEmail", { limit: 9 })).toEqual([ben, chloe]);
    await later.close();
    await open().close();
    expect(copies()).toHaveLength(1);
  });

  it("keeps the copy of an earlier migration", async () => {
    for (const index of ["byEmail", "byName"]) {
      await open().close();
      behind(`DROP INDEX "people_${index}"`, `ALTER TABLE "people" DROP COLUMN "key_${index}"`);
    }
    await open().close();
    expect(copies()).toHaveLength(2);
  });

  it("of schema 1 is copied and written anew, with all that it holds, its lanes too", async () => {
    const people = Array.from({ length: 1_100 }, (_, number) => personOf(`Person ${number}`));
    makeSchemaOne(people, [{ ...approval, votes: [voteOf(ann, "approve")] }]);
    const store = open();
    expect(await store.people.scan("byName", { limit: 2_000 })).toEqual(
      people.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    );
    expect(await store.approvals.get(approval.id)).toEqual({
      ...approval,
      votes: [voteOf(ann, "approve")],
    });
    expect(await store.deliveries.insert(postOf(1))).toBe("inserted");
    expect(await store.lanes.nextDueAt()).toEqual(later(7));
    await store.close();
    await open().close();
    expect(copies()).toEqual([`countersign.db.before-schema-${schemaVersion}`]);
    const copy = openConnection(join(folder, copies()[0] ?? ""));
    expect(copy.prepare("PRAGMA user_version").first()).toMatchObject({ user_version: 1 });
    expect(copy.prepare('SELECT count(*) AS n FROM "people"').first()).toMatchObject({ n: 1_100 });
    copy.close();
    expect(checkDatabaseFile(path)).toBeUndefined();
  });

  it("of schema 1 stays as it is when one of its records cannot be read", () => {
    makeSchemaOne([ann], []);
    behind(`UPDATE "people" SET body = '{'`);
    expect(open).toThrow(`${path} cannot be read as a Countersign database.`);
    const connection = openConnection(path);
    expect(connection.prepare("PRAGMA user_version").first()).toMatchObject({ user_version: 1 });
    expect(connection.prepare('SELECT id FROM "people"').all()).toMatchObject([{ id: ann.id }]);
    connection.close();
    // However often a supervisor starts it again.
    expect(open).toThrow();
    expect(copies()).toEqual([]);
  });

  it("that a full disk lets nobody copy is not called unreadable, and leaves no half of a copy", async (test) => {
    const disk = mountSmallDisk(16);
    if (typeof disk === "string") return test.skip(disk);
    path = join(disk.folder, "countersign.db");
    try {
      makeSchemaOne([{ ...ann, name: "Ann".repeat(500_000) }], []);
      disk.fill(1_000_000);
      expect(open).toThrow(
        `The disk of ${path} is full. Make room on it, as much as the database takes.`,
      );
      expect(open).toThrow(expect.objectContaining({ code: "store_unwritable" }));
      expect(readdirSync(disk.folder).filter((name) => name.includes("before"))).toEqual([]);
      disk.clear();
      const store = open();
      expect((await store.people.get(ann.id))?.id).toBe(ann.id);
      await store.close();
    } finally {
      disk.remove();
    }
  });

  it("leaves no copy where the disk has room for that alone, however often it is started", async (test) => {
    const disk = mountSmallDisk(16);
    if (typeof disk === "string") return test.skip(disk);
    path = join(disk.folder, "countersign.db");
    try {
      makeSchemaOne([{ ...ann, name: randomBytes(750_000).toString("hex") }], []);
      disk.fill(2_500_000);
      for (let time = 0; time < 2; time += 1) {
        expect(open).toThrow(`The disk of ${path} is full.`);
        expect(readdirSync(disk.folder).filter((name) => name.includes("before"))).toEqual([]);
      }
      disk.clear();
      const store = open();
      expect((await store.people.get(ann.id))?.id).toBe(ann.id);
      await store.close();
    } finally {
      disk.remove();
    }
  });

  it("that this user may not write is not called unreadable", async (test) => {
    await open().close();
    // Whoever runs as root may write whatever its mode says.
    if (spawnSync("chattr", ["+i", path]).status !== 0)
      return test.skip("no file can be locked here");
    try {
      expect(open).toThrow(`${path} cannot be written. Give this user the right to write it.`);
      expect(open).toThrow(expect.objectContaining({ code: "store_unwritable" }));
    } finally {
      spawnSync("chattr", ["-i", path]);
    }
  });

  it("that belongs to another user is not called unreadable, nor damaged", async (test) => {
    await open().close();
    if (process.geteuid?.() !== 0) return test.skip("only root can take the place of another user");
    for (const one of [all, folder]) chownSync(one, nobody, nobody);
    chmodSync(path, 0o600);
    process.seteuid?.(nobody);
    try {
      expect(open).toThrow(`${path} cannot be opened. Give this user the right to read and write`);
      expect(open).toThrow(expect.objectContaining({ code: "store_unwritable" }));
      expect(checkDatabaseFile(path)).toEqual({
        found: `${path} cannot be read and written by this user`,
        remedy: "Give this user the right to read and write it.",
      });
    } finally {
      process.seteuid?.(0);
    }
    expect(checkDatabaseFile(path)).toBeUndefined();
  });

  it("that this user may read and not write is told before a start", async (test) => {
    await open().close();
    if (spawnSync("chattr", ["+i", path]).status !== 0)
      return test.skip("no file can be locked here");
    try {
      expect(checkDatabaseFile(path)?.found).toBe(
        `${path} cannot be read and written by this user`,
      );
    } finally {
      spawnSync("chattr", ["-i", path]);
    }
  });

  it("is refused by a program of schema 1, which takes the schema after its own", () => {
    expect(schemaVersion).toBeGreaterThan(1 + 1);
  });

  it("is left alone by a program that knows the schema before it, and refused by an older one", async () => {
    await open().close();
    behind(`PRAGMA user_version = ${schemaVersion + 1}`);
    await open().close();
    const connection = openConnection(path);
    expect(connection.prepare("PRAGMA user_version").first()).toMatchObject({
      user_version: schemaVersion + 1,
    });
    connection.close();
    behind(`PRAGMA user_version = ${schemaVersion + 2}`);
    expect(open).toThrow(expect.objectContaining({ code: "schema_too_new" }));
    expect(open).toThrow(/has schema \d+; this program knows \d+/);
  });

  it("is refused in one sentence when it is none, and stays as it is", () => {
    writeFileSync(path, "this is a letter, not a database".repeat(99));
    expect(open).toThrow(expect.objectContaining({ code: "store_unreadable" }));
    expect(open).toThrow(`${path} cannot be read as a Countersign database.`);
    expect(existsSync(`${path}.before-schema-${schemaVersion}`)).toBe(false);
  });

  it("is refused in one sentence when it cannot be opened at all", () => {
    mkdirSync(path);
    expect(open).toThrow(`${path} cannot be read as a Countersign database.`);
    path = join(folder, "missing", "countersign.db");
    expect(open).toThrow(`${path} cannot be read as a Countersign database.`);
  });
});
