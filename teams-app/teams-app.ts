import { HubError } from "../core/domain/hub-error.ts";
import type { ChatPlatform, ChatPlatformDeps } from "../core/ports/chat-platform.ts";
import type { TeamsSettings } from "../core/ports/platform-settings.ts";
import { createOutsiderCheck } from "./inbound/outsider.ts";
import { receive } from "./inbound/receive.ts";
import { createCredentials } from "./outbound/credentials.ts";
import { createAdapter } from "./outbound/send.ts";
import { createBot } from "./teams-bot.ts";

/** The Bot Framework's usual path. */
const path = "/api/messages";

/**
 * Open the Teams side of the hub: it posts cards to channels and hears the buttons on them.
 *
 * Throws `HubError("teams_not_configured")` for an empty app id, secret or tenant: with an empty id botbuilder would
 * let everybody in (PLATFORMS 2.3).
 */
export async function createTeamsApp(
  settings: TeamsSettings,
  deps: ChatPlatformDeps,
): Promise<ChatPlatform<"teams">> {
  for (const name of ["appId", "appPassword", "tenantId"] as const) {
    if (settings[name].trim() !== "") continue;
    throw new HubError("teams_not_configured", `Teams needs ${name}, and it is empty.`);
  }
  const credentials = createCredentials(settings, deps.clock);
  const bot = createBot(settings, credentials);
  const door = { ...deps, settings, bot, whoIs: createOutsiderCheck(deps.clock) };
  const open = new Set<Promise<void>>();

  return {
    adapter: createAdapter({ settings, bot, credentials, clock: deps.clock }),
    mounts: [
      {
        path,
        handle: (request, response) => {
          const hearing = receive(request, response, door)
            .catch(() => response.destroy())
            .then(() => {
              open.delete(hearing);
            });
          open.add(hearing);
        },
      },
    ],
    close: async () => {
      await Promise.all(open);
    },
  };
}
