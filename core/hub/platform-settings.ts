import type { OrganizationId } from "../domain/ids.ts";
import type { ProblemAt } from "../domain/problem.ts";
import type { Transport } from "../ports/app-setup.ts";
import type {
  SlackPlaces,
  SlackSettings,
  TeamsCloud,
  TeamsSettings,
} from "../ports/platform-settings.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { changeEntered, openEntered, writeEntered } from "./entered-settings.ts";
import {
  completeSlack,
  type SlackEntry,
  slackMistakes,
  slackSettingsOf,
  transportOf,
} from "./slack-entry.ts";
import { completeTeams, type TeamsEntry, teamsMistakes, teamsSettingsOf } from "./teams-entry.ts";

/** The settings of all platforms that are on. */
export interface LiveSettings {
  readonly slack?: SlackSettings;
  readonly teams?: TeamsSettings;
}

/** What people may see of the Slack app's settings: where they come from, and nothing secret. */
export type SettingsView =
  | { readonly source: "none" }
  | {
      readonly source: "environment";
      readonly clientId: string;
      readonly transport: Transport;
    }
  | {
      readonly source: "console";
      readonly clientId: string;
      readonly transport: Transport;
      /** With which the app was made, as far as this hub was told. */
      readonly manifest?: string;
    }
  /** They were typed here, and no key of this hub opens them any more. */
  | { readonly source: "unreadable" };

/** What people may see of the Azure Bot's settings: where they come from, and nothing secret. */
export type TeamsView =
  | { readonly source: "none" | "unreadable" }
  | {
      readonly source: "environment" | "console";
      readonly appId: string;
      readonly tenantId: string;
      /** All tenants that may be connected, the bot's own first. */
      readonly tenants: readonly string[];
    };

export type SavedEntry =
  | { readonly kind: "saved" }
  /** The environment names this platform, and it wins. */
  | { readonly kind: "environment" }
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

/** The operator's settings of the chat platforms: of the environment, else typed in the console. */
export interface PlatformSettings {
  /** What holds now. Settings that cannot be opened are as absent. */
  current(): Promise<LiveSettings>;
  viewSlack(): Promise<SettingsView>;
  /** Store what was typed, sealed. It holds from the next look at `current`, in every process. */
  saveSlack(entry: SlackEntry, transport: Transport, manifest: string): Promise<SavedEntry>;
  /** Note that the app is made with this manifest now. */
  noteManifest(manifest: string): Promise<void>;
  removeSlack(): Promise<"removed" | "environment">;
  viewTeams(): Promise<TeamsView>;
  /**
   * Store what was typed, sealed, unless `tried` has something to say against the whole of it. It holds from the next
   * look at `current`, in every process.
   */
  saveTeams(
    entry: TeamsEntry,
    tried: (keys: TeamsEntry) => Promise<readonly ProblemAt[]>,
  ): Promise<SavedEntry>;
  removeTeams(): Promise<"removed" | "environment">;
}

export interface PlatformSettingsDeps {
  readonly store: Pick<Store, "enteredSettings">;
  readonly vault: Vault;
  readonly organization: OrganizationId;
  readonly environment: LiveSettings;
  readonly slackPlaces: SlackPlaces;
  readonly teamsCloud: TeamsCloud;
}

/** Keep the settings that are typed in the console. */
export function createPlatformSettings(deps: PlatformSettingsDeps): PlatformSettings {
  const slack = createSlackSettings(deps);
  const teams = createTeamsSettings(deps);
  return {
    ...slack.settings,
    ...teams.settings,
    current: async () => {
      const [slackNow, teamsNow] = await Promise.all([slack.current(), teams.current()]);
      return {
        ...(slackNow ? { slack: slackNow } : {}),
        ...(teamsNow ? { teams: teamsNow } : {}),
      };
    },
  };
}

/** An entry that can be worked with. */
const readable = <Entry>(entry: Entry | "unreadable" | undefined): Entry | undefined =>
  entry === "unreadable" ? undefined : entry;

