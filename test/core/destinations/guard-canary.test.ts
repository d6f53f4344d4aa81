import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import fc from "fast-check";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type AddressGuard,
  createAddressGuard,
  type Resolve,
} from "../../../core/destinations/address-guard.ts";
import { callOnce, resultOfFailure } from "../../../core/destinations/call.ts";
import { timeLimit } from "../../fixtures/rig/time-limit.ts";

/** Runs of the fuzz; `npm run soak` asks for more (TARGETS R8). */
const runs = Number(process.env["ADDRESSES"] ?? 1_500);

/** Every way to write the hub's own machine and its neighbours that a URL takes, and names that lead there. */
const vectors = (port: number): readonly string[] =>
  [
    ...["127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1"],
    ...["017700000001", "127.0.0.1.", "0", "0.0.0.0", "[::]", "[::1]", "[0:0:0:0:0:0:0:1]"],
    ...["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]"],
    ...["[::ffff:0:127.0.0.1]", "[::ffff:0:169.254.169.254]"],
    ...["[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "localhost", "LOCALHOST"],
    ...["localhost.", "a.localhost", "１２７.０.０.１", "①②⑦.0.0.1", "127。0。0。1", "10.0.0.1"],
    ...["172.16.0.1", "192.168.0.1", "169.254.169.254", "0xa9fea9fe", "2852039166"],
    ...["[::ffff:169.254.169.254]", "[fe80::1]", "[fd00:ec2::254]", "100.100.100.200"],
    ...["100.64.0.1", "198.18.0.1", "[fc00::1]", "224.0.0.1", "255.255.255.255"],
    ...["rebinds.example", "inside.example", "half.example", "mapped.example"],
  ].flatMap((host) => [
    `https://${host}/`,
    `https://${host}:443/`,
    `https://${host}:${port}/`,
    `http://${host}:${port}/`,
    `https://user:pass@${host}/`,
    `https://public.example@${host}/`,
  ]);

describe("the address guard before a canary", () => {
  let canary: Server;
  let guard: AddressGuard;
  let port = 0;
  let reached = 0;
  let asked = 0;

  /** Names that lead inside: at once, on the second look, beside a public address, or in IPv6 clothes. */
  const lookUp = ((host: string, _options: unknown, done: (...found: unknown[]) => void) => {
    asked += 1;
    const inside = { address: "127.0.0.1", family: 4 };
    const known: Readonly<Record<string, readonly object[]>> = {
      "rebinds.example": [inside],
      "inside.example": [{ address: "10.1.2.3", family: 4 }],
      "half.example": [{ address: "93.184.215.14", family: 4 }, inside],
      "mapped.example": [{ address: "::ffff:127.0.0.1", family: 6 }],
    };
    done(null, known[host] ?? [inside]);
  }) as unknown as Resolve;

  beforeAll(async () => {
    canary = createServer((socket) => {
      reached += 1;
      socket.destroy();
    });
    canary.listen(0, "::");
    await once(canary, "listening");
    port = (canary.address() as AddressInfo).port;
    guard = createAddressGuard([], lookUp);
  });
  afterAll(async () => {
    canary.close();
    await guard.agent.close();
  });

  const call = (url: string) =>
    callOnce(guard, { url, method: "POST", headers: {}, body: "{}", timeoutMs: 2_000 });

  it("R8 G3: reaches it by none of these ways, and says why each time", async () => {
    const all = vectors(port);
    expect(all.length).toBeGreaterThan(40);
    for (const url of all) {
      const called = await call(url);
      expect(called.kind, url).toBe("failed");
      if (called.kind !== "failed" || guard.check(url)?.code === "url_malformed") continue;
      const result = resultOfFailure(called.cause, 2_000);
      expect(result, url).toMatchObject({ kind: "rejected", remedy: "reroute" });
      expect("because" in result && result.because, url).toMatch(/^(?:address_|url_)/);
    }
    expect(asked).toBeGreaterThan(0);
    expect(reached).toBe(0);
  }, 60_000);

  it("the canary hears what the operator lists, so its silence is the guard's doing", async () => {
    const open = createAddressGuard([`http://127.0.0.1:${port}`]);
    const before = reached;
    await request(`http://127.0.0.1:${port}/`, { dispatcher: open.agent }).catch(() => {});
    expect(reached).toBeGreaterThan(before);
    await open.agent.close();
    reached = 0;
  });

  it(
    `R8 G3: ${runs} addresses that nobody thought of do not reach it either`,
    async () => {
      const byte = fc.integer({ min: 0, max: 255 });
      const inside = fc.oneof(
        fc.tuple(fc.constant(127), byte, byte, byte),
        fc.tuple(fc.constant(10), byte, byte, byte),
        fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
        fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
      );
      const number = ([a, b, c, d]: readonly number[]) =>
        (((a ?? 0) * 256 + (b ?? 0)) * 256 + (c ?? 0)) * 256 + (d ?? 0);
      const hex = (value: number) => value.toString(16);
      const hosts = fc.tuple(inside, fc.integer({ min: 0, max: 6 })).map(([quad, way]) => {
        const [a, b, c, d] = quad;
        const pair = [(a << 8) | b, (c << 8) | d] as const;
        return [
          quad.join("."),
          String(number(quad)),
          `0x${hex(number(quad))}`,
          quad.map((one) => `0${one.toString(8)}`).join("."),
          `[::ffff:${quad.join(".")}]`,
          `[::ffff:${hex(pair[0])}:${hex(pair[1])}]`,
          `[64:ff9b::${hex(pair[0])}:${hex(pair[1])}]`,
        ][way] as string;
      });
      const url = fc
        .tuple(
          fc.constantFrom("https:", "http:", "HTTPS:", "ftp:", "gopher:", "file:"),
          fc.constantFrom("//", "//user@", "//a:b@", "//public.example@", "\\\\", "/\\"),
          fc.oneof(
            hosts,
            fc.constantFrom("localhost", "x.localhost", "rebinds.example"),
            fc.string(),
          ),
          fc.constantFrom("", ":443", `:${port}`, ":80", ":0"),
          fc.constantFrom("", "/", "/%2e%2e/", "?a=b", "#f"),
        )
        .map((parts) => parts.join(""));
      await fc.assert(
        fc.asyncProperty(url, async (address) => {
          expect((await call(address)).kind).toBe("failed");
        }),
        { numRuns: runs },
      );
      expect(reached).toBe(0);
    },
    timeLimit(120_000),
  );
});
