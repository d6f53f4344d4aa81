import type { PersonId } from "../domain/ids.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import { changeInstallation, isSameGrant, type WatchDeps } from "./deps.ts";

/** How a grant ends: the platform took it back, or an admin of ours gave it back. The code is the platform's own. */
export type Ending =
  | { readonly state: "revoked"; readonly code: string }
  | { readonly state: "disconnected"; readonly by: PersonId };

/**
 * End a grant: wipe its secrets and keep all settings, so that connecting again finds everything in its place.
 *
 * Ends nothing when the workspace was connected anew meanwhile. That a grant was lost is told before it is noted: who
 * repeats the step after a crash tells the same, which is told once. Answers false when there was nothing to end.
 */
export async function endInstallation(
  deps: WatchDeps,
  record: InstallationRecord,
  ending: Ending,
): Promise<boolean> {
  const why =
    ending.state === "revoked" ? { code: ending.code } : { code: ending.state, by: ending.by };
  const ended = await changeInstallation(deps, record.id, async (found) => {
    if (found.state !== "connected" || !isSameGrant(found, record)) return undefined;
    if (ending.state === "revoked") await deps.lost(found, ending.code);
    const { sealed: _, lookAt: __, renewAt: ___, looked: ____, ...kept } = found;
    return { ...kept, state: ending.state, ended: { at: deps.clock.now(), ...why } };
  });
  if (!ended) return false;
  const { id: installation, platform, workspace, name } = ended;
  const kind = `installation.${ending.state}` as const;
  deps.log.write({ kind, installation, platform, workspace, name, code: why.code });
  return true;
}
