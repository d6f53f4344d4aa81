import type { LaneId } from "../../domain/delivery.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LaneLease, LaneMemory, Lanes } from "../../ports/store.ts";
import type { Connection, Row } from "./bind.ts";
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

const fresh: LaneMemory = { posts: [], pausedUntil: 0 };

/** Lanes in SQLite. One process owns the file, so its clock is the store's clock. */
export function createLanes(connection: Connection, writer: Writer, clock: Clock): Lanes {
  const wake = connection.prepare(
    `INSERT INTO lanes (id, fence, owner, lease_until, due_at, wakes, memory) VALUES (?, 0, NULL, 0, ?, 1, '${JSON.stringify(fresh)}')
     ON CONFLICT (id) DO UPDATE SET wakes = wakes + 1, due_at = MIN(COALESCE(due_at, excluded.due_at), excluded.due_at)`,
  );
  const claim = connection.prepare(
    `UPDATE lanes SET fence = fence + 1, owner = ?, lease_until = ? WHERE id =
       (SELECT id FROM lanes WHERE due_at <= ? AND lease_until <= ? ORDER BY due_at LIMIT 1)
     RETURNING id, fence, wakes, memory`,
  );
  const renew = connection.prepare(
    "UPDATE lanes SET lease_until = ?, memory = ? WHERE id = ? AND fence = ? RETURNING id, fence, wakes, memory",
  );
  const release = connection.prepare(
    `UPDATE lanes SET owner = NULL, lease_until = 0, memory = ?,
       due_at = CASE WHEN wakes = ? THEN ? ELSE MIN(COALESCE(?, ?), ?) END
     WHERE id = ? AND fence = ?`,
  );
  const next = connection.prepare(
    "SELECT MIN(MAX(due_at, lease_until)) AS due FROM lanes WHERE due_at IS NOT NULL",
  );
  const now = () => clock.now().getTime();

  return {
    wake: (lane, at) => writer.write(() => void wake.run(lane, at.getTime())),
    claim: (owner, leaseMs) =>
      writer.write(() => leaseOf(claim.first(owner, now() + leaseMs, now(), now()))),
    renew: (lease, leaseMs, memory = lease.memory) =>
      writer.write(() =>
        leaseOf(renew.first(now() + leaseMs, JSON.stringify(memory), lease.lane, lease.fence)),
      ),
    release: (lease, { at, memory }) =>
      writer.write(() => {
        const due = at?.getTime() ?? null;
        release.run(
          JSON.stringify(memory),
          lease.wakes,
          due,
          due,
          now(),
          now(),
          lease.lane,
          lease.fence,
        );
      }),
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
    memory: JSON.parse(String(row["memory"])) as LaneMemory,
  };
}
