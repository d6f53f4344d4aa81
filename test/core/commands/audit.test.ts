import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { answering, run, smallWorld } from "./small-world.ts";

/** A row of somebody whose sign is joined of several, as the hub keeps it: its hash is of these very bytes. */
const line = '{"action":"person.changed","actor":{"name":"Ann 👩‍💻 \u009b31m"},"number":1}';

let hub: Awaited<ReturnType<typeof answering>>;
afterEach(() => hub.close());

async function exported(words: readonly string[], terminal = false) {
  hub = await answering({ "GET /v1/audit": [{ items: [{ line }], next: null }] });
  const world = smallWorld();
  const out = { write: world.out.write, terminal };
  return run([...hub.flags, "audit", "export", ...words], { ...world, out });
}

describe("countersign audit export", () => {
  it("H5: gives each row as it is kept, to a file and to a pipe, so that its hash fits", async () => {
    const folder = mkdtempSync(join(tmpdir(), "audit-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "rows");
    expect((await exported(["--out", file])).code).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(`${line}\n`);
    hub.close();
    expect((await exported([])).out).toBe(`${line}\n`);
  });

  it("shows a terminal no sign that it would obey", async () => {
    expect((await exported([], true)).out).not.toMatch(/\u009b/);
  });

  it("says in one sentence that it cannot write its file, and asks the hub for nothing", async () => {
    const file = join(tmpdir(), "countersign-nowhere", "rows");
    const { code, err } = await exported(["--out", file]);
    expect(code).toBe(1);
    expect(err).toBe(
      `${file} cannot be written (ENOENT). Name a file in a folder that you may write.\n`,
    );
    expect(hub.asked).toEqual([]);
  });
});
