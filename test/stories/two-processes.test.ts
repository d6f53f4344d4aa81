import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask } from "../fixtures/rig/http.ts";
import { startMongo } from "../fixtures/rig/mongo.ts";
import { MongoHub } from "../fixtures/rig/mongo-hub.ts";
import { startStandIn } from "../fixtures/rig/mongo-standin.ts";
import { deployEvent } from "../fixtures/rig/requests.ts";
import type { Receipt } from "../fixtures/rig/running-hub.ts";
import { useSignInLink } from "../fixtures/rig/sign-in.ts";

const mongo = await startMongo();

const post = async (hub: MongoHub, event: object): Promise<Receipt> => {
  const { status, body } = await hub.call<Receipt>("POST", "/v1/events", { body: event });
  if (status !== 202) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
};
/** A request that nobody but the API decides: no rule names a channel. */
const question = () => deployEvent({ approval: {} });

describe.skipIf(mongo.kind === "none")(`two processes over ${mongo.label}`, () => {
  let hubs: readonly MongoHub[] = [];
  const [one, two] = [() => hubs[0] as MongoHub, () => hubs[1] as MongoHub];
  let url = "";
  beforeEach(async () => {
    if (mongo.kind === "none") return;
    url = mongo.fresh();
    hubs = await Promise.all([MongoHub.start(url), MongoHub.start(url)]);
  });
  afterEach(() => Promise.all(hubs.map((hub) => hub.stop())));
  afterAll(() => (mongo.kind === "none" ? undefined : mongo.clear()));

  it("are one hub: what one takes the other shows, and either folder's key opens both", async () => {
    const event = question();
    const receipt = await post(one(), event);
    const shown = await two().call("GET", `/v1/events/${receipt.id}`);
    expect(shown).toMatchObject({ status: 200, body: { subject: event.subject } });
    const key = one().adminKey;
    const approval = await two().call("GET", `/v1/approvals/${receipt.approval?.id}`, { key });
    expect(approval).toMatchObject({ status: 200, body: { state: "open" } });
  });

  it("take an event once that reaches both at the same time", async () => {
    const events = Array.from({ length: 20 }, question);
    const pairs = await Promise.all(
      events.map((event) => Promise.all([post(one(), event), post(two(), event)])),
    );
    for (const pair of pairs) {
      expect(new Set(pair.map(({ id }) => id)).size).toBe(1);
      expect(new Set(pair.map(({ approval }) => approval?.id)).size).toBe(1);
      expect(pair.map(({ status }) => status).toSorted()).toEqual(["accepted", "duplicate"]);
    }
  });

  it("tell who watches at one what was decided at the other", async () => {
    const { approval } = await post(one(), question());
    const path = `/v1/approvals/${approval?.id}`;
    const watched = await fetch(`${one().url}${path}/stream`, {
      headers: { authorization: `Bearer ${one().adminKey}` },
      signal: AbortSignal.timeout(30_000),
    });
    const chunks = watched.body?.pipeThrough(new TextDecoderStream()).getReader();
    let seen = "";
    const until = async (part: string) => {
      while (!seen.includes(part)) {
        const chunk = await chunks?.read();
        if (!chunk || chunk.done) throw new Error(`The stream ended without ${part}: ${seen}`);
        seen += chunk.value;
      }
    };
    await until('"state":"open"');
    const cancelled = await two().call("POST", `${path}/cancel`, { body: { reason: "late" } });
    expect(cancelled).toMatchObject({ status: 200, body: { state: "cancelled" } });
    await until('"state":"cancelled"');
    await chunks?.cancel();
    const waited = await one().call("GET", `${path}?wait=30`);
    expect(waited).toMatchObject({ status: 200, body: { state: "cancelled" } });
  });

  it("B3, B10: a rule that is saved at one is in force at the other within a second, and so is a rollback", async () => {
    const place = {
      ...{ kind: "webhook", name: "archive", state: "disabled", types: ["*"] },
      settings: { address: "https://archive.example/in" },
    };
    expect((await one().call("POST", "/v1/destinations", { body: place })).status).toBe(201);
    /** Save, then post at the other until the rules there are these: names of what matched, and how long that took. */
    const matchedAt = async (hub: MongoHub, wanted: readonly string[]) => {
      const savedAt = performance.now();
      const matched = async () =>
        (await post(hub, question())).matched.map(({ name }) => name).join();
      await expect.poll(matched, { timeout: 10_000, interval: 20 }).toBe(wanted.join());
      return performance.now() - savedAt;
    };
    const change = async (hub: MongoHub, path: string, version: number, body: object) => {
      const headers = { "if-match": `"${version}"` };
      const method = path.endsWith("rollback") ? "POST" : "PUT";
      expect((await hub.call(method, path, { body, headers })).status).toBe(200);
    };
    const ruled = (name: string) => ({
      rules: [{ name, types: ["deploy.*"], to: ["archive"], continue: false }],
    });
    // Both have their rules in memory before anything is saved.
    await Promise.all([matchedAt(one(), []), matchedAt(two(), [])]);
    await change(one(), "/v1/rules", 0, ruled("First"));
    expect((await post(one(), question())).matched.map(({ name }) => name)).toEqual(["First"]);
    expect(await matchedAt(two(), ["First"])).toBeLessThan(1_000);
    await change(two(), "/v1/rules", 1, ruled("Second"));
    expect(await matchedAt(one(), ["Second"])).toBeLessThan(1_000);
    await change(one(), "/v1/rules/rollback", 2, { version: 1 });
    expect(await matchedAt(two(), ["First"])).toBeLessThan(1_000);
  });

  it("let one of many close a request, however they reach it", async () => {
    const { approval } = await post(one(), question());
    const path = `/v1/approvals/${approval?.id}/cancel`;
    const calls = Array.from({ length: 32 }, (_, number) =>
      (number % 2 === 0 ? one() : two()).call("POST", path, { body: { reason: `${number}` } }),
    );
    const answers = await Promise.all(calls);
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(31);
  });

  it("know one session: who signs in at one is signed in at the other", async () => {
    const { body: link } = await one().call<{ readonly url: string }>("POST", "/v1/admin/links", {
      body: {},
    });
    const cookie = await useSignInLink(two().url + new URL(link.url).pathname);
    const page = await ask(`${one().url}/approvals`, "GET", { headers: { cookie } });
    expect(page.status).toBe(200);
    const stranger = await ask(`${one().url}/approvals`, "GET");
    expect(stranger.status).toBe(303);
  });

  it("go on one without the other, and lose nothing of what the killed one took", async () => {
    const receipts = await Promise.all(Array.from({ length: 20 }, () => post(one(), question())));
    await one().kill();
    // What the killed process may still be about to do is left to it for some seconds.
    const stateOf = async ({ id }: Receipt) =>
      (await two().call<{ readonly state: string }>("GET", `/v1/events/${id}`)).body.state;
    const states = () => Promise.all(receipts.map(stateOf));
    await expect
      .poll(states, { timeout: 20_000, interval: 500 })
      .toEqual(receipts.map(() => "expanded"));
    for (const { approval } of receipts) {
      const request = await two().call("GET", `/v1/approvals/${approval?.id}`);
      expect(request).toMatchObject({ status: 200, body: { state: "open" } });
    }
  });

  it("share their keys: a third with another ring does not start, and says why", async () => {
    const { folder, running } = MongoHub.launch(url, Buffer.alloc(32, 8).toString("base64"));
    const { code } = await running.ended;
    rmSync(folder, { recursive: true, force: true });
    expect(code).toBe(1);
    expect(running.lines.all).toEqual([
      "No key of COUNTERSIGN_KEYS opens what this database holds. Set the same keys for every process that uses it.",
    ]);
  });
});

