import type { ServerResponse } from "node:http";

/** Do a step when the caller has hung up or been answered: at once, where that happened before anybody listened. */
export function onceGone(response: ServerResponse, step: () => void): void {
  if (response.closed) step();
  else response.on("close", step);
}

/** Aborts when the caller hangs up, or has been answered. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  onceGone(response, () => gone.abort());
  return gone.signal;
}
