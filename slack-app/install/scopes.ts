import { say } from "../../core/words/say.ts";

/** One right that the app asks for. */
export interface Scope {
  readonly scope: string;
  /** What it is for, in one line: consent pages, docs and "off without it" say it alike. */
  readonly why: string;
  /** An admin may refuse it: the rest of the product works. */
  readonly optional: boolean;
  /** The Web API methods and events for which we need it; a right without one is not asked for. */
  readonly uses: readonly string[];
}

/**
 * Every right that the app asks for, and no other. The install, the manifest and the pages are made from this list
 * (docs.slack.dev/reference/scopes).
 */
export const scopes: readonly Scope[] = [
  {
    scope: "chat:write",
    get why() {
      return say`Post messages, and edit them when a request is decided`;
    },
    optional: false,
    uses: ["chat.postMessage", "chat.update", "chat.postEphemeral"],
  },
  {
    scope: "channels:read",
    get why() {
      return say`List public channels, and notice when one is renamed, archived or deleted`;
    },
    optional: false,
    uses: ["conversations.list", "conversations.info", "users.conversations"],
  },
  {
    scope: "groups:read",
    get why() {
      return say`The same for private channels that the app is in`;
    },
    optional: false,
    uses: ["conversations.list", "conversations.info", "users.conversations"],
  },
  {
    scope: "channels:join",
    get why() {
      return say`Join a public channel by itself, without an invitation`;
    },
    optional: false,
    uses: ["conversations.join"],
  },
  {
    scope: "users:read",
    get why() {
      return say`Tell members from guests and people of other companies, who may not decide`;
    },
    optional: false,
    uses: ["users.info"],
  },
  {
    scope: "users:read.email",
    get why() {
      return say`Match people by their e-mail address, where an admin switches that on`;
    },
    optional: true,
    uses: ["users.info"],
  },
];
