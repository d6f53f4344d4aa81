import { setImmediate as nextTurn } from "node:timers/promises";
import type { Bindable, Connection, Form, Row, Statement } from "./bind.ts";
import { commitAll, type Outcome, type Step, type Write } from "./commit.ts";

/**
 * Runs writes. A promise settles only after the commit that holds its write; what is written is let go before, so that
 * what waits for the disk is small.
 */
export interface Writer {
  /** Name a statement for the writes that use it. */
  statement(sql: string, forms?: readonly Form[]): number;
  /** Answers how many rows were changed. */
  run(statement: number, ...values: readonly Bindable[]): Promise<number>;
  /** Answers the first row that the statement returns. */
  first(statement: number, ...values: readonly Bindable[]): Promise<Row | undefined>;
  /** Do all of these steps, or none where one of the `first` ones changes nothing; answers whether they were done. */
  together(first: readonly Step[], then: readonly Step[]): Promise<boolean>;
  /** Resolves when everything that was asked for before is committed or refused. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Writes that will be committed together. */
export interface Batch {
  /** Throws where a value cannot be bound; the write is then not in the batch. */
  add(write: Write): void;
  /** Commit it, once, and say what became of each write, in their order. */
  commit(): Promise<readonly Outcome[]>;
}

/** Commits one batch of writes after another, and knows statements by the number at which they came. */
export interface Committer {
  statement(sql: string, forms?: readonly Form[]): number;
  begin(): Batch;
  close(): Promise<void>;
}

/** Who waits for a write. */
interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (cause: unknown) => void;
}

/** Gather the writes that arrive in one turn, or while the batch before is committed, into one batch. */
export function createWriter(committer: Committer): Writer {
  let batch = committer.begin();
  let waiting: Waiting[] = [];
  let flush: Promise<void> | undefined;

  const commitBatch = () => {
    const full = batch;
    batch = committer.begin();
    return full.commit();
  };
  const commitWaiting = async () => {
    const these = waiting;
    waiting = [];
    const outcomes = await commitBatch().catch((cause: unknown) =>
      these.map((): Outcome => ({ kind: "failed", cause })),
    );
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind === "done") these[index]?.resolve(outcome.value as never);
      else these[index]?.reject(outcome.cause);
    }
  };
  const flushAll = async () => {
    while (waiting.length > 0) {
      await nextTurn();
      await commitWaiting();
    }
    flush = undefined;
  };
  const ask = <Value>(write: Write) =>
    new Promise<Value>((resolve, reject) => {
      batch.add(write);
      waiting.push({ resolve: resolve as (value: never) => void, reject });
      flush ??= flushAll();
    });

  return {
    statement: committer.statement,
    run: (statement, ...values) => ask({ kind: "run", statement, values }),
    first: (statement, ...values) => ask({ kind: "first", statement, values }),
    together: (first, then) => ask({ kind: "together", first, then }),
    settled: async () => {
      while (flush !== undefined) await flush;
    },
    close: committer.close,
  };
}

/** Commit on the calling thread, which stands still meanwhile. */
export function commitHere(connection: Connection): Committer {
  const statements: Statement[] = [];
  return {
    statement: (sql, forms) => statements.push(connection.prepare(sql, forms)) - 1,
    begin: () => {
      const writes: Write[] = [];
      return {
        add: (write) => void writes.push(write),
        commit: async () => commitAll(connection, statements, writes),
      };
    },
    close: async () => {},
  };
}
