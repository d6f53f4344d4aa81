import { setTimeout as pause } from "node:timers/promises";
import type { InstallationId, PersonId } from "../domain/ids.ts";
import { isWithin } from "../domain/is-within.ts";
import type { RaisedEvent } from "../domain/raised-event.ts";
import { createConnecting } from "../installations/connecting.ts";
import { changeInstallation, type WatchDeps } from "../installations/deps.ts";
import { endInstallation } from "../installations/end.ts";
import {
  createInstallations,
  type StoredInstallations,
  spanOf,
} from "../installations/installations.ts";
import { lookAtWorkspace, lookDue } from "../installations/look.ts";
import { followWorkspaceNews } from "../installations/news.ts";
import { createLiveInstallations, renewDue } from "../installations/renew.ts";
import { followTeamUsed } from "../installations/team-news.ts";
import type { Connecting } from "../ports/connecting.ts";
import type { InstallationRecord } from "../ports/installations.ts";
import type { InstallationNews } from "../ports/workspace-news.ts";
import type { HubDeps } from "./hub-deps.ts";
import { createWorkspaceDoors, type WorkspaceDoors } from "./workspace-doors.ts";
import { healthOf, missingRights } from "./workspace-health.ts";
import { workspaceLost } from "./workspace-lost.ts";
import type { Workspaces, WorkspaceView } from "./workspaces.ts";

/** More workspaces than one hub connects. */
const most = 1_000;

/** What the desk of workspaces needs beside the hub's own parts. */
export interface WorkspaceDeskDeps extends HubDeps {
  readonly raise: (raised: RaisedEvent) => Promise<unknown>;
  /** What is held for a workspace: how much, and letting it go on. */
  readonly held: {
    count(platform: "slack" | "teams", workspace: string): Promise<number>;
    release(platform: "slack" | "teams", workspace: string): Promise<unknown>;
  };
  /** A workspace was connected: begin to list its channels. */
  readonly connected: (record: InstallationRecord) => Promise<void>;
  /** Look at the channels that deliveries go to; nobody waits for it. */
  readonly lookAtRoutes: (record: InstallationRecord) => void;
  readonly teamLeft: WatchDeps["teamLeft"];
  /** Do what nobody waits for, and tell where it fails. */
  readonly aside: (where: string, step: () => Promise<void>) => void;
}

/** Everything that the hub does about whole workspaces. */
export interface WorkspaceDesk {
  readonly workspaces: Workspaces;
  /** Their tokens live. */
  readonly installations: StoredInstallations;
  readonly connecting: Connecting;
  readonly doors: WorkspaceDoors;
  follow(news: InstallationNews): Promise<void>;
  /** A send found that a workspace takes nothing any more, by the platform's own code: ask the platform. */
  suspect(platform: "slack" | "teams", workspace: string, code: string): Promise<void>;
  /** A message arrived in a workspace. */
  arrived(platform: "slack" | "teams", workspace: string): Promise<void>;
  /** A message arrived in a team of Teams that counted as archived. */
  used(installation: InstallationId, team: string): Promise<void>;
  /** Renew and look where the time has come. */
  rounds(): Promise<void>;
}

/** Make the desk of workspaces. */
export function createWorkspaceDesk(deps: WorkspaceDeskDeps): WorkspaceDesk {
  const { store, vault, organization, wallClock, links } = deps;
  const stored = createInstallations(store, vault, organization);
  const doors = createWorkspaceDoors(() => installations);
  const heldFor = async (record: InstallationRecord) => {
    const counts = spanOf(record).map((one) => deps.held.count(record.platform, one));
    return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
  };
  const watch: WatchDeps = {
    ...{ organization, store, log: deps.log, installations: stored },
    clock: wallClock,
    doorOf: doors.doorOf,
    lost: async (record, code) => {
      await deps.raise(await workspaceLost(deps, record, code, await heldFor(record)));
    },
    reached: async (record) => {
      for (const one of spanOf(record)) await deps.held.release(record.platform, one);
    },
    lookAtRoutes: deps.lookAtRoutes,
    listAnew: (record) => void deps.connected(record),
    teamLeft: deps.teamLeft,
  };
  const installations: StoredInstallations = {
    ...stored,
    ...createLiveInstallations(watch, pause),
    // Noting it may fail, on a full disk for one; what was heard is answered all the same.
    heard: (tenant) => deps.aside("heard", () => heard("teams", tenant)),
  };
  const heard = noteTimes(watch, "heardAt");
  const suspecting = { ...watch, reached: nowAndThen(watch) };
  const hubUrl = links.hubUrl;
  const connecting = createConnecting({ ...deps, clock: wallClock, installations: stored, hubUrl });
  return {
    workspaces: createWorkspaces(deps, watch, doors, heldFor),
    installations,
    connecting,
    doors,
    follow: (news) => followWorkspaceNews(watch, news),
    suspect: async (platform, workspace, code) => {
      const record = await stored.recordOf(platform, workspace);
      if (record) await lookAtWorkspace(suspecting, record, { workspace, code });
    },
    arrived: noteTimes(watch, "deliveredAt"),
    used: (installation, team) => followTeamUsed(watch, installation, team),
    rounds: async () => {
      await Promise.all([renewDue(watch), lookDue(watch)]);
    },
  };
}

/** So long what is held again waits where its workspace stands: the scheduled look lets it go on. */
const heldAgainMs = 30_000;

