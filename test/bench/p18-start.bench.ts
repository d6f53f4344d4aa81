import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { launch } from "../fixtures/rig/hub-process.ts";
import { median, report } from "./figures.ts";

const rounds = 7;

/** What any Node program that serves a page costs on this machine. */
const bareServer = `
  const server = require("node:http").createServer((_, answer) => answer.end("<h1>page</h1>"));
  server.listen(0, "127.0.0.1", () => console.log("http://127.0.0.1:" + server.address().port));`;

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

const residentMb = (pid: number) =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;

async function firstPage(url: string, startedAt: number): Promise<number> {
  const page = await fetch(url);
  await page.text();
  expect(page.headers.get("content-type") ?? "text/html").toMatch(/html/);
  return (performance.now() - startedAt) / 1_000;
}

async function measureBare(): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["-e", bareServer], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const seconds = await firstPage(String(line), startedAt);
  child.kill("SIGKILL");
  await once(child, "close");
  return seconds;
}

async function measureHub(sandbox: "on" | "off"): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const startedAt = performance.now();
  const hub = launch(["serve"], folder, { PORT: "0", SANDBOX: sandbox });
  const line = await hub.lines.until(/^\s+API\s+http/);
  const origin = new URL(/http\S+/.exec(line)?.[0] ?? "").origin;
  const seconds = await firstPage(`${origin}/`, startedAt);
  // The platforms are loaded after the port listens: with a sandbox, count them in, once both have posted a card.
  if (sandbox === "on") {
    await hub.lines.until(/"sent".*"slack"|"slack".*"sent"/);
    await hub.lines.until(/"sent".*"teams"|"teams".*"sent"/);
  }
  const megabytes = residentMb(hub.pid);
  await hub.end("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
  return { seconds, megabytes };
}

describe("P18", () => {
  it("start on an empty folder to the first page, and memory then", async () => {
    const bare: number[] = [];
    const off: Measured[] = [];
    const on: Measured[] = [];
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await measureBare());
      off.push(await measureHub("off"));
      on.push(await measureHub("on"));
    }
    const of = (name: keyof Measured, all: readonly Measured[]) =>
      median(all.map((one) => one[name]));
    report({
      id: "P18.start",
      what: "process start to first page, sandbox on",
      unit: "s",
      value: of("seconds", on),
      gate: 2,
      stretch: 0.8,
      baseline: median(bare),
    });
    const memory = { what: "resident memory", unit: "MB" };
    report({
      id: "P18.memory.off",
      ...memory,
      value: of("megabytes", off),
      gate: 150,
      stretch: 100,
    });
    report({ id: "P18.memory.on", ...memory, value: of("megabytes", on), gate: 220, stretch: 160 });
  });
});
