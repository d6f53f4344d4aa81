import { changeRoute } from "../channels/route-health.ts";
import { formerSigningKey, openValues, signingKey } from "../destinations/hook-values.ts";
import { type Destination, type Hook, isChannel } from "../domain/destination.ts";
import type { DestinationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { type HooksDeps, newSigningSecret, sealFor } from "./hooks.ts";

/** What a new signing secret led to. */
export type SecretRotated =
  | { readonly kind: "rotated"; readonly destination: Destination; readonly secret: string }
  | { readonly kind: "unknown" }
  /** Only webhooks sign their calls. */
  | { readonly kind: "unsigned" };

/**
 * Give a webhook a new signing secret. For `overlapMs` the one before signs too, so that no call is refused while its
 * receiver changes over; with 0 it signs no longer. Of two who do that at once, the later one's is the newest.
 */
export async function rotateSigningSecret(
  deps: HooksDeps & { readonly wallClock: Clock },
  id: DestinationId,
  overlapMs: number,
): Promise<SecretRotated> {
  const found = await deps.store.destinations.get(id);
  if (found?.organization !== deps.organization) return { kind: "unknown" };
  if (isChannel(found) || found.kind !== "webhook") return { kind: "unsigned" };
  const secret = newSigningSecret(deps.random);
  const endsAt = new Date(deps.wallClock.now().getTime() + overlapMs);
  const destination = await changeRoute(deps, id, async (now) => {
    if (isChannel(now)) return undefined;
    const { [signingKey]: before, [formerSigningKey]: _, ...values } = openValues(deps.vault, now);
    const overlaps = overlapMs > 0 && before !== undefined;
    const { formerSecretEndsAt: __, ...hook } = now as Hook;
    return sealFor(
      deps,
      { ...hook, ...(overlaps ? { formerSecretEndsAt: endsAt } : {}) } as Destination,
      { ...values, [signingKey]: secret, ...(overlaps ? { [formerSigningKey]: before } : {}) },
    );
  });
  return destination ? { kind: "rotated", destination, secret } : { kind: "unknown" };
}
