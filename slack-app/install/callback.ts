import type { Connecting } from "../../core/ports/connecting.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { SlackSettings } from "../../core/ports/platform-settings.ts";
import type {
  ConnectingAdmin,
  InstallOutcome,
  InstallRefusal,
} from "../../core/ports/workspace-door.ts";
import { redirectUrl } from "./begin.ts";
import type { Tokens } from "./token.ts";

type Query = Readonly<Record<string, string | undefined>>;

const refused = (refusal: InstallRefusal): InstallOutcome => ({ kind: "refused", refusal });

/** An installation of the allowed workspaces, or of any where the operator names none. */
function isAllowed(installation: SlackInstallation, allowed: readonly string[] | undefined) {
  const ids = [installation.slackTeamId, installation.enterprise?.id];
  return allowed === undefined || ids.some((id) => id !== undefined && allowed.includes(id));
}

/**
 * Take the browser that comes back from Slack's consent page.
 *
 * The state is used up first, whatever else came. Then what was refused, the exchange, the allowed workspaces; only an
 * installation that passed all of it is stored.
 */
export async function finishInstall(
  settings: Pick<SlackSettings, "allowedTeams">,
  connecting: Connecting,
  tokens: Pick<Tokens, "exchange">,
  query: Query,
  admin: ConnectingAdmin,
): Promise<InstallOutcome> {
  const { trouble } = await connecting.take("slack", query["state"], admin);
  if (query["error"] === "access_denied") return { kind: "cancelled" };
  if (trouble) return refused({ because: trouble });
  if (query["error"] !== undefined) return refused({ because: "platform", code: query["error"] });
  const granted = await tokens.exchange(query["code"] ?? "", redirectUrl(connecting.hubUrl));
  if (granted.kind === "refused") return refused({ because: "platform", code: granted.code });
  const { installation } = granted;
  if (!isAllowed(installation, settings.allowedTeams)) {
    return refused({ because: "workspace_not_allowed", workspace: installation.name });
  }
  const kept = await connecting.keep(installation, admin);
  if (kept.kind === "taken") return refused({ because: "workspace_taken" });
  return { kind: "connected", installation: kept.installation, again: kept.again };
}
