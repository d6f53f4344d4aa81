import {
  type Actor,
  type AuditAct,
  type AuditHead,
  auditLine,
  hashOfLine,
  noHead,
} from "../domain/audit.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { AuditBlock } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { keepHead } from "./head.ts";

export interface AuditDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly wallClock: Clock;
  readonly vault: Pick<Vault, "mac">;
}

/** The most rows that one record holds. */
const mostInBlock = 100;

interface Waiting {
  readonly at: Date;
  readonly actor: Actor;
  readonly act: AuditAct;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/**
 * Make the step that appends rows.
 *
 * Rows that come while one record is being stored go into the next one together. A record's id is the number of its
 * first row, so of any number of processes one takes the number, and the others read the new head and go on from there:
 * one chain, whoever writes. When the promise settles the row is on disk; `moved` hears of every new head.
 */
export function createAppend(
  deps: AuditDeps,
  moved: (head: AuditHead) => void,
): (actor: Actor, act: AuditAct) => Promise<void> {
  let waiting: Waiting[] = [];
  let running = false;
  let head: AuditHead | undefined;
  const run = async () => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostInBlock);
      waiting = waiting.slice(mostInBlock);
      try {
        head = await store(deps, head, batch);
        moved(head);
        for (const { done } of batch) done();
      } catch (cause) {
        head = undefined;
        for (const { failed } of batch) failed(cause);
      }
    }
    running = false;
  };
  return (actor, act) =>
    new Promise((done, failed) => {
      waiting.push({ at: deps.wallClock.now(), actor, act, done, failed });
      if (running) return;
      running = true;
      void run();
    });
}

/** Store rows behind the newest that there is. Answers the new head. */
async function store(
  deps: AuditDeps,
  known: AuditHead | undefined,
  rows: readonly Waiting[],
): Promise<AuditHead> {
  const { organization, store } = deps;
  let head = known ?? (await newestHead(deps));
  // It is there before the first row, so a log with rows and without it has lost it.
  if (head.number === 0) await keepHead(deps, head);
  for (;;) {
    const { lines, last } = linesAfter(head, rows);
    const first = head.number + 1;
    const id = blockId(deps, first);
    if (
      (await store.auditBlocks.insert({ id, organization, revision: 1, first, lines })) ===
      "inserted"
    ) {
      await keepHead(deps, last);
      return last;
    }
    // A write that broke off may have been ours all the same.
    const there = await store.auditBlocks.get(id);
    if (there?.lines.join("\n") === lines.join("\n")) return last;
    head = await newestHead(deps);
  }
}

/** Numbers are padded, so that ids sort as the rows do. */
const blockId = ({ organization }: AuditDeps, first: number) =>
  `${organization} ${String(first).padStart(12, "0")}`;

function linesAfter(head: AuditHead, rows: readonly Waiting[]) {
  const lines: string[] = [];
  let last = head;
  for (const { at, actor, act } of rows) {
    const line = auditLine(last, at, actor, act);
    lines.push(line);
    last = { number: last.number + 1, hash: hashOfLine(line) };
  }
  return { lines, last };
}

/** The head as the rows themselves say it. */
export async function newestHead({ organization, store }: AuditDeps): Promise<AuditHead> {
  const [newest] = await store.auditBlocks.scan("byFirst", {
    prefix: [organization],
    order: "descending",
    limit: 1,
  });
  return newest ? headOf(newest) : noHead;
}

const headOf = ({ first, lines }: AuditBlock): AuditHead => ({
  number: first + lines.length - 1,
  hash: hashOfLine(lines.at(-1) ?? ""),
});
