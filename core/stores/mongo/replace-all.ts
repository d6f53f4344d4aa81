import { randomBytes } from "node:crypto";
import type { Kept } from "./connect.ts";
import type { KeptRecord } from "./records.ts";

/** A replace that is wanted: the record as it shall be, if the stored one still has the revision that was read. */
export interface Change {
  readonly id: string;
  readonly readRevision: number;
  readonly fields: KeptRecord;
}

/** What became of a change. `unknown`: the record has gone on by so many revisions that nothing of it is to be seen. */
export type Changed = "saved" | "stale" | "unknown";

/** How many of a record's latest revisions say which write made them. */
const ringSize = 8;

const ownWrites = randomBytes(9).toString("base64url");
let lastWrite = 0;

/**
 * Replace several records, each by itself, with one question.
 *
 * MongoDB says how many of them found their revision, not which. So where one did not, the records are read once more:
 * each names the writes that made its latest revisions, and only one write ever made a revision. A change that goes
 * alone needs no second look. One that keeps the revision, to note something at it, made none and is named nowhere.
 */
export async function replaceAll(
  kept: Kept<KeptRecord>,
  changes: readonly Change[],
): Promise<readonly Changed[]> {
  const writes = changes.map((change) => {
    lastWrite += 1;
    return { ...change, mark: `${change.fields.revision} ${ownWrites} ${lastWrite}` };
  });
  const { matchedCount } = await kept.bulkWrite(writes.map(stepOf), { ordered: false });
  if (matchedCount === writes.length) return writes.map(() => "saved");
  if (matchedCount === 0) return writes.map(() => "stale");
  const ids = [...new Set(writes.map(({ id }) => id))];
  const found = kept.find({ _id: { $in: ids } }, { projection: { revision: 1, writes: 1 } });
  const records = new Map((await found.toArray()).map((record) => [record._id, record]));
  return writes.map((write) => judge(write, records.get(write.id)));
}

type Write = Change & { readonly mark: string };

const keepsRevision = ({ readRevision, fields }: Change) => fields.revision === readRevision;

const stepOf = (write: Write) => {
  const { id, readRevision, fields, mark } = write;
  const made = keepsRevision(write) ? {} : { [`writes.${fields.revision % ringSize}`]: mark };
  return {
    updateOne: {
      filter: { _id: id, revision: readRevision },
      update: { $set: { ...fields, ...made } },
    },
  };
};

function judge(write: Write, found: Pick<KeptRecord, "revision" | "writes"> | undefined): Changed {
  const { fields, mark } = write;
  const { revision } = fields;
  // Of a record that somebody removed meanwhile nothing is left, whatever this write did to it.
  if (!found || found.revision < revision) return "stale";
  // What was noted at a revision that has passed is written over or was never there, which is the same.
  if (keepsRevision(write)) return found.revision === revision ? "saved" : "stale";
  const made = found.writes?.[revision % ringSize];
  if (made === mark) return "saved";
  return made?.startsWith(`${revision} `) ? "stale" : "unknown";
}
