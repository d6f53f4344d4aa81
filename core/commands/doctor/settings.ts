import { platformSettings } from "../../config/platforms.ts";
import { showSetting } from "../../config/reading.ts";
import { type Setting, type SettingName, settings } from "../../config/settings-table.ts";
import type { ConfigResult } from "../../config.ts";
import type { TeamsSettings } from "../../ports/platform-settings.ts";
import { type Check, fine, wrong } from "./check.ts";

/** One setting as it holds now. A secret's value is never in it. */
export interface EffectiveSetting {
  readonly name: SettingName;
  readonly value: string;
  readonly from: "environment" | "default";
}

/** Every setting of this version with the value that holds. */
export function effectiveSettings(env: NodeJS.ProcessEnv): readonly EffectiveSetting[] {
  return settings.flatMap(({ name, default: byDefault, ...rest }): readonly EffectiveSetting[] => {
    const { later, secret }: Omit<Setting, "name" | "default"> = rest;
    const given = env[name]?.trim() || undefined;
    if (given !== undefined) {
      const value = secret ? "set (hidden)" : showSetting(name, given);
      return [{ name, value, from: "environment" }];
    }
    return later ? [] : [{ name, value: byDefault, from: "default" }];
  });
}

/** Look whether all settings can be used, one line for each that cannot. */
export function checkSettings(result: ConfigResult): readonly Check[] {
  if (result.ok) return [fine("settings", "all can be used"), ...checkPlatforms(result)];
  return result.mistakes.map(({ variable, came, allowed }) =>
    wrong(
      platformSettings.some((name) => name === variable) ? "platform" : "settings",
      `${variable}: came ${came}`,
      `Set it to ${allowed}, or remove it.`,
    ),
  );
}

/** Half a set is a mistake that stands above; what is left is whole, or off. */
function checkPlatforms({ config }: Extract<ConfigResult, { ok: true }>): readonly Check[] {
  const { sandbox, slack, teams } = config;
  if (sandbox) return [fine("platforms", "Slack and Teams are the sandbox's")];
  if (!slack && !teams) {
    const remedy =
      "Set SLACK_* or TEAMS_* (countersign serve --help lists them), or SANDBOX=on for a trial without PUBLIC_URL.";
    return [wrong("platforms", "Slack and Teams are both off, so nothing can be posted", remedy)];
  }
  return [
    fine("Slack", slack ? `complete, through ${new URL(slack.apiUrl).host}` : "off"),
    fine("Teams", teams ? sayTeams(teams) : "off"),
  ];
}

function sayTeams({ tenantId, allowedTenants = [] }: TeamsSettings): string {
  const more = allowedTenants.length === 0 ? "" : `, and ${allowedTenants.length} more may connect`;
  return `complete, for tenant ${tenantId}${more}`;
}
