import type { DestinationId, OrganizationId } from "./ids.ts";

interface DestinationRecord {
  readonly id: DestinationId;
  readonly organization: OrganizationId;
  readonly revision: number;
  /** Unique, and what rules say: `#releases`, `Ops › General`. */
  readonly name: string;
}

export interface SlackChannel extends DestinationRecord {
  readonly kind: "slack";
  readonly slackTeamId: string;
  readonly channelId: string;
}

export interface TeamsChannel extends DestinationRecord {
  readonly kind: "teams";
  readonly entraTenantId: string;
  /** The thread id of the channel, `19:…@thread.tacv2`. */
  readonly channelId: string;
  readonly serviceUrl: string;
}

/** A configured place that deliveries go. */
export type Destination = SlackChannel | TeamsChannel;
export type DestinationKind = Destination["kind"];

/** Letters of any script, digits, space and `# - _ . › /` (SURFACE §8). */
export const destinationNamePattern = /^[\p{L}\p{M}\p{N} #\-_.›/]{1,100}$/u;
