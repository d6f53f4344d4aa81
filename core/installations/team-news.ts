import type { InstallationId } from "../domain/ids.ts";
import type { InstallationRecord, TeamPlace } from "../ports/installations.ts";
import type { InstallationNews } from "../ports/workspace-news.ts";
import { changeInstallation, type WatchDeps } from "./deps.ts";
import { endInstallation } from "./end.ts";
import { takenOut } from "./installations.ts";

type Seen = Extract<InstallationNews, { kind: "team_seen" }>;
type Gone = Extract<InstallationNews, { kind: "team_gone" }>;

/** Teams tells no tenant's teams by name in every activity; until one does, the team reads so. */
const unnamed = "Team";

/** Whether a tenant may be connected by what its teams tell: it consented, and no admin of ours has disconnected it. */
const mayConnect = ({ state, ended }: InstallationRecord) =>
  state === "consented" ||
  state === "connected" ||
  (state === "revoked" && ended?.code === takenOut);

/**
 * Act on news of a team that has the app. It is what connects a tenant that has consented, and one that had taken the
 * app out of its last team; of any other the team is noted, so that a later consent finds it. News that is older than
 * what is known of the team changes nothing (U21).
 */
export async function followTeamSeen(
  deps: WatchDeps,
  record: InstallationRecord,
  { team, at }: Seen,
): Promise<void> {
  const toldAt = at.getTime();
  let isNew = false;
  let isSame = false;
  const changed = await changeInstallation(deps, record.id, (found) => {
    const before = placeIn(found, team.id);
    if (before && before.toldAt > toldAt) return undefined;
    isNew = mayConnect(found) && found.state !== "connected";
    const place: TeamPlace = {
      ...{ id: team.id, serviceUrl: team.serviceUrl, toldAt, gone: false },
      name: team.name ?? (before?.name || unnamed),
      archived: team.archived ?? before?.archived ?? false,
    };
    isSame = !isNew && before !== undefined && sameLook(before) === sameLook(place);
    const placed = { ...found, places: withPlace(found, place) };
    return isNew ? connected(deps, placed) : placed;
  });
  if (changed?.state !== "connected" || isSame) return;
  if (isNew) await welcome(deps, changed);
  deps.listAnew(changed);
  deps.lookAtRoutes(changed);
}

/**
 * Act on news of a team that has the app no more: its destinations break, and with the last team the tenant's grant
 * ends. Its consent stands, so adding the app again is enough.
 */
export async function followTeamGone(
  deps: WatchDeps,
  record: InstallationRecord,
  { team, at, because }: Gone,
): Promise<void> {
  const toldAt = at.getTime();
  const changed = await changeInstallation(deps, record.id, (found) => {
    const before = placeIn(found, team) ?? {
      ...{ id: team, name: unnamed, serviceUrl: "", archived: false, toldAt, gone: false },
    };
    if (before.toldAt > toldAt) return undefined;
    const place: TeamPlace = { ...before, toldAt, gone: true };
    return { ...found, places: withPlace(found, place) };
  });
  if (!changed) return;
  await deps.teamLeft(changed, team, because);
  // Destinations whose channels were never listed are found out by asking the teams that are left.
  deps.lookAtRoutes(changed);
  if (changed.places?.every(({ gone }) => gone)) {
    await endInstallation(deps, changed, { state: "revoked", code: takenOut });
  }
}

/** A message has arrived in a team: it is archived no more, whoever has missed to hear so. Nothing else would ever tell. */
export async function followTeamUsed(
  deps: WatchDeps,
  installation: InstallationId,
  team: string,
): Promise<void> {
  const changed = await changeInstallation(deps, installation, (found) => {
    const place = placeIn(found, team);
    if (!place?.archived) return undefined;
    return { ...found, places: withPlace(found, { ...place, archived: false }) };
  });
  if (changed?.state !== "connected") return;
  deps.listAnew(changed);
  deps.lookAtRoutes(changed);
}

/** A look found that a team has the app, under a consent that nothing had confirmed yet. */
export async function confirmConsent(deps: WatchDeps, record: InstallationRecord): Promise<void> {
  const changed = await changeInstallation(deps, record.id, (found) =>
    found.state === "consented" ? connected(deps, found) : undefined,
  );
  if (!changed) return;
  await welcome(deps, changed);
  deps.listAnew(changed);
}

const sameLook = ({ name, serviceUrl, archived, gone }: TeamPlace) =>
  JSON.stringify([name, serviceUrl, archived, gone]);

const placeIn = ({ places = [] }: InstallationRecord, team: string) =>
  places.find(({ id }) => id === team);

/**
 * The places with this one among them. It keeps its position, for a listing of channels goes from one team to the next
 * and would pass over those that moved before it; only a team that comes, or comes back, stands at the end.
 */
function withPlace({ places = [] }: InstallationRecord, place: TeamPlace): readonly TeamPlace[] {
  const stays = places.some(({ id, gone }) => id === place.id && (!gone || place.gone));
  if (stays) return places.map((one) => (one.id === place.id ? place : one));
  return [...places.filter(({ id }) => id !== place.id), place];
}

function connected({ clock, installations }: WatchDeps, record: InstallationRecord) {
  const { ended: _, looked: __, deliveredAt: ___, ...kept } = record;
  const { id, workspace: entraTenantId, name } = record;
  const now = clock.now();
  return {
    ...kept,
    ...installations.seal({ platform: "teams", entraTenantId, name }, id),
    ...{ state: "connected", connectedAt: now, lookAt: now },
  } satisfies InstallationRecord;
}

async function welcome({ log, reached }: WatchDeps, record: InstallationRecord): Promise<void> {
  const { id: installation, platform, workspace, name } = record;
  log.write({ kind: "installation.connected", installation, platform, workspace, name });
  await reached(record);
}
