import { setTimeout as pause } from "node:timers/promises";
import type { Response } from "express";
import { mayStillOf } from "../access.ts";
import { openEventStream } from "../event-stream.ts";
import { goneSignal } from "../gone-signal.ts";

/** FEATURES A15 allows five seconds until a badge tells what has changed. */
const lookMs = 2_000;

/** Where each look asks the platform, it is spared: twelve looks a minute are far below Slack's fifty. */
export const sparingMs = 5_000;

/**
 * Tell a page that what it shows has changed: at once, because something may have happened since it was drawn or the
 * connection broke, and then each time that reading it again gives something else. It ends with the session, or when the
 * person's roles change: a page that asks again is judged anew.
 */
export async function watchPage(
  response: Response,
  read: () => Promise<unknown>,
  everyMs = lookMs,
): Promise<void> {
  const stream = openEventStream(response);
  const gone = goneSignal(response);
  const mayStill = mayStillOf(response);
  let shown = JSON.stringify(await read());
  stream.send({ event: "changed", content: {} });
  while (!gone.aborted) {
    await pause(everyMs, undefined, { signal: gone }).catch(() => {});
    if (gone.aborted || !(await mayStill())) break;
    const now = JSON.stringify(await read());
    if (now !== shown) stream.send({ event: "changed", content: {} });
    shown = now;
  }
  stream.close();
}
