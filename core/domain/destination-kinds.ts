import type { DestinationKind } from "./destination.ts";

/** What a kind of destination can do besides taking messages. */
export type Capability = "decide" | "edit";

/** What is known of a kind without its code. */
export interface KindTraits {
  /** What people call it. */
  readonly label: string;
  /** Whose words an error of it is. */
  readonly platform: string;
  readonly can: ReadonlySet<Capability>;
}

const chat: ReadonlySet<Capability> = new Set<Capability>(["decide", "edit"]);
const notifyOnly: ReadonlySet<Capability> = new Set<Capability>();

/** Every kind. Core asks here before it plans a button or an edit, and never finds out by trying. */
export const destinationKinds: Readonly<Record<DestinationKind, KindTraits>> = {
  slack: { label: "Slack channel", platform: "Slack", can: chat },
  teams: { label: "Teams channel", platform: "Teams", can: chat },
  webhook: { label: "Webhook", platform: "The receiver", can: notifyOnly },
  "slack-webhook": { label: "Slack incoming webhook", platform: "Slack", can: notifyOnly },
  "teams-workflow": { label: "Teams Workflows webhook", platform: "Teams", can: notifyOnly },
};

/** Tell whether a kind can do something. What is no kind, such as a callback, can nothing. */
export const kindCan = (kind: DestinationKind | "callback", what: Capability): boolean =>
  kind !== "callback" && destinationKinds[kind].can.has(what);
