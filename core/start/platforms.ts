import type { ChatPlatform, ChatPlatformDeps, DestinationAdapter } from "../ports/chat-platform.ts";
import type { SlackSettings, TeamsSettings } from "../ports/platform-settings.ts";

/** The chat platforms that are configured, being loaded. */
export interface Platforms {
  readonly slack: Promise<ChatPlatform<"slack">> | undefined;
  readonly teams: Promise<ChatPlatform<"teams">> | undefined;
  /** Resolves when each of them can send and hear, or could not be loaded; with what went wrong. */
  readonly ready: Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Load the code of the platforms that have settings; the others cost nothing. */
export function connectPlatforms(
  deps: ChatPlatformDeps,
  { slack, teams }: { readonly slack?: SlackSettings; readonly teams?: TeamsSettings },
  connect: (adapter: DestinationAdapter) => void,
): Platforms {
  const slackApp = slack && loadSlack(slack, deps);
  const teamsApp = teams && loadTeams(teams, deps);
  slackApp?.then(({ adapter }) => connect(adapter as DestinationAdapter), ignore);
  teamsApp?.then(({ adapter }) => connect(adapter as DestinationAdapter), ignore);
  return {
    slack: slackApp,
    teams: teamsApp,
    ready: Promise.allSettled([slackApp, teamsApp]).then((apps) =>
      apps.flatMap((app) => (app.status === "rejected" ? [String(app.reason)] : [])),
    ),
    close: async () => {
      for (const app of await Promise.allSettled([slackApp, teamsApp])) {
        if (app.status === "fulfilled") await app.value?.close();
      }
    },
  };
}

/** Whoever waits for `ready` is told of a failure; here nothing is left to do. */
const ignore = () => {};

const loadSlack = async (settings: SlackSettings, deps: ChatPlatformDeps) =>
  (await import("../../slack-app/slack-app.ts")).createSlackApp(settings, deps);

const loadTeams = async (settings: TeamsSettings, deps: ChatPlatformDeps) =>
  (await import("../../teams-app/teams-app.ts")).createTeamsApp(settings, deps);
