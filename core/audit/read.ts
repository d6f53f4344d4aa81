import { type AuditEntry, readLine } from "../domain/audit.ts";
import type { AuditDeps } from "./append.ts";

/** Which rows are asked for. */
export interface AuditAsked {
  readonly limit: number;
  readonly order: "ascending" | "descending";
  /** Rows beyond this number, in the order asked for. */
  readonly after?: number;
  /** Begins of an action, or a whole one: `person.`, `approval.voted`. */
  readonly action?: string;
  /** The id or a part of the name of who did it. */
  readonly who?: string;
  /** The id or a part of the name of what it was done to. */
  readonly what?: string;
  readonly since?: Date;
}

/** One page of rows, and the number after which the next one begins. */
export interface AuditPage {
  readonly items: readonly AuditRow[];
  readonly next?: number;
}

/** A row, and the text that its hash is of. */
export interface AuditRow {
  readonly entry: AuditEntry;
  readonly line: string;
}

/** How many records one look reads, and how many looks one page may take before it ends early. */
const oneLook = 500;
const mostLooks = 20;

/** Read one page. What no order serves is filtered while reading; a page that took too long ends early, with its `next`. */
export async function readAudit(deps: AuditDeps, asked: AuditAsked): Promise<AuditPage> {
  const items: AuditRow[] = [];
  let seen = asked.after;
  for await (const row of walk(deps, asked)) {
    if (row === "enough") return seen === undefined ? { items } : { items, next: seen };
    const { entry } = row;
    if (isTooOld(entry, asked) && asked.order === "descending") return { items };
    if (wants(asked, entry)) {
      if (items.length === asked.limit) return { items, next: seen ?? entry.number };
      items.push(row);
    }
    seen = entry.number;
  }
  return { items };
}

/** Rows in the order asked for, from where the page begins; `enough` where it took too long. */
async function* walk({ organization, store }: AuditDeps, asked: AuditAsked) {
  const falling = asked.order === "descending";
  let range: object = rangeOf(asked);
  for (let look = 0; look < mostLooks; look += 1) {
    const blocks = await store.auditBlocks.scan("byFirst", {
      ...{ prefix: [organization], order: asked.order, limit: oneLook },
      ...range,
    });
    for (const line of blocks.flatMap(({ lines }) => (falling ? lines.toReversed() : lines))) {
      const entry = readLine(line);
      if (entry && !isBehind(entry, asked)) yield { entry, line };
    }
    const last = blocks.at(-1);
    if (!last || blocks.length < oneLook) return;
    range = { after: store.auditBlocks.cursorOf("byFirst", last) };
  }
  yield "enough" as const;
}

/** Begin at the record in which the page begins. No record holds more than a hundred rows. */
function rangeOf({ after, order }: AuditAsked) {
  if (after === undefined) return {};
  return order === "descending" ? { upTo: after } : { from: Math.max(1, after - 100) };
}

const isTooOld = ({ at }: AuditEntry, { since }: AuditAsked) =>
  since !== undefined && new Date(at) < since;

const isBehind = ({ number }: AuditEntry, { after, order }: AuditAsked) =>
  after !== undefined && (order === "descending" ? number >= after : number <= after);

function wants(asked: AuditAsked, entry: AuditEntry): boolean {
  const { action, who, what } = asked;
  return (
    (action === undefined || entry.action.startsWith(action)) &&
    (who === undefined || isNamed(entry.actor, who)) &&
    (what === undefined || (entry.target !== undefined && isNamed(entry.target, what))) &&
    !isTooOld(entry, asked)
  );
}

const isNamed = ({ id, name }: { readonly id?: string; readonly name: string }, asked: string) =>
  id === asked || name.toLowerCase().includes(asked.toLowerCase());
