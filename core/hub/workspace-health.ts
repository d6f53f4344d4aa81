import { troubleOf } from "../messages/platform-troubles.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { WorkspaceDoor } from "../ports/workspace-door.ts";
import { languageNow, say } from "../words/say.ts";
import type { Health, WorkspaceView } from "./workspaces.ts";

const platformNames = { slack: "Slack", teams: "Microsoft Teams" } as const;

/** Needed rights that an installation lacks, with what they are for (FEATURES A16). */
export function missingRights(
  record: InstallationRecord,
  door: Pick<WorkspaceDoor, "scopes"> | undefined,
): WorkspaceView["missing"] {
  if (record.state !== "connected") return [];
  const lacking = (door?.scopes ?? []).filter(
    ({ scope, optional }) => !optional && !record.scopes.includes(scope),
  );
  return lacking.map(({ scope, why }) => ({ scope, feature: why }));
}

/**
 * Say how a workspace is: the worst that is known, with since when and what to do.
 *
 * Only a message that arrived under this very grant makes it healthy; that it is stored says nothing (FEATURES A15).
 */
export function healthOf(
  record: InstallationRecord,
  missing: WorkspaceView["missing"],
  isOn: boolean,
): Health {
  const platform = platformNames[record.platform];
  const { state, ended, looked, deliveredAt, connectedAt, scopesAt } = record;
  switch (state) {
    case "pending":
    case "consented":
      return {
        kind: "untested",
        because: say`It is not connected yet. Finish the steps to connect it.`,
      };
    case "disconnected":
      return {
        kind: "disabled",
        because: say`An admin disconnected it here. Connect it again to go on: rules, channels and waiting messages are kept.`,
        ...sinceOf(ended?.at),
      };
    case "revoked":
      return {
        kind: "broken",
        because: sayTrouble(record, ended?.code ?? "unknown"),
        ...sinceOf(ended?.at),
      };
    case "connected":
      if (!isOn)
        return {
          kind: "disabled",
          because: say`${platform} has no settings, so nothing is sent or heard there.`,
        };
      if (missing.length > 0) {
        return {
          kind: "degraded",
          because: sayMissing(missing),
          ...sinceOf(scopesAt ?? connectedAt),
        };
      }
      if (looked?.trouble !== undefined) {
        return {
          kind: "degraded",
          because: sayTrouble(record, looked.trouble),
          ...sinceOf(looked.sinceAt),
        };
      }
      if (!deliveredAt) {
        return {
          kind: "untested",
          because: say`Nothing has arrived there yet. Post a hello message to a channel.`,
          ...sinceOf(connectedAt),
        };
      }
      return { kind: "healthy", since: deliveredAt };
  }
}

/** So long may nothing come back while messages arrive: people press buttons within days, not weeks. */
const silentMs = 3 * 86_400_000;

/**
 * Since when a tenant of Teams has sent nothing, though messages arrive there; undefined while it may be quiet days.
 * Bots were deaf after a new app package until somebody took the app out of the team and added it again (U27).
 */
export function silentSince({
  platform,
  state,
  connectedAt,
  deliveredAt,
  heardAt,
}: InstallationRecord): Date | undefined {
  if (platform !== "teams" || state !== "connected" || !deliveredAt) return undefined;
  const last = [connectedAt, heardAt].filter((at) => at !== undefined);
  if (last.length === 0) return undefined;
  const heard = new Date(Math.max(...last.map((at) => at.getTime())));
  return deliveredAt.getTime() - heard.getTime() > silentMs ? heard : undefined;
}

const sinceOf = (since: Date | undefined) => (since ? { since } : {});

function sayTrouble({ platform, name }: InstallationRecord, code: string): string {
  const { cause, next } = troubleOf(platform, code, name, languageNow());
  return `${cause} ${next} (${code})`;
}

const sayMissing = (missing: WorkspaceView["missing"]) =>
  say`Rights are missing: ${missing.map(({ scope }) => scope).join(", ")}. An admin presses Reauthorise and accepts them.`;
