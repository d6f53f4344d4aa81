import type { Person } from "../../domain/person.ts";

/** What every page is given, whatever it shows. */
export interface PageFrame {
  /** Who is signed in. Without one the navigation and the sign-out button are absent. */
  readonly viewer?: Person | undefined;
  /** The session's token; every form carries it as `_csrf`. */
  readonly csrf: string;
  /** The hub's clock, from which spans such as "2 min ago" are counted. */
  readonly now: Date;
  readonly instance: {
    /** `INSTANCE_NAME`, for example `staging`. */
    readonly name?: string | undefined;
    readonly sandbox: boolean;
  };
  /** How many requests are open, for the number beside Approvals. */
  readonly waiting?: number | undefined;
}
