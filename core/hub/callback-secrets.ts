import type { Producer } from "../domain/producer.ts";
import type { Vault } from "../ports/vault.ts";

/** The secrets that sign a producer's callbacks now, newest first: two while one follows the other, none without one. */
export function callbackSecrets(
  vault: Pick<Vault, "open">,
  { id, callbackSecret, formerSecret }: Producer,
  now: Date,
): readonly string[] {
  if (callbackSecret === "") return [];
  const former = formerSecret && formerSecret.endsAt > now ? [formerSecret.sealed] : [];
  return [callbackSecret, ...former].map((sealed) => vault.open(sealed, id));
}
