import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mongo } from "mongoose";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { HubError } from "../../../../core/domain/hub-error.ts";
import { sayStartTrouble } from "../../../../core/stores/mongo/start-trouble.ts";
import { openMongoStore } from "../../../../core/stores/mongo/store.ts";
import { type StandIn, standInLacks, startStandIn } from "../../../fixtures/rig/mongo-standin.ts";
import { startSilentProxy } from "../../../fixtures/rig/silent-proxy.ts";
import { personOf } from "../../domain/samples.ts";

const lacks = standInLacks();
const patienceMs = 500;
const login = "hub:s3cret-word";

async function troubleOf(url: string): Promise<HubError> {
  const cause: unknown = await openMongoStore({ url, patienceMs }).then(
    (store) => store.close(),
    (trouble: unknown) => trouble,
  );
  if (!(cause instanceof HubError)) throw new Error(`expected a HubError, came ${String(cause)}`);
  return cause;
}

describe("an address that leads nowhere", () => {
  it.each([
    ["a host where nothing listens", `mongodb://${login}@127.0.0.1:1/x`, "store_unavailable"],
    ["a host that nobody knows", `mongodb+srv://${login}@db.invalid/x`, "store_unavailable"],
    ["an option that does not exist", `mongodb://${login}@db.invalid/x?tlss=1`, "store_address"],
    ["options that fight", `mongodb://${login}@db.invalid/?ssl=1&tls=false`, "store_address"],
    ["a password that is not escaped", `mongodb://hub:s3cret-w%rd@db.invalid/x`, "store_address"],
  ])("%s: is refused in one sentence without the password", async (_, url, code) => {
    const trouble = await troubleOf(url);
    expect(trouble.code).toBe(code);
    expect(trouble.message).not.toContain("s3cret");
    expect(trouble.message).not.toContain("hub:");
    expect(trouble.message).toMatch(/^[A-Z].+\.$/);
  });

  it("names every host that was tried, with what the system said", async () => {
    const { message } = await troubleOf(`mongodb://${login}@127.0.0.1:1,localhost:2/x`);
    expect(message).toBe(
      "MongoDB cannot be reached at 127.0.0.1:1 (ECONNREFUSED), localhost:2 (ECONNREFUSED). Start it, or correct MONGODB_URL.",
    );
  });
});

describe("an answer of MongoDB at the start", () => {
  const answer = (code: number) =>
    sayStartTrouble(new mongo.MongoServerError({ code, message: "" }));

  it.each([
    [18, "refused the user or the password"],
    [8000, "refused the user or the password"],
    [13, "Give it the role readWrite"],
  ])("code %i is told with what to do", (code, part) => {
    expect(answer(code)).toMatchObject({ code: "store_refused" });
    expect(answer(code).message).toContain(part);
  });

  it("passes a trouble on that was told already", () => {
    const told = new HubError("schema_too_new", "Start the newer version.");
    expect(sayStartTrouble(told)).toBe(told);
  });
});

describe.skipIf(lacks !== undefined)(`a stand-in, not MongoDB ${lacks ?? ""}`, () => {
  let folder = "";
  const running: StandIn[] = [];
  const start = async (...options: Parameters<typeof startStandIn>) => {
    const standIn = await startStandIn(...options);
    running.push(standIn);
    return standIn;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "countersign-mongo-"));
  });
  afterEach(async () => {
    for (const standIn of running.splice(0)) await standIn.end("SIGKILL");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("that is too old is refused", async () => {
    const { address } = await start({ wireVersion: 8 });
    const trouble = await troubleOf(`mongodb://${login}@${address}/x`);
    expect(trouble.code).toBe("store_too_old");
    expect(trouble.message).toContain("4.4");
  });

  it("that does not know the user is told apart from one that is away", async () => {
    const { address } = await start();
    const trouble = await troubleOf(`mongodb://${login}@${address}/x`);
    expect(trouble.code).toBe("store_refused");
    expect(trouble.message).not.toContain("s3cret");
  });

  it("that goes away fails calls, and serves them again when it is back with all it acknowledged", async () => {
    const file = join(folder, "killed.mv");
    const first = await start({ file });
    const port = Number(first.address.split(":")[1]);
    // On a slow machine a handshake takes longer than the half second of the others. Where the kill leaves the driver
    // with a look that hangs, another connection is made after three of them.
    const store = await openMongoStore({ url: `mongodb://${first.address}/x`, patienceMs: 2_000 });
    const acknowledged: string[] = [];
    // What is asked in one turn goes in one command, so each of several writers asks again when it was answered.
    const writing = Array.from({ length: 10 }, async (_, writer) => {
      for (let number = 0; number < 20; number += 1) {
        const person = personOf(`Person ${writer}-${number}`);
        if ((await store.people.insert(person)) === "inserted") acknowledged.push(person.id);
        if (acknowledged.length === 50) await first.end("SIGKILL");
      }
    });
    const outcomes = await Promise.allSettled(writing);
    const failures = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(failures.length).toBeGreaterThan(0);
    for (const { reason } of failures) expect(reason).toMatchObject({ code: "store_unavailable" });
    await expect(store.people.get("x")).rejects.toMatchObject({ code: "store_unavailable" });
    await expect(store.probe()).rejects.toMatchObject({ code: "store_unavailable" });

    running.length = 0;
    await start({ file, port });
    await expect
      .poll(() => store.probe().then(() => "ready", String), { timeout: 60_000 })
      .toBe("ready");
    expect(acknowledged.length).toBeGreaterThanOrEqual(50);
    for (const id of acknowledged) expect(await store.people.get(id)).toMatchObject({ id });
    await store.close();
  }, 120_000);

  it("that never answers on one connection fails the call, and serves the others meanwhile", async () => {
    const { address } = await start();
    const proxy = await startSilentProxy(address, "Lost Person");
    const store = await openMongoStore({ url: `mongodb://${proxy.address}/x`, patienceMs });
    const lost = expect(store.people.insert(personOf("Lost Person"))).rejects.toMatchObject({
      code: "store_unavailable",
    });
    await proxy.silent;
    expect(await store.people.insert(personOf("Ann"))).toBe("inserted");
    await lost;
    await store.close();
    proxy.close();
  }, 30_000);
});
