/** Whom news is about, and which news it is. */
interface NewsEnvelope {
  readonly platform: "slack" | "teams";
  /** Slack team, enterprise (`E…`) or tenant, from the verified envelope. */
  readonly workspace: string;
  /** The platform's own identity of this news, the same when it is sent again. */
  readonly news: string;
  /** When it happened, by the platform's clock. */
  readonly at: Date;
}

/** News of one channel. */
export type ChannelNews = NewsEnvelope &
  (
    | {
        readonly kind: "channel_created" | "channel_renamed";
        readonly channel: string;
        readonly name: string;
      }
    | {
        readonly kind:
          | "channel_archived"
          | "channel_restored"
          | "channel_deleted"
          | "app_joined"
          | "app_left";
        readonly channel: string;
      }
    | { readonly kind: "channel_id_changed"; readonly channel: string; readonly became: string }
  );

/** A team as an activity shows it; what the activity leaves out stays as it was. */
export interface TeamSight {
  readonly id: string;
  readonly name?: string;
  readonly serviceUrl: string;
  readonly archived?: boolean;
}

/** News of a whole installation. */
export type InstallationNews = NewsEnvelope &
  (
    | { readonly kind: "app_removed"; readonly code: string }
    | { readonly kind: "app_installed"; readonly name?: string }
    /** Org-wide installations: a workspace was added to the grant, or taken from it. */
    | { readonly kind: "team_granted" | "team_withdrawn"; readonly team: string }
    /** Teams: a team has the app, and this is how it is now. */
    | { readonly kind: "team_seen"; readonly team: TeamSight }
    /** Teams: a team has the app no more, or is no more itself. */
    | { readonly kind: "team_gone"; readonly team: string; readonly because: "removed" | "deleted" }
  );

/**
 * What a platform tells of a workspace by itself, after the door has verified it. News is a hint: it may come twice,
 * late, out of order or never, so a scheduled look finds the same out.
 */
export type WorkspaceNews = ChannelNews | InstallationNews;

/** Where platform doors bring news. When the promise settles, what follows from it is on disk. */
export interface NewsDesk {
  tell(news: WorkspaceNews): Promise<void>;
}
