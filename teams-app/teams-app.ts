import { HubError } from "../core/domain/hub-error.ts";
import type { ChatPlatform, ChatPlatformDeps } from "../core/ports/chat-platform.ts";
import type { TeamsSettings } from "../core/ports/platform-settings.ts";
import type { WorkspaceDoor } from "../core/ports/workspace-door.ts";
import { createOutsiderCheck } from "./inbound/outsider.ts";
import { receive } from "./inbound/receive.ts";
import { checkTenant } from "./install/check.ts";
import { beginConsent, finishConsent } from "./install/consent.ts";
import type { Speaker } from "./outbound/converse.ts";
import { createCredentials } from "./outbound/credentials.ts";
import { createAdapter } from "./outbound/send.ts";
import { createBot } from "./teams-bot.ts";
import { createChannelFinder, createTeamReader, type TeamReader } from "./workspace/channels.ts";
import { askForProfile } from "./workspace/people.ts";

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
  const speaker: Speaker = { settings, bot, credentials };
  const readTeam = createTeamReader(speaker, deps.clock);
  const whoIs = createOutsiderCheck(deps);
  const door = { ...deps, settings, bot, whoIs, changed: readTeam.forget };
  const workspaces = createWorkspaces(speaker, readTeam, deps);
  const open = new Set<Promise<void>>();

  return {
    adapter: createAdapter({ ...speaker, clock: deps.clock, installations: deps.installations }),
    ...(workspaces ? { workspaces } : {}),
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

/** Connecting, looking and leaving; absent where nothing keeps what is connected. */
function createWorkspaces(
  speaker: Speaker,
  readTeam: TeamReader,
  { connecting }: ChatPlatformDeps,
): WorkspaceDoor | undefined {
  if (!connecting) return undefined;
  const { settings } = speaker;
  return {
    // A bot is granted nothing by name: what it may do follows from where it was added.
    scopes: [],
    begin: (admin, tenant) => beginConsent(settings, connecting, admin, tenant),
    finish: (query, admin) => finishConsent(settings, connecting, query, admin),
    check: async (installation) =>
      installation.platform === "teams"
        ? checkTenant(readTeam, installation)
        : { kind: "unknown", because: "platform_foreign" },
    renew: async () => ({ kind: "unknown", because: "nothing_to_renew" }),
    // Only people take an app out of a team, and only an Entra admin takes a consent back.
    leave: async () => "not_confirmed",
    inviteLine: async () => "",
    ...createChannelFinder(readTeam),
    profile: async (installation, user) =>
      installation.platform === "teams" ? askForProfile(speaker, installation, user) : undefined,
  };
}
