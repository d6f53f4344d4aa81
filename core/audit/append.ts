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

/** The most rows that wait for a store which takes none. Later ones are lost. */
const mostLeft = 10_000;

/** Something that somebody did, and when. */
export interface Deed {
  readonly at: Date;
  readonly actor: Actor;
  readonly act: AuditAct;
}

interface Waiting extends Deed {
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** Where this process writes next. */
interface Place {
  head?: AuditHead;
}

/** The steps that append rows. */
export interface Append {
  /** Append a row. When this settles it is on disk; where it rejects, the row waits, or is lost where too many do. */
  append(actor: Actor, act: AuditAct): Promise<void>;
  /** Append what waits because the store did not take it; answers what it does not take now either. */
  appendLeft(): Promise<readonly Deed[]>;
}

/**
 * Make the steps that append rows.
 *
 * Rows that come while one record is being stored go into the next one together. A record's id is the number of its
 * first row, so of any number of processes one takes the number, and the others read the new head and go on from there:
 * one chain, whoever writes. What the store refuses stays first in line, as the record that it was, so that one which
 * was stored after all is found and not written twice. `moved` hears of every new head.
 */
export function createAppend(deps: AuditDeps, moved: (head: AuditHead) => void): Append {
  let waiting: Waiting[] = [];
  let batch: readonly Waiting[] = [];
  let running = false;
  const place: Place = {};
  const storeNext = async () => {
    if (batch.length === 0) batch = waiting.splice(0, mostInBlock);
    moved(await store(deps, place, batch));
    for (const { done } of batch) done();
    batch = [];
  };
  const run = async () => {
    if (running) return;
    running = true;
    try {
      // Nothing is awaited between the look that finds no row and the end, so none can come unseen.
      while (batch.length + waiting.length > 0) await storeNext();
    } catch (cause) {
      for (const { failed } of [...batch, ...waiting]) failed(cause);
      waiting = waiting.slice(0, mostLeft);
    } finally {
      running = false;
    }
  };
  return {
    append: (actor, act) =>
      new Promise((done, failed) => {
        waiting.push({ at: deps.wallClock.now(), actor, act, done, failed });
        void run();
      }),
    appendLeft: async () => {
      await run();
      return [...batch, ...waiting];
    },
  };
}

/** Store rows behind the newest that there is. Answers the new head. */
async function store(deps: AuditDeps, place: Place, rows: readonly Waiting[]): Promise<AuditHead> {
  const { organization, store } = deps;
  place.head ??= await newestHead(deps);
  // It is there before the first row, so a log with rows and without it has lost it.
  if (place.head.number === 0) await keepHead(deps, place.head);
  for (;;) {
    const { lines, last } = linesAfter(place.head, rows);
    const first = place.head.number + 1;
    const record = { id: blockId(deps, first), organization, revision: 1, first, lines };
    if ((await store.auditBlocks.insert(record)) === "inserted" || (await isOurs(deps, record))) {
      await keepHead(deps, last);
      place.head = last;
      return last;
    }
    place.head = await newestHead(deps);
  }
}

/** A write whose answer was lost may have been ours all the same. */
async function isOurs({ store }: AuditDeps, { id, lines }: AuditBlock): Promise<boolean> {
  const there = await store.auditBlocks.get(id);
  return there?.lines.join("\n") === lines.join("\n");
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
