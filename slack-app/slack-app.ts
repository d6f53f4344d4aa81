import type { ChatPlatform, ChatPlatformDeps } from "../core/ports/chat-platform.ts";
import type { SlackSettings } from "../core/ports/platform-settings.ts";
import { eventsPath } from "./inbound/bolt.ts";
import { createSlackDoor } from "./inbound/handle.ts";
import { createClients } from "./outbound/client.ts";
import { createSlackAdapter } from "./outbound/send.ts";
import { createPeople } from "./workspace/people.ts";

/** How long a delivery waits for Slack. */
const sendMs = 10_000;

/** How long a click waits to hear who pressed; see `showMs` for the sum. */
const askMs = 700;

/**
 * Make the Slack side of the hub: it posts and edits cards, and hears buttons and dialogs at `/slack/events`.
 *
 * It reaches the network only for a delivery, for a person who clicked, and for that person's private answer.
 */
export async function createSlackApp(
  settings: SlackSettings,
  deps: ChatPlatformDeps,
): Promise<ChatPlatform<"slack">> {
  const clientOf = createClients(settings, sendMs);
  const profileOf = createPeople(createClients(settings, askMs), deps.clock);
  const door = createSlackDoor({ deps, settings, clientOf, profileOf });
  return {
    adapter: createSlackAdapter(deps.installations, clientOf),
    mounts: [{ path: eventsPath, handle: door.handle }],
    close: door.close,
  };
}
