import type { AcceptedEvent, Event } from "../../../core/domain/event.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Hub } from "../../../core/hub.ts";
import { checkEvents, invalid } from "../../../core/ingest/check-events.ts";
import type { EventDraft } from "../../../core/ingest/parse-event.ts";
import { createPlanningCache } from "../../../core/ingest/planning-table.ts";
import { readEvents } from "../../../core/ingest/read-events.ts";
import { receiptOf } from "../../../core/ingest/take-at-once.ts";
import { createRandom } from "../../../core/random.ts";
import { createVault } from "../../../core/secrets.ts";
import { createBenchHub, seedHub, serveHub } from "./bench-hub.ts";

/** A hub that takes events and brings nothing out. */
export interface IngestSpec {
  readonly folder: string;
  /**
   * Two store nothing: `parse_only` answers what was read, whatever its type asks for; `check_only` what was found right
   * in all that can be told without the store. `one_by_one` commits each request alone.
   */
  readonly mode: "durable" | "parse_only" | "check_only" | "one_by_one";
  /** Added to every commit, as a slow disk does. */
  readonly commitMs?: number;
}

const spec = JSON.parse(process.argv[2] ?? "{}") as IngestSpec;

const parseOnly: Hub["receive"] = async (_producer, posted) => {
  const read = readEvents(posted);
  if (read.kind === "refused") return read;
  const drafts = read.kind === "one" ? [read.draft] : read.drafts;
  const receipts = drafts.map((draft) => ({
    status: "accepted" as const,
    accepted: asIfAccepted(draft),
  }));
  return { kind: "accepted", isBatch: read.kind === "batch", receipts, nameOf: (id) => id };
};

const id = deriveId("event", "bench");
const plan = { ruleSetVersion: 1, matched: [], destinations: [], unrouted: true };
const asIfAccepted = (draft: EventDraft) =>
  ({
    id,
    event: { externalId: "bench", ...draft } as Event,
    plan,
    known: false,
  }) as unknown as AcceptedEvent;

/** Let a request wait until the one before it is on disk. */
function oneByOne(receive: Hub["receive"]): Hub["receive"] {
  let before: Promise<unknown> = Promise.resolve();
  return (producer, posted) => {
    const mine = before.then(() => receive(producer, posted));
    before = mine.catch(() => undefined);
    return mine;
  };
}

/** Answers as the hub does, mistakes among it, for events that it does not know. */
function checkOnly({ organization, store, clock }: Hub): Hub["receive"] {
  const planning = createPlanningCache(store, organization).current;
  const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
  const deps = { organization, clock, random: createRandom(), vault, planning };
  return async (producer, posted) => {
    const checked = await checkEvents(deps, producer, posted);
    if (checked.kind === "refused") return checked;
    const { candidates, mistakes, isBatch } = checked;
    const errors = mistakes.flat();
    if (errors.length > 0) return { kind: "refused", problem: invalid(errors) };
    const receipts = candidates.map(receiptOf);
    return { kind: "accepted", isBatch, receipts, nameOf: (id) => id };
  };
}

const { hub, log } = createBenchHub(spec.folder, spec.commitMs);
const rules = Array.from({ length: 10 }, (_, number) => ({
  name: `Rule ${number}`,
  types: [`deploy.kind${number}`],
  to: ["#releases"],
  continue: false,
}));
const key = await seedHub(hub, { destinations: ["#releases"], rules });
const receives = {
  durable: hub.receive,
  parse_only: parseOnly,
  check_only: checkOnly(hub),
  one_by_one: oneByOne(hub.receive),
};
await hub.start();
const url = await serveHub({ ...hub, receive: receives[spec.mode] }, log);
process.stdout.write(`${JSON.stringify({ url, key })}\n`);
