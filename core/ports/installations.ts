import type { InstallationId } from "../domain/ids.ts";
import type { Stored } from "./stored.ts";

/** The grant to act in one Slack workspace, its token opened. */
export interface SlackInstallation {
  readonly platform: "slack";
  readonly slackTeamId: string;
  readonly name: string;
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly scopes: readonly string[];
}

/** The grant to act in one Microsoft 365 tenant. */
export interface TeamsInstallation {
  readonly platform: "teams";
  readonly entraTenantId: string;
  readonly name: string;
}

export type Installation = SlackInstallation | TeamsInstallation;

/** An installation as it is stored: what is secret is sealed by the key ring. */
export interface InstallationRecord extends Stored {
  readonly id: InstallationId;
  readonly platform: "slack" | "teams";
  readonly workspace: string;
  readonly sealed: string;
}

/** Where the platform doors find whom they may act for. */
export interface Installations {
  slack(slackTeamId: string): Promise<SlackInstallation | undefined>;
  teams(entraTenantId: string): Promise<TeamsInstallation | undefined>;
}
