import { z } from "zod";
import type { SandboxJournal } from "../../ports/sandbox.ts";

/** A callback as the sandbox's producer received it. */
export interface ReceivedCallback {
  /** Its place in the order of arrival, from 1. */
  readonly id: number;
  readonly webhook_id: string;
  readonly type: string;
  readonly approval: string;
  readonly event: string;
  readonly revision: number;
  readonly received_at: string;
  /** `verified`, or `refused: ` with the reason. A refused one is answered 401 and has no effect. */
  readonly verdict: string;
  /** True when a message of this id was taken before: an idempotent producer does nothing more. */
  readonly repeat: boolean;
  /** What was answered; 0 where the connection was cut instead. */
  readonly status: number;
  readonly body: unknown;
}

/** The newest callbacks, in memory and in the journal. */
export interface ReceivedCallbacks {
  /** Those after a position, oldest first, with the position to go on from. */
  since(position: number): { readonly items: readonly ReceivedCallback[]; readonly next: number };
  add(callback: Omit<ReceivedCallback, "id" | "repeat">): void;
  /** Forget them all, but not how many there were: whoever follows from a position misses nothing. */
  clear(): void;
}

/** How many callbacks are kept. */
const kept = 500;

const lineShape = z.union([
  z.object({ clearedAfter: z.int() }),
  z.object({
    id: z.int(),
    webhook_id: z.string(),
    type: z.string(),
    approval: z.string(),
    event: z.string(),
    revision: z.number(),
    received_at: z.string(),
    verdict: z.string(),
    repeat: z.boolean(),
    status: z.int(),
    body: z.unknown(),
  }),
]);

/** Open what the journal holds. */
export function openReceivedCallbacks(journal: SandboxJournal): ReceivedCallbacks {
  const lines = journal.read().flatMap((line) => lineShape.safeParse(line).data ?? []);
  let received = lines.filter((line) => "id" in line).slice(-kept);
  let count = Math.max(0, ...lines.map((line) => ("id" in line ? line.id : line.clearedAfter)));
  return {
    since: (position) => ({ items: received.filter(({ id }) => id > position), next: count }),
    add: (fields) => {
      const taken = received.filter(({ verdict }) => verdict === "verified");
      const repeat = taken.some(({ webhook_id }) => webhook_id === fields.webhook_id);
      count += 1;
      const callback = { id: count, ...fields, repeat };
      received = [...received, callback].slice(-kept);
      journal.append(callback);
    },
    clear: () => {
      received = [];
      journal.rewrite([{ clearedAfter: count }]);
    },
  };
}
