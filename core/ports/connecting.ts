import type { InstallationId } from "../domain/ids.ts";
import type { Installation } from "./installations.ts";
import type { ConnectingAdmin, StateTrouble } from "./workspace-door.ts";

export type Kept =
  | { readonly kind: "kept"; readonly installation: InstallationId; readonly again: boolean }
  /** It belongs to another organization of this hub. Nothing was stored. */
  | { readonly kind: "taken" };

/** What became of using up a state. */
export interface TakenState {
  /** Absent: nothing is wrong with it. */
  readonly trouble?: StateTrouble;
  readonly workspace?: string;
}

/** What core keeps while a platform's door connects a workspace. */
export interface Connecting {
  /** The hub's own address, as browsers and platforms reach it. */
  readonly hubUrl: string;
  /**
   * Make the `state` that travels through the browser. It works once, for ten minutes, for this admin's session; it
   * remembers `workspace`, where one certain workspace is to be connected.
   */
  begin(
    platform: Installation["platform"],
    admin: ConnectingAdmin,
    workspace?: string,
  ): Promise<string>;
  /** Note a workspace that an admin has begun to connect, as `pending`. What is known of it already stays as it is. */
  expect(installation: Installation): Promise<void>;
  /**
   * Use a state up. Of any number who bring it at once, one reads no trouble. Answers for which workspace it was begun,
   * where it was for a certain one.
   */
  take(
    platform: Installation["platform"],
    state: string | undefined,
    admin: ConnectingAdmin,
  ): Promise<TakenState>;
  /**
   * Keep what the platform granted, sealed. When the promise settles it is on disk. In Teams a consent connects nothing
   * yet: that a team has the app, verified activities tell.
   */
  keep(installation: Installation, admin: ConnectingAdmin): Promise<Kept>;
}
