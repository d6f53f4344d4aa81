/** What a platform gave us to edit one message later. It must survive a restart. */
export interface MessageRef {
  readonly platform: "slack" | "teams";
  /** The Slack workspace or Microsoft 365 tenant. */
  readonly workspace: string;
  readonly channel: string;
  readonly message: string;
  /** Teams only: where this conversation's connector answers. */
  readonly serviceUrl?: string;
}

/** One text for one message, to find a copy by the place where somebody clicked. */
export function refKey(ref: Omit<MessageRef, "serviceUrl">): string {
  return [ref.platform, ref.workspace, ref.channel, ref.message].join(" ");
}
