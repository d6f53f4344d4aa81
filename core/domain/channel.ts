import type { InstallationId, OrganizationId } from "./ids.ts";

/**
 * A channel of a connected workspace as the platform last described it: what the channel picker searches.
 *
 * It is a hint. A destination keeps the channel's id, and whether a post arrives is what its deliveries say.
 */
export interface Channel {
  /** `channelKey` of the three ids. */
  readonly id: string;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly installation: InstallationId;
  /** Slack team or Microsoft 365 tenant in which the channel lies; under an org-wide installation one of several. */
  readonly workspace: string;
  readonly channelId: string;
  /** As people say it: `#releases`, `Ops › General`. */
  readonly name: string;
  readonly visibility: "public" | "private" | "shared";
  /** People of other companies are in it: Slack Connect, a shared channel with another tenant. */
  readonly outsiders: boolean;
  readonly archived: boolean;
  /** Whether the app is in it. A public Slack channel lets it in by itself at the first post. */
  readonly member: boolean;
  /** Teams: where the connector of this channel's conversations answers. */
  readonly serviceUrl?: string;
  /** Teams: the id of the team that it belongs to. */
  readonly team?: string;
  readonly seenAt: Date;
}

/** The id of a channel's record. */
export const channelKey = (installation: InstallationId, workspace: string, channelId: string) =>
  [installation, workspace, channelId].join(" ");
