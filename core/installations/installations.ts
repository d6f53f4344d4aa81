import {
  deriveId,
  type InstallationId,
  type OrganizationId,
  type PersonId,
} from "../domain/ids.ts";
import type {
  Installation,
  InstallationRecord,
  InstallationState,
  Installations,
} from "../ports/installations.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";

/** Who connected a workspace, and when. */
export interface ConnectedBy {
  readonly at: Date;
  readonly by: PersonId;
}

/** The installations of one organization as they are stored. */
export interface StoredInstallations extends Installations {
  /**
   * Keep an installation; its secrets are sealed for its own record. Settings of the workspace stay. With `connected`
   * it begins anew: health is earned again, and news from before is late.
   */
  save(installation: Installation, connected?: ConnectedBy): Promise<InstallationId>;
  /** Note a workspace that somebody begins to connect. One that is known stays as it is. */
  expect(installation: Installation): Promise<void>;
  /** The record under which we act in a workspace: its own, or that of the org-wide installation that spans it. */
  recordOf(
    platform: Installation["platform"],
    workspace: string,
  ): Promise<InstallationRecord | undefined>;
  /** Open what is sealed in a record; undefined once its grant has ended. */
  open(record: InstallationRecord): Installation | undefined;
  /** What a record is after the grant was renewed or granted: sealed, with the times that follow from it. */
  seal(installation: Installation, id: InstallationId): SealedGrant;
}

type SealedGrant = Pick<InstallationRecord, "sealed" | "scopes" | "teams" | "renewAt">;

/** A token is renewed two hours before it runs out, as Slack's own SDK does it (PLATFORMS §1.9). */
const renewalLeadMs = 2 * 3_600_000;
/** The code of a grant that ended because the last team took the app out. The tenant's consent stands. */
export const takenOut = "app_uninstalled";
/** More org-wide installations than one hub has. */
const mostOrganizations = 100;

/** The Slack team, the `E…` of an org-wide installation, or the tenant. */
export const workspaceOf = (installation: Installation) =>
  installation.platform === "slack" ? installation.slackTeamId : installation.entraTenantId;

/** The workspaces in which an installation acts. */
export const spanOf = ({ workspace, teams }: InstallationRecord) => teams ?? [workspace];

/** Whether an installation acts in the same workspaces by two readings of its record. */
export const isSameSpan = (one: InstallationRecord, other: InstallationRecord) =>
  spanOf(one).toSorted().join() === spanOf(other).toSorted().join();

/** Keep the installations of one organization, sealed. */
export function createInstallations(
  store: Store,
  vault: Vault,
  organization: OrganizationId,
): StoredInstallations {
  const idOf = (platform: string, workspace: string) =>
    deriveId("installation", organization, platform, workspace);

  const recordOf: StoredInstallations["recordOf"] = async (platform, workspace) => {
    const own = await store.installations.get(idOf(platform, workspace));
    if (own?.sealed !== undefined) return own;
    const prefix = [organization, platform];
    const spanning = await store.installations.scan("orgWide", {
      prefix,
      limit: mostOrganizations,
    });
    const found = spanning.find(({ sealed, teams }) => sealed && teams?.includes(workspace));
    return found ?? own;
  };

  const open: StoredInstallations["open"] = ({ id, sealed, teams, places }) => {
    if (sealed === undefined) return undefined;
    const installation = JSON.parse(vault.open(sealed, id)) as Installation;
    if (installation.platform === "teams" && places) {
      return { ...installation, teams: places.filter(({ gone }) => !gone) };
    }
    if (installation.platform !== "slack" || !installation.enterprise || !teams)
      return installation;
    return { ...installation, enterprise: { ...installation.enterprise, teams } };
  };

  const find = async (platform: "slack" | "teams", workspace: string) => {
    const record = await recordOf(platform, workspace);
    return record && open(record);
  };

  const seal: StoredInstallations["seal"] = (installation, id) =>
    sealGrant(vault, installation, id);

  return {
    recordOf,
    open,
    seal,
    slack: async (slackTeamId) => {
      const found = await find("slack", slackTeamId);
      return found?.platform === "slack" ? { ...found, slackTeamId } : undefined;
    },
    teams: async (entraTenantId) => {
      const found = await find("teams", entraTenantId);
      return found?.platform === "teams" ? found : undefined;
    },
    expect: async (installation) => {
      const id = idOf(installation.platform, workspaceOf(installation));
      await store.installations.insert(pendingOf(installation, id, organization));
    },
    save: async (installation, connected) => {
      const { platform, name } = installation;
      const workspace = workspaceOf(installation);
      const id = idOf(platform, workspace);
      await write(store, id, (before) => ({
        ...(before ? settingsOf(before, connected) : {}),
        ...{ id, organization, platform, workspace, name },
        state: connected ? stateAfter(platform, before) : "connected",
        ...seal(installation, id),
        ...placesOf(installation, before),
        ...(connected ? { connectedAt: connected.at, connectedBy: connected.by } : {}),
        lookAt: before?.lookAt ?? connected?.at ?? new Date(0),
        revision: (before?.revision ?? 0) + 1,
      }));
      return id;
    },
  };
}

function sealGrant(vault: Vault, installation: Installation, id: InstallationId): SealedGrant {
  const sealed = vault.seal(JSON.stringify(installation), id);
  if (installation.platform === "teams") return { sealed, scopes: [] };
  const { scopes, renewal, enterprise } = installation;
  return {
    sealed,
    scopes,
    ...(enterprise ? { teams: enterprise.teams } : {}),
    ...(renewal ? { renewAt: new Date(renewal.expiresAtMs - renewalLeadMs) } : {}),
  };
}

/** A tenant's consent alone connects nothing, and takes nothing back either. */
function stateAfter(
  platform: Installation["platform"],
  before: InstallationRecord | undefined,
): InstallationState {
  return platform === "slack" || before?.state === "connected" ? "connected" : "consented";
}

/** What news told of teams is newer than what an installation brings. */
function placesOf(installation: Installation, before: InstallationRecord | undefined) {
  if (installation.platform !== "teams" || !installation.teams || before?.places) return {};
  return { places: installation.teams };
}

function pendingOf(
  installation: Installation,
  id: InstallationId,
  organization: OrganizationId,
): InstallationRecord {
  const { platform, name } = installation;
  const workspace = workspaceOf(installation);
  const known = { id, organization, platform, workspace, name, revision: 1 };
  return { ...known, state: "pending", scopes: [] };
}

async function write(
  { installations }: Store,
  id: InstallationId,
  next: (before: InstallationRecord | undefined) => InstallationRecord,
): Promise<void> {
  for (;;) {
    const before = await installations.get(id);
    const written = before
      ? await installations.replace(next(before), before.revision)
      : await installations.insert(next(undefined));
    if (written === "saved" || written === "inserted") return;
  }
}

/** What outlives a grant: an admin's settings, and for the same grant what was found out about it. */
function settingsOf(before: InstallationRecord, connected: ConnectedBy | undefined) {
  const { ended: _, sealed: __, teams: ___, renewAt: ____, ...kept } = before;
  if (!connected) return kept;
  const {
    looked: _l,
    deliveredAt: _d,
    routesLookedAt: _r,
    lookAt: _a,
    scopesAt: _s,
    ...settings
  } = kept;
  return settings;
}
