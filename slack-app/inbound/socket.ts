import { setTimeout as pause } from "node:timers/promises";
import { SocketModeClient } from "@slack/socket-mode";
import { WebAPIPlatformError } from "@slack/web-api";
import type { Log } from "../../core/ports/log.ts";
import { silentLogger } from "../outbound/client.ts";
import type { Heard } from "./bolt.ts";

export interface SocketDeps {
  /** The app-level token, `xapp-…`. */
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Log;
  /** Take one envelope's content. */
  readonly hear: (body: object) => Promise<Heard>;
}

/** A connection to Slack that is opened again whenever it ends. */
export interface Socket {
  close(): Promise<void>;
}

/** What the SDK brings with each envelope. */
interface Envelope {
  readonly body: object;
  readonly ack: (content?: unknown) => Promise<void>;
}

/** How long opening may take, from asking for an address to Slack's hello. */
const openMs = 15_000;

/** A connection that ends sooner was of no use, and the next one waits. */
const usefulMs = 5_000;

const longestPauseMs = 60_000;

/** One process reads this often at most what Slack says about too many connections or a wrong token. */
const pauseAfter = (failures: number) =>
  failures === 0 ? 0 : Math.min(longestPauseMs, 500 * 2 ** failures);

/**
 * Hold a connection of Socket Mode, so that Slack needs no address of ours.
 *
 * The SDK's own way of connecting again gives up on a network error, and lets its rejection end the process; so each
 * connection is used once and the next is opened here. A payload comes through any one of the connections of all
 * processes; what keeps it from counting twice is the store (PLATFORMS U30).
 */
export function openSocket(deps: SocketDeps): Socket {
  const stop = new AbortController();
  const told = new Set<string>();
  const running = run();

  async function run(): Promise<void> {
    let failures = 0;
    while (!stop.signal.aborted) {
      const openedAt = performance.now();
      const because = await holdOne(deps, stop.signal, () => told.clear());
      const useful = because === undefined && performance.now() - openedAt > usefulMs;
      failures = useful ? 0 : failures + 1;
      if (because !== undefined && !told.has(because)) {
        told.add(because);
        deps.log.write({ kind: "hub.trouble", where: "slack.socket", error: because });
      }
      await pause(pauseAfter(failures), undefined, { signal: stop.signal }).catch(() => {});
    }
  }

  return {
    close: async () => {
      stop.abort();
      await running;
    },
  };
}

/** Open one connection and hold it until it ends. Answers why it never was one; undefined when it was. */
async function holdOne(
  { appToken, apiUrl, hear }: SocketDeps,
  stop: AbortSignal,
  greeted: () => void,
): Promise<string | undefined> {
  const client = new SocketModeClient({
    appToken,
    autoReconnectEnabled: false,
    logger: silentLogger,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, timeout: openMs },
  });
  let farewell: string | undefined;
  client.on("ws_message", (text: unknown) => {
    farewell = farewellIn(text) ?? farewell;
  });
  client.on("slack_event", ({ body, ack }: Envelope) => void takeEnvelope(body, ack, hear));
  const ended = new Promise<void>((resolve) => client.once("disconnected", () => resolve()));
  const end = () => void client.disconnect().catch(() => {});
  stop.addEventListener("abort", end, { once: true });
  const late = setTimeout(end, openMs);
  try {
    await client.start();
    clearTimeout(late);
    greeted();
    await ended;
    return farewell === "too_many_websockets" ? sentences[farewell] : undefined;
  } catch (error) {
    return sayTrouble(error, farewell);
  } finally {
    clearTimeout(late);
    stop.removeEventListener("abort", end);
    // Ended before it had its address, the SDK opens it all the same, and Slack would send part of everything there.
    await client.disconnect().catch(() => {});
  }
}

/** An envelope is acknowledged when what follows from it is on disk. One that is not comes again. */
async function takeEnvelope(
  body: object,
  ack: Envelope["ack"],
  hear: SocketDeps["hear"],
): Promise<void> {
  const heard = await hear(body);
  // A connection that ended meanwhile takes no answer; Slack sends events again through another.
  if (heard.acknowledged) await ack(heard.content ?? {}).catch(() => {});
}

/** Slack says why it ends a connection. */
function farewellIn(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const said = JSON.parse(text) as { readonly type?: unknown; readonly reason?: unknown };
    return said.type === "disconnect" && typeof said.reason === "string" ? said.reason : undefined;
  } catch {
    return undefined;
  }
}

const sentences: Readonly<Record<string, string>> = {
  too_many_websockets:
    "too_many_websockets: Slack holds 10 connections of this app already; this process waits for a place. The others go on hearing",
  invalid_auth:
    "invalid_auth: Slack does not know SLACK_APP_TOKEN; make an app-level token with connections:write",
  not_allowed_token_type:
    "not_allowed_token_type: SLACK_APP_TOKEN is no app-level token; it begins with xapp-",
};

function sayTrouble(error: unknown, farewell: string | undefined): string {
  const code = error instanceof WebAPIPlatformError ? error.data.error : farewell;
  if (code !== undefined) return sentences[code] ?? code;
  return error instanceof Error ? `${error.name}: ${error.message}` : "the connection ended";
}
