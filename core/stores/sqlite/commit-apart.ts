import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { HubError } from "../../domain/hub-error.ts";
import type { Outcome } from "./commit.ts";
import { createParcel } from "./parcel.ts";
import type { Committer } from "./writer.ts";
import type { OutcomeTold, StatementTold, WritesAsked } from "./writer-thread.ts";

/**
 * Commit in a thread of its own, so that nobody else waits while the disk does.
 *
 * The thread opens the database file for itself. If it ends, every write that it was asked for is refused, and so is
 * everything after: what of it is stored, nobody knows here.
 */
export function commitApart(program: URL, path: string): Committer {
  const thread = new Worker(program, { workerData: { path } });
  const statements: StatementTold[] = [];
  let told = 0;
  let waiting: PromiseWithResolvers | undefined;
  let ended: HubError | undefined;
  const end = (cause?: unknown) => {
    ended ??= new HubError("store_unavailable", "The writing thread has ended.", { cause });
    waiting?.reject(ended);
  };
  thread.on("error", end).on("exit", () => end());
  thread.on("message", (outcomes: readonly OutcomeTold[]) => {
    thread.unref();
    waiting?.resolve(outcomes.map(readOutcome));
    waiting = undefined;
  });
  thread.unref();
  const send = (parcel: Uint8Array) => {
    if (ended) return Promise.reject(ended);
    const asked: WritesAsked = { statements: statements.slice(told), parcel };
    told = statements.length;
    thread.ref();
    thread.postMessage(asked, [parcel.buffer as ArrayBuffer]);
    return new Promise<readonly Outcome[]>((resolve, reject) => {
      waiting = { resolve, reject };
    });
  };
  return {
    statement: (sql, forms = []) => statements.push({ sql, forms }) - 1,
    begin: () => {
      const parcel = createParcel((statement) => statements[statement]?.forms ?? []);
      return { add: parcel.add, commit: () => send(parcel.seal()) };
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
