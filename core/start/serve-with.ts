import type { RequestListener, Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** What is answered before the program is whole. */
export const notYet: RequestListener = (_request, response) => void response.writeHead(503).end();

/** Swap what answers, and hand over the one listener of `request`. */
export function serveWith(server: Server, app: RequestListener): void {
  server.removeAllListeners("request");
  server.on("request", app);
}

/** How long calls that came before a stop have to be answered, and how often it is looked which are. */
const answersMs = 1_000;
const lookMs = 20;

/** A server that stops. */
export interface Stopping {
  /** Resolves when what came is answered, or soon if it takes long: such a call waits for something, or streams. */
  readonly answered: Promise<void>;
  /** Cut off what is left. Resolves when nobody is connected any more. */
  end(): Promise<void>;
}

/** Take no new connections, and let those that are there go with the answer to what they asked. */
export function stopServing(server: Server): Stopping {
  let isClosed = false;
  const closed = new Promise<void>((resolve) => server.close(() => resolve())).then(() => {
    isClosed = true;
  });
  server.prependListener("request", (_request, response) => {
    response.shouldKeepAlive = false;
  });
  const lookOn = async () => {
    const until = performance.now() + answersMs;
    while (!isClosed && performance.now() < until) {
      server.closeIdleConnections();
      await Promise.race([closed, pause(lookMs)]);
    }
  };
  return {
    answered: lookOn(),
    end: () => {
      server.closeAllConnections();
      return closed;
    },
  };
}
