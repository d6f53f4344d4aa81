import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

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
const request = `${head}\r\n\r\n${spec.body.replaceAll("$$$$$$$$", salt)}`;
// A sign of one byte for each, so that places in the text are places in the bytes.
const runs = [...Buffer.from(request).toString("latin1").matchAll(/@+/g)].map(
  ({ index, 0: run }) => ({ index, width: run.length }),
);
let turn = 0;

/** Put the next numbers into a request. Who asks has one of its own, and the one before is answered by then. */
function renumber(bytes: Buffer): Buffer {
  for (const { index, width } of runs) {
    turn += 1;
    let rest = turn % (spec.turns ?? 10 ** width);
    for (let place = index + width - 1; place >= index; place -= 1) {
      bytes[place] = 48 + (rest % 10);
      rest = Math.floor(rest / 10);
    }
  }
  return bytes;
}

/** More than an answer takes. */
const mostAnswerBytes = 65_536;

/**
 * Open a connection, and answer how to ask over it: once at a time, and the answer's status is handed on when all of it is
 * there. The load shares the processors with what it measures, so as little as possible is done for a request.
 */
async function openAsker(): Promise<(answered: (status: number) => void) => void> {
  const bytes = Buffer.from(request);
  let text = "";
  let handOn: (status: number) => void = () => {};
  const take = (size: number, buffer: Uint8Array) => {
    text += (buffer as Buffer).toString("latin1", 0, size);
    const headEnd = text.indexOf("\r\n\r\n");
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (headEnd < 0 || text.length < headEnd + 4 + length) return true;
    const status = Number(text.slice(9, 12));
    text = "";
    handOn(status);
    return true;
  };
  const onread = { buffer: Buffer.alloc(mostAnswerBytes), callback: take };
  const socket = createConnection({ host: hostname, port: Number(port), noDelay: true, onread });
  sockets.push(socket);
  await once(socket, "connect");
  return (answered) => {
    handOn = answered;
    socket.write(renumber(bytes));
  };
}

const times: number[] = [];
let refused = 0;

/** A server that answers nothing any more ends the load, and the bench with it. */
const patienceMs = spec.seconds * 1_000 + 30_000;
setTimeout(() => process.exit(1), patienceMs).unref();

function note(status: number, begun: number): void {
  if (status === 202) times.push(performance.now() - begun);
  else refused += 1;
}

const sockets: Socket[] = [];
const askers = await Promise.all(Array.from({ length: spec.connections }, openAsker));
const begun = performance.now();
const end = begun + spec.seconds * 1_000;

type Asker = (typeof askers)[number];

/** Ask again as soon as it is answered. */
function askOn(ask: Asker): Promise<void> {
  return new Promise((resolve) => {
    const again = () => {
      const asked = performance.now();
      if (asked >= end) return resolve();
      ask((status) => {
        note(status, asked);
        again();
      });
    };
    again();
  });
}

/** Ask at set times, however long the answers take while a connection is free. */
async function askAtRate(askers: Asker[], rate: number): Promise<void> {
  const all = askers.length;
  for (let asked = 0; performance.now() < end; ) {
    const due = Math.floor(((performance.now() - begun) / 1_000) * rate);
    for (; asked < due && askers.length > 0; asked += 1) {
      const ask = askers.pop() as Asker;
      const askedAt = performance.now();
      ask((status) => {
        note(status, askedAt);
        askers.push(ask);
      });
    }
    await pause(2);
  }
  while (askers.length < all) await pause(2);
}

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
