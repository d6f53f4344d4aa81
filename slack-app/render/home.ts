import type { HomeView } from "@slack/types";
import type { ChannelPicker } from "../../core/domain/channel-picker.ts";
import type { Message } from "../../core/domain/message.ts";
import { renderMessage } from "./message.ts";
import { pickerBlocks } from "./picker.ts";

/** What somebody sees who opens the app's Home: the blocks of messages, and the picker for whoever may choose. */
export const renderHome = (messages: readonly Message[], picker?: ChannelPicker): HomeView => ({
  type: "home",
  blocks: [
    ...messages.flatMap((message) => renderMessage(message).blocks),
    ...(picker ? pickerBlocks(picker) : []),
  ],
});
