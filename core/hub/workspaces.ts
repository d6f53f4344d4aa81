import type { ChoiceRefusal, Chosen, FoundChannels } from "../channels/choices.ts";
import type { PlaceToTry } from "../channels/place-to-try.ts";
import type { DestinationId, InstallationId, PersonId } from "../domain/ids.ts";
import type { InstallationRecord, InstallationState } from "../ports/installations.ts";
import type { Begun, ConnectingAdmin, InstallOutcome } from "../ports/workspace-door.ts";

export type { ChannelChoice, Chosen, FoundChannels } from "../channels/choices.ts";

/** What people read beside a workspace or a destination; the word is in `kind`, the reason in `because`. */
export interface Health {
  readonly kind: "healthy" | "degraded" | "broken" | "disabled" | "untested";
  /** One sentence for people: what is wrong and what to do; absent on `healthy`. */
  readonly because?: string;
  readonly since?: Date;
}

/** A connected workspace for people: nothing secret in it. */
export interface WorkspaceView {
  readonly id: InstallationId;
  readonly platform: "slack" | "teams";
  readonly workspace: string;
  readonly name: string;
  readonly state: InstallationState;
  readonly health: Health;
  readonly scopes: readonly string[];
  /** Needed rights that were not granted, with the features that are off without them (A16). */
  readonly missing: readonly { readonly scope: string; readonly feature: string }[];
  readonly heldDeliveries: number;
  readonly record: InstallationRecord;
}

/** Connecting, watching and leaving workspaces. */
export interface Workspaces {
  list(): Promise<readonly WorkspaceView[]>;
  get(id: InstallationId): Promise<WorkspaceView | undefined>;
  /** Where to send the admin's browser, or why nowhere; undefined when the platform has no settings. */
  begin(
    platform: "slack" | "teams",
    admin: ConnectingAdmin,
    onlyWorkspace?: string,
  ): Promise<Begun | undefined>;
  finish(
    platform: "slack" | "teams",
    query: Readonly<Record<string, string | undefined>>,
    admin: ConnectingAdmin,
  ): Promise<InstallOutcome | undefined>;
  /** Look at the platform now, and note what was found. */
  check(id: InstallationId): Promise<WorkspaceView | undefined>;
  disconnect(id: InstallationId, by: PersonId): Promise<"disconnected" | "unknown">;
  change(
    id: InstallationId,
    wish: {
      readonly defaultDestination?: DestinationId;
      readonly matchByEmail?: boolean;
      readonly allowOutsiders?: boolean;
    },
  ): Promise<"saved" | "unknown">;
}

/** Channels of connected workspaces, and destinations made of them. */
export interface Channels {
  /**
   * Search by a part of the name, or find what was pasted: an id, a link or `#name`, also while nothing is listed yet.
   * Archived channels are left out.
   */
  search(id: InstallationId, asked: string, limit: number): Promise<FoundChannels>;
  /** Make a channel a destination that rules can name, or answer the one that it is. */
  choose(
    id: InstallationId,
    wish: { readonly workspace: string; readonly channelId: string; readonly name?: string },
  ): Promise<Chosen>;
  /** Find where a channel lies, for a test before anybody chooses it. */
  placeToTry(
    id: InstallationId,
    wish: { readonly workspace: string; readonly channelId: string },
  ): Promise<PlaceToTry | ChoiceRefusal>;
  /** Let a destination lead to another channel; rules that name it stay as they are. */
  move(
    destination: DestinationId,
    wish: { readonly workspace: string; readonly channelId: string },
  ): Promise<Chosen>;
  /** Send a hello to a destination, as a delivery like any other; answers the event to watch. */
  hello(
    destination: DestinationId,
    by: string,
    /** A type of the catalogue whose sample is posted; without one, a plain hello. */
    sample?: string,
  ): Promise<{ readonly event: string } | undefined>;
  /** List a workspace's channels again, in the background, keeping the platform's pace. */
  refresh(id: InstallationId): void;
}
