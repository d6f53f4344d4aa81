import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { describeStore } from "../../contracts/store.contract.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStore("SQLite in memory", async (clock) => openSqliteStore({ path: ":memory:", clock }));

let files = 0;
describeStore("SQLite in a file", async (clock) => {
  files += 1;
  return openSqliteStore({ path: join(folder, `${files}.db`), clock });
});
