import type { Hub } from "../hub.ts";
import type { Instance } from "./frame.ts";
import type { Sessions } from "./session.ts";

/** What the pages of the console work with. */
export interface PageDeps {
  readonly hub: Hub;
  readonly sessions: Sessions;
  readonly instance: Instance;
}
