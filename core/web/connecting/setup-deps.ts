import type { PlatformSettings } from "../../hub/platform-settings.ts";
import type { SlackAppSetup, TeamsAppSetup } from "../../ports/app-setup.ts";

/** What the pages of setting up a platform work with. */
export interface SetupDeps {
  readonly settings: PlatformSettings;
  /** Work with the settings that hold now; answers what went wrong. */
  readonly lookNow: () => Promise<readonly string[]>;
  readonly slackApp: () => Promise<SlackAppSetup>;
  readonly teamsApp: () => Promise<TeamsAppSetup>;
}
