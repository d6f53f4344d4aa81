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
  /** In test: everything goes to this destination and nothing here. Off wins over it. */
  readonly testing?: true;
  /** Where everything goes while it is in test. */
  readonly testTarget?: DestinationId;
  /** The event types that it takes, as rules name them. Absent: all; rules are asked first either way. */
  readonly types?: readonly string[];
  /** Words for people; they filter and explain, and change nothing else. */
  readonly labels?: DestinationLabels;
  /** Where its messages go while it is broken; without one, to the default channel of its workspace. */
  readonly fallback?: DestinationId;
  /** Nothing arrives: the platform's own code, such as `is_archived`, and when that began. */
  readonly broken?: { readonly code: string; readonly at: Date };
  /** Values that nobody has saved: made for one test, named by no rule, listed nowhere. */
  readonly draft?: true;
}

export interface SlackChannel extends DestinationRecord {
  readonly kind: "slack";
  readonly slackTeamId: string;
  readonly channelId: string;
  /** Ids that this very channel had before: what was posted under them is found under the one of now. */
  readonly formerChannelIds?: readonly string[];
}

export interface TeamsChannel extends DestinationRecord {
  readonly kind: "teams";
  readonly entraTenantId: string;
  /** The thread id of the channel, `19:…@thread.tacv2`. */
  readonly channelId: string;
  readonly serviceUrl: string;
}

/** Kinds that only take messages: an address, and nobody who answers. */
export type HookKind = "webhook" | "slack-webhook" | "teams-workflow";

/** A place behind an address that somebody typed. */
export interface Hook<Kind extends HookKind = HookKind> extends DestinationRecord {
  readonly kind: Kind;
  /** What was typed, by the keys of its kind's fields, without what is secret. */
  readonly settings: Readonly<Record<string, string>>;
  /** What is secret of it, as one JSON object, sealed for this record's id. */
  readonly sealed: string;
  /** The secret values as people may see them: an address as its host and its last four characters. */
  readonly shown: Readonly<Record<string, string>>;
  /** Until then the signing secret before this one signs too. */
  readonly formerSecretEndsAt?: Date;
}

/** A channel of a connected workspace. */
export type ChatChannel = SlackChannel | TeamsChannel;
type AnyHook = Hook<"webhook"> | Hook<"slack-webhook"> | Hook<"teams-workflow">;

/** A configured place that deliveries go. */
export type Destination = ChatChannel | AnyHook;
export type DestinationKind = Destination["kind"];

/** What people note of a destination. */
export interface DestinationLabels {
  readonly description?: string;
  readonly application?: string;
  readonly environment?: string;
}

/** Tell a channel from an address. */
export const isChannel = (destination: Destination): destination is ChatChannel =>
  destination.kind === "slack" || destination.kind === "teams";

/** What becomes of live events at a destination. */
export type DestinationState = "active" | "disabled" | "test";

/** Tell whether a destination takes events of a type at all: all where nothing was chosen, a star ends a beginning. */
export function takesEventType({ types }: Pick<Destination, "types">, type: string): boolean {
  if (!types) return true;
  return types.some((wanted) =>
    wanted.endsWith("*") ? type.startsWith(wanted.slice(0, -1)) : wanted === type,
  );
}

/** Say what becomes of live events here: off wins over test. */
export const stateOf = ({ disabled, testing }: Destination): DestinationState =>
  disabled ? "disabled" : testing ? "test" : "active";

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
