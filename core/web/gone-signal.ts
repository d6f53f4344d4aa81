import type { ServerResponse } from "node:http";

/** Aborts when the caller hangs up, or has been answered. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  return gone.signal;
}
