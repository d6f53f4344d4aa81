import type { DataFolder } from "../data-folder.ts";
import type { Log } from "../ports/log.ts";

/** What a sandbox of its own is started with. */
export interface SandboxOptions {
  /** The hub's public address, without a slash at its end. */
  readonly hubUrl: string;
  readonly port: number;
  /** Somebody asked for this very port, so it never moves. */
  readonly portChosen: boolean;
  /** A producer's key of the hub, to post events and to show what became of them. */
  readonly hubKey?: string;
  /** Whether the app is installed in the chats already. */
  readonly installed: boolean;
}

/** A sandbox that listens, as its command sees it. */
export interface RunningSandbox {
  /** Where it is reached, without a slash at its end. */
  readonly url: string;
  /** A link that opens its page, once. */
  readonly signInUrl: string;
  readonly apiKey: string;
  /** What the hub must be started with, as lines of an environment file. */
  readonly hubSettings: readonly string[];
  /** The setting that lets the hub reach Slack by Socket Mode, in place of the signing secret. */
  readonly socketSetting: string | undefined;
  /** The address of its producer, and the secret that callbacks are to be signed with. */
  readonly callback: { readonly url: string; readonly secret: string };
  stop(): Promise<void>;
}

/** Open a sandbox and listen on loopback. Rejects with `HubError` and one clear sentence when it cannot. */
export type StartSandbox = (
  options: SandboxOptions,
  folder: DataFolder,
  log: Log,
) => Promise<RunningSandbox>;
