import type { Channel } from "../domain/channel.ts";
import type { InstallationId, PersonId } from "../domain/ids.ts";
import type { Installation } from "./installations.ts";

/** The signed-in admin who connects a workspace. `session` names the browser session and is no secret by itself. */
export interface ConnectingAdmin {
  readonly person: PersonId;
  readonly session: string;
}

/** The way back was never begun here, was used, is older than ten minutes, or belongs to another session. */
export type StateTrouble = "state_unknown" | "state_used" | "state_expired" | "state_foreign";

/** Why an installation did not come about. Nothing was stored. */
export type InstallRefusal =
  | { readonly because: StateTrouble }
  | { readonly because: "workspace_not_allowed"; readonly workspace: string }
  /** An allowed workspace answered, and the browser had left for another one. */
  | { readonly because: "workspace_other"; readonly workspace: string; readonly wanted: string }
  /** The workspace is connected to another organization of this hub. */
  | { readonly because: "workspace_taken" }
  /** The platform said no; its own code, such as `bad_redirect_uri` or `bad_client_secret`. */
  | { readonly because: "platform"; readonly code: string };

/** The address of the platform's consent page, or why nobody is sent there. */
export type Begun = { readonly location: string } | { readonly refusal: InstallRefusal };

export type InstallOutcome =
  | { readonly kind: "connected"; readonly installation: InstallationId; readonly again: boolean }
  | { readonly kind: "cancelled" }
  | { readonly kind: "refused"; readonly refusal: InstallRefusal };

/** What the platform says of a person. `guest` and `foreign` people never decide. */
export interface ChatProfile {
  readonly name: string;
  readonly guest: boolean;
  /** Of another workspace or tenant. */
  readonly foreign: boolean;
  /** Left the company, or a bot. */
  readonly gone: boolean;
  /** An address that the platform has verified; absent where it tells none. */
  readonly email?: string;
}

/** What a look at the platform found. */
export type WorkspaceCheck =
  | {
      readonly kind: "fine";
      readonly scopes: readonly string[];
      /** Org-wide installations: the workspaces that the grant spans now. */
      readonly teams?: readonly string[];
    }
  /** The consent stands, and nothing is known of a place where the app is. */
  | { readonly kind: "nowhere" }
  /** The platform took the grant back; its own code. */
  | { readonly kind: "revoked"; readonly code: string }
  /** The token has run out; where it can be renewed, that helps. */
  | { readonly kind: "expired" }
  /** No answer, or trouble on the platform's side: nothing is known. */
  | { readonly kind: "unknown"; readonly because: string };

/** What became of asking for a new token. */
export type Renewed =
  | { readonly kind: "renewed"; readonly installation: Installation }
  /** The platform takes the old one no more; its own code. */
  | { readonly kind: "refused"; readonly code: string }
  /** No answer: the one-time token may be used up or not. */
  | { readonly kind: "unknown"; readonly because: string };

/** A channel as the platform describes it now, without our record's fields. */
export type ChannelLook = Omit<
  Channel,
  "id" | "organization" | "revision" | "installation" | "seenAt"
>;

export type ChannelLookup =
  | { readonly kind: "found"; readonly channel: ChannelLook }
  /** Gone, or private without the app: some platforms do not tell which. */
  | { readonly kind: "not_found" }
  | { readonly kind: "unknown"; readonly because: string };

/** One page of a listing; `next` is absent on the last. `retryAfterMs`: the pause before it that the platform wants. */
export interface ChannelPage {
  readonly channels: readonly ChannelLook[];
  readonly next?: string;
  readonly retryAfterMs?: number;
}

/**
 * What a chat platform does about whole workspaces: connect, look, leave.
 *
 * It never sends messages: those leave as deliveries. It tries once; who calls it decides about trying again.
 */
export interface WorkspaceDoor {
  /** Where to send the admin's browser. `onlyWorkspace` is set when one certain workspace shall be authorised. */
  begin(admin: ConnectingAdmin, onlyWorkspace?: string): Promise<Begun>;
  /** The way back: the address's query as the browser brought it. On `connected` the installation is on disk. */
  finish(
    query: Readonly<Record<string, string | undefined>>,
    admin: ConnectingAdmin,
  ): Promise<InstallOutcome>;
  /** The rights that the product needs, each with the reason that people read. */
  readonly scopes: readonly {
    readonly scope: string;
    readonly why: string;
    readonly optional: boolean;
  }[];
  check(installation: Installation): Promise<WorkspaceCheck>;
  /** Trade the one-time token for new ones. Core sees that one process at a time does so. */
  renew(installation: Installation): Promise<Renewed>;
  /** Give the grant back at the platform. Local records are wiped whatever this answers. */
  leave(installation: Installation): Promise<"left" | "not_confirmed">;
  /** Whether somebody pasted one place (an id, a link) or wrote a whole name; undefined for part of a name. */
  readPasted(asked: string): "place" | "name" | undefined;
  /** What to type, and where, so that the app is let into a channel: a whole line, ready to copy. */
  inviteLine(installation: Installation): Promise<string>;
  /** One page of the channels that the app can see. */
  listChannels(installation: Installation, cursor?: string): Promise<ChannelPage>;
  /** Find one channel by what a person pasted: an id, a link to the channel or to a message, or `#name`. */
  findChannel(installation: Installation, pasted: string): Promise<ChannelLookup>;
  /** Ask who somebody is. Undefined when the platform does not tell. */
  profile(installation: Installation, user: string): Promise<ChatProfile | undefined>;
}
