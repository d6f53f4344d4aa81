import type { Bindable, Connection, Form, Row, Statement } from "./bind.ts";
import { commitAll, type Outcome, type Together, type Write } from "./commit.ts";

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
  /** Do all of these steps, or none; answers whether they were done. */
  together(steps: Together): Promise<boolean>;
  /** Resolves when nothing that was asked for is left to commit, what followed from it meanwhile included. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Writes that are handed over together. */
export interface Batch {
  /** Throws where a value cannot be bound; the write is then not in the batch. */
  add(write: Write): void;
  /** It is handed over at once, without waiting for what else the turn brings. */
  readonly isFull: boolean;
  /** Commit it, once, and say what became of each write, in their order. */
  commit(): Promise<readonly Outcome[]>;
}

/** Commits batches in the order in which it gets them, several at once if it can, and knows statements by number. */
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

/**
 * Gather the writes that arrive in one turn, or while others are committed, into batches. A batch that is large enough is
 * handed over at once, so that the committer never waits for the rest of a long turn.
 */
export function createWriter(committer: Committer): Writer {
  let batch = committer.begin();
  let waiting: Waiting[] = [];
  let turnEnd: NodeJS.Immediate | undefined;
  const underWay = new Set<Promise<void>>();

  const settle = (these: readonly Waiting[], outcomes: readonly Outcome[]) => {
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.kind === "done") these[index]?.resolve(outcome.value as never);
      else these[index]?.reject(outcome.cause);
    }
  };
  const handOver = () => {
    clearImmediate(turnEnd);
    turnEnd = undefined;
    const [full, these] = [batch, waiting];
    [batch, waiting] = [committer.begin(), []];
    const done = full
      .commit()
      .catch((cause: unknown) => these.map((): Outcome => ({ kind: "failed", cause })))
      .then((outcomes) => {
        underWay.delete(done);
        settle(these, outcomes);
        handOverSoon();
      });
    underWay.add(done);
  };
  const handOverSoon = () => {
    if (batch.isFull) handOver();
    else if (waiting.length > 0 && underWay.size === 0) turnEnd ??= setImmediate(handOver);
  };
  const ask = <Value>(write: Write) =>
    new Promise<Value>((resolve, reject) => {
      batch.add(write);
      waiting.push({ resolve: resolve as (value: never) => void, reject });
      handOverSoon();
    });

  return {
    statement: committer.statement,
    run: (statement, ...values) => ask({ kind: "run", statement, values }),
    first: (statement, ...values) => ask({ kind: "first", statement, values }),
    together: ({ unless, first, rest, once }) =>
      ask({ kind: "together", unless, first, rest, once }),
    settled: async () => {
      while (waiting.length > 0 || underWay.size > 0) {
        if (waiting.length > 0) handOver();
        await Promise.all(underWay);
      }
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
        isFull: false,
        commit: async () => commitAll(connection, statements, writes),
      };
    },
    close: async () => {},
  };
}
