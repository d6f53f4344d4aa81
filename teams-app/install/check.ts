import type { TeamsInstallation } from "../../core/ports/installations.ts";
import type { WorkspaceCheck } from "../../core/ports/workspace-door.ts";
import type { TeamReader } from "../workspace/channels.ts";

/**
 * Look whether a tenant still has the app: one team that shows its channels is proof enough. It is taken out only when
 * every team says so; a team that does not answer leaves it open.
 */
export async function checkTenant(
  readTeam: TeamReader,
  installation: TeamsInstallation,
): Promise<WorkspaceCheck> {
  const { teams = [] } = installation;
  if (teams.length === 0) return { kind: "nowhere" };
  const listings = await Promise.all(teams.map((team) => readTeam(installation, team)));
  if (listings.some(({ kind }) => kind === "listed")) return { kind: "fine", scopes: [] };
  const unknown = listings.find((listing) => listing.kind === "unknown");
  if (unknown) return { kind: "unknown", because: unknown.because };
  return { kind: "revoked", code: "app_uninstalled" };
}
