import type { HomeView } from "@slack/types";
import type { Message } from "../../core/domain/message.ts";
import { renderMessage } from "./message.ts";

/** What somebody sees who opens the app's Home: the blocks of a message. */
export const renderHome = (message: Message): HomeView => ({
  type: "home",
  blocks: renderMessage(message).blocks,
});
