import { deriveId, type OrganizationId } from "../domain/ids.ts";
import type { Installation, InstallationRecord, Installations } from "../ports/installations.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";

export interface StoredInstallations extends Installations {
  /** Keep an installation; its secrets are sealed for its own record. */
  save(installation: Installation): Promise<void>;
}

const workspaceOf = (installation: Installation) =>
  installation.platform === "slack" ? installation.slackTeamId : installation.entraTenantId;

/** Keep the installations of one organization, sealed. */
export function createInstallations(
  store: Store,
  vault: Vault,
  organization: OrganizationId,
): StoredInstallations {
  const idOf = (platform: string, workspace: string) =>
    deriveId("installation", organization, platform, workspace);

  const find = async (
    platform: "slack" | "teams",
    workspace: string,
  ): Promise<Installation | undefined> => {
    const id = idOf(platform, workspace);
    const record = await store.installations.get(id);
    if (record?.sealed === undefined) return undefined;
    return JSON.parse(vault.open(record.sealed, id)) as Installation;
  };

  return {
    slack: async (slackTeamId) => {
      const found = await find("slack", slackTeamId);
      return found?.platform === "slack" ? found : undefined;
    },
    teams: async (entraTenantId) => {
      const found = await find("teams", entraTenantId);
      return found?.platform === "teams" ? found : undefined;
    },
    save: async (installation) => {
      const { platform } = installation;
      const workspace = workspaceOf(installation);
      const id = idOf(platform, workspace);
      const sealed = vault.seal(JSON.stringify(installation), id);
      const before = await store.installations.get(id);
      const { ended: _, ...kept } = before ?? {};
      const record: InstallationRecord = {
        ...kept,
        id,
        organization,
        platform,
        workspace,
        name: installation.name,
        state: "connected",
        scopes: platform === "slack" ? installation.scopes : [],
        sealed,
        revision: (before?.revision ?? 0) + 1,
      };
      if (before) await store.installations.replace(record, before.revision);
      else await store.installations.insert(record);
    },
  };
}
