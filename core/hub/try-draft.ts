import type { Destination } from "../domain/destination.ts";
import type { DestinationId } from "../domain/ids.ts";
import type { Hub } from "../hub.ts";
import { type HelloOutcome, type HelloWish, sayHello } from "./say-hello.ts";

/** A test that was sent, and what became of it. */
export interface Tried {
  readonly kind: "tried";
  readonly destination: Destination;
  readonly outcome: HelloOutcome;
}

type TryingDeps = Pick<Hub, "audit" | "channels" | "store">;

/** A name that no rule can say, for what is not saved. */
export const draftName = (name: string): string => `${name} (typed values)`;

/** What the thing is called that was tried. */
export const nameOfDraft = ({ name }: Pick<Destination, "name">): string =>
  name.replace(/ \(typed values\)$/, "");

/**
 * Send a test to a destination that nobody has saved (FEATURES A13).
 *
 * What leaves the hub leaves as a delivery, so it stands in a record of its own while it is tried, under a name that no
 * rule can say, and is gone afterwards. What its receiver did not take is not tried again, goes nowhere else, and is
 * told to nobody but whoever tests.
 */
export async function tryDraft(
  deps: TryingDeps,
  draft: Destination,
  wish: HelloWish,
): Promise<Tried | undefined> {
  await deps.store.destinations.insert({ ...draft, draft: true });
  try {
    const outcome = await sayHello(deps, draft.id, wish);
    return outcome && { kind: "tried", destination: draft, outcome };
  } finally {
    await deps.store.destinations.remove(draft.id);
  }
}

/**
 * Make the step that removes what tests left that a crash cut off: drafts that are there at two looks. Between those lies
 * more time than a test takes, so what another process tries right now stays.
 */
export function createDraftSweep({
  store,
  organization,
}: Pick<Hub, "store" | "organization">): () => Promise<void> {
  let seen: ReadonlySet<DestinationId> = new Set();
  return async () => {
    const all = await store.destinations.scan("byName", { prefix: [organization], limit: 10_000 });
    const drafts = all.flatMap(({ draft, id }) => (draft ? [id] : []));
    await Promise.all(
      drafts.filter((id) => seen.has(id)).map((id) => store.destinations.remove(id)),
    );
    seen = new Set(drafts);
  };
}