function createSlackSettings(deps: PlatformSettingsDeps) {
  const { store, vault, organization, environment, slackPlaces } = deps;
  const id = `slack ${organization}`;
  const readRecord = () => store.enteredSettings.get(id);
  const readSlack = async () => openEntered<SlackEntry>(vault, await readRecord());
  const settings: Pick<
    PlatformSettings,
    "viewSlack" | "saveSlack" | "noteManifest" | "removeSlack"
  > = {
    viewSlack: async () => {
      const { slack } = environment;
      if (slack) {
        const { clientId, appToken } = slack;
        return { source: "environment", clientId, transport: transportOf({ appToken }) };
      }
      const record = await readRecord();
      const entry = openEntered<SlackEntry>(vault, record);
      if (entry === undefined) return { source: "none" };
      if (entry === "unreadable") return { source: "unreadable" };
      const made = record?.manifest === undefined ? {} : { manifest: record.manifest };
      return {
        ...{ source: "console", clientId: entry.clientId },
        ...{ transport: transportOf(entry), ...made },
      };
    },
    saveSlack: async (typed, transport, manifest) => {
      if (environment.slack) return { kind: "environment" };
      const record = await readRecord();
      const before = openEntered<SlackEntry>(vault, record);
      const entry = completeSlack(typed, transport, readable(before));
      const errors = slackMistakes(entry, transport);
      if (errors.length > 0) return { kind: "invalid", errors };
      const isSameApp = typeof before === "object" && before.clientId === entry.clientId;
      await writeEntered(store, {
        ...{ id, organization, revision: 1 },
        sealed: vault.seal(JSON.stringify(entry), id),
        manifest: (isSameApp ? record?.manifest : undefined) ?? manifest,
      });
      return { kind: "saved" };
    },
    noteManifest: (manifest) => changeEntered(store, id, (record) => ({ ...record, manifest })),
    removeSlack: async () => {
      if (environment.slack) return "environment";
      await store.enteredSettings.remove(id);
      return "removed";
    },
  };
  const current = async () => {
    const entry = readable(await readSlack());
    return environment.slack ?? (entry && slackSettingsOf(entry, slackPlaces));
  };
  return { settings, current };
}

/** What is no secret of a bot. */
function shownOf(
  { appId, tenantId }: TeamsEntry,
  { allowedTenants = [] }: Pick<TeamsCloud, "allowedTenants">,
) {
  return { appId, tenantId, tenants: [...new Set([tenantId, ...allowedTenants])] };
}

function createTeamsSettings(deps: PlatformSettingsDeps) {
  const { store, vault, organization, environment, teamsCloud } = deps;
  const id = `teams ${organization}`;
  const readTeams = async () => openEntered<TeamsEntry>(vault, await store.enteredSettings.get(id));
  const settings: Pick<PlatformSettings, "viewTeams" | "saveTeams" | "removeTeams"> = {
    viewTeams: async () => {
      const { teams } = environment;
      if (teams) return { source: "environment", ...shownOf(teams, teams) };
      const entry = await readTeams();
      if (entry === undefined) return { source: "none" };
      if (entry === "unreadable") return { source: "unreadable" };
      return { source: "console", ...shownOf(entry, teamsCloud) };
    },
    saveTeams: async (typed, tried) => {
      if (environment.teams) return { kind: "environment" };
      const entry = completeTeams(typed, readable(await readTeams()));
      const mistakes = teamsMistakes(entry);
      const errors = mistakes.length > 0 ? mistakes : await tried(entry);
      if (errors.length > 0) return { kind: "invalid", errors };
      const sealed = vault.seal(JSON.stringify(entry), id);
      await writeEntered(store, { id, organization, revision: 1, sealed });
      return { kind: "saved" };
    },
    removeTeams: async () => {
      if (environment.teams) return "environment";
      await store.enteredSettings.remove(id);
      return "removed";
    },
  };
  const current = async () => {
    const entry = readable(await readTeams());
    return environment.teams ?? (entry && teamsSettingsOf(entry, teamsCloud));
  };
  return { settings, current };
}
