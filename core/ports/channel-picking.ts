import type { ChannelPicker } from "../domain/channel-picker.ts";
import type { Message } from "../domain/message.ts";
import type { Visit } from "./inbox.ts";

/** Choosing a channel from inside a chat: the same use case as in the console, for the same people. */
export interface ChannelPicking {
  /**
   * Offer the channels whose name has this part; an empty one offers the first. `refused` is for whoever may not
   * choose, with a message that says why and what to do.
   */
  pick(
    visit: Visit,
    part: string,
  ): Promise<ChannelPicker | { readonly kind: "refused"; readonly message: Message }>;
  /**
   * Make a channel of the visitor's workspace a destination, or find the one that it is. Answers what to show: the name
   * by which rules name it, or why not. Who chooses is asked anew.
   */
  choose(visit: Visit, channelId: string): Promise<Message>;
}
