import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";

/** Posts one body over and over, over kept connections, and prints what came of it. */
export interface LoadSpec {
  readonly url: string;
  readonly key: string;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second in all; without it each connection asks again as soon as it is answered. */
  readonly rate?: number;
  /** Each run of `@` in the body becomes the next number, as wide as the run; below `turns`, where it is given. */
  readonly turns?: number;
}

export interface LoadResult {
  readonly answered: number;
  readonly refused: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const spec = JSON.parse(process.argv[2] ?? "{}") as LoadSpec;
const { hostname, port, pathname } = new URL(spec.url);
const head = [
  `POST ${pathname} HTTP/1.1`,
  `Host: ${hostname}:${port}`,
  `Authorization: Bearer ${spec.key}`,
  "Content-Type: application/json",
  `Content-Length: ${Buffer.byteLength(spec.body)}`,
].join("\r\n");

// A second run on the same server must not repeat the ids of the first.
const salt = randomBytes(4).toString("hex");
const pieces = spec.body.replaceAll("$$$$$$$$", salt).split(/(@+)/);
let turn = 0;

function nextRequest(): string {
  const body = pieces.map((piece) => (piece.startsWith("@") ? nextNumber(piece.length) : piece));
  return `${head}\r\n\r\n${body.join("")}`;
}

function nextNumber(width: number): string {
  turn += 1;
  return String(turn % (spec.turns ?? 10 ** width)).padStart(width, "0");
}

/** Ask once and wait for the whole answer; the answer's status. */
function createAsker(socket: Socket): () => Promise<number> {
  let text = "";
  let answered: (status: number) => void = () => {};
  socket.setEncoding("latin1").on("data", (piece) => {
    text += String(piece);
    const headEnd = text.indexOf("\r\n\r\n");
    const length = Number(/content-length: (\d+)/i.exec(text.slice(0, headEnd))?.[1] ?? 0);
    if (headEnd < 0 || text.length < headEnd + 4 + length) return;
    const status = Number(text.slice(9, 12));
    text = "";
    answered(status);
  });
  return () =>
    new Promise((resolve) => {
      answered = resolve;
      socket.write(nextRequest());
    });
}

const times: number[] = [];
let refused = 0;

/** A server that answers nothing any more ends the load, and the bench with it. */
const patienceMs = spec.seconds * 1_000 + 30_000;
setTimeout(() => process.exit(1), patienceMs).unref();

async function askOnce(ask: () => Promise<number>): Promise<void> {
  const begun = performance.now();
  if ((await ask()) === 202) times.push(performance.now() - begun);
  else refused += 1;
}

const sockets = Array.from({ length: spec.connections }, () =>
  createConnection({ host: hostname, port: Number(port), noDelay: true }),
);
await Promise.all(sockets.map((socket) => once(socket, "connect")));
const begun = performance.now();
const end = begun + spec.seconds * 1_000;

async function askOn(ask: () => Promise<number>): Promise<void> {
  while (performance.now() < end) await askOnce(ask);
}

/** Ask at set times, however long the answers take while a connection is free. */
async function askAtRate(askers: (() => Promise<number>)[], rate: number): Promise<void> {
  const under = new Set<Promise<void>>();
  for (let asked = 0; performance.now() < end; ) {
    const due = Math.floor(((performance.now() - begun) / 1_000) * rate);
    for (; asked < due && askers.length > 0; asked += 1) {
      const ask = askers.pop() as () => Promise<number>;
      const done = askOnce(ask).finally(() => {
        askers.push(ask);
        under.delete(done);
      });
      under.add(done);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(under);
}

const askers = sockets.map(createAsker);
if (spec.rate === undefined) await Promise.all(askers.map(askOn));
else await askAtRate(askers, spec.rate);

const seconds = (performance.now() - begun) / 1_000;
times.sort((one, other) => one - other);
const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
const result: LoadResult = {
  answered: times.length,
  refused,
  perSecond: times.length / seconds,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
for (const socket of sockets) socket.destroy();
