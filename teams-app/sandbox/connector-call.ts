import type { JsonObject } from "../../core/domain/json.ts";
import type { Posts } from "./posts.ts";
import type { Region, Tenant } from "./tenant.ts";
import type { Throttle } from "./throttle.ts";

/** What answering a call works with. */
export interface ConnectorDeps {
  readonly tenant: Tenant;
  readonly posts: Posts;
  readonly throttle: Throttle;
}

/** One call to the Bot Connector, after its token was checked. */
export interface ConnectorCall {
  readonly method: string;
  /** The region whose connector was called. */
  readonly region: Region;
  /** The parts of the path after `v3`, decoded. */
  readonly parts: readonly string[];
  readonly body: JsonObject | undefined;
}

/** What a call is about, for trouble that was ordered for such calls alone. */
export function nameOf({ parts }: ConnectorCall): string {
  const [kind = "", , what = kind] = parts;
  if (kind === "teams" && what === "conversations") return "channels";
  return what === "pagedmembers" ? "members" : what;
}
