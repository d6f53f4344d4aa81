import {
  type ChatChannel,
  type Destination,
  isChannel,
  workspaceOf,
} from "../domain/destination.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { ChannelLookup } from "../ports/workspace-door.ts";
import { type ChannelDeps, openDoor } from "./deps.ts";
import { followName } from "./follow.ts";
import { changeKept } from "./keep.ts";
import {
  breakRoute,
  changeRoute,
  healRoute,
  isBrokenFor,
  looked,
  routeCodes,
} from "./route-health.ts";

/** More destinations than one installation has. */
const mostRoutes = 10_000;
/** Platforms count such looks, so one run asks about this many channels and the next goes on behind them. */
const looksAtOnce = 20;

/**
 * Make the step that looks at the channels of an installation's destinations: news may never have come (U18).
 *
 * It stops where the platform does not answer; what is not known changes nothing. The next run goes on behind that
 * channel all the same: a platform may never tell of one, and the others are not to wait for it.
 */
export function createRouteLook(deps: ChannelDeps) {
  const lastSeen = new Map<string, string>();
  return async (record: InstallationRecord): Promise<void> => {
    const opened = await openDoor(deps, record);
    if (!opened) return;
    const { routes, withdrawn } = await routesUnder(deps, record);
    for (const { id } of withdrawn) {
      await breakRoute(deps, id, routeCodes.withdrawn, deps.clock.now());
    }
    const from = routes.findIndex(({ id }) => id > (lastSeen.get(record.id) ?? ""));
    const turned = from < 0 ? routes : [...routes.slice(from), ...routes.slice(0, from)];
    for (const route of turned.slice(0, looksAtOnce)) {
      const found = await opened.door.findChannel(opened.installation, route.channelId);
      lastSeen.set(record.id, route.id);
      if (found.kind === "unknown") return;
      if (isLost(found) && (await isOld(deps, record))) return;
      await settle(deps, route, found);
    }
  };
}

/** What is known of an installation's teams may say so of a channel, and be old by now. */
const isLost = (found: ChannelLookup) =>
  found.kind === "not_found" || (found.kind === "found" && found.channel.archived);

/**
 * Tell whether a workspace has changed since a look at it began, such as by a team that came back. What was lost by what
 * was known then may be there by now; whoever made the change looks anew.
 */
async function isOld({ store }: Pick<ChannelDeps, "store">, record: InstallationRecord) {
  const now = await store.installations.get(record.id);
  return now === undefined || whereIn(now) !== whereIn(record);
}

/** Where an installation acts, for comparing. */
const whereIn = ({ state, teams, places = [] }: InstallationRecord) =>
  JSON.stringify([
    ...[state, teams?.toSorted()],
    places.map(({ id, gone, archived, serviceUrl }) => [id, gone, archived, serviceUrl]),
  ]);

/**
 * The destinations that an installation serves, by their ids; and those that it served before its organization took
 * their workspace away, where no other installation serves them.
 */
async function routesUnder(
  { store, organization, recordOf }: Pick<ChannelDeps, "store" | "organization" | "recordOf">,
  record: InstallationRecord,
): Promise<{
  readonly routes: readonly ChatChannel[];
  readonly withdrawn: readonly ChatChannel[];
}> {
  const found = await store.destinations.scan("byChannel", {
    prefix: [organization, record.platform],
    limit: mostRoutes,
  });
  const all = found.filter(isChannel).filter(({ draft }) => !draft);
  const owners = new Map<string, InstallationRecord | undefined>();
  for (const workspace of new Set(all.map(workspaceOf))) {
    owners.set(workspace, await recordOf(record.platform, workspace));
  }
  const ownerOf = (one: ChatChannel) => owners.get(workspaceOf(one));
  return {
    routes: all
      .filter((one) => ownerOf(one)?.id === record.id)
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
    withdrawn: record.teams
      ? all.filter((one) => one.installation === record.id && !ownerOf(one)?.sealed)
      : [],
  };
}

/** Do what the platform says of a destination's channel now. */
export async function settle(
  deps: ChannelDeps,
  route: ChatChannel,
  found: Exclude<ChannelLookup, { kind: "unknown" }>,
): Promise<void> {
  const now = deps.clock.now();
  if (found.kind === "not_found") {
    if (isBrokenFor(route, [routeCodes.notIn])) return;
    return breakRoute(deps, route.id, routeCodes.gone, now);
  }
  const { archived, member, visibility, name, outsiders, serviceUrl } = found.channel;
  await changeKept(deps, workspaceOf(route), route.channelId, () => found.channel);
  await followName(deps, route, name);
  await followAddress(deps, route, serviceUrl);
  await noteOutsiders(deps, route, outsiders);
  if (archived) return breakRoute(deps, route.id, routeCodes.archived, now);
  if (!member && visibility !== "public") return breakRoute(deps, route.id, routeCodes.notIn, now);
  // A post found that the app may not join. Only one that arrives tells otherwise: healed now, it would break again.
  if (!member && isBrokenFor(route, [routeCodes.notIn])) return deps.healed(route);
  await healRoute(deps, route.id, looked);
}

/** Teams may serve a team elsewhere one day; nothing is taken at the old address then (FEATURES §6.3). */
async function followAddress(deps: ChannelDeps, { id }: Destination, serviceUrl?: string) {
  await changeRoute(deps, id, async (found) =>
    found.kind === "teams" && serviceUrl !== undefined && found.serviceUrl !== serviceUrl
      ? { ...found, serviceUrl }
      : undefined,
  );
}

async function noteOutsiders(deps: ChannelDeps, { id }: Destination, outsiders: boolean) {
  await changeRoute(deps, id, async (found) => {
    const { outsiders: before = false, ...rest } = found;
    if (before === outsiders) return undefined;
    return outsiders ? { ...found, outsiders: true } : (rest as Destination);
  });
}
