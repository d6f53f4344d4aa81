import Database from "libsql";
import { HubError } from "../../domain/hub-error.ts";
import { packBody } from "./body-bytes.ts";

/** What may be bound to a statement; bytes only where its form is not plain. */
export type Bindable = string | number | null | Uint8Array;
/** Bytes come back as whatever the driver holds them in; `unpackBody` reads them. */
export type Row = Readonly<Record<string, Bindable | ArrayBuffer>>;

/** How a value of a statement is bound: as it is, a `ByteText` as its bytes, or a record's text or its UTF-8 packed. */
export type Form = "plain" | "bytes" | "body";

/** A prepared statement behind the door. */
export interface Statement {
  run(...values: readonly Bindable[]): number;
  first(...values: readonly Bindable[]): Row | undefined;
  all(...values: readonly Bindable[]): readonly Row[];
}

/** An open database behind the door. */
export interface Connection {
  /** Without forms, every value is bound as it is. */
  prepare(sql: string, forms?: readonly Form[]): Statement;
  exec(sql: string): void;
  inTransaction(): boolean;
  close(): void;
}

/**
 * Let only texts, bytes, finite numbers and null through, each in its form.
 *
 * libsql 0.5.29 aborts the whole process on a boolean, on bytes that are not in a list of values, and on some other
 * values (measured), so nothing else in the hub touches the driver, and everything that is bound passes here.
 */
function checked(values: readonly unknown[], forms: readonly Form[]): (Bindable | Uint8Array)[] {
  return values.map((value, position) => {
    const form = forms[position] ?? "plain";
    if (typeof value === "string" || (value instanceof Uint8Array && form !== "plain"))
      return formed(value, form);
    if (value === null) return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new HubError("store_binding", `Value ${position + 1} of a statement is ${typeof value}.`);
  });
}

function formed(value: string | Uint8Array, form: Form): string | Uint8Array {
  switch (form) {
    case "plain":
      return value;
    case "bytes":
      return typeof value === "string" ? Buffer.from(value, "latin1") : value;
    case "body":
      return packBody(value);
  }
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
    prepare(sql, forms = []) {
      const statement = opened(() => database.prepare(sql));
      const bound = (values: readonly Bindable[]) => checked(values, forms);
      return {
        run: (...values) => opened(() => statement.run(bound(values)).changes),
        first: (...values) => opened(() => statement.get(bound(values)) as Row | undefined),
        all: (...values) => opened(() => statement.all(bound(values)) as readonly Row[]),
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
