import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import WebSocket from "ws";
import type { HubAnswer } from "./wire.ts";

/** So many connections an app may have open (docs.slack.dev/apis/events-api/using-socket-mode). */
const mostConnections = 10;

/** An address of `apps.connections.open` works once, and not for long. */
const ticketMs = 30_000;

/** How often the client hears that the connection lives. */
const pingMs = 10_000;

/** What travels to the app: an event, a click or a dialog. */
export interface Envelope {
  readonly type: "events_api" | "interactive";
  readonly payload: unknown;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
}

/** Why Slack closes a connection. */
type Farewell = "warning" | "refresh_requested" | "link_disabled" | "too_many_websockets";

interface Waiting {
  readonly socket: WebSocket;
  readonly settle: (answer: string | undefined) => void;
}

/**
 * The other end of Socket Mode: a server of its own on a loopback port, as Slack's is another host than its Web API.
 *
 * It listens from the first `apps.connections.open` on. A payload goes to any one of the open connections.
 */
export class Sockets {
  readonly #appId: string;
  readonly #tickets = new Map<string, number>();
  readonly #open = new Set<WebSocket>();
  readonly #waiting = new Map<string, Waiting>();
  #listening: Promise<{ readonly server: Server; readonly port: number }> | undefined;
  #turn = 0;

  constructor(appId: string) {
    this.#appId = appId;
  }

  /** From its first connection on, an app hears through sockets alone. */
  get inUse(): boolean {
    return this.#listening !== undefined;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Make an address to connect to, or say Slack's name for why not. */
  async open(): Promise<{ readonly url: string } | "too_many_websockets"> {
    if (this.#open.size >= mostConnections) return "too_many_websockets";
    this.#listening ??= this.#listen();
    const { port } = await this.#listening;
    const ticket = randomUUID();
    this.#tickets.set(ticket, Date.now() + ticketMs);
    return { url: `ws://127.0.0.1:${port}/link/?ticket=${ticket}&app_id=${this.#appId}` };
  }

  /** Bring an envelope to one of the connections, and wait for its acknowledgement. */
  async send(envelope: Envelope, ms: number): Promise<HubAnswer> {
    const startedAt = performance.now();
    const open = [...this.#open];
    const socket = open[this.#turn % Math.max(1, open.length)];
    this.#turn += 1;
    if (!socket) return { status: 0, body: "", ms: 0, trouble: "connection_failed" };
    const envelope_id = randomUUID();
    const accepts_response_payload = envelope.type === "interactive";
    const answer = await new Promise<string | undefined>((settle) => {
      const timer = setTimeout(() => settle(undefined), ms);
      const end = (text: string | undefined) => {
        clearTimeout(timer);
        settle(text);
      };
      this.#waiting.set(envelope_id, { socket, settle: end });
      socket.send(JSON.stringify({ envelope_id, accepts_response_payload, ...envelope }));
    });
    this.#waiting.delete(envelope_id);
    const spent = Math.round(performance.now() - startedAt);
    return answer === undefined
      ? { status: 0, body: "", ms: spent, trouble: "http_timeout" }
      : { status: 200, body: answer, ms: spent };
  }

  /** Ask every client to connect anew, as Slack does when it moves a connection; answers how many there were. */
  refresh(reason: Farewell = "refresh_requested"): number {
    const open = [...this.#open];
    for (const socket of open) this.#part(socket, reason);
    return open.length;
  }

  /** Break every connection without a word. */
  drop(): number {
    const open = [...this.#open];
    for (const socket of open) socket.terminate();
    return open.length;
  }

  async close(): Promise<void> {
    this.drop();
    const listening = await this.#listening;
    if (listening) await new Promise((resolve) => listening.server.close(resolve));
  }

  async #listen() {
    const server = createServer((_request, response) => response.writeHead(404).end());
    const doors = new WebSocket.Server({ noServer: true });
    server.on("upgrade", (request, socket, head) => {
      const { searchParams } = new URL(request.url ?? "/", "http://sandbox");
      if (!this.#admits(searchParams.get("ticket"))) {
        socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n");
        return;
      }
      doors.handleUpgrade(request, socket as Socket, head, (opened) => this.#greet(opened));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // The sandbox's process lives for its own server; these connections shall not keep it alive.
    server.unref();
    return { server, port: (server.address() as AddressInfo).port };
  }

  #admits(ticket: string | null): boolean {
    const until = ticket === null ? undefined : this.#tickets.get(ticket);
    if (ticket !== null) this.#tickets.delete(ticket);
    return until !== undefined && until > Date.now();
  }

  #greet(socket: WebSocket): void {
    if (this.#open.size >= mostConnections) {
      this.#part(socket, "too_many_websockets");
      return;
    }
    this.#open.add(socket);
    const pings = setInterval(() => socket.ping(), pingMs).unref();
    socket.on("message", (text) => this.#hear(String(text)));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      clearInterval(pings);
      this.#forget(socket);
    });
    socket.send(
      JSON.stringify({
        type: "hello",
        num_connections: this.#open.size,
        connection_info: { app_id: this.#appId },
        debug_info: { host: "sandbox", approximate_connection_time: 3_600 },
      }),
    );
  }

  #part(socket: WebSocket, reason: Farewell): void {
    this.#forget(socket);
    const debug_info = { host: "sandbox" };
    socket.send(JSON.stringify({ type: "disconnect", reason, debug_info }));
    socket.close(1_000);
  }

  #forget(socket: WebSocket): void {
    this.#open.delete(socket);
    for (const one of this.#waiting.values()) if (one.socket === socket) one.settle(undefined);
  }

  #hear(text: string): void {
    const said = parse(text);
    const waiting = this.#waiting.get(String(said["envelope_id"]));
    const { payload } = said as { readonly payload?: unknown };
    waiting?.settle(isEmpty(payload) ? "" : JSON.stringify(payload));
  }
}

const isEmpty = (payload: unknown) =>
  typeof payload !== "object" || payload === null || Object.keys(payload).length === 0;

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null ? (said as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
