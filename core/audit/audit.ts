import { type Actor, type AuditAct, type AuditHead, noHead } from "../domain/audit.ts";
import type { Log } from "../ports/log.ts";
import { currentActor } from "./acting.ts";
import { type AuditDeps, createAppend, newestHead } from "./append.ts";
import { type AuditAsked, type AuditPage, readAudit } from "./read.ts";
import { type Verified, verifyChain } from "./verify.ts";

/** The audit log: what people and keys changed, in a chain that shows every later change of it (H5). */
export interface Audit {
  /**
   * Append a row; without an actor, as whoever acts now, and nothing where nobody does. What is told stands already, so
   * a row that could not be stored stops nobody: the log says so, loudly, and the row waits.
   */
  record(act: AuditAct, actor?: Actor): Promise<void>;
  read(asked: AuditAsked): Promise<AuditPage>;
  /** Look at the whole chain; `known` is a head that somebody noted elsewhere. */
  verify(known?: AuditHead): Promise<Verified>;
  /** Write the head into the hub's log, from where nobody who changes the database takes it back. */
  logHead(): Promise<void>;
  /** Store what the store did not take when it was done. */
  storeLeft(): Promise<void>;
  /** Wait until every row that was begun is stored. What the store does not take now is told in the log, row by row. */
  settle(): Promise<void>;
}

/** Make the audit log of one organization. */
export function createAudit(deps: AuditDeps & { readonly log: Log }): Audit {
  const begun = new Set<Promise<void>>();
  let seen: AuditHead = noHead;
  const see = (head: AuditHead) => {
    if (head.number > seen.number) seen = head;
  };
  const { append, appendLeft } = createAppend(deps, see);
  const trouble = (action: string, error: string) =>
    deps.log.write({ kind: "hub.trouble", where: `audit ${action}`, error });
  return {
    record: async (act, actor = currentActor()) => {
      if (!actor) return;
      const row = append(actor, act)
        .catch((cause: unknown) => trouble(act.action, String(cause)))
        .finally(() => begun.delete(row));
      begun.add(row);
      await row;
    },
    read: (asked) => readAudit(deps, asked),
    verify: async (known) => {
      const verified = await verifyChain(deps, [seen, ...(known ? [known] : [])]);
      if (verified.kind === "intact") see(verified.head);
      return verified;
    },
    logHead: async () => {
      const head = await newestHead(deps);
      see(head);
      const { number, hash } = head;
      if (number > 0) deps.log.write({ kind: "audit.head", number, hash });
    },
    storeLeft: async () => void (await appendLeft()),
    settle: async () => {
      while (begun.size > 0) await Promise.all(begun);
      for (const { at, actor, act } of await appendLeft()) {
        trouble(act.action, `This row is lost: ${JSON.stringify({ at, actor, ...act })}`);
      }
    },
  };
}