describe.skipIf(mongo.kind !== "stand-in")(
  "a hub whose MongoDB goes away [on the stand-in]",
  () => {
    it("is not ready, takes nothing and says when to ask again", async () => {
      const standIn = await startStandIn();
      const hub = await MongoHub.start(`mongodb://${standIn.address}/x`);
      try {
        await standIn.end("SIGKILL");
        const [ready, posted] = await Promise.all([
          hub.call("GET", "/readyz"),
          hub.call("POST", "/v1/events", { body: question() }),
        ]);
        for (const answer of [ready, posted]) {
          expect(answer).toMatchObject({ status: 503, body: { code: "store_unavailable" } });
          expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
        }
        expect((await hub.call("GET", "/healthz")).status).toBe(200);
      } finally {
        await hub.stop();
      }
    });

    it("does not start without it, and the address with its password is printed nowhere", async () => {
      const { folder, running } = MongoHub.launch("mongodb://hub:s3cret-word@127.0.0.1:1/x");
      const { code } = await running.ended;
      rmSync(folder, { recursive: true, force: true });
      expect(code).toBe(1);
      expect(running.lines.all).toEqual([
        "MongoDB cannot be reached at 127.0.0.1:1 (ECONNREFUSED). Start it, or correct MONGODB_URL.",
      ]);
    });
  },
);
