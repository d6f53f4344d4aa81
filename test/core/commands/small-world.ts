import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../../core/commands/program.ts";
import type { World } from "../../../core/commands/world.ts";
import { HubError } from "../../../core/domain/hub-error.ts";
import { slackAppSetup } from "../../../core/start/slack-app-setup.ts";
import { teamsAppPackage } from "../../../core/start/teams-app-package.ts";

/** What one command did. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A world in which time passes only when a command pauses, and whose outputs are kept. */
export interface SmallWorld extends World {
  readonly written: { out: string; err: string };
  /** Press Ctrl-C. */
  press(): void;
  /** Let time pass. */
  pass(ms: number): void;
}

/** Make a world in a working folder that holds nothing. */
export function smallWorld(over: Partial<World> = {}): SmallWorld {
  const written = { out: "", err: "" };
  const outputTo = (stream: keyof typeof written) => ({
    write(text: string) {
      written[stream] += text;
    },
    terminal: false,
  });
  const listeners = new Set<() => void>();
  let now = Date.parse("2026-11-20T14:00:00Z");
  const pass = (ms: number) => {
    now += ms;
  };
  return {
    env: {},
    folder: join(tmpdir(), "countersign-nowhere"),
    version: "0.1.0",
    out: outputTo("out"),
    err: outputTo("err"),
    readText: () => "",
    writeFile: () => {},
    slackAppSetup: async (...asked) => slackAppSetup(...asked),
    teamsAppPackage,
    fetch: globalThis.fetch,
    now: () => new Date(now),
    pause: async (ms) => pass(ms),
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    startHub: async () => {
      throw new HubError("not_here", "This world has no hub to start.");
    },
    startSandbox: async () => {
      throw new HubError("not_here", "This world has no sandbox to start.");
    },
    checkDatabase: async () => undefined,
    ...over,
    written,
    press: () => {
      for (const listener of listeners) listener();
    },
    pass,
  };
}

/** Run a command line in a world. */
export async function run(words: readonly string[], world: SmallWorld): Promise<Ran> {
  const code = await runCommand(words, world);
  return { code, ...world.written };
}

/** What came to a stand-in of the API. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly body: unknown;
  /** The `If-Match` header. */
  readonly match?: string;
}

/** What it answers: a body with 200, a status with a body, or `gone` for a connection that breaks. */
export type Answer = object | { readonly status: number; readonly body: object } | "gone";

function matchOf({ headers }: IncomingMessage): Pick<Asked, "match"> {
  const match = headers["if-match"];
  return match === undefined ? {} : { match };
}

/** An HTTP server that answers as a test says, and keeps what was asked. The last answer of a list is repeated. */
export async function answering(routes: Readonly<Record<string, readonly Answer[]>>) {
  const asked: Asked[] = [];
  const seen = new Map<string, number>();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const part of request) body += String(part);
    const path = request.url ?? "";
    const method = request.method ?? "";
    const key = request.headers.authorization?.replace("Bearer ", "");
    asked.push({
      ...{ method, path, key, body: body ? JSON.parse(body) : undefined },
      ...matchOf(request),
    });
    const route = `${method} ${path.split("?")[0]}`;
    const times = seen.get(route) ?? 0;
    seen.set(route, times + 1);
    const answers = routes[route] ?? [{ status: 404, body: { title: "Nothing is here" } }];
    const next = answers[Math.min(times, answers.length - 1)];
    if (next === "gone" || next === undefined) return void request.socket.destroy();
    const { status, body: told } =
      "status" in next && "body" in next ? next : { status: 200, body: next };
    response
      .writeHead(Number(status), { "Content-Type": "application/json" })
      .end(JSON.stringify(told));
  };
  const server = createServer((request, response) => void answer(request, response)).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    /** Flags that lead there. */
    flags: ["--url", url, "--key", "cs_test"] as const,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
