import type { Clock } from "../../ports/clock.ts";
import type { Feed } from "../../ports/log.ts";

/** A call that did not prove that it comes from the platform. */
export interface RefusedCall {
  readonly at: Date;
  /** Our own code, such as `signature_wrong` or `too_old`. */
  readonly because: string;
}

/**
 * Remember the last call of a door that was refused as not genuine, so that a wrong signing secret or a wrong clock is
 * seen where it is set right. It is this process's own memory, for people to read: nothing follows from it.
 */
export function watchRefusedCalls(
  feed: Feed,
  door: string,
  clock: Clock,
): () => RefusedCall | undefined {
  let last: RefusedCall | undefined;
  feed.subscribe((entry) => {
    if (entry.kind !== "request.refused" || entry.door !== door || entry.status !== 401) return;
    if (entry.because !== "workspace_unknown") last = { at: clock.now(), because: entry.because };
  });
  return () => last;
}
