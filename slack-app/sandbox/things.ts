import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { SignedSlackSettings } from "../../core/ports/platform-settings.ts";
import type { SandboxChannel, SandboxPerson } from "../../core/ports/sandbox-life.ts";

/** A Slack workspace. Those of one company may belong to an organization, which Slack calls an enterprise. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly enterprise?: string;
  /** The app's bot there, once it is installed. */
  readonly botId: string;
  readonly botUserId: string;
}

/** A channel as it stands. `member` says whether the app is in it. */
export interface Channel extends SandboxChannel {
  readonly workspace: string;
  readonly people: readonly string[];
  readonly archived: boolean;
  /** Slack Connect: people of other companies are in it. */
  readonly outsiders: boolean;
  /** Only some people may post; the app may not. */
  readonly readOnly: boolean;
  readonly deleted: boolean;
  /** Its id before Slack changed it; messages from then are found under the new one. */
  readonly formerly?: string;
  /** One of a crowd, made to be listed: the panes leave it out. */
  readonly crowd: boolean;
}

/** A person of a workspace. */
export interface Member extends SandboxPerson {
  readonly workspace: string;
  readonly email: string;
  readonly deactivated: boolean;
}

/** What of the local Slack never changes: the app, the workspaces and their organization, and who was there first. */
export interface World {
  readonly appId: string;
  readonly settings: SignedSlackSettings;
  /** The app's own token, for Socket Mode. */
  readonly appToken: string;
  readonly home: Team;
  readonly teams: readonly Team[];
  readonly enterprise: { readonly id: string; readonly name: string; readonly domain: string };
  readonly members: readonly Member[];
  readonly channels: readonly Channel[];
  /** The installation at home, as it is from the beginning or would be. */
  readonly installation: SlackInstallation;
  /** Bytes that only this Slack can make, as hex; the same for the same purpose. */
  readonly seal: (purpose: string) => string;
  /** An id as Slack makes them, the same for the same name. */
  readonly idOf: (kind: string, name: string) => string;
}

/** A channel with the given people and nothing unusual about it. */
export const plainChannel = (
  of: Pick<Channel, "id" | "name" | "workspace" | "people"> & Partial<Channel>,
): Channel => ({
  private: false,
  member: false,
  archived: false,
  outsiders: false,
  readOnly: false,
  deleted: false,
  crowd: false,
  ...of,
});

/** A person with an address made of the name, without its accents. */
export const plainMember = (
  of: Pick<Member, "id" | "name" | "workspace"> & Partial<Member>,
  host: string,
): Member => ({
  email: `${of.name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase()}@${host}`,
  guest: false,
  deactivated: false,
  ...of,
});
