import { type Destination, type Hook, type HookKind, isChannel } from "../domain/destination.ts";
import type { Hub } from "../hub.ts";
import type { HookValues } from "../ports/destination-hook.ts";
import type { WishTrouble } from "./destination-wish.ts";
import { type HooksDeps, sealFor, typedOver, valuesWith, valueTroubles } from "./hooks.ts";
import { type HelloOutcome, type HelloWish, sayHello } from "./say-hello.ts";

/** Values to try: of a new hook, or typed over those of a saved one. */
export interface HookTrial {
  readonly kind: HookKind;
  readonly name: string;
  readonly values: HookValues;
  readonly over?: Hook;
}

export type HookTried =
  /** The values cannot be sent to at all, so nothing was. */
  | { readonly kind: "refused"; readonly troubles: readonly WishTrouble[] }
  | { readonly kind: "tried"; readonly destination: Destination; readonly outcome: HelloOutcome };

/**
 * Send a test to values that nobody has saved.
 *
 * What leaves the hub leaves as a delivery, so the values stand in a record of their own while they are tried: sealed,
 * under a name that no rule can say, and gone afterwards. What its receiver did not take is not tried again.
 */
export async function tryHook(
  deps: HooksDeps & Pick<Hub, "audit" | "channels">,
  trial: HookTrial,
  wish: HelloWish,
): Promise<HookTried> {
  const { kind, name, values: typed, over } = trial;
  const values = over ? typedOver(deps, over, typed) : valuesWith({}, typed);
  const troubles = valueTroubles(deps, kind, name, values);
  if (troubles.length > 0) return { kind: "refused", troubles };
  const id = deps.random.id("destination");
  const bare = {
    ...{ id, organization: deps.organization, revision: 1, kind },
    ...{ name: `${name === "" ? "new destination" : name} (typed values)`, draft: true },
    ...{ settings: {}, sealed: "", shown: {} },
  } as Destination;
  const draft = sealFor(deps, bare, values);
  await deps.store.destinations.insert(draft);
  try {
    const outcome = await sayHello(deps, id, wish);
    return outcome
      ? { kind: "tried", destination: draft, outcome }
      : { kind: "refused", troubles: [] };
  } finally {
    await deps.store.destinations.remove(id);
  }
}

/** Remove what a test left that a crash cut off. */
export async function removeDrafts({
  store,
  organization,
}: Pick<HooksDeps, "store" | "organization">): Promise<void> {
  const all = await store.destinations.scan("byName", { prefix: [organization], limit: 10_000 });
  const drafts = all.filter((one) => !isChannel(one) && one.draft);
  await Promise.all(drafts.map(({ id }) => store.destinations.remove(id)));
}
