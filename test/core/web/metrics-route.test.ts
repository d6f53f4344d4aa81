import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { handClock } from "../../contracts/hand-clock.ts";
import type { Problem } from "../../fixtures/rig/http.ts";
import { startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";

const token = "t0ken-t0ken-t0ken";
const scrape = async () => ({ contentType: "text/plain; version=0.0.4", text: "up 1\n" });

describe("/metrics", () => {
  let web: WebHub;
  afterEach(() => web.close());

  const start = async (given: { token?: string }, publicUrl?: string) => {
    web = await startWebHub({
      clock: handClock(),
      web: () => ({
        metrics: { scrape, ...given },
        ...(publicUrl === undefined ? {} : { publicUrl }),
      }),
    });
  };
  const read = (headers: Readonly<Record<string, string>> = {}) =>
    web.call<string & Problem>("GET", "/metrics", { headers });

  it("answers this machine without a token", async () => {
    await start({});
    const answer = await read();
    expect(answer).toMatchObject({ status: 200, body: "up 1\n" });
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4");
  });

  it.each(["x-real-ip", "via"])("is closed to a caller behind a proxy, by its %s", async (name) => {
    await start({});
    expect(await read({ [name]: "1.1 proxy" })).toMatchObject({
      status: 403,
      body: { code: "metrics_closed" },
    });
  });

  it.each(["forwarded", "x-forwarded-for", "x-forwarded-host"])(
    "is not reached by a caller with the header %s",
    async (name) => {
      await start({});
      expect((await read({ [name]: "for=1.2.3.4" })).status).toBe(421);
    },
  );

  /** As one asks who knows the process by its address in a cluster and by nothing else. */
  const byAddress = async (path: string, headers = {}) => {
    const asked = request(`${web.url}${path}`, { headers: { host: "10.1.2.3:3000", ...headers } });
    const [answer] = (await once(asked.end(), "response")) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };

  it("is reached with its token by the process's own address, as /healthz and /readyz are", async () => {
    await start({ token }, "https://hub.example");
    expect(await byAddress("/healthz")).toBe(200);
    expect(await byAddress("/readyz")).toBe(200);
    expect(await byAddress("/metrics", { authorization: `Bearer ${token}` })).toBe(200);
    expect(await byAddress("/metrics")).toBe(401);
    expect(await byAddress("/docs")).toBe(421);
  });

  it("is closed without a token once others reach the hub", async () => {
    await start({}, "http://localhost:1");
    expect(await read()).toMatchObject({ status: 403, body: { code: "metrics_closed" } });
  });

  it("answers whoever bears the token, wherever the hub is reached", async () => {
    await start({ token }, "http://localhost:1");
    expect((await read({ authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it.each([
    ["no header", {}],
    ["another token", { authorization: "Bearer other-other-other" }],
    ["a part of the token", { authorization: `Bearer ${token.slice(0, -1)}` }],
    ["another scheme", { authorization: `Basic ${token}` }],
  ])("refuses %s where a token is set, on this machine too", async (_, headers) => {
    await start({ token });
    const answer = await read(headers);
    expect(answer).toMatchObject({ status: 401, body: { code: "metrics_token" } });
    expect(JSON.stringify(answer.body)).not.toContain(token);
  });
});
