import type { Bindable, Connection, Row, Statement } from "./bind.ts";

/** One statement, by its number in the writer's list, with its values. */
export interface Step {
  readonly statement: number;
  readonly values: readonly Bindable[];
}

/** What is asked of the writer. Nothing in it is bound to a thread. */
export type Write =
  /** Answers how many rows it changed. */
  | ({ readonly kind: "run" } & Step)
  /** Answers the first row that it returns. */
  | ({ readonly kind: "first" } & Step)
  /** Answers whether they were done. */
  | ({ readonly kind: "together" } & Together);

/** All of these steps, or none. */
export interface Together {
  /** Where one of them finds a row, nothing is done. */
  readonly unless: readonly Step[];
  /** As soon as one of them changes nothing, the rest is not done, and what was done is undone. */
  readonly first: readonly Step[];
  readonly rest: readonly Step[];
  /** Done last, but for those that were done in this commit already, with the same values. */
  readonly once: readonly Step[];
}

/** What became of one write. */
export type Outcome =
  | { readonly kind: "done"; readonly value: number | boolean | Row | undefined }
  | { readonly kind: "failed"; readonly cause: unknown };

/**
 * Put writes into one transaction, so that they share one fsync, and say what became of each.
 *
 * SQLite undoes a single refused statement by itself, so it takes none of its neighbours with it. If the commit itself
 * fails, or a write of several steps, every write of the batch is refused: nothing was written.
 */
export function commitAll(
  connection: Connection,
  statements: readonly Statement[],
  writes: readonly Write[],
): readonly Outcome[] {
  try {
    connection.exec("BEGIN IMMEDIATE");
    const done: DoneOnce = new Set();
    const outcomes = writes.map((write) => tryOne(connection, statements, write, done));
    connection.exec("COMMIT");
    return outcomes;
  } catch (cause) {
    if (connection.inTransaction()) connection.exec("ROLLBACK");
    return writes.map(() => ({ kind: "failed", cause }));
  }
}

/** The steps of this commit that are done once in it, by what they are and with which values. */
type DoneOnce = Set<string>;

function tryOne(
  connection: Connection,
  statements: readonly Statement[],
  write: Write,
  doneOnce: DoneOnce,
): Outcome {
  if (write.kind === "together") {
    return { kind: "done", value: doTogether(connection, statements, write, doneOnce) };
  }
  try {
    const statement = statements[write.statement] as Statement;
    const value =
      write.kind === "run" ? statement.run(...write.values) : statement.first(...write.values);
    return { kind: "done", value };
  } catch (cause) {
    if (!connection.inTransaction()) throw cause;
    return { kind: "failed", cause };
  }
}

function doTogether(
  connection: Connection,
  statements: readonly Statement[],
  { unless, first, rest, once }: Together,
  doneOnce: DoneOnce,
): boolean {
  const run = ({ statement, values }: Step) => (statements[statement] as Statement).run(...values);
  const finds = ({ statement, values }: Step) =>
    (statements[statement] as Statement).first(...values) !== undefined;
  if (unless.some(finds)) return false;
  // A single first step that changes nothing leaves nothing to undo.
  const undoable = first.length > 1;
  if (undoable) connection.exec("SAVEPOINT together");
  const done = first.every((step) => run(step) === 1);
  if (done) {
    for (const step of rest) run(step);
    for (const step of once) if (isFirst(step, doneOnce)) run(step);
  } else if (undoable) connection.exec("ROLLBACK TO together");
  if (undoable) connection.exec("RELEASE together");
  return done;
}

function isFirst({ statement, values }: Step, doneOnce: DoneOnce): boolean {
  const before = doneOnce.size;
  return doneOnce.add(JSON.stringify([statement, values])).size > before;
}
