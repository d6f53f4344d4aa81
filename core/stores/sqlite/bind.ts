import Database from "libsql";
import { HubError } from "../../domain/hub-error.ts";

/** What may be bound to a statement. */
export type Bindable = string | number | null;
export type Row = Readonly<Record<string, Bindable>>;

/** A prepared statement behind the door. */
export interface Statement {
  run(...values: readonly Bindable[]): number;
  first(...values: readonly Bindable[]): Row | undefined;
  all(...values: readonly Bindable[]): readonly Row[];
}

/** An open database behind the door. */
export interface Connection {
  prepare(sql: string): Statement;
  exec(sql: string): void;
  inTransaction(): boolean;
  close(): void;
}

/**
 * Let only texts, finite numbers and null through.
 *
 * libsql 0.5.29 aborts the whole process on a boolean and on some other values (measured), so nothing else in the
 * hub touches the driver, and everything that is bound passes here.
 */
function checked(values: readonly unknown[]): Bindable[] {
  return values.map((value, position) => {
    if (typeof value === "string" || value === null) return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new HubError("store_binding", `Value ${position + 1} of a statement is ${typeof value}.`);
  });
}

/**
 * Open a database file, or `:memory:`. Throws `HubError("store_unavailable")` with the driver's words as its cause.
 *
 * After `close` every call throws `HubError("store_closed")`. It must not reach the driver, which aborts the process
 * for a closed database (measured): who comes late during a stop gets an error, and the stop goes on.
 */
export function openConnection(path: string): Connection {
  const database = guarded(() => new Database(path));
  let closed = false;
  const opened = <Value>(step: () => Value): Value => {
    if (closed) throw new HubError("store_closed", "The database is closed.");
    return guarded(step);
  };
  return {
    prepare(sql) {
      const statement = opened(() => database.prepare(sql));
      return {
        run: (...values) => opened(() => statement.run(checked(values)).changes),
        first: (...values) => opened(() => statement.get(checked(values)) as Row | undefined),
        all: (...values) => opened(() => statement.all(checked(values)) as readonly Row[]),
      };
    },
    exec: (sql) => opened(() => void database.exec(sql)),
    inTransaction: () => !closed && database.inTransaction,
    close: () => {
      closed = true;
      database.close();
    },
  };
}

function guarded<Value>(step: () => Value): Value {
  try {
    return step();
  } catch (cause) {
    if (cause instanceof HubError) throw cause;
    throw new HubError("store_unavailable", "The database refused a statement.", { cause });
  }
}
