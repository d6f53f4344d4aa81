import { type AuditHead, hashOfLine, noHead, readLine } from "../domain/audit.ts";
import type { AuditDeps } from "./append.ts";
import { readHead } from "./head.ts";

/** What a look at the whole chain found. */
export type Verified =
  | { readonly kind: "intact"; readonly head: AuditHead }
  | {
      readonly kind: "broken";
      /** The first row that does not stand as it was written. */
      readonly at: number;
      readonly because:
        | "altered"
        | "missing"
        | "out_of_order"
        | "cut_off"
        | "head_lost"
        | "head_forged";
    };

/** How many records one look reads. */
const oneLook = 200;

/**
 * Walk the chain from its first row, and hold it against the heads that are known: the one kept beside the rows, the
 * one that this process remembers, and one that somebody noted elsewhere.
 */
export async function verifyChain(deps: AuditDeps, known: readonly AuditHead[]): Promise<Verified> {
  // Read before the rows, so that rows that come meanwhile stand behind it.
  const kept = await readHead(deps);
  const heads = [...known, ...(kept && kept !== "forged" ? [kept] : [])];
  const asked = new Set(heads.map(({ number }) => number));
  const found = new Map<number, string>();
  let head = noHead;
  for await (const { line, place } of walk(deps)) {
    const wrong = troubleWith(line, place, head);
    if (wrong) return wrong;
    head = { number: place, hash: hashOfLine(line) };
    if (asked.has(place)) found.set(place, head.hash);
  }
  if (kept === "forged") return { kind: "broken", at: head.number, because: "head_forged" };
  if (!kept && head.number > 0) return { kind: "broken", at: head.number, because: "head_lost" };
  return againstHeads(heads, found, head);
}

/** What is wrong with a row that is read at a place, behind a head. */
function troubleWith(line: string, place: number, head: AuditHead): Verified | undefined {
  const next = head.number + 1;
  const row = readLine(line);
  if (place !== next) {
    return { kind: "broken", at: next, because: place > next ? "missing" : "out_of_order" };
  }
  if (!row) return { kind: "broken", at: next, because: "altered" };
  if (row.number !== next) return { kind: "broken", at: next, because: "out_of_order" };
  // The row before is not what it was when this one was written behind it.
  return row.previous === head.hash
    ? undefined
    : { kind: "broken", at: Math.max(1, head.number), because: "altered" };
}

function againstHeads(
  heads: readonly AuditHead[],
  found: ReadonlyMap<number, string>,
  last: AuditHead,
): Verified {
  for (const { number, hash } of heads.filter((one) => one.number > 0)) {
    if (number > last.number) return { kind: "broken", at: last.number + 1, because: "cut_off" };
    if (found.get(number) !== hash) return { kind: "broken", at: number, because: "altered" };
  }
  return { kind: "intact", head: last };
}

/** Every row in the order of the records, with the number that its record gives it. */
async function* walk({ organization, store }: AuditDeps) {
  let after: string | undefined;
  do {
    const part = await store.auditBlocks.scan("byFirst", {
      prefix: [organization],
      limit: oneLook,
      ...(after === undefined ? {} : { after }),
    });
    for (const { first, lines } of part) {
      for (const [index, line] of lines.entries()) yield { line, place: first + index };
    }
    const last = part.at(-1);
    after =
      last && part.length === oneLook ? store.auditBlocks.cursorOf("byFirst", last) : undefined;
  } while (after !== undefined);
}
