import type { CardMistake } from "../domain/card-mistake.ts";
import type { SlackInstallation, TeamsInstallation } from "./installations.ts";
import type { Mount } from "./mount.ts";
import type { SignedSlackSettings, TeamsSettings } from "./platform-settings.ts";
import type { SandboxChannel, SandboxPerson, SlackLife, TeamsLife } from "./sandbox-life.ts";

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
  /** Teams: the clock that its limits go by; absent: `now`. */
  readonly limitsNow?: () => Date;
  /** False: nobody has installed the app yet. Absent, it is there from the beginning, as in a sandbox inside the hub. */
  readonly installed?: boolean;
  /** After what times an event is told again that was not acknowledged; absent: the platform's own. */
  readonly retryMs?: readonly number[];
}
