import type { ServerResponse } from "node:http";
import { onceGone } from "./gone-signal.ts";

/** A stream of server-sent events to one caller. */
export interface EventStream {
  send(message: { readonly id?: string; readonly event?: string; readonly content: unknown }): void;
  close(): void;
}

/** Proxies drop what is silent; a heartbeat keeps the stream (SURFACE §3). */
const heartbeatMs = 15_000;

/** As much is kept for a caller who does not read it; whoever comes back reads how things stand then. */
const mostUnread = 1_048_576;

/**
 * Answer with a stream. It beats by itself, and stops when the caller hangs up. A caller who falls far behind is hung up
 * on, for what it has not read is kept in memory.
 */
export function openEventStream(response: ServerResponse): EventStream {
  const say = (text: string) => {
    // Behind an answer that goes first, or that nobody reads, a stream is ended long before it is gone.
    if (response.writableEnded || response.destroyed) return;
    // Looked at before, for one thing may be larger than that by itself, and nobody has read what was written just now.
    if (response.writableLength > mostUnread) response.destroy();
    else response.write(text);
  };
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-accel-buffering": "no",
  });
  say(": connected\n\n");
  const heart = setInterval(() => say(": still here\n\n"), heartbeatMs);
  onceGone(response, () => clearInterval(heart));
  return {
    send: ({ id, event, content }) => {
      const head = `${id === undefined ? "" : `id: ${id}\n`}${event === undefined ? "" : `event: ${event}\n`}`;
      say(`${head}data: ${JSON.stringify(content)}\n\n`);
    },
    close: () => void response.end(),
  };
}
