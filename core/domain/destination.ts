import type { EventTexts } from "./event-type.ts";
import type { DestinationId, InstallationId, OrganizationId } from "./ids.ts";
import type { Language } from "./message.ts";

interface DestinationRecord {
  readonly id: DestinationId;
  readonly organization: OrganizationId;
  readonly revision: number;
  /** Unique, and what rules say: `#releases`, `Ops › General`. */
  readonly name: string;
  /** The grant under which its channel was chosen; absent: that of its own workspace. */
  readonly installation?: InstallationId;
  /** Names that it had before: a rule that still says one of them leads here, unless another destination has it now. */
  readonly formerNames?: readonly string[];
  /** What the channel is called now, where that is not the name: people rename channels, and rules stay as they are. */
  readonly channelName?: string;
  /** People of other companies read there: no request is shown, unless its installation allows it. */
  readonly outsiders?: true;
  /** In which its messages are written; absent: English. */
  readonly language?: Language;
  /** What cards say there in place of the texts of types and rules. */
  readonly message?: EventTexts;
  /** Live events are off: what is planned for it is noted and not sent. */
  readonly disabled?: true;
  /** Where its messages go while it is broken; without one, to the default channel of its workspace. */
  readonly fallback?: DestinationId;
  /** Nothing arrives: the platform's own code, such as `is_archived`, and when that began. */
  readonly broken?: { readonly code: string; readonly at: Date };
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

/** The Slack workspace or Microsoft 365 tenant in which a destination lies. */
export const workspaceOf = (
  destination:
    | Pick<SlackChannel, "kind" | "slackTeamId">
    | Pick<TeamsChannel, "kind" | "entraTenantId">,
): string => (destination.kind === "slack" ? destination.slackTeamId : destination.entraTenantId);

/** The type of the hub's own event that shows that a destination can be posted to. */
export const helloType = "destination.hello";

/** Letters of any script, digits, space and `# - _ . › /` (SURFACE §8). */
export const destinationNamePattern = /^[\p{L}\p{M}\p{N} #\-_.›/]{1,100}$/u;
