import { setTimeout as pause } from "node:timers/promises";
import type { LiveSettings } from "../hub/platform-settings.ts";
import type { ChatPlatform, ChatPlatformDeps } from "../ports/chat-platform.ts";
import type { SlackSettings, TeamsSettings } from "../ports/platform-settings.ts";

/** The chat platforms that have settings, loaded or being loaded. */
export interface Platforms {
  slack(): Promise<ChatPlatform> | undefined;
  teams(): Promise<ChatPlatform> | undefined;
  /** Resolves when Slack can send and hear, could not be loaded, or has no settings: what waits for it may leave. */
  readonly slackReady: Promise<unknown>;
  /** Resolves when each of the first ones can send and hear, or could not be loaded; with what went wrong. */
  readonly ready: Promise<readonly string[]>;
  /** Work with these settings from now on; what they do not change is left alone. Answers what went wrong. */
  use(settings: LiveSettings): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface PlatformsDeps extends ChatPlatformDeps {
  readonly connect: (platform: ChatPlatform) => void;
  readonly disconnect: (kind: "slack" | "teams") => void;
}

/** What waits for Slack leaves in this time, before the code for Teams takes the processor for half a second. */
const headStartMs = 100;

/** Load the code of the platforms that have settings, the smaller one first; the others cost nothing. */
export function connectPlatforms(deps: PlatformsDeps, first: LiveSettings): Platforms {
  const slack = createSlot(deps, "slack", loadSlack);
  const slackReady = slack.use(first.slack);
  const headStart = first.slack ? slackReady.then(() => pause(headStartMs)) : slackReady;
  const teams = createSlot(deps, "teams", async (settings: TeamsSettings, given) => {
    await headStart;
    return loadTeams(settings, given);
  });
  const teamsReady = teams.use(first.teams);
  const use = async (settings: LiveSettings) =>
    (await Promise.all([slack.use(settings.slack), teams.use(settings.teams)])).flat();
  return {
    slack: slack.now,
    teams: teams.now,
    slackReady,
    ready: Promise.all([slackReady, teamsReady]).then((failures) => failures.flat()),
    use,
    close: async () => void (await Promise.all([slack.close(), teams.close()])),
  };
}

type Load<Settings> = (settings: Settings, deps: ChatPlatformDeps) => Promise<unknown>;

/** The place of one platform: what stands there is replaced as a whole when its settings change. */
function createSlot<Settings>(deps: PlatformsDeps, kind: "slack" | "teams", load: Load<Settings>) {
  let held = "";
  let app: Promise<ChatPlatform> | undefined;
  const end = async (old: typeof app) => {
    const [ended] = await Promise.allSettled([old]);
    if (ended.status === "fulfilled") await ended.value?.close();
  };
  const use = async (settings: Settings | undefined): Promise<readonly string[]> => {
    const wanted = settings === undefined ? "" : JSON.stringify(settings);
    if (wanted === held) return [];
    const old = app;
    held = wanted;
    app = settings && (load(settings, deps) as Promise<ChatPlatform>);
    const mine = app;
    if (!mine) deps.disconnect(kind);
    const [loaded] = await Promise.allSettled([mine]);
    // Whoever changed the settings meanwhile has put another one in its place.
    if (loaded.status === "fulfilled" && loaded.value && app === mine) deps.connect(loaded.value);
    await end(old);
    return loaded.status === "rejected" ? [String(loaded.reason)] : [];
  };
  return { now: () => app, use, close: () => end(app) };
}

const loadSlack = async (settings: SlackSettings, deps: ChatPlatformDeps) =>
  (await import("../../slack-app/slack-app.ts")).createSlackApp(settings, deps);

const loadTeams = async (settings: TeamsSettings, deps: ChatPlatformDeps) =>
  (await import("../../teams-app/teams-app.ts")).createTeamsApp(settings, deps);
