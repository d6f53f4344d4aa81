import {
  type ChatChannel,
  type Destination,
  isChannel,
  workspaceOf,
} from "../../domain/destination.ts";
import { parseId } from "../../domain/ids.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import type { PageDeps } from "../page-deps.ts";

/** Find a workspace by what stands in an address. */
export async function findWorkspace(
  { hub: { workspaces } }: PageDeps,
  text: unknown,
): Promise<WorkspaceView | undefined> {
  const id = parseId("installation", text);
  return id && workspaces.get(id);
}

/** Read the destinations that lie in a workspace, in the order of their names. */
export async function readDestinations(
  { hub }: PageDeps,
  view: WorkspaceView,
): Promise<readonly ChatChannel[]> {
  const channels = (await hub.destinations.list()).filter(isChannel);
  return channels.filter((destination) => liesIn(destination, view));
}

/** Tell whether a destination belongs to a workspace, or to one that an org-wide installation spans. */
export function liesIn(
  destination: Destination,
  { id, platform, workspace }: Pick<WorkspaceView, "id" | "platform" | "workspace">,
): boolean {
  if (!isChannel(destination)) return false;
  if (destination.installation !== undefined) return destination.installation === id;
  return destination.kind === platform && workspaceOf(destination) === workspace;
}

/** Find a destination of a workspace by what stands in an address. */
export async function findDestination(
  { hub }: PageDeps,
  view: WorkspaceView,
  text: unknown,
): Promise<ChatChannel | undefined> {
  const id = parseId("destination", text);
  const found = id && (await hub.destinations.get(id));
  return found && isChannel(found) && liesIn(found, view) ? found : undefined;
}
