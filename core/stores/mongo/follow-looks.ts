import type { Connection } from "mongoose";

/** The part of the driver's client that tells of its looks at servers. */
export type Looking = Pick<ReturnType<Connection["getClient"]>, "on">;

/**
 * Follow the looks at servers by which the driver finds out who is there. Answers a question: does a look hang, begun
 * longer ago than any may take?
 *
 * A look that begins in the moment in which its server dies may never end (seen with driver 7.8). Then the driver takes
 * that server for lost for ever, also when it is long back.
 */
export function followLooks(
  client: Looking,
  longestMs: number,
  steadyMs: () => number = () => performance.now(),
): () => boolean {
  const begun = new Map<string, number>();
  client.on("serverHeartbeatStarted", ({ connectionId }) => begun.set(connectionId, steadyMs()));
  client.on("serverHeartbeatSucceeded", ({ connectionId }) => begun.delete(connectionId));
  client.on("serverHeartbeatFailed", ({ connectionId }) => begun.delete(connectionId));
  client.on("serverClosed", ({ address }) => begun.delete(address));
  return () => [...begun.values()].some((at) => steadyMs() - at > longestMs);
}
