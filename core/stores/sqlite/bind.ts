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

/** Open a database file, or `:memory:`. Throws `HubError("store_unavailable")` with the driver's words as its cause. */
export function openConnection(path: string): Connection {
  const database = guarded(() => new Database(path));
  return {
    prepare(sql) {
      const statement = guarded(() => database.prepare(sql));
      return {
        run: (...values) => guarded(() => statement.run(...checked(values)).changes),
        first: (...values) => guarded(() => statement.get(...checked(values)) as Row | undefined),
        all: (...values) => guarded(() => statement.all(...checked(values)) as readonly Row[]),
      };
    },
    exec: (sql) => guarded(() => void database.exec(sql)),
    inTransaction: () => database.inTransaction,
    close: () => void database.close(),
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
