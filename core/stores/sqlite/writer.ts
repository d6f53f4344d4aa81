import type { Connection } from "./bind.ts";

/** Runs writes. A promise settles only after the commit that holds its write. */
export interface Writer {
  write<Value>(step: () => Value): Promise<Value>;
  /** Resolves when everything that was asked for before is committed or refused. */
  settled(): Promise<void>;
}

interface Waiting {
  readonly step: () => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Put writes that arrive together into one transaction, so that they share one fsync.
 *
 * Every step is a single statement, which SQLite undoes by itself when it fails; so one refused step takes none of
 * its neighbours with it. If the commit itself fails, every step of the batch is refused: nothing was written.
 */
export function createWriter(connection: Connection): Writer {
  let queue: Waiting[] = [];
  let flush: Promise<void> | undefined;

  const commitAll = () => {
    const batch = queue;
    queue = [];
    flush = undefined;
    const kept: (() => void)[] = [];
    try {
      connection.exec("BEGIN IMMEDIATE");
      for (const waiting of batch) runStep(connection, waiting, kept);
      connection.exec("COMMIT");
    } catch (cause) {
      if (connection.inTransaction()) connection.exec("ROLLBACK");
      for (const { reject } of batch) reject(cause);
      return;
    }
    for (const resolve of kept) resolve();
  };

  return {
    write<Value>(step: () => Value) {
      flush ??= new Promise((done) => setImmediate(() => done(commitAll())));
      return new Promise<Value>((resolve, reject) => {
        queue.push({ step, resolve: resolve as (value: never) => void, reject });
      });
    },
    settled: async () => {
      while (flush !== undefined) await flush;
    },
  };
}

function runStep(connection: Connection, waiting: Waiting, kept: (() => void)[]): void {
  try {
    const value = waiting.step();
    kept.push(() => waiting.resolve(value as never));
  } catch (cause) {
    if (!connection.inTransaction()) throw cause;
    waiting.reject(cause);
  }
}
