import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createLoadLimits, type LoadAllowance } from "../../../core/web/load-limits.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import type { Problem } from "../../fixtures/rig/http.ts";
import { startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";

const small: LoadAllowance = { perSecond: 2, burst: 3, waitingCalls: 2, diskReserve: 1_000 };

function limitsAt(free: () => Promise<number | undefined> = async () => undefined) {
  let now = 0;
  const limits = createLoadLimits({ allowance: small, nowMs: () => now, freeBytes: free });
  return { limits, pass: (ms: number) => (now += ms) };
}

describe("the turns of a key", () => {
  it("G9: are as many at once as the burst, and come back with time", () => {
    const { limits, pass } = limitsAt();
    const spend = () => limits.spend("key")?.code;
    expect([spend(), spend(), spend(), spend()]).toEqual([
      undefined,
      undefined,
      undefined,
      "rate_limited",
    ]);
    pass(499);
    expect(spend()).toBe("rate_limited");
    pass(1);
    expect([spend(), spend()]).toEqual([undefined, "rate_limited"]);
  });

  it("never grow beyond the burst", () => {
    const { limits, pass } = limitsAt();
    limits.spend("key");
    pass(3_600_000);
    const taken = Array.from({ length: 10 }, () => limits.spend("key")).filter((no) => !no);
    expect(taken).toHaveLength(3);
  });

  it("are counted for each key by itself", () => {
    const { limits } = limitsAt();
    for (let turn = 0; turn < 4; turn += 1) limits.spend("flooding");
    expect(limits.spend("flooding")?.status).toBe(429);
    expect(limits.spend("quiet")).toBeUndefined();
  });
});

describe("the waiting room", () => {
  it("G9: holds so many calls of a caller, and takes one more when one ends", () => {
    const { limits } = limitsAt();
    const first = limits.beginWaiting("ci");
    limits.beginWaiting("ci");
    expect(limits.beginWaiting("ci")).toMatchObject({ status: 429, code: "too_many_waiting" });
    expect(limits.beginWaiting("other")).toBeTypeOf("function");
    if (typeof first !== "function") throw new Error("The first call was not let in.");
    first();
    first();
    expect(limits.beginWaiting("ci")).toBeTypeOf("function");
    expect(limits.beginWaiting("ci")).toMatchObject({ retryAfterS: 5 });
  });
});

describe("the disk's reserve", () => {
  it("G9: is looked at once a second at most, by however many", async () => {
    let looks = 0;
    let free = 999;
    const { limits, pass } = limitsAt(async () => {
      looks += 1;
      return free;
    });
    const codes = async () => (await limits.diskProblem())?.code;
    expect(await Promise.all([codes(), codes()])).toEqual(["disk_reserve", "disk_reserve"]);
    free = 1_000;
    pass(999);
    expect(await codes()).toBe("disk_reserve");
    pass(1);
    expect(await codes()).toBeUndefined();
    expect(looks).toBe(2);
  });

  it("stops nobody where the system does not tell, or fails to", async () => {
    expect(await limitsAt().limits.diskProblem()).toBeUndefined();
    const broken = limitsAt(() => Promise.reject(new Error("EIO")));
    expect(await broken.limits.diskProblem()).toBeUndefined();
  });
});

interface Receipt {
  readonly approval: { readonly id: string };
}

describe("load that hurts, over HTTP", () => {
  let web: WebHub;
  afterEach(() => web.close());

  const start = async (allowance: Partial<LoadAllowance>) => {
    web = await startWebHub({ clock: handClock(), limits: { allowance, nowMs: () => 0 } });
    return web.producer("ci", ["events", "read"]);
  };
  const event = (id: string, approval?: object) => ({
    body: { type: "deploy.requested", id, subject: id, data: approval ? { approval } : {} },
  });

  it("G9: a key without turns is told when to come back, and another key is served", async () => {
    const { key } = await start({ perSecond: 1, burst: 2 });
    const other = await web.producer("other");
    const ask = (with_: string) => web.call<Problem>("GET", "/v1/events", { key: with_ });
    expect((await ask(key)).status).toBe(200);
    expect((await ask(key)).status).toBe(200);
    const refused = await ask(key);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(refused.body).toMatchObject({ code: "rate_limited", status: 429 });
    expect(refused.body.hint).not.toBe("");
    expect((await ask(other.key)).status).toBe(200);
  });

  it("G9: a producer whose calls wait already is refused, and let in when one hangs up", async () => {
    const { key } = await start({ waitingCalls: 1 });
    const hangUp = new AbortController();
    const posted = await web.call<Receipt>("POST", "/v1/events", {
      key,
      ...event("1", {}),
    });
    const path = `/v1/approvals/${posted.body.approval.id}`;
    const headers = { authorization: `Bearer ${key}` };
    const stream = await fetch(`${web.url}${path}/stream`, { headers, signal: hangUp.signal });
    expect(stream.status).toBe(200);
    expect((await web.call("GET", path, { key })).status).toBe(200);
    const waiting = await web.call<Problem>("GET", `${path}?wait=0`, { key });
    expect(waiting).toMatchObject({ status: 429, body: { code: "too_many_waiting" } });
    expect((await web.call("GET", `${path}/stream`, { key })).status).toBe(429);
    hangUp.abort();
    await expect
      .poll(async () => (await web.call("GET", `${path}?wait=0`, { key })).status)
      .toBe(200);
  });

  it("G9: a caller who hung up before its key was looked up waits no more", async () => {
    const { key } = await start({ waitingCalls: 1 });
    const { apiKeys } = web.store;
    const { get } = apiKeys;
    let goOn = () => {};
    const stalled = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const asked = new Promise<void>((resolve) => {
      apiKeys.get = async (id) => {
        resolve();
        await stalled;
        return get(id);
      };
    });
    const hangUp = new AbortController();
    const stream = `${web.url}/v1/approvals/none/stream`;
    const headers = { authorization: `Bearer ${key}` };
    const given = fetch(stream, { headers, signal: hangUp.signal }).catch(() => "gone");
    await asked;
    hangUp.abort();
    expect(await given).toBe("gone");
    // Until the hub knows of it, too.
    await pause(50);
    apiKeys.get = get;
    goOn();
    await pause(50);
    expect((await web.call("GET", "/v1/approvals/none?wait=0", { key })).status).toBe(404);
  });

  it.each([
    ["a stream", "/stream"],
    ["a call that waits", "?wait=30"],
  ])("G11: %s ends when its key is revoked", async (_, asked) => {
    const { key } = await start({});
    const posted = await web.call<Receipt>("POST", "/v1/events", { key, ...event("1", {}) });
    const path = `${web.url}/v1/approvals/${posted.body.approval.id}${asked}`;
    const hangUp = new AbortController();
    const given = fetch(path, {
      headers: { authorization: `Bearer ${key}` },
      signal: hangUp.signal,
    }).then(
      async (answer) => [answer.status, await answer.text().catch(() => "cut off")] as const,
      () => "hung up" as const,
    );
    await pause(100);
    const [found] = await web.store.apiKeys.scan("byName", { limit: 1 });
    if (!found) throw new Error("The key is not there.");
    await web.hub.apiKeys.revoke(found.key, "Ann");
    setTimeout(() => hangUp.abort(new Error("too late")), 5_000).unref();
    const ended = await Promise.race([given, pause(4_000, "still open" as const)]);
    hangUp.abort();
    expect(ended).not.toBe("still open");
    if (asked.startsWith("?")) expect(ended[0]).toBe(401);
  });

  it("G11: a call that waits asks once for its key, however long the store does not answer", async () => {
    const { key } = await start({});
    const posted = await web.call<Receipt>("POST", "/v1/events", { key, ...event("1", {}) });
    const hangUp = new AbortController();
    const stream = await fetch(`${web.url}/v1/approvals/${posted.body.approval.id}/stream`, {
      headers: { authorization: `Bearer ${key}` },
      signal: hangUp.signal,
    });
    const { apiKeys } = web.store;
    const { get } = apiKeys;
    let asked = 0;
    let goOn = () => {};
    const stalled = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    apiKeys.get = async (id) => {
      asked += 1;
      await stalled;
      return get(id);
    };
    await pause(2_500);
    expect([stream.status, asked]).toEqual([200, 1]);
    apiKeys.get = get;
    goOn();
    hangUp.abort();
  });

  it("G9: on an almost full disk events are refused, and a request is still withdrawn", async () => {
    const disk = { free: 10, now: 0 };
    web = await startWebHub({
      clock: handClock(),
      limits: {
        allowance: { diskReserve: 10 },
        nowMs: () => disk.now,
        freeBytes: async () => disk.free,
      },
    });
    const { key } = await web.producer("ci");
    const post = (id: string) =>
      web.call<Problem & Receipt>("POST", "/v1/events", { key, ...event(id, {}) });
    const posted = await post("1");
    expect(posted.status).toBe(202);
    Object.assign(disk, { free: 9, now: 1_000 });
    const refused = await post("2");
    expect(refused).toMatchObject({ status: 503, body: { code: "disk_reserve" } });
    expect(refused.headers.get("retry-after")).toBe("30");
    expect(await web.store.events.scan("byTime", { limit: 10 })).toHaveLength(1);
    const path = `/v1/approvals/${posted.body.approval.id}/cancel`;
    const cancelled = await web.call("POST", path, { key, body: {} });
    expect(cancelled).toMatchObject({ status: 200, body: { state: "cancelled" } });
  });
});
