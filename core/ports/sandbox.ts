import type { CardMistake } from "../domain/card-mistake.ts";
import type { SlackInstallation, TeamsInstallation } from "./installations.ts";
import type { Mount } from "./mount.ts";
import type { SignedSlackSettings, TeamsSettings } from "./platform-settings.ts";

/** A message as the sandbox API shows it (SURFACE §7). */
export interface SandboxMessage {
  readonly id: string;
  readonly platform: "slack" | "teams";
  readonly workspace: string;
  /** Id of the channel. */
  readonly channel: string;
  /** What people call the channel: `#releases`, `Ops › General`. */
  readonly channel_name: string;
  /** The app, or the person who said it. */
  readonly author: { readonly id: string; readonly name: string; readonly app: boolean };
  readonly text: string;
  readonly blocks?: readonly unknown[];
  readonly card?: unknown;
  readonly buttons: readonly { readonly action: string; readonly label: string }[];
  readonly edits: number;
  readonly thread: readonly unknown[];
  readonly posted_at: string;
  readonly edited_at: string | null;
  readonly deleted: boolean;
  /** Limits used: `[{ what, used, limit }]`, for the Card check tab. */
  readonly check: readonly {
    readonly what: string;
    readonly used: number;
    readonly limit: number;
  }[];
  /** What its chat refuses or draws wrongly, by path. */
  readonly mistakes: readonly CardMistake[];
}

export interface SandboxPerson {
  readonly id: string;
  readonly name: string;
  readonly guest: boolean;
  /** Slack: the app's Home as it was last given to them, and where they press what stands in it. */
  readonly home?: { readonly message: string; readonly view: unknown };
  /** Teams: the conversation of their own chat with the app. */
  readonly chat?: string;
}

export interface SandboxChannel {
  readonly id: string;
  readonly name: string;
  /** Teams: the team that it belongs to. */
  readonly team?: string;
  /** Teams: of which type it is. */
  readonly type?: "standard" | "private" | "shared";
  readonly private: boolean;
  /** Whether the app can post there. */
  readonly member: boolean;
  readonly archived?: boolean;
  /** People of other companies are in it. */
  readonly outsiders?: boolean;
  /** Teams: where the connector of this channel's conversations answers. */
  readonly serviceUrl?: string;
}

/** What a person saw after doing something. */
export interface SandboxSight {
  readonly shown: "dialog" | "refusal" | "updated" | "none";
  readonly text?: string;
  /** Teams, in the personal chat: the card that stands for this person alone in the place of the pressed one. */
  readonly card?: unknown;
  readonly dialog?: {
    readonly id: string;
    readonly title: string;
    /** The platform's own form, as it was sent: a Slack view. */
    readonly view: unknown;
    readonly inputs: readonly {
      readonly id: string;
      readonly label: string;
      readonly error?: string;
    }[];
  };
  readonly http: { readonly status: number; readonly ms: number };
}

export interface SandboxChaos {
  readonly channel?: string;
  readonly next: number;
  /** An HTTP status, `timeout`, `reset`, or the platform's own error name. */
  readonly answer: number | string;
  /** Fail before the call took effect, or after. */
  readonly effect: "before" | "after";
  /** Slack: only calls of this method fail, also such that read. */
  readonly method?: string;
}

/** A person's decision on the consent page, made before it is opened. */
export interface SandboxInstall {
  /** A workspace or an organization, by name or id; absent: what the address names, else the first. */
  readonly workspace?: string;
  /** Who decides; absent: the first person there. */
  readonly as?: string;
  /** `wrong_tenant`, Teams: an admin of another tenant says yes in the name of that one. */
  readonly outcome: "accept" | "cancel" | "wrong_state" | "wrong_tenant";
  /** Rights that are not granted. */
  readonly without?: readonly string[];
  /** Give tokens that run out, with one-time tokens to renew them. */
  readonly rotating?: boolean;
}

/** How an installation ends. */
export interface SandboxUninstall {
  readonly workspace?: string;
  /** `forgotten`: the platform does not know the token any more. */
  readonly how?: "uninstalled" | "revoked" | "forgotten";
  /** Which of the two events comes first. */
  readonly first?: "app_uninstalled" | "tokens_revoked";
  /** No event tells of it. */
  readonly silent?: boolean;
  /** The events come so much later, and say when it was. */
  readonly after_ms?: number;
}

