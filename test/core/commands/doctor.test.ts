import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkDisk } from "../../../core/commands/doctor/folder.ts";
import type { World } from "../../../core/commands/world.ts";
import { type DataFolder, openDataFolder } from "../../../core/data-folder.ts";
import { checkDatabaseFile } from "../../../core/stores/sqlite/quick-check.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { answering, run, smallWorld } from "./small-world.ts";

interface Told {
  readonly settings: readonly { name: string; value: string; from: string }[];
  readonly checks: readonly { ok: boolean; name: string; found: string; remedy?: string }[];
}

let folder = "";
let data = "";
let opened: DataFolder | undefined;
let taken: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "doctor-"));
  data = join(folder, "data");
});
afterEach(() => {
  opened?.close();
  taken?.close();
  opened = undefined;
  taken = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const slack = {
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "s3cret-one",
  SLACK_SIGNING_SECRET: "s3cret-two",
};

async function examined(env: NodeJS.ProcessEnv = {}, over: Partial<World> = {}) {
  const world = smallWorld({
    env: { DATA_DIR: data, PORT: "0", ...env },
    checkDatabase: async (path) => checkDatabaseFile(path),
    ...over,
  });
  const { code, out } = await run(["doctor", "--json"], world);
  const told = JSON.parse(out) as Told;
  const check = (name: string) => told.checks.find((one) => one.name === name);
  const failed = told.checks.filter(({ ok }) => !ok);
  return { code, told, check, failed, out };
}

/** A folder that a hub has used and left. */
async function usedFolder(sandbox: boolean): Promise<string> {
  const used = openDataFolder(data, { sandbox });
  await openSqliteStore({ path: used.database, clock: handClock() }).close();
  used.close();
  return used.path;
}

describe("doctor, of single sign-on", () => {
  const settings = {
    ...{ OIDC_CLIENT_ID: "hub", OIDC_CLIENT_SECRET: "s3cret-oidc" },
    ...{ PUBLIC_URL: "http://localhost:3000" },
  };
  const asked = async (
    over: Readonly<Record<string, unknown>>,
    issuer = "https://id.example/r/x",
  ) => {
    const places: string[] = [];
    const known = { issuer, authorization_endpoint: "a", token_endpoint: "t", jwks_uri: "j" };
    const fetched = async (url: unknown) => {
      places.push(String(url));
      return Response.json({ ...known, ...over });
    };
    const env = { ...settings, OIDC_ISSUER: issuer };
    const { check, out } = await examined(env, { fetch: fetched as World["fetch"] });
    expect(out).not.toContain("s3cret-oidc");
    return { found: check("OIDC_ISSUER"), places };
  };

  it("G7: asks the issuer, and says what has to be registered there", async () => {
    const { found, places } = await asked({});
    expect(found?.ok).toBe(true);
    expect(found?.found).toContain("http://localhost:3000/auth/oidc/callback");
    expect(places).toContain("https://id.example/r/x/.well-known/openid-configuration");
    expect((await asked({}, "https://id.example/")).found?.ok).toBe(true);
  });

  it.each([
    [{ issuer: "https://id.example/r/y" }, "it calls itself https://id.example/r/y"],
    [{ issuer: undefined }, "it calls itself undefined"],
    [{ jwks_uri: undefined }, "names no jwks_uri"],
  ])("G7: tells an issuer with %o", async (over, says) => {
    const { found } = await asked(over);
    expect(found).toMatchObject({ ok: false, found: expect.stringContaining(says) });
    expect(found?.remedy).not.toBe("");
  });

  it("G7: tells one that cannot be reached", async () => {
    const env = { ...settings, OIDC_ISSUER: "http://127.0.0.1:1" };
    const { check, code } = await examined(env, { fetch });
    expect(check("OIDC_ISSUER")).toMatchObject({
      ...{ ok: false, found: expect.stringContaining("answers nothing") },
    });
    expect(code).toBe(1);
  });
});

describe("doctor", () => {
  it("finds nothing wrong on a machine where no hub has run, and makes nothing", async () => {
    const { code, failed, check } = await examined();
    expect(failed).toEqual([]);
    expect(code).toBe(0);
    expect(check("data folder")?.found).toContain("is made at the first start");
    expect(existsSync(data)).toBe(false);
  });

  it("finds nothing wrong with a folder that a hub has left", async () => {
    await usedFolder(true);
    const { code, failed, check } = await examined();
    expect(failed).toEqual([]);
    expect(code).toBe(0);
    expect(check("database")?.found).toBe("opens and is whole");
    expect(check("secrets")?.found).toBe("readable, one key");
  });

  it("prints one line for each check, and under what is wrong what to do", async () => {
    const path = await usedFolder(true);
    chmodSync(path, 0o755);
    const world = smallWorld({ env: { DATA_DIR: data, PORT: "0" } });
    const { code, out } = await run(["doctor"], world);
    expect(code).toBe(1);
    expect(out).toMatch(/^PORT +0 +\(environment\)$/m);
    expect(out).toMatch(/^✓ Node: \d+\.\d+\.\d+$/m);
    expect(out).toContain(`✗ data folder is private: ${path} has mode 755`);
    expect(out).toContain(`\n    Run: chmod 700 ${path}\n`);
  });

  it("shows every setting that holds, and of secrets only that they are set", async () => {
    const keys = Buffer.alloc(32, 7).toString("base64");
    const { told, out } = await examined({
      ...slack,
      COUNTERSIGN_KEYS: keys,
      METRICS_TOKEN: "s3cret-s3cret-s3cret",
      LOG_LEVEL: "warn",
    });
    const value = (asked: string) => told.settings.find(({ name }) => name === asked);
    expect(value("LOG_LEVEL")).toMatchObject({ value: "warn", from: "environment" });
    expect(value("RETENTION_DAYS")).toMatchObject({ value: "30", from: "default" });
    for (const name of ["SLACK_CLIENT_SECRET", "COUNTERSIGN_KEYS", "METRICS_TOKEN"])
      expect(value(name)).toMatchObject({ value: "set (hidden)", from: "environment" });
    expect(out).not.toContain("s3cret");
    expect(out).not.toContain(keys.slice(0, 20));
  });

  it("tells every setting that cannot be used, and goes on with what it can look at", async () => {
    const { code, failed, check } = await examined({
      SLACK_CLIENT_ID: "1.2",
      LOG_LEVEL: "loud",
      SANDBOX: "maybe",
    });
    expect(code).toBe(1);
    expect(failed.map(({ found }) => found.split(":")[0])).toEqual([
      "SANDBOX",
      "LOG_LEVEL",
      "SLACK_CLIENT_SECRET",
      "SLACK_SIGNING_SECRET",
    ]);
    expect(failed.every(({ remedy }) => remedy?.startsWith("Set it to "))).toBe(true);
    expect(check("disk")?.ok).toBe(true);
  });

  it("says that a hub without a platform posts nothing", async () => {
    const { failed } = await examined({ SANDBOX: "off" });
    expect(failed[0]).toMatchObject({ name: "platforms" });
    expect((await examined({ SANDBOX: "off", ...slack })).check("Slack")?.found).toContain(
      "slack.com",
    );
  });

  it("leaves MongoDB to the hub, and does not look for a file", async () => {
    const { check, failed, out } = await examined(
      {
        ...slack,
        MONGODB_URL: "mongodb://root:s3cret@db.example/x",
        COUNTERSIGN_KEYS: Buffer.alloc(32, 7).toString("base64"),
      },
      { checkDatabase: () => Promise.reject(new Error("There is no file.")) },
    );
    expect(failed).toEqual([]);
    expect(check("database")?.found).toContain("MongoDB");
    expect(out).not.toContain("s3cret");
  });

  it.each([
    ["is cut short", "SQLite format 3\0 and nothing else"],
    ["is something else", "no database at all, but a text of some length".repeat(50)],
  ])("tells a database that %s", async (_, text) => {
    const path = await usedFolder(true);
    writeFileSync(join(path, "countersign.db"), text);
    for (const tail of ["-wal", "-shm"])
      rmSync(join(path, `countersign.db${tail}`), { force: true });
    const { code, check } = await examined();
    expect(code).toBe(1);
    expect(check("database")).toMatchObject({ ok: false });
    expect(check("database")?.remedy).toContain("backup");
  });

  it("tells secrets that are lost, damaged, or open to others", async () => {
    const path = await usedFolder(true);
    const file = join(path, "secrets.json");
    chmodSync(file, 0o644);
    expect((await examined()).check("secrets are private")).toMatchObject({
      ok: false,
      remedy: `Run: chmod 600 ${file}`,
    });
    writeFileSync(file, "{");
    expect((await examined()).check("secrets")).toMatchObject({ ok: false });
    rmSync(file);
    const { check } = await examined();
    expect(check("secrets")?.found).toContain("is missing");
    expect(check("secrets")?.remedy).toContain("Restore it from a backup");
    expect(existsSync(file)).toBe(false);
  });

  it("tells a disk with less than the reserve", async () => {
    mkdirSync(data);
    expect(await checkDisk(data, async () => 64 * 1_048_576)).toMatchObject({ ok: true });
    expect(await checkDisk(data, async () => 64 * 1_048_576 - 1)).toMatchObject({
      ok: false,
      found: "63 MiB free; below 64 MiB events are refused",
    });
  });

  it("tells a chosen port that another program holds", async () => {
    taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const port = String((taken.address() as AddressInfo).port);
    const { code, check } = await examined({ PORT: port });
    expect(code).toBe(1);
    expect(check("port")?.found).toBe(`${port} on 127.0.0.1 is taken by another program`);
  });

  it("tells a public address whose name nobody knows", async () => {
    const { check } = await examined({ ...slack, PUBLIC_URL: "https://hub.invalid" });
    expect(check("PUBLIC_URL")).toMatchObject({
      ok: false,
      found: "the name hub.invalid is not known here",
    });
  });

  it("tells a clock that shows a time which has passed", async () => {
    const { check } = await examined({}, { now: () => new Date("2019-05-01T00:00:00Z") });
    expect(check("clock")?.remedy).toContain("NTP");
  });
});

describe("doctor beside a running hub", () => {
  let hub: Awaited<ReturnType<typeof answering>>;
  afterEach(() => hub.close());

  async function beside(routes: Parameters<typeof answering>[0], env: NodeJS.ProcessEnv = {}) {
    hub = await answering(routes);
    opened = openDataFolder(data, { sandbox: env["PUBLIC_URL"] === undefined });
    opened.writeRun(hub.url);
    const publicUrl = env["PUBLIC_URL"] === undefined ? {} : { PUBLIC_URL: hub.url, ...slack };
    return examined(
      { ...env, ...publicUrl },
      {
        now: () => new Date(),
        checkDatabase: () => Promise.reject(new Error("A hub has it open.")),
      },
    );
  }
  const alive = { "GET /healthz": [{ status: "alive" }], "GET /readyz": [{ status: "ready" }] };

  it("asks the hub about its store, and takes the port for held by it", async () => {
    const { code, failed, check } = await beside(alive);
    expect(failed).toEqual([]);
    expect(code).toBe(0);
    expect(check("database")?.found).toBe(`the running hub (process ${process.pid}) can store`);
    expect(check("port")?.found).toContain(`held by this hub, process ${process.pid}`);
    expect(check("clock")?.found).toMatch(/^agrees with the hub's within \d s$/);
  });

  it("asks a hub behind a proxy about its store where it listens itself", async () => {
    hub = await answering(alive);
    opened = openDataFolder(data, { sandbox: false });
    // The proxy lets through what Slack and Teams call, and nothing else.
    const proxy = await answering({});
    opened.writeRun(proxy.url, hub.url);
    const { check } = await examined(
      { PUBLIC_URL: proxy.url, ...slack },
      { now: () => new Date() },
    );
    proxy.close();
    expect(check("database")).toMatchObject({ ok: true });
    expect(check("PUBLIC_URL")).toMatchObject({ ok: false });
  });

  it("tells a hub that cannot store", async () => {
    const { check } = await beside({ ...alive, "GET /readyz": [{ status: 503, body: {} }] });
    expect(check("database")).toMatchObject({ ok: false });
    expect(check("database")?.found).toContain("503");
  });

  it("asks the public address, and tells one that leads elsewhere", async () => {
    const { check } = await beside(alive, { PUBLIC_URL: "set" });
    expect(check("PUBLIC_URL")).toMatchObject({ ok: true });
    hub.close();
    opened?.close();
    const other = await beside({ "GET /healthz": [{ hello: "world" }] }, { PUBLIC_URL: "set" });
    expect(other.check("PUBLIC_URL")).toMatchObject({ ok: false });
    expect(other.check("PUBLIC_URL")?.remedy).toContain("proxy");
  });

  it("tells a clock that is off from the hub's", async () => {
    hub = await answering(alive);
    opened = openDataFolder(data, { sandbox: true });
    opened.writeRun(hub.url);
    const { check } = await examined({}, { now: () => new Date(Date.now() + 120_000) });
    expect(check("clock")?.found).toMatch(/^differs from the hub's by 1[12]\d s$/);
  });
});
