import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from "node:worker_threads";
import { HubError } from "../../domain/hub-error.ts";
import { type Form, openConnection, type Statement } from "./bind.ts";
import { commitAll, type Outcome, type Write } from "./commit.ts";
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

type Asked = WritesAsked | "close";

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

/** What has arrived: this message, and all that wait behind it. */
function* arrivedAt(port: MessagePort, first: Asked): Generator<Asked> {
  yield first;
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    yield next.message as Asked;
}

const port = parentPort;
if (port) {
  const connection = openConnection(String((workerData as { readonly path: string }).path));
  connection.exec(writerSettings);
  const known: Statement[] = [];
  const commit = (parcels: readonly (readonly Write[])[]) => {
    const outcomes = commitAll(connection, known, parcels.flat()).map(tellOutcome);
    let told = 0;
    port.postMessage(
      parcels.map(({ length }) => {
        told += length;
        return outcomes.slice(told - length, told);
      }),
    );
  };
  port.on("message", (first: Asked) => {
    const parcels: (readonly Write[])[] = [];
    let closing = false;
    for (const asked of arrivedAt(port, first)) {
      if (asked === "close") closing = true;
      else {
        for (const { sql, forms } of asked.statements) known.push(connection.prepare(sql, forms));
        parcels.push(openParcel(asked.parcel));
      }
    }
    if (parcels.length > 0) commit(parcels);
    if (!closing) return;
    connection.close();
    port.close();
  });
}
