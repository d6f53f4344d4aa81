import { sealOwnAddress } from "../deliveries/callback-address.ts";
import type { OrganizationId } from "../domain/ids.ts";
import { keepKey } from "../hub/callers.ts";
import { type StoredInstallations, workspaceOf } from "../installations/installations.ts";
import type { Installation } from "../ports/installations.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { machineClock } from "./clocks.ts";
import { sandboxProducerId, seedSandbox } from "./sandbox-seed.ts";
import type { SandboxWorld } from "./sandbox-world.ts";

/** The hub's side of a sandbox: where what it must know is written. */
export interface SandboxHost {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly vault: Vault;
  readonly installations: StoredInstallations;
}

/** Let a hub know a sandbox: its workspaces as installed, its people, channels and rules, its producer with its key. */
export async function connectSandbox(
  { organization, store, vault, installations }: SandboxHost,
  { platforms, apiKey, callback }: Omit<SandboxWorld, "producer" | "mounts">,
): Promise<void> {
  await Promise.all([
    ...platforms.map(({ installation }) => keepStanding(installations, installation)),
    seedSandbox({
      organization,
      store,
      platforms,
      callback: sealOwnAddress(vault, sandboxProducerId, callback.url),
      sealedCallbackSecret: vault.seal(callback.secret, sandboxProducerId),
      now: machineClock.now(),
    }),
    keepKey(store, apiKey, {
      organization,
      name: "ci",
      owner: { kind: "producer", producer: sandboxProducerId },
      scopes: ["events", "read"],
    }),
  ]);
}

/** A grant that ended, because somebody uninstalled the app to see what happens, stays ended. */
async function keepStanding(installations: StoredInstallations, installation: Installation) {
  const { platform } = installation;
  const known = await installations.recordOf(platform, workspaceOf(installation));
  if (!known || known.state === "connected") await installations.save(installation);
}
