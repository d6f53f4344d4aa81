import { createHash } from "node:crypto";
import type { OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { SignInTries } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";

/** So many failed tries lock (SURFACE §9). */
const mostTries = 10;
/** For so long, counted from the last of them. */
const lockMs = 15 * 60_000;

export interface TriesDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  /** The machine's own clock. */
  readonly wallClock: Clock;
}

/** Who tries: the name that was typed, whether or not it is anybody's, and the address that the try came from. */
export interface Trier {
  readonly name: string;
  readonly address: string;
}

/**
 * Count one try before it is judged, for its name and for its address. Answers until when one of them is locked;
 * undefined: the try may be judged.
 *
 * Counting comes first, so that a thousand tries at once are ten. What is counted lies in the store, so it holds over
 * processes and restarts.
 */
export async function takeTry(deps: TriesDeps, trier: Trier): Promise<Date | undefined> {
  const [name, address] = await Promise.all(
    idsOf(deps, trier).map((id) =>
      change(deps, id, (tries, now) => (isLocked(tries, now) ? undefined : counted(tries, now))),
    ),
  );
  const ends = [name, address].flatMap((tries) => (tries ? [tries.expiresAt.getTime()] : []));
  return ends.length === 0 ? undefined : new Date(Math.max(...ends));
}

/** A try was right: its name is forgiven all, its address this one. */
export async function forgiveTry(deps: TriesDeps, trier: Trier): Promise<void> {
  const [name = "", address = ""] = idsOf(deps, trier);
  await Promise.all([
    deps.store.signInTries.remove(name),
    change(deps, address, (tries) => ({ ...tries, failed: Math.max(0, tries.failed - 1) })),
  ]);
}

const idsOf = ({ organization }: TriesDeps, { name, address }: Trier) =>
  [`name ${name.toLowerCase()}`, `address ${address}`].map((text) =>
    createHash("sha256").update(`${organization} ${text}`).digest("hex"),
  );

type Counted = Pick<SignInTries, "failed" | "expiresAt">;

const isLocked = ({ failed, expiresAt }: Counted, now: Date) =>
  failed >= mostTries && expiresAt > now;

const counted = ({ failed, expiresAt }: Counted, now: Date): Counted => ({
  failed: expiresAt > now ? failed + 1 : 1,
  expiresAt: new Date(now.getTime() + lockMs),
});

/** Change what is counted; where the step changes nothing, answer what stands there. */
async function change(
  { organization, store, wallClock }: TriesDeps,
  id: string,
  step: (tries: Counted, now: Date) => Counted | undefined,
): Promise<SignInTries | undefined> {
  for (;;) {
    const now = wallClock.now();
    const before = await store.signInTries.get(id);
    const next = step(before ?? { failed: 0, expiresAt: now }, now);
    if (!next) return before;
    const revision = (before?.revision ?? 0) + 1;
    const record = { id, organization, revision, ...next };
    const written = before
      ? (await store.signInTries.replace(record, before.revision)) === "saved"
      : (await store.signInTries.insert(record)) === "inserted";
    if (written) return undefined;
  }
}
