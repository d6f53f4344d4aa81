import { parentPort, workerData } from "node:worker_threads";
import { HubError } from "../../domain/hub-error.ts";
import { type Form, openConnection, type Statement } from "./bind.ts";
import { commitAll, type Outcome } from "./commit.ts";
import { openParcel } from "./parcel.ts";
import { writerSettings } from "./settings.ts";

export interface StatementTold {
  readonly sql: string;
  readonly forms: readonly Form[];
}

/** What the writing thread is told: statements that it does not know yet, then the writes that use them. */
export interface WritesAsked {
  readonly statements: readonly StatementTold[];
  readonly parcel: Uint8Array;
}

/** What it answers to each. An error does not cross threads as it is, so its parts do. */
export type OutcomeTold =
  | Extract<Outcome, { kind: "done" }>
  | {
      readonly kind: "failed";
      readonly code: string;
      readonly message: string;
      readonly because: string;
    };

/** The words of an error, for the other thread. */
function tellOutcome(outcome: Outcome): OutcomeTold {
  if (outcome.kind === "done") return outcome;
  const { cause } = outcome;
  const code = cause instanceof HubError ? cause.code : "store_unavailable";
  const message = cause instanceof Error ? cause.message : "The database refused a statement.";
  const because = cause instanceof Error ? String(cause.cause ?? "") : String(cause);
  return { kind: "failed", code, message, because };
}

const port = parentPort;
if (port) {
  const connection = openConnection(String((workerData as { readonly path: string }).path));
  connection.exec(writerSettings);
  const known: Statement[] = [];
  port.on("message", (asked: WritesAsked | "close") => {
    if (asked === "close") {
      connection.close();
      port.close();
      return;
    }
    for (const { sql, forms } of asked.statements) known.push(connection.prepare(sql, forms));
    port.postMessage(commitAll(connection, known, openParcel(asked.parcel)).map(tellOutcome));
  });
}
