import type { Config } from "../config.ts";
import type { DataFolder } from "../data-folder.ts";
import type { EntryLog } from "../log.ts";

/** A hub that listens, as `serve` sees it. */
export interface RunningHub {
  /** Where people reach it, without a slash at its end. */
  readonly url: string;
  /** Where commands of this machine reach it, past any proxy; absent where that is `url` too. */
  readonly ownUrl?: string;
  readonly mode: { readonly sandbox: boolean; readonly dataFolder: string };
  /** A one-time sign-in link; absent where none may be printed. */
  readonly signInUrl?: string;
  /** A command that posts a first event, ready to paste; only in the sandbox. */
  readonly curl?: string;
  /** What the operator should know: a moved port, a platform that is off. One sentence each. */
  readonly notes: readonly string[];
  /** Stop listening, let what is on its way settle, close the store; `left` deliveries wait for the next start. */
  stop(): Promise<{ readonly left: number }>;
}

/**
 * Build the hub and listen. Rejects with `HubError` and one clear sentence when it cannot.
 *
 * `folder` is locked for this process, and `serve` writes `run.json` once the promise settles.
 */
export type StartHub = (config: Config, folder: DataFolder, log: EntryLog) => Promise<RunningHub>;
