import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it } from "vitest";
import { openConnection } from "../../../core/stores/sqlite/bind.ts";
import { createParcel } from "../../../core/stores/sqlite/parcel.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { describeStore } from "../../contracts/store.contract.ts";
import { projectRoot } from "../../fixtures/runner/source-tree.ts";
import { ann, ben } from "../domain/samples.ts";

const folder = mkdtempSync(join(tmpdir(), "countersign-thread-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const built = join(projectRoot, "dist/core/stores/sqlite/writer-thread.js");
const thread = pathToFileURL(built);
let files = 0;
function nextPath(): string {
  files += 1;
  return join(folder, `${files}.db`);
}

describeStore("SQLite written by its own thread", async (clock) =>
  openSqliteStore({ path: nextPath(), clock, thread }),
);

describe("the thread that writes", () => {
  it("refuses writes, and says so, when it could not begin", async () => {
    const missing = pathToFileURL(join(folder, "missing.js"));
    const store = openSqliteStore({ path: nextPath(), clock: handClock(), thread: missing });
    const refused = expect.objectContaining({ code: "store_unavailable" });
    await expect(store.people.insert(ann)).rejects.toEqual(refused);
    await expect(store.people.insert(ben)).rejects.toEqual(refused);
    await store.close();
  });

  it("puts the parcels that have arrived into one commit, and answers each", async () => {
    const path = nextPath();
    openConnection(path).exec("CREATE TABLE marks (mark TEXT PRIMARY KEY)");
    const worker = new Worker(built, { workerData: { path } });
    const sql = "INSERT INTO marks (mark) VALUES (?)";
    const parcelOf = (...marks: readonly string[]) => {
      const parcel = createParcel(() => []);
      for (const mark of marks) parcel.add({ kind: "run", statement: 0, values: [mark] });
      return parcel.seal();
    };
    worker.postMessage({ statements: [{ sql, forms: [] }], parcel: parcelOf("a", "b") });
    worker.postMessage({ statements: [], parcel: parcelOf("b") });
    worker.postMessage({ statements: [], parcel: parcelOf("c") });
    const [answer] = await once(worker, "message");
    const done = { kind: "done", value: 1 };
    expect(answer).toEqual([[done, done], [expect.objectContaining({ kind: "failed" })], [done]]);
    await worker.terminate();
  });

  it("refuses what comes after the store was closed", async () => {
    const store = openSqliteStore({ path: nextPath(), clock: handClock(), thread });
    await store.people.insert(ann);
    await store.close();
    await expect(store.people.insert(ben)).rejects.toMatchObject({ code: "store_unavailable" });
  });
});
