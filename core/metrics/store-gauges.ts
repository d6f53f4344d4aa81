import { setImmediate as nextTurn } from "node:timers/promises";
import { Gauge, type Registry } from "prom-client";
import type { Approval } from "../domain/approval.ts";
import type { Delivery } from "../domain/delivery.ts";
import type { DestinationKind } from "../domain/destination.ts";
import { destinationKinds } from "../domain/destination-kinds.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";

export interface StoreGaugesDeps {
  readonly store: Store;
  readonly organization: OrganizationId;
  readonly clock: Clock;
  readonly nowMs: () => number;
}

const platforms = Object.keys(destinationKinds) as DestinationKind[];

/** Where counting stops: a scrape must cost little, and from here on "more" says enough. */
const mostCounted = 5_000;
/** Records of one look, so that a scrape never holds up a click for long. */
const oneLook = 500;
/** How long a look is believed, however often somebody scrapes. */
const believedMs = 5_000;

/** Register what is read from the store at each scrape. */
export function createStoreGauges(registry: Registry, deps: StoreGaugesDeps): void {
  const look = believing(deps, () => lookInto(deps));
  const gauge = <Label extends string>(
    name: string,
    help: string,
    label: Label,
    values: (seen: Seen) => ReadonlyMap<string, number>,
  ) =>
    new Gauge({
      name: `countersign_${name}`,
      help,
      labelNames: [label],
      registers: [registry],
      collect: async function collect() {
        this.reset();
        // While the store is away, the figures of the process are what tells of it; those of the store are then not there.
        const seen = await look().catch(() => undefined);
        for (const [value, count] of seen ? values(seen) : []) {
          this.set({ [label]: value } as Record<Label, string>, count);
        }
      },
    });
  const upTo = `; counting stops at ${mostCounted}`;
  gauge("deliveries", `Deliveries by state${upTo}`, "state", ({ deliveries }) => deliveries);
  gauge("approvals", `Requests by state${upTo}`, "state", ({ approvals }) => approvals);
  gauge(
    "oldest_due_seconds",
    `How long the oldest delivery is due and not settled; read from the ${mostCounted} oldest`,
    "platform",
    ({ oldestDue }) => oldestDue,
  );
  gauge(
    "oldest_callback_seconds",
    "How long the oldest callback has not reached its producer, due or not",
    "platform",
    ({ oldestCallback }) => oldestCallback,
  );
}

interface Seen {
  readonly deliveries: ReadonlyMap<string, number>;
  readonly approvals: ReadonlyMap<string, number>;
  readonly oldestDue: ReadonlyMap<string, number>;
  readonly oldestCallback: ReadonlyMap<string, number>;
}

async function lookInto({ store, organization, clock }: StoreGaugesDeps): Promise<Seen> {
  const { deliveries, approvals } = store;
  const ofState = (state: Delivery["state"]) =>
    readUpTo<Delivery>((after) =>
      deliveries.scan("byState", {
        prefix: [organization, state],
        limit: oneLook,
        ...(after ? { after: deliveries.cursorOf("byState", after) } : {}),
      }),
    );
  const open = await readUpTo<Approval>((after) =>
    approvals.scan("byState", {
      prefix: [organization, "open"],
      limit: oneLook,
      ...(after ? { after: approvals.cursorOf("byState", after) } : {}),
    }),
  );
  const pending = await ofState("pending");
  const sending = await ofState("sending");
  const held = await ofState("held");
  const dead = await ofState("dead");
  const now = clock.now().getTime();
  const unsettled = [...pending, ...sending];
  return {
    deliveries: new Map([
      ["pending", pending.length],
      ["sending", sending.length],
      ["held", held.length],
      ["dead", dead.length],
    ]),
    approvals: new Map([["open", open.length]]),
    oldestDue: oldest([...platforms, "callback"], unsettled, (one) => now - dueOf(one)),
    oldestCallback: oldest(["callback"], unsettled, (one) => now - one.createdAt.getTime()),
  };
}

/** A delivery being sent was due when its try began. */
function dueOf(delivery: Delivery): number {
  if (delivery.state === "pending") return delivery.dueAt.getTime();
  return (delivery.state === "sending" ? delivery.startedAt : delivery.createdAt).getTime();
}

/** The greatest age of each platform's deliveries, 0 where none is late. */
function oldest(
  platforms: readonly Delivery["platform"][],
  deliveries: readonly Delivery[],
  ageMs: (delivery: Delivery) => number,
): ReadonlyMap<string, number> {
  const ages = new Map<string, number>(platforms.map((platform) => [platform, 0]));
  for (const delivery of deliveries) {
    const before = ages.get(delivery.platform);
    if (before !== undefined)
      ages.set(delivery.platform, Math.max(before, ageMs(delivery) / 1_000));
  }
  return ages;
}

async function readUpTo<Value>(
  page: (last: Value | undefined) => Promise<readonly Value[]>,
): Promise<readonly Value[]> {
  const all: Value[] = [];
  for (;;) {
    const part = await page(all.at(-1));
    all.push(...part);
    if (part.length < oneLook || all.length >= mostCounted) return all.slice(0, mostCounted);
    await nextTurn();
  }
}

/** Share one look among all gauges, and among scrapes that follow each other. */
function believing({ nowMs }: StoreGaugesDeps, look: () => Promise<Seen>): () => Promise<Seen> {
  let last: { readonly at: number; readonly seen: Promise<Seen> } | undefined;
  return () => {
    const now = nowMs();
    if (!last || now - last.at >= believedMs) {
      const seen = look();
      last = { at: now, seen };
      seen.catch(() => {
        last = undefined;
      });
    }
    return last.seen;
  };
}
