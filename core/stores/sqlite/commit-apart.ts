import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { HubError } from "../../domain/hub-error.ts";
import type { Outcome } from "./commit.ts";
import { createParcel } from "./parcel.ts";
import type { Committer } from "./writer.ts";
import type { OutcomeTold, StatementTold, WritesAsked } from "./writer-thread.ts";

/**
 * Bytes in a parcel that is sent at once: little enough that the thread begins while the main one still reads requests,
 * enough that a hundred requests that come at once are no hundred messages. Some 25 events of 1 KB with a delivery each.
 */
const enough = 65_536;

/**
 * Commit in a thread of its own, so that nobody else waits while the disk does. Parcels are sent as they come; whatever
 * has arrived when the thread is free shares one commit.
 *
 * The thread opens the database file for itself. If it ends, every write that it was asked for is refused, and so is
 * everything after: what of it is stored, nobody knows here.
 */
export function commitApart(program: URL, path: string): Committer {
  const thread = new Worker(program, { workerData: { path } });
  const statements: StatementTold[] = [];
  let told = 0;
  let waiting: PromiseWithResolvers[] = [];
  let ended: HubError | undefined;
  const end = (cause?: unknown) => {
    ended ??= new HubError("store_unavailable", "The writing thread has ended.", { cause });
    for (const { reject } of waiting) reject(ended);
    waiting = [];
  };
  thread.on("error", end).on("exit", () => end());
  thread.on("message", (parcels: readonly (readonly OutcomeTold[])[]) => {
    const answered = waiting.splice(0, parcels.length);
    if (waiting.length === 0) thread.unref();
    for (const [index, outcomes] of parcels.entries())
      answered[index]?.resolve(outcomes.map(readOutcome));
  });
  thread.unref();
  const send = (parcel: Uint8Array) => {
    if (ended) return Promise.reject(ended);
    const asked: WritesAsked = { statements: statements.slice(told), parcel };
    told = statements.length;
    thread.ref();
    thread.postMessage(asked, [parcel.buffer as ArrayBuffer]);
    return new Promise<readonly Outcome[]>((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
  };
  return {
    statement: (sql, forms = []) => statements.push({ sql, forms }) - 1,
    begin: () => {
      const parcel = createParcel((statement) => statements[statement]?.forms ?? []);
      return {
        add: parcel.add,
        get isFull() {
          return parcel.size >= enough;
        },
        commit: () => send(parcel.seal()),
      };
    },
    close: async () => {
      if (ended) return;
      const exit = once(thread, "exit");
      thread.ref();
      thread.postMessage("close");
      await exit;
    },
  };
}

interface PromiseWithResolvers {
  readonly resolve: (outcomes: readonly Outcome[]) => void;
  readonly reject: (cause: unknown) => void;
}

function readOutcome(told: OutcomeTold): Outcome {
  if (told.kind === "done") return told;
  const cause = told.because === "" ? {} : { cause: told.because };
  return { kind: "failed", cause: new HubError(told.code, told.message, cause) };
}