/** What happens to a grant while it lives. */
export interface SandboxAccess {
  readonly workspace?: string;
  /**
   * `grant` and `withdraw` concern one workspace of an org-wide installation; `expire` lets rotating tokens run out;
   * `narrow` takes rights away.
   */
  readonly do: "grant" | "withdraw" | "expire" | "narrow";
  readonly without?: readonly string[];
}

/** What happens to a channel. */
export interface SandboxChannelWish {
  readonly do:
    | "create"
    | "archive"
    | "unarchive"
    | "rename"
    | "delete"
    | "restore"
    | "invite"
    | "remove"
    | "hide"
    | "share"
    | "restrict"
    | "change_id"
    | "crowd";
  readonly workspace?: string;
  /** By name or id; not for `create` and `crowd`. */
  readonly channel?: string;
  /** For `create`, `rename` and `crowd`. */
  readonly name?: string;
  readonly private?: boolean;
  /** Teams, for `create`: the team that gets it, by name or id, and of which type it is; absent: standard. */
  readonly team?: string;
  readonly type?: "standard" | "private" | "shared";
  /** For `invite` and `remove`; absent: the app. */
  readonly person?: string;
  /** How many, for `crowd`. */
  readonly count?: number;
  /** Teams: tell it twice, under the same id. */
  readonly repeat?: boolean;
}

/** A person who comes, or changes; everything that is left out stays. */
export interface SandboxPersonWish {
  readonly name: string;
  readonly workspace?: string;
  readonly email?: string;
  readonly guest?: boolean;
  readonly deactivated?: boolean;
}

/** What happens to a team of Teams, or to somebody or the app in it. */
export interface SandboxTeamWish {
  readonly do:
    | "create"
    | "rename"
    | "archive"
    | "unarchive"
    | "delete"
    | "restore"
    | "add_app"
    | "remove_app"
    | "add_member"
    | "remove_member";
  readonly workspace?: string;
  /** By name or id; not for `create`. */
  readonly team?: string;
  /** For `create` and `rename`. */
  readonly name?: string;
  /** For `create`: where its conversations are served; absent: `emea`. */
  readonly region?: "emea" | "amer";
  /** Who comes or goes, for `add_member` and `remove_member`. */
  readonly person?: string;
  /** For `add_app`: the channel that was chosen for it, by name or id; absent: General. */
  readonly channel?: string;
  /** How the app hears that it was added or removed, in this order; absent: by both, the update of the installation first. */
  readonly announce?: readonly ("installationUpdate" | "conversationUpdate")[];
  /** Tell everything twice, under the same ids. */
  readonly repeat?: boolean;
}

/** What the admin of Teams does to the app in the organization's catalogue. */
export interface SandboxCatalogueWish {
  readonly workspace?: string;
  /** `forbid_custom` and `permit_custom` concern every app that the organization would upload itself. */
  readonly do: "publish" | "remove" | "block" | "allow" | "forbid_custom" | "permit_custom";
}

/** An event that the platform told of, and what the hub answered to the first try; 0: nothing in time. */
export interface SandboxTold {
  readonly event: string;
  readonly status: number;
}

/** What came of a wish. */
export type SandboxDone =
  | { readonly kind: "done"; readonly id: string; readonly told: readonly SandboxTold[] }
  | {
      readonly kind: "unknown";
      readonly what: "workspace" | "person" | "channel" | "team" | "installation";
      readonly asked: string;
    }
  /** The platform's own name for why not. */
  | { readonly kind: "refused"; readonly code: string };

/** One workspace of several, with all that is in it. */
export interface SandboxTeam {
  readonly id: string;
  readonly name: string;
  /** The organization that it belongs to. */
  readonly organization?: string;
  /** Whether the app may act there. */
  readonly installed: boolean;
  readonly channels: readonly SandboxChannel[];
  readonly people: readonly SandboxPerson[];
}

/** Life in the workspaces, apart from messages: what admins and members do there. */
export interface SandboxLife {
  workspaces(): readonly SandboxTeam[];
  /** Decide the next visit to the consent page. */
  consent(wish: SandboxInstall): void;
  uninstall(wish: SandboxUninstall): Promise<SandboxDone>;
  access(wish: SandboxAccess): Promise<SandboxDone>;
  changeChannel(wish: SandboxChannelWish): Promise<SandboxDone>;
  changePerson(wish: SandboxPersonWish): SandboxDone;
  /**
   * Open the app's Home, or the personal chat with it, as a person, and wait a moment for what shows there. `says` is
   * what they write in the chat; a Home takes no words. `message` is where they press what shows.
   */
  home(
    person: string,
    says?: string,
  ): Promise<SandboxDone & { readonly view?: unknown; readonly message?: string }>;
}

