import type { SlackAppSetup } from "../ports/app-setup.ts";
import type { SlackPlaces } from "../ports/platform-settings.ts";
import type { StartHub } from "./running-hub.ts";
import type { StartSandbox } from "./running-sandbox.ts";

/** A stream that people or programs read. */
export interface Output {
  write(text: string): void;
  /** People watch it. */
  readonly terminal: boolean;
}

/** All that a command touches outside itself, so that tests hand it a small world of their own. */
export interface World {
  readonly env: NodeJS.ProcessEnv;
  /** The working folder. */
  readonly folder: string;
  readonly version: string;
  /** Answers and log lines. */
  readonly out: Output;
  /** What is said to people beside the answer. */
  readonly err: Output;
  /** The text of a file, or of standard input for `-`. Throws as `readFileSync` does. */
  readonly readText: (path: string) => string;
  /** Write a file. Throws as `writeFileSync` does. */
  readonly writeFile: (path: string, content: string | Uint8Array) => void;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
  /** Call on Ctrl-C and on SIGTERM. Answers how to stop hearing. */
  readonly onSignal: (listener: () => void) => () => void;
  readonly startHub: StartHub;
  readonly startSandbox: StartSandbox;
  /** How the operator's Slack app is made for a hub. */
  readonly slackAppSetup: (
    instance: { readonly hubUrl: string; readonly name?: string },
    places: SlackPlaces,
  ) => Promise<SlackAppSetup>;
  /** The app package that a Teams admin uploads; throws `HubError` where Teams could not reach the hub. */
  readonly teamsAppPackage: (instance: {
    readonly hubUrl: string;
    readonly name?: string;
    readonly appId: string;
  }) => Promise<{ readonly manifest: string; readonly zip: Uint8Array }>;
  /** What is wrong with a database file that no hub has open, and what to do; undefined when nothing is. */
  readonly checkDatabase: (
    path: string,
  ) => Promise<{ readonly found: string; readonly remedy: string } | undefined>;
}

/** Exit codes (SURFACE §4). They are a promise. */
export const exitCodes = {
  fine: 0,
  failed: 1,
  usage: 2,
  notReached: 3,
  rejected: 10,
  expired: 11,
  cancelled: 12,
  timeout: 13,
  noApproval: 14,
} as const;

/** Write lines to a stream. */
export function print(output: Output, ...lines: readonly string[]): void {
  output.write(lines.map((line) => `${line}\n`).join(""));
}

/** Write a file, or say why it cannot be written. */
export function writeOrSay(world: World, path: string, write: () => void): boolean {
  try {
    write();
    return true;
  } catch (cause) {
    const { code = "unknown reason" } = cause as NodeJS.ErrnoException;
    const remedy = "Name a file in a folder that you may write.";
    print(world.err, `${path} cannot be written (${code}). ${remedy}`);
    return false;
  }
}
