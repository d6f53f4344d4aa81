import type { Message } from "./message.ts";

/** One channel that can be chosen. Plain text, not escaped; `value` is the platform's id of it, and grants nothing. */
export interface PickerChoice {
  readonly label: string;
  readonly value: string;
}

/** What the app's own place in chat shows somebody who may choose channels. No text in it is escaped. */
export interface ChannelPicker {
  readonly kind: "picker";
  /** What choosing does, and which channels cannot be chosen, each with the reason. */
  readonly message: Message;
  /** At most 50, and none in Slack: its client offers the channels that its person sees. */
  readonly choices: readonly PickerChoice[];
  readonly words: PickerWords;
}

/** The words around the field; at most 24 characters on buttons. */
export interface PickerWords {
  readonly label: string;
  readonly hint: string;
  readonly missing: string;
  readonly question: string;
  readonly submit: string;
  readonly cancel: string;
}
