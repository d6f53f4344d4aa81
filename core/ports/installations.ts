import type { DestinationId, InstallationId, PersonId } from "../domain/ids.ts";
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
  /** Set where the token runs out: the one-time token to renew it with, and when. */
  readonly renewal?: { readonly refreshToken: string; readonly expiresAtMs: number };
  /** Set on an org-wide installation: then the token spans the workspaces of `teams`. */
  readonly enterprise?: { readonly id: string; readonly teams: readonly string[] };
}

/** A team that has the app, or had it, as verified activities told. Nothing in it is secret. */
export interface TeamPlace {
  /** The thread id of its channel General. */
  readonly id: string;
  readonly name: string;
  /** Where the connector of its conversations answers; regions differ. */
  readonly serviceUrl: string;
  readonly archived: boolean;
  /** It had the app, and has it no more; kept so that late news of it is known as late. */
  readonly gone: boolean;
  /** The newest news of it, in milliseconds. */
  readonly toldAt: number;
}

/** The grant to act in one Microsoft 365 tenant. */
export interface TeamsInstallation {
  readonly platform: "teams";
  readonly entraTenantId: string;
  readonly name: string;
  /** The teams that have the app; absent where nothing was ever told. */
  readonly teams?: readonly TeamPlace[];
}

export type Installation = SlackInstallation | TeamsInstallation;

/**
 * `pending` and `consented` are steps of connecting. `revoked`: the platform took the grant back, or its token is dead.
 * `disconnected`: an admin of ours gave it back.
 */
export type InstallationState = "pending" | "consented" | "connected" | "revoked" | "disconnected";

/** An installation as it is stored: what is secret is sealed by the key ring. */
export interface InstallationRecord extends Stored {
  readonly id: InstallationId;
  readonly platform: "slack" | "teams";
  /** Slack team, `E…` of an org-wide installation, or tenant. */
  readonly workspace: string;
  readonly name: string;
  readonly state: InstallationState;
  /** Absent once the grant has ended: its secrets are wiped. */
  readonly sealed?: string;
  readonly scopes: readonly string[];
  /** Org-wide installations: the workspaces in which the app may act. */
  readonly teams?: readonly string[];
  /** Teams: the teams that have the app. They outlive the grant: who disconnects takes it out of none. */
  readonly places?: readonly TeamPlace[];
  readonly connectedAt?: Date;
  readonly connectedBy?: PersonId;
  /** When and why the grant ended; the platform's own code, or `disconnected` with who did that. */
  readonly ended?: { readonly at: Date; readonly code: string; readonly by?: PersonId };
  /** Where goes what has nowhere else to go in this workspace. */
  readonly defaultDestination?: DestinationId;
  /** Link people by a verified e-mail address (A11), and let approvals into channels with outsiders. Off by default. */
  readonly matchByEmail?: boolean;
  readonly allowOutsiders?: boolean;
  /**
   * What the last look found, for the health that people see. `sinceAt`: when the trouble was first seen; `refusedAt`:
   * when a message was refused last, where that is the trouble.
   */
  readonly looked?: {
    readonly at: Date;
    readonly trouble?: string;
    readonly sinceAt?: Date;
    readonly refusedAt?: Date;
  };
  /** When the granted rights changed the last time without an install. */
  readonly scopesAt?: Date;
  /** When the last look at its channels was. */
  readonly routesLookedAt?: Date;
  /** When a message arrived there the last time, to a few minutes. It alone makes a workspace healthy. */
  readonly deliveredAt?: Date;
  /** Teams: when something genuine came from there the last time, to a few minutes. */
  readonly heardAt?: Date;
  /**
   * When the next look at the platform is due, and when the token is to be renewed. Whoever takes one up moves it on
   * first, so that it is done once; who then dies is followed when that time comes. Absent once the grant has ended.
   */
  readonly lookAt?: Date;
  readonly renewAt?: Date;
}

/** Where the platform doors find whom they may act for. */
export interface Installations {
  slack(slackTeamId: string): Promise<SlackInstallation | undefined>;
  teams(entraTenantId: string): Promise<TeamsInstallation | undefined>;
  /** Something genuine came from a tenant; nobody waits for the note of it. Absent where nobody watches for silence. */
  heard?(entraTenantId: string): void;
}
