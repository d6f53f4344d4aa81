import { isLate } from "../domain/is-late.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { InstallationNews } from "../ports/workspace-news.ts";
import { changeInstallation, type WatchDeps } from "./deps.ts";
import { endInstallation } from "./end.ts";
import { isSameSpan } from "./installations.ts";
import { lookAtWorkspace } from "./look.ts";
import { followTeamGone, followTeamSeen } from "./team-news.ts";

/** Two clocks may differ so much: requests that are further off are not believed at all (FEATURES G1). */
const skewMs = 5 * 60_000;

/** A team may add the app before anybody has begun to connect its tenant; what it tells is kept for the consent. */
async function expectTenant(
  { installations }: WatchDeps,
  { kind, workspace }: InstallationNews,
): Promise<InstallationRecord | undefined> {
  if (kind !== "team_seen") return undefined;
  await installations.expect({ platform: "teams", entraTenantId: workspace, name: workspace });
  return installations.recordOf("teams", workspace);
}

type Removal = Extract<InstallationNews, { kind: "app_removed" }>;

/**
 * Act on news of a whole installation. When the promise settles, what follows is on disk.
 */
export async function followWorkspaceNews(deps: WatchDeps, news: InstallationNews): Promise<void> {
  const { platform, workspace } = news;
  const known = await deps.installations.recordOf(platform, workspace);
  const record = known ?? (await expectTenant(deps, news));
  if (!record) return;
  // News of a team may connect what is not connected yet.
  if (record.state !== "connected" && news.kind !== "team_seen") return;
  switch (news.kind) {
    case "team_seen":
      return followTeamSeen(deps, record, news);
    case "team_gone":
      return followTeamGone(deps, record, news);
    case "app_removed":
      return removed(deps, record, news);
    case "team_granted":
    case "team_withdrawn":
      return changeTeams(deps, record, news);
    case "app_installed":
      return;
  }
}

/**
 * News of a removal may come long after the workspace was connected again (U21). Where its time leaves that open, and
 * where one workspace of an organization tells it, the platform is asked; without an answer, its time decides.
 */
async function removed(deps: WatchDeps, record: InstallationRecord, news: Removal): Promise<void> {
  const afterMs = news.at.getTime() - (record.connectedAt?.getTime() ?? 0);
  const isWhole = record.workspace === news.workspace;
  if (afterMs < -skewMs) return;
  if (isWhole && afterMs > skewMs) return end(deps, record, news);
  const found = await lookAtWorkspace(deps, record);
  // Platforms tell whole seconds.
  if (found === "unknown" && isWhole && afterMs > -1_000) await end(deps, record, news);
}

async function end(deps: WatchDeps, record: InstallationRecord, { code }: Removal): Promise<void> {
  await endInstallation(deps, record, { state: "revoked", code });
}

/** An organization added a workspace or took one away. Where that comes late, it says which there are now. */
async function changeTeams(
  deps: WatchDeps,
  record: InstallationRecord,
  news: Extract<InstallationNews, { kind: "team_granted" | "team_withdrawn" }>,
): Promise<void> {
  const { kind, team } = news;
  if (isLate(news, deps.clock.now()) && (await lookAtWorkspace(deps, record)) === "stands") {
    const seen = await deps.store.installations.get(record.id);
    if (seen) deps.lookAtRoutes(seen);
    return;
  }
  const changed = await changeInstallation(deps, record.id, (found) => {
    if (!found.teams) return undefined;
    const others = found.teams.filter((one) => one !== team);
    return { ...found, teams: kind === "team_granted" ? [...others, team] : others };
  });
  if (changed && kind === "team_granted") await deps.reached(changed);
  if (changed && !isSameSpan(record, changed)) deps.listAnew(changed);
  // Whose channels nothing arrives at any more is told, and so is that it does again.
  if (changed) deps.lookAtRoutes(changed);
}
