import type { ChatPlatform, ChatPlatformDeps } from "../core/ports/chat-platform.ts";
import type { SlackSettings } from "../core/ports/platform-settings.ts";
import type { WorkspaceDoor } from "../core/ports/workspace-door.ts";
import { eventsPath } from "./inbound/bolt.ts";
import { createSlackDoor } from "./inbound/handle.ts";
import { openSocket } from "./inbound/socket.ts";
import { beginInstall } from "./install/begin.ts";
import { finishInstall } from "./install/callback.ts";
import { scopes } from "./install/scopes.ts";
import { createTokens } from "./install/token.ts";
import { type Clients, createClients } from "./outbound/client.ts";
import { createSlackAdapter } from "./outbound/send.ts";
import { createChannelFinder } from "./workspace/channels.ts";
import { createInviteLine } from "./workspace/invite.ts";
import { createPeople, type People } from "./workspace/people.ts";

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
  const { appToken, apiUrl } = settings;
  const socket = appToken
    ? openSocket({ appToken, apiUrl, log: deps.log, hear: door.hear })
    : undefined;
  return {
    adapter: createSlackAdapter(deps.installations, clientOf),
    mounts: [{ path: eventsPath, handle: door.handle }],
    ...createWorkspaces(settings, deps, { clientOf, profileOf }),
    close: async () => {
      // First what was taken is finished, so that its acknowledgement still finds the connection.
      await door.close();
      await socket?.close();
    },
  };
}

/** Connecting, looking and leaving; absent where nothing keeps what is connected. */
function createWorkspaces(
  settings: SlackSettings,
  { connecting, clock }: ChatPlatformDeps,
  { clientOf, profileOf }: { readonly clientOf: Clients; readonly profileOf: People },
): { readonly workspaces?: WorkspaceDoor } {
  if (!connecting) return {};
  const tokens = createTokens({ settings, clientOf, clock, timeoutMs: sendMs });
  const { check, renew, leave } = tokens;
  const workspaces: WorkspaceDoor = {
    ...{ scopes, check, renew, leave },
    begin: (admin, onlyWorkspace) => beginInstall(settings, connecting, admin, onlyWorkspace),
    finish: (query, admin) => finishInstall(settings, connecting, tokens, query, admin),
    ...createChannelFinder(clientOf),
    inviteLine: createInviteLine(clientOf, clock),
    profile: async (installation, user) => {
      if (installation.platform !== "slack") return undefined;
      const said = await profileOf(installation, user);
      return said.kind === "told" ? said.profile : undefined;
    },
  };
  return { workspaces };
}
