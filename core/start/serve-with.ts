import type { RequestListener, Server } from "node:http";

/** What is answered before the program is whole. */
export const notYet: RequestListener = (_request, response) => void response.writeHead(503).end();

/** Swap what answers, and hand over the one listener of `request`. */
export function serveWith(server: Server, app: RequestListener): void {
  server.removeAllListeners("request");
  server.on("request", app);
}
