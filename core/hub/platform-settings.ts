import { HubError } from "../domain/hub-error.ts";
import type { OrganizationId } from "../domain/ids.ts";
import type { ProblemAt } from "../domain/problem.ts";
import type { Transport } from "../ports/app-setup.ts";
import type { SlackPlaces, SlackSettings, TeamsSettings } from "../ports/platform-settings.ts";
import type { EnteredSettings } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";

/** The settings of all platforms that are on. */
export interface LiveSettings {
  readonly slack?: SlackSettings;
  readonly teams?: TeamsSettings;
}

/**
 * What an admin types of the operator's Slack app. A secret that is left empty stays as it was; the signing secret or
 * the app-level token of Socket Mode may be missing, not both.
 */
export interface SlackEntry {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly appToken: string;
}

/** What people may see of a platform's settings: where they come from, and nothing secret. */
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
}

export interface PlatformSettingsDeps {
  readonly store: Pick<Store, "enteredSettings">;
  readonly vault: Vault;
  readonly organization: OrganizationId;
  readonly environment: LiveSettings;
  readonly slackPlaces: SlackPlaces;
}

/** Keep the settings that are typed in the console. */
export function createPlatformSettings(deps: PlatformSettingsDeps): PlatformSettings {
  const { store, vault, organization, environment, slackPlaces } = deps;
  const id = `slack ${organization}`;
  const readRecord = () => store.enteredSettings.get(id);
  const readSlack = async () => openEntry(vault, await readRecord());
  return {
    current: async () => {
      const slack = environment.slack ?? settingsOf(await readSlack(), slackPlaces);
      const { teams } = environment;
      return { ...(slack ? { slack } : {}), ...(teams ? { teams } : {}) };
    },
    viewSlack: async () => {
      const { slack } = environment;
      if (slack) {
        const { clientId, appToken } = slack;
        return { source: "environment", clientId, transport: transportOf({ appToken }) };
      }
      const record = await readRecord();
      const entry = openEntry(vault, record);
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
      const before = openEntry(vault, record);
      const entry = complete(typed, transport, before === "unreadable" ? undefined : before);
      const errors = mistakesOf(entry, transport);
      if (errors.length > 0) return { kind: "invalid", errors };
      const isSameApp = typeof before === "object" && before.clientId === entry.clientId;
      await writeEntry(store, {
        ...{ id, organization, revision: 1 },
        sealed: vault.seal(JSON.stringify(entry), id),
        manifest: (isSameApp ? record?.manifest : undefined) ?? manifest,
      });
      return { kind: "saved" };
    },
    noteManifest: async (manifest) => {
      const record = await readRecord();
      if (record) await writeEntry(store, { ...record, manifest });
    },
    removeSlack: async () => {
      if (environment.slack) return "environment";
      await store.enteredSettings.remove(id);
      return "removed";
    },
  };
}

/** Of two who save at once, the later one's stand. */
async function writeEntry(
  { enteredSettings }: PlatformSettingsDeps["store"],
  record: EnteredSettings,
): Promise<void> {
  for (;;) {
    const before = await enteredSettings.get(record.id);
    const written = before
      ? await enteredSettings.replace({ ...record, revision: before.revision + 1 }, before.revision)
      : await enteredSettings.insert(record);
    if (written === "saved" || written === "inserted") return;
  }
}

function openEntry(
  vault: Vault,
  record: EnteredSettings | undefined,
): SlackEntry | "unreadable" | undefined {
  if (!record) return undefined;
  try {
    return JSON.parse(vault.open(record.sealed, record.id)) as SlackEntry;
  } catch (cause) {
    if (cause instanceof HubError && cause.code === "secret_unreadable") return "unreadable";
    throw cause;
  }
}

const settingsOf = (
  entry: SlackEntry | "unreadable" | undefined,
  places: SlackPlaces,
): SlackSettings | undefined => {
  if (entry === undefined || entry === "unreadable") return undefined;
  const { signingSecret, appToken, ...keys } = entry;
  return {
    ...keys,
    ...(signingSecret === "" ? {} : { signingSecret }),
    ...(appToken === "" ? {} : { appToken }),
    ...places,
  };
};

const transportOf = ({ appToken }: { readonly appToken?: string | undefined }): Transport =>
  appToken ? "socket" : "http";

/** Another app has other secrets, so they are kept only under the same client id; HTTP needs no token. */
function complete(
  typed: SlackEntry,
  transport: Transport,
  before: SlackEntry | undefined,
): SlackEntry {
  const kept = before?.clientId === typed.clientId ? before : undefined;
  return {
    clientId: typed.clientId,
    clientSecret: typed.clientSecret || (kept?.clientSecret ?? ""),
    signingSecret: typed.signingSecret || (kept?.signingSecret ?? ""),
    appToken: transport === "http" ? "" : typed.appToken || (kept?.appToken ?? ""),
  };
}

/** The forms that Slack gives these values; another one was copied from the wrong place. */
const forms: readonly {
  readonly field: keyof SlackEntry;
  readonly pattern: RegExp;
  readonly expected: string;
}[] = [
  {
    field: "clientId",
    pattern: /^[\w.-]{3,100}$/,
    expected: "the Client ID, two numbers with a dot between them",
  },
  { field: "clientSecret", pattern: /^\S{8,200}$/, expected: "the Client Secret, without blanks" },
  {
    field: "signingSecret",
    pattern: /^\S{8,200}$/,
    expected: "the Signing Secret, without blanks; with Socket Mode it may be left out",
  },
  {
    field: "appToken",
    pattern: /^xapp-\S{4,400}$/,
    expected: "the app-level token, which begins with xapp-",
  },
];

function mistakesOf(entry: SlackEntry, transport: Transport): readonly ProblemAt[] {
  const mayMiss = transport === "http" ? "appToken" : "signingSecret";
  return forms.flatMap(({ field, pattern, expected }) =>
    pattern.test(entry[field]) || (field === mayMiss && entry[field] === "")
      ? []
      : [
          {
            pointer: `/${field}`,
            message: entry[field] === "" ? `Missing: ${expected}.` : `Expected ${expected}.`,
          },
        ],
  );
}
