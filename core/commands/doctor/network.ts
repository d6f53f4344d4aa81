import { lookup } from "node:dns/promises";
import { createServer } from "node:net";
import type { Config } from "../../config.ts";
import type { RunningHere } from "../../data-folder.ts";
import { isJsonObject } from "../../domain/json.ts";
import type { World } from "../world.ts";
import { type Check, fine, wrong } from "./check.ts";

const patienceMs = 5_000;
/** Slack refuses what is signed five minutes off, and so do we; a clock that is off by one will get there. */
const mostSkewMs = 60_000;

/** Look whether the hub that runs here can store. It is asked where it listens: what a proxy says is no word of its own. */
export async function checkReady(world: World, { ownUrl, pid }: RunningHere): Promise<Check> {
  const answer = await ask(world, `${ownUrl}/readyz`);
  if (answer.status === 200) return fine("database", `the running hub (process ${pid}) can store`);
  const found = `the running hub (process ${pid}) answers ${answer.said} at /readyz`;
  return wrong("database", found, "Look into its log: the store does not take writes.");
}

/** Look whether the port is there for this hub. */
export async function checkPort(
  { port, portChosen, host }: Config,
  running: RunningHere | undefined,
): Promise<Check> {
  if (running) return fine("port", `held by this hub, process ${running.pid}, at ${running.url}`);
  if (port === 0) return fine("port", "any free one is taken");
  const failure = await tryPort(port, host);
  if (failure === undefined) return fine("port", `${port} on ${host} is free`);
  if (failure === "EADDRINUSE" && !portChosen)
    return fine("port", `${port} is taken by another program; the hub takes the next free one`);
  const found =
    failure === "EADDRINUSE"
      ? `${port} on ${host} is taken by another program`
      : `${host} port ${port} cannot be listened on (${failure})`;
  return wrong("port", found, "Stop the program that holds it, or set PORT and HOST to others.");
}

function tryPort(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** Look whether people reach the hub by its public address; before it runs, whether the name is known. */
export async function checkPublicUrl(
  world: World,
  publicUrl: string,
  running: RunningHere | undefined,
): Promise<Check> {
  if (!running) return checkName(publicUrl);
  const answer = await ask(world, `${publicUrl}/healthz`);
  if (answer.status === 200 && isJsonObject(answer.body) && answer.body["status"] === "alive")
    return fine("PUBLIC_URL", `${publicUrl} answers`);
  return wrong(
    "PUBLIC_URL",
    `${publicUrl}/healthz answers ${answer.said}`,
    "See that the name leads to your proxy, and that the proxy passes everything to the hub.",
  );
}

async function checkName(publicUrl: string): Promise<Check> {
  const { hostname } = new URL(publicUrl);
  try {
    await lookup(hostname.replace(/^\[|\]$/g, ""));
    return fine("PUBLIC_URL", `${hostname} is known; run the hub and look again for its answer`);
  } catch {
    const remedy = "Make a DNS record for it, or set PUBLIC_URL to a name that has one.";
    return wrong("PUBLIC_URL", `the name ${hostname} is not known here`, remedy);
  }
}

/** Compare this machine's clock with that of what answers: the hub itself, or the proxy before it. */
export async function checkClock(
  world: World,
  { publicUrl }: Pick<Config, "publicUrl">,
  running: RunningHere | undefined,
): Promise<Check> {
  const now = world.now();
  if (now.getTime() < writtenAt) {
    return wrong("clock", `it shows ${now.toISOString()}, which has passed`, setClock);
  }
  const url = running && (publicUrl ?? running.url);
  const { date } = url === undefined ? { date: undefined } : await ask(world, `${url}/healthz`);
  if (date === undefined) return fine("clock", now.toISOString());
  const skewMs = Math.abs(world.now().getTime() - date.getTime());
  const seconds = `${Math.round(skewMs / 1_000)} s`;
  if (skewMs <= mostSkewMs) return fine("clock", `agrees with the hub's within ${seconds}`);
  return wrong("clock", `differs from the hub's by ${seconds}`, setClock);
}

/** This was written then, so an earlier time is wrong. */
const writtenAt = Date.parse("2026-01-01T00:00:00Z");
const setClock = "Set the clock by NTP: signatures that are five minutes off are refused.";

/** What an address answered. */
interface Asked {
  readonly status?: number;
  readonly body?: unknown;
  readonly date?: Date;
  /** For people: a status, or why there is none. */
  readonly said: string;
}

/** Ask an address, with little patience; an answer that does not come is told as one. */
export async function ask(world: World, url: string): Promise<Asked> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await world.fetch(url, { redirect: "manual", signal });
    const header = response.headers.get("date");
    const body: unknown = await response.json().catch(() => undefined);
    const { status } = response;
    return { status, body, said: String(status), ...(header ? { date: new Date(header) } : {}) };
  } catch (error) {
    const { cause, name } = error as { readonly cause?: NodeJS.ErrnoException; name: string };
    return { said: `nothing (${cause?.code ?? name})` };
  }
}
