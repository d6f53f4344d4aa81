import type { Channel } from "../domain/channel.ts";
import type { Destination } from "../domain/destination.ts";

/** One line of the channel picker. */
export interface ChannelChoice {
  readonly channel: Channel;
  /** The destination that it is already. */
  readonly destination?: Destination;
  /** Why nothing can be posted there as things stand, with what to do. */
  readonly blocked?: string;
  /** The line that lets the app in, ready to copy. */
  readonly invite?: string;
  /** What is no obstacle, but good to know: people of other companies read there. */
  readonly note?: string;
}

/** What a search found. */
export interface FoundChannels {
  readonly items: readonly ChannelChoice[];
  /** When the channels were listed whole the last time; absent while the first listing goes on. */
  readonly listedAt?: Date;
  /** Why nothing stands here, for what was pasted: a sentence for people, and the line that may help. */
  readonly because?: string;
  readonly invite?: string;
}

/** What became of choosing a channel. */
export type Chosen =
  | { readonly kind: "chosen"; readonly destination: Destination }
  | {
      readonly kind: "refused";
      readonly code:
        | "channel_unknown"
        | "channel_taken"
        | "archived"
        | "outsiders"
        | "name_taken"
        | "name_bad";
      readonly text: string;
    };

/** Why a channel or a name cannot be chosen. */
export type ChoiceRefusal = Extract<Chosen, { kind: "refused" }>;

/** Refuse a choice. */
export const refuse = (code: ChoiceRefusal["code"], text: string): ChoiceRefusal => ({
  kind: "refused",
  code,
  text,
});
