import Database from "libsql";

/** The hub's writing thread, on a disk whose every commit takes COMMIT_MS longer. */
const commitMs = Number(process.env["COMMIT_MS"] ?? 0);
const { exec } = Database.prototype;
const never = new Int32Array(new SharedArrayBuffer(4));
Database.prototype.exec = function (this: Database.Database, sql: string) {
  if (sql === "COMMIT") Atomics.wait(never, 0, 0, commitMs);
  return exec.call(this, sql);
};
await import("../../../core/stores/sqlite/writer-thread.ts");
