import type { Hub } from "../hub.ts";
import type { CheckPicture, DrawMessage } from "../ports/pictures.ts";
import type { Instance } from "./frame.ts";
import type { Sessions } from "./session.ts";
import type { SingleSignOn } from "./single-sign-on.ts";

/** What the pages of the console work with. */
export interface PageDeps {
  readonly hub: Hub;
  readonly sessions: Sessions;
  readonly instance: Instance;
  /** Absent where people sign in by links and passwords alone. */
  readonly singleSignOn?: SingleSignOn | undefined;
  /** Renders a message as each chat would get it; absent where no chat can be drawn. */
  readonly draw?: DrawMessage | undefined;
  /** Finds what a chat would refuse in a message; absent where no chat is known. */
  readonly check?: CheckPicture | undefined;
}