/**
 * Let what is held for a workspace go on, but not again and again. A platform may refuse every message though the grant
 * stands, such as where an organization blocks the app by its encryption keys: then each try would lead to the next.
 */
function nowAndThen({
  reached,
  clock,
}: Pick<WatchDeps, "reached" | "clock">): WatchDeps["reached"] {
  const reachedAt = new Map<InstallationId, number>();
  return async (record) => {
    const now = clock.now().getTime();
    const age = now - (reachedAt.get(record.id) ?? Number.NEGATIVE_INFINITY);
    if (age >= 0 && age < heldAgainMs) return;
    reachedAt.set(record.id, now);
    await reached(record);
  };
}

function createWorkspaces(
  deps: WorkspaceDeskDeps,
  watch: WatchDeps,
  { isOn }: Pick<WorkspaceDoors, "isOn">,
  heldFor: (record: InstallationRecord) => Promise<number>,
): Workspaces {
  const { store, organization } = deps;
  const find = async (id: InstallationId) => {
    const record = await store.installations.get(id);
    return record?.organization === organization ? record : undefined;
  };
  const view = async (record: InstallationRecord): Promise<WorkspaceView> => {
    const door = watch.doorOf(record.platform);
    const missing = missingRights(record, door);
    const { id, platform, workspace, name, state, scopes } = record;
    return {
      ...{ id, platform, workspace, name, state, scopes, missing, record },
      health: healthOf(record, missing, isOn(record.platform)),
      heldDeliveries: await heldFor(record),
    };
  };
  const get: Workspaces["get"] = async (id) => {
    const record = await find(id);
    return record && view(record);
  };
  return {
    list: async () => {
      const pages = (["slack", "teams"] as const).map((platform) =>
        store.installations.scan("byWorkspace", { prefix: [platform], limit: most }),
      );
      const all = (await Promise.all(pages)).flat();
      return Promise.all(all.filter((one) => one.organization === organization).map(view));
    },
    get,
    begin: async (platform, admin, onlyWorkspace) =>
      watch.doorOf(platform)?.begin(admin, onlyWorkspace),
    finish: async (platform, query, admin) => {
      const outcome = await watch.doorOf(platform)?.finish(query, admin);
      if (outcome?.kind === "connected") await welcome(deps, watch, outcome.installation);
      return outcome;
    },
    check: async (id) => {
      const record = await find(id);
      if (record) await lookAtWorkspace(watch, record);
      return get(id);
    },
    disconnect: async (id, by) => {
      const record = await find(id);
      if (!record) return "unknown";
      await leave(watch, record, by);
      return "disconnected";
    },
    change: async (id, wish) => {
      if (!(await find(id))) return "unknown";
      await changeInstallation(watch, id, (found) => ({ ...found, ...wish }));
      return "saved";
    },
  };
}

/** What was held goes on, and the picker fills. */
async function welcome(deps: WorkspaceDeskDeps, watch: WatchDeps, id: InstallationId) {
  const record = await deps.store.installations.get(id);
  if (!record) return;
  // A tenant that consented is connected as soon as the platform shows a team that has the app.
  if (record.state === "consented") {
    await lookAtWorkspace(watch, record);
    return;
  }
  const { platform, workspace, name } = record;
  const kind = "installation.connected";
  deps.log.write({ kind, installation: id, platform, workspace, name });
  await watch.reached(record);
  await deps.connected(record);
}

/**
 * Wipe what we keep of the grant, then give it back, whatever the platform answers to that. The platform may tell that the
 * app was removed before it answers: by then the workspace has ended here, and nobody takes it for lost.
 */
async function leave(watch: WatchDeps, record: InstallationRecord, by: PersonId): Promise<void> {
  if (record.state === "connected") {
    const installation = watch.installations.open(record);
    await endInstallation(watch, record, { state: "disconnected", by });
    if (installation) await watch.doorOf(record.platform)?.leave(installation);
    return;
  }
  await changeInstallation(watch, record.id, (found) =>
    found.state === "disconnected" ? undefined : withoutGrant(found, watch.clock.now(), by),
  );
}

/** A record whose grant had ended, or that was never connected. */
function withoutGrant(
  { sealed: _, lookAt: __, looked: ___, ...kept }: InstallationRecord,
  at: Date,
  by: PersonId,
): InstallationRecord {
  const { ended = { at, code: "disconnected", by } } = kept;
  return { ...kept, state: "disconnected", ended };
}

/** How often the records are asked when messages arrive, and how old the time that they keep may be. */
const askEveryMs = 2_000;
const keptToMs = 5 * 60_000;

/** Note when something goes or comes, at the cost of one read in two seconds and one write in five minutes. */
function noteTimes(
  { store, clock, installations }: WatchDeps,
  what: "deliveredAt" | "heardAt",
): WorkspaceDesk["arrived"] {
  const asked = new Map<string, number>();
  return async (platform, workspace) => {
    const key = `${platform} ${workspace}`;
    const at = clock.now();
    const now = at.getTime();
    if (isWithin(askEveryMs, asked.get(key), now)) return;
    asked.set(key, now);
    const record = await installations.recordOf(platform, workspace);
    if (record?.state !== "connected") {
      // It may be connected by what comes next.
      asked.delete(key);
      return;
    }
    if (isWithin(keptToMs, record[what]?.getTime(), now)) return;
    await changeInstallation({ store }, record.id, (found) =>
      found.state === "connected" ? { ...found, [what]: at } : undefined,
    );
  };
}
