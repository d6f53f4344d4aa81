import type { StartHub } from "./commands/running-hub.ts";
import { HubError } from "./domain/hub-error.ts";

/** Build the hub from its parts and listen. Not wired yet. */
export const startHub: StartHub = async () => {
  throw new HubError("not_wired", "The hub is not wired yet.");
};
