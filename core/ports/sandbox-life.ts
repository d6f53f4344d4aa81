/** Somebody in a workspace. */
export interface SandboxPerson {
  readonly id: string;
  readonly name: string;
  readonly guest: boolean;
  /** Slack: the app's Home as it was last given to them, and where they press what stands in it. */
  readonly home?: { readonly message: string; readonly view: unknown };
  /** Teams: the conversation of their own chat with the app. */
  readonly chat?: string;
}

/** A channel of a workspace. */
export interface SandboxChannel {
  readonly id: string;
  readonly name: string;
  /** Teams: the team that it belongs to. */
  readonly team?: string;
  /** Teams: of which type it is. */
  readonly type?: "standard" | "private" | "shared";
  readonly private: boolean;
  /** Slack, of a private one: the ids of the people in it, who alone are offered it. */
  readonly people?: readonly string[];
  /** Whether the app can post there. */
  readonly member: boolean;
  readonly archived?: boolean;
  /** People of other companies are in it. */
  readonly outsiders?: boolean;
  /** Teams: where the connector of this channel's conversations answers. */
  readonly serviceUrl?: string;
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
