import type { Language, Message } from "../domain/message.ts";
import type { MessageRef } from "../domain/message-ref.ts";
import type { RefusalCode } from "../domain/refusal.ts";
import type { ChannelPicking } from "./channel-picking.ts";

/** What a platform says of the owner of a chat account. */
export interface AccountOwner {
  readonly name: string;
  /** An address that the platform has verified. */
  readonly email?: string;
}

/** A button that a person pressed, after the platform's own checks have passed. */
export interface Click {
  readonly platform: "slack" | "teams";
  /** Slack team or Microsoft 365 tenant, from the verified envelope. */
  readonly workspace: string;
  /** Slack user or aadObjectId, from the verified envelope. */
  readonly user: string;
  /** A guest, somebody of another workspace, or somebody of whom the platform did not tell. */
  readonly outsider: boolean;
  /** The platform did not tell just now: nobody knows whether they are from outside, so they are asked to come again. */
  readonly unidentified?: true;
  /** Whom the platform names as the account's owner; absent where it did not tell. */
  readonly owner?: AccountOwner;
  /** Which button: the `id` of the message's action. */
  readonly action: string;
  /** The `value` of the message's action, as it came back. Untrusted: it says what was shown, and grants nothing. */
  readonly value: string;
  readonly reason?: string;
  /** The copy on which the button stood. */
  readonly copy: Omit<MessageRef, "platform" | "workspace">;
  /** The platform's own identity of this click, the same when it is sent again. */
  readonly click: string;
}

/**
 * Somebody who comes to the app's own place in chat: its Home in Slack, the personal chat with it in Teams. `click` is
 * the platform's own identity of this visit.
 */
export type Visit = Pick<
  Click,
  "platform" | "workspace" | "user" | "outsider" | "unidentified" | "owner" | "click"
> & {
  /** In which their chat speaks to them, where it tells and we speak it; what a person chose here goes before it. */
  readonly language?: Language;
};

/** What the person is told. `repeated` is true when the same click was answered before: nothing happens twice. */
export type ClickAnswer = { readonly repeated: boolean } & (
  | { readonly kind: "recorded"; readonly text: string; readonly message: Message }
  | {
      readonly kind: "reason_needed";
      readonly prompt: ReasonPrompt;
    }
  | {
      readonly kind: "refused";
      readonly refusal: RefusalCode;
      readonly text: string;
      /** The card as it stands now, where the request is known and this copy is of it. */
      readonly message?: Message;
    }
);

/** What to ask before a choice counts. All texts are ready to show, not escaped. */
export interface ReasonPrompt {
  readonly title: string;
  readonly heading: string;
  readonly context: string;
  readonly label: string;
  readonly hint: string;
  readonly submit: string;
  readonly cancel: string;
  readonly atLeast: number;
}

/** Where the platform doors bring what people do. */
export interface Inbox extends ChannelPicking {
  /**
   * Take one click. When the promise settles, a vote that it made is on disk; on a store that does not answer within
   * 1.5 s the answer is the refusal `not_confirmed`.
   */
  click(click: Click): Promise<ClickAnswer>;
  /** What the app shows a visitor: what waits for their decision, or how the hub gets to know them. Decides nothing. */
  greet(visit: Visit): Promise<Message>;
  /**
   * The card of a request as it stands now, as the place of this copy shows it; undefined when `value` names none that
   * this workspace may see.
   */
  current(
    asked: Pick<Click, "platform" | "workspace" | "value" | "copy">,
  ): Promise<Message | undefined>;
}
