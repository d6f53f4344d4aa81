import { HubError } from "../domain/hub-error.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { Store } from "../ports/store.ts";
import type { VaultKeys } from "../ports/vault.ts";
import { createVault } from "../secrets.ts";

/**
 * Agree with the other processes over one database on the root of `mac`.
 *
 * The first process leaves the root of its own data folder in the database, sealed under the key ring, and every other
 * takes it. So a session that one process began goes on at another, and a rotation of the ring changes no root. Throws
 * `HubError("keys_differ")` where no key of this process opens it.
 */
export async function shareRoot(
  { sharedSecrets }: Pick<Store, "sharedSecrets">,
  organization: OrganizationId,
  keys: VaultKeys,
): Promise<VaultKeys> {
  const vault = createVault(keys);
  const id = `${organization} root`;
  const sealed = vault.seal(keys.root.toString("base64url"), id);
  const offered = { id, organization, revision: 1, name: "root", sealed };
  const answer = await sharedSecrets.insert(offered);
  const kept = answer === "present" ? await sharedSecrets.get(id) : offered;
  try {
    const root = vault.open((kept ?? offered).sealed, id);
    return { ...keys, root: Buffer.from(root, "base64url") };
  } catch (cause) {
    throw new HubError(
      "keys_differ",
      "No key of COUNTERSIGN_KEYS opens what this database holds. Set the same keys for every process that uses it.",
      { cause },
    );
  }
}
