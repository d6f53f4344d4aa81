import type { Destination, Hook, HookKind } from "../domain/destination.ts";
import type { Hub } from "../hub.ts";
import type { HookValues } from "../ports/destination-hook.ts";
import type { WishTrouble } from "./destination-wish.ts";
import { type HooksDeps, sealFor, typedOver, valuesWith, valueTroubles } from "./hooks.ts";
import type { HelloWish } from "./say-hello.ts";
import { draftName, type Tried, tryDraft } from "./try-draft.ts";

/** Values to try: of a new hook, or typed over those of a saved one. */
export interface HookTrial {
  readonly kind: HookKind;
  readonly name: string;
  readonly values: HookValues;
  readonly over?: Hook;
}

export type HookTried =
  /** The values cannot be sent to at all, so nothing was. */
  { readonly kind: "refused"; readonly troubles: readonly WishTrouble[] } | Tried;

/** Send a test to values that nobody has saved. They are sealed while they are tried. */
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
    ...{ name: draftName(name === "" ? "new destination" : name), draft: true },
    ...{ settings: {}, sealed: "", shown: {} },
  } as Destination;
  const draft = sealFor(deps, bare, values);
  return (await tryDraft(deps, draft, wish)) ?? { kind: "refused", troubles: [] };
}
