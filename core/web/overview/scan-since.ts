import type { Records } from "../../ports/store.ts";
import type { Stored } from "../../ports/stored.ts";

/** Where reading stops: the figures of a page must cost little, and say when they are not all. */
const mostRead = 1_000;
const oneLook = 250;

/** Records since a time, newest first. `since` is later than asked where there were more than are read. */
export interface Recent<Value> {
  readonly records: readonly Value[];
  readonly since: Date;
}

/** Read an index that ends in a time backwards from now, down to `since`, and a thousand records at most. */
export async function scanSince<Value extends Stored, Index extends string>(
  records: Records<Value, Index>,
  index: Index,
  prefix: readonly string[],
  { since, timeOf }: { readonly since: Date; readonly timeOf: (record: Value) => Date },
): Promise<Recent<Value>> {
  const found: Value[] = [];
  for (;;) {
    const last = found.at(-1);
    const part = await records.scan(index, {
      prefix,
      order: "descending",
      limit: oneLook,
      ...(last ? { after: records.cursorOf(index, last) } : {}),
    });
    const fresh = part.filter((record) => timeOf(record) >= since);
    found.push(...fresh);
    const oldest = found.at(-1);
    if (fresh.length < oneLook || !oldest) return { records: found, since };
    if (found.length >= mostRead) return { records: found, since: timeOf(oldest) };
  }
}
