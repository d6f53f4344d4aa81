import type { LaneId } from "../../domain/delivery.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LaneLease, Lanes } from "../../ports/store.ts";
import { freshMemory, readMemory } from "../lane-memory.ts";
import type { Connection, Row } from "./bind.ts";
import type { Step } from "./commit.ts";
import type { Writer } from "./writer.ts";

/** The lanes' own table; times in it are milliseconds of the store's clock. */
export const lanesTable = `
CREATE TABLE IF NOT EXISTS lanes (
  id TEXT PRIMARY KEY,
  fence INTEGER NOT NULL,
  owner TEXT,
  lease_until INTEGER NOT NULL,
  due_at INTEGER,
  wakes INTEGER NOT NULL,
  memory TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lanes_due ON lanes (due_at) WHERE due_at IS NOT NULL;
`;

/** Lanes that can also be woken as one step of several. */
export interface SqliteLanes extends Lanes {
  /** Once in a commit is enough: whoever takes the lane sees all that the commit brings. */
  wakeStep(lane: LaneId, at: Date): Step;
}

/** Lanes in SQLite. One process owns the file, so its clock is the store's clock. */
export function createLanes(connection: Connection, writer: Writer, clock: Clock): SqliteLanes {
  const wake = writer.statement(
    `INSERT INTO lanes (id, fence, owner, lease_until, due_at, wakes, memory) VALUES (?, 0, NULL, 0, ?, 1, '${JSON.stringify(freshMemory)}')
     ON CONFLICT (id) DO UPDATE SET wakes = wakes + 1, due_at = MIN(COALESCE(due_at, excluded.due_at), excluded.due_at)`,
  );
  const claim = writer.statement(
    `UPDATE lanes SET fence = fence + 1, owner = ?, lease_until = ? WHERE id =
       (SELECT id FROM lanes WHERE due_at <= ? AND lease_until <= ? ORDER BY due_at LIMIT 1)
     RETURNING id, fence, wakes, memory`,
  );
  const renew = writer.statement(
    "UPDATE lanes SET lease_until = ?, memory = ? WHERE id = ? AND fence = ? RETURNING id, fence, wakes, memory",
  );
  const release = writer.statement(
    `UPDATE lanes SET owner = NULL, lease_until = 0, memory = ?,
       due_at = CASE WHEN wakes = ? THEN ? ELSE MIN(COALESCE(?, ?), ?) END
     WHERE id = ? AND fence = ?`,
  );
  const next = connection.prepare(
    "SELECT MIN(MAX(due_at, lease_until)) AS due FROM lanes WHERE due_at IS NOT NULL",
  );
  const now = () => clock.now().getTime();

  return {
    wake: async (lane, at) => void (await writer.run(wake, lane, at.getTime())),
    wakeStep: (lane, at) => ({ statement: wake, values: [lane, at.getTime()] }),
    claim: async (owner, leaseMs) =>
      leaseOf(await writer.first(claim, owner, now() + leaseMs, now(), now())),
    renew: async (lease, leaseMs, memory = lease.memory) => {
      const until = now() + leaseMs;
      const kept = JSON.stringify(memory);
      return leaseOf(await writer.first(renew, until, kept, lease.lane, lease.fence));
    },
    release: async (lease, { at, memory }) => {
      const due = at?.getTime() ?? null;
      const left = [JSON.stringify(memory), lease.wakes, due, due, now(), now()];
      await writer.run(release, ...left, lease.lane, lease.fence);
    },
    nextDueAt: async () => {
      const due = next.first()?.["due"];
      return typeof due === "number" ? new Date(due) : undefined;
    },
  };
}

function leaseOf(row: Row | undefined): LaneLease | undefined {
  if (!row) return undefined;
  return {
    lane: String(row["id"]) as LaneId,
    fence: Number(row["fence"]),
    wakes: Number(row["wakes"]),
    memory: readMemory(String(row["memory"])),
  };
}
