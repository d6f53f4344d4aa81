import type { TeamsKeys } from "./platform-settings.ts";

/** How a platform brings us what happens there: it calls our address, or we hold a connection open. */
export type Transport = "http" | "socket";

/** A right that the operator's app asks for, with the reason that people read. */
export interface AppRight {
  readonly scope: string;
  readonly why: string;
  readonly optional: boolean;
}

/** What keys led to when they were tried at the platform, without acting for anybody. */
export type KeysVerdict =
  | { readonly kind: "fit" }
  /** The platform knows them not; its own code, such as `bad_client_secret`. */
  | { readonly kind: "wrong"; readonly code: string }
  /** No answer that says anything of the keys. */
  | { readonly kind: "unknown"; readonly because: string };

/** How the operator's own Azure Bot is made and brought into Teams, for the page that leads through it. */
export interface TeamsAppSetup {
  /** Where Teams calls this hub. */
  readonly endpoint: string;
  /** Where Microsoft sends the browser back after the consent. */
  readonly redirectUrl: string;
  /** The zip that a Teams admin uploads, with the version in it; undefined where Teams could not reach the hub. */
  pack(appId: string): Promise<{ readonly zip: Buffer; readonly version: string } | undefined>;
  /** Ask Microsoft's login for a token of the bot. */
  tryKeys(keys: TeamsKeys): Promise<KeysVerdict>;
}

/** How the operator's own Slack app is made, for the page that leads through it. */
export interface SlackAppSetup {
  readonly rights: readonly AppRight[];
  /** The manifest of the app for this hub, as JSON text. */
  manifest(transport: Transport): string;
  /** Where Slack makes an app of that manifest in one click. */
  createUrl(transport: Transport): string;
  /** What has changed between two manifests, each as one line for people. */
  differences(before: string, after: string): readonly string[];
  tryKeys(keys: { readonly clientId: string; readonly clientSecret: string }): Promise<KeysVerdict>;
}