/** What happens in Slack alone. */
export interface SlackLife extends SandboxLife {
  /** Ask the hub's events address to prove itself, as when it is saved. */
  verifyAddress(): Promise<{ readonly status: number; readonly proven: boolean }>;
  /** Socket Mode: ask the connections to move, or break them. Answers how many there were. */
  sockets(wish: "refresh" | "drop" | "count"): number;
}

/** What happens in Teams alone. */
export interface TeamsLife extends SandboxLife {
  catalogue(wish: SandboxCatalogueWish): SandboxDone;
  changeTeam(wish: SandboxTeamWish): Promise<SandboxDone>;
}

/**
 * A local stand-in for a chat platform: it serves the platform's wire, signs as the platform signs, and refuses what
 * the platform refuses. Everything below `click` goes over HTTP to the hub's public doors and back.
 */
export type SandboxPlatform = SandboxWorkspace &
  (
    | {
        readonly platform: "slack";
        /** What an operator would have typed to connect this workspace. */
        readonly settings: SignedSlackSettings;
        /** What installing the app there would have given. */
        readonly installation: SlackInstallation;
        /** With it the app connects by Socket Mode. */
        readonly appToken: string;
        /** What happens to the workspaces themselves. */
        readonly life: SlackLife;
      }
    | {
        readonly platform: "teams";
        readonly settings: TeamsSettings;
        readonly installation: TeamsInstallation;
        /** What happens to the tenant itself. */
        readonly life: TeamsLife;
      }
  );

export interface SandboxWorkspace {
  readonly mounts: readonly Mount[];
  readonly workspace: {
    /** Slack team id or tenant id. */
    readonly id: string;
    readonly name: string;
    /** False: the app was never let in, or was removed. */
    readonly installed?: boolean;
    readonly channels: readonly SandboxChannel[];
    readonly people: readonly SandboxPerson[];
  };
  /** Changed messages after a position, oldest change first, with the position to go on from. */
  messages(since: number): { readonly items: readonly SandboxMessage[]; readonly next: number };
  /** Slack: whether this names somebody's Home, which is pressed like a message and is none. Absent elsewhere. */
  isHome?(message: string): boolean;
  click(click: {
    readonly message: string;
    readonly person: string;
    readonly action: string;
    readonly inputs?: Readonly<Record<string, string>>;
    /** `old` stands for a client that knows no Action.Execute. */
    readonly client?: "old";
  }): Promise<SandboxSight>;
  /** Teams: have a card shown anew, as a person asks for it, or as a client does by itself. Absent elsewhere. */
  refresh?(wish: {
    readonly message: string;
    readonly person: string;
    readonly trigger: "manual" | "automatic";
  }): Promise<SandboxSight>;
  submit(form: {
    readonly dialog: string;
    readonly person: string;
    readonly inputs: Readonly<Record<string, string>>;
  }): Promise<SandboxSight>;
  say(said: { readonly person: string; readonly channel: string; readonly text: string }): void;
  /** Delete one message as a person of the workspace could. Answers false when there is none. */
  remove(message: string): boolean;
  setChaos(chaos: SandboxChaos | undefined): void;
  chaosLeft(): number;
  clear(): void;
  /** Call on every change of a message. */
  onChange(listener: () => void): void;
  /** Stop what would still be told or heard. */
  close?(): Promise<void>;
}

/** Lines that survive the process, oldest first. Appending is done when the call returns. */
export interface SandboxJournal {
  read(): readonly unknown[];
  append(line: unknown): void;
  /** Start again with these lines. */
  rewrite(lines: readonly unknown[]): void;
}

/** What both stand-ins are given. */
export interface SandboxDeps {
  /** Where this stand-in is reached, without a slash at its end: `http://localhost:3000/sandbox/slack`. */
  readonly ownUrl: string;
  /** Teams: the same on another host, for teams of the second region; absent: on the same host. */
  readonly secondUrl?: string;
  /** Where the hub's public doors are, without a slash at its end. */
  readonly hubUrl: string;
  /** The secret that everything of this sandbox is derived from; it stays the same over restarts. */
  readonly secret: string;
  readonly journal: SandboxJournal;
  readonly now: () => Date;
  /** False: nobody has installed the app yet. Absent, it is there from the beginning, as in a sandbox inside the hub. */
  readonly installed?: boolean;
  /** After what times an event is told again that was not acknowledged; absent: the platform's own. */
  readonly retryMs?: readonly number[];
}
