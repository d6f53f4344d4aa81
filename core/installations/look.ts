import type { InstallationRecord } from "../ports/installations.ts";
import { changeInstallation, isSameGrant, type WatchDeps } from "./deps.ts";
import { endInstallation } from "./end.ts";
import { isSameSpan } from "./installations.ts";
import { renewEarly } from "./renew.ts";
import { confirmConsent } from "./team-news.ts";

/**
 * How often the platform is asked whether a grant stands: news may never have come (U18), and people hear of a lost
 * workspace within a minute (FEATURES A17). Slack counts `auth.test` by hundreds a minute.
 */
const everyMs = 30_000;
/** How often the channels are looked at; platforms count those calls more narrowly. */
const routesEveryMs = 60_000;

/**
 * So long a refusal is the trouble of a workspace whose grant stands: what is held is tried at every look, and refused
 * anew where nothing has changed.
 */
const refusedMs = 2 * everyMs;

/** Whether there is a grant to ask about. In Teams a consent stands before any team has the app. */
const isOpen = ({ state }: InstallationRecord) => state === "connected" || state === "consented";

/** No look is planned so far ahead; two processes' clocks may differ by minutes. */
const aheadMs = everyMs + 5 * 60_000;

/**
 * Look at every installation whose time has come. Of all processes one looks. What was planned under a clock that has been
 * set back since is due at once.
 */
export async function lookDue(deps: WatchDeps): Promise<void> {
  const now = deps.clock.now();
  for (const platform of ["slack", "teams"] as const) {
    if (!deps.doorOf(platform)) continue;
    const spans = [{ upTo: now }, { from: new Date(now.getTime() + aheadMs) }];
    const due = spans.map((span) =>
      deps.store.installations.scan("toLook", {
        prefix: [deps.organization, platform],
        ...span,
        limit: 20,
      }),
    );
    const records = (await Promise.all(due)).flat();
    await Promise.all(records.map((record) => takeAndLook(deps, record)));
  }
}

async function takeAndLook(deps: WatchDeps, due: InstallationRecord): Promise<void> {
  const now = deps.clock.now();
  const age = now.getTime() - (due.routesLookedAt?.getTime() ?? 0);
  const routes = age < 0 || age >= routesEveryMs;
  const taken = {
    ...due,
    lookAt: new Date(now.getTime() + everyMs),
    ...(routes ? { routesLookedAt: now } : {}),
    revision: due.revision + 1,
  };
  if ((await deps.store.installations.replace(taken, due.revision)) === "stale") return;
  const found = await lookAtWorkspace(deps, taken);
  if (found === "stands" && routes) deps.lookAtRoutes(taken);
}

/** A message that was refused for the sake of its whole workspace, with the platform's own code. */
export interface WorkspaceRefusal {
  readonly workspace: string;
  readonly code: string;
}

/** Ask the platform now whether the grant stands, and note what it says; also why it was asked, where it stands. */
export async function lookAtWorkspace(
  deps: WatchDeps,
  record: InstallationRecord,
  refusal?: WorkspaceRefusal,
): Promise<"stands" | "ended" | "unknown"> {
  const door = deps.doorOf(record.platform);
  const installation = isOpen(record) && deps.installations.open(record);
  if (!door || !installation) return "unknown";
  const found = await door.check(installation);
  switch (found.kind) {
    case "fine": {
      const noted = await note(deps, record, { refusal }, found);
      if (noted?.state === "consented") await confirmConsent(deps, noted);
      else if (noted) await deps.reached(noted);
      if (noted && !isSameSpan(record, noted)) deps.listAnew(noted);
      return "stands";
    }
    case "nowhere":
      await note(deps, record, {});
      return "stands";
    case "revoked":
      await endInstallation(deps, record, { state: "revoked", code: found.code });
      return "ended";
    case "expired":
      return renewNow(deps, record);
    case "unknown":
      await note(deps, record, { trouble: found.because });
      return "unknown";
  }
}

/** A token that ran out is the platform's last word only where it cannot be renewed. */
async function renewNow(
  deps: WatchDeps,
  record: InstallationRecord,
): Promise<"stands" | "ended" | "unknown"> {
  if (record.renewAt) {
    if (!(await renewEarly(deps, record))) return "unknown";
    await deps.reached(record);
    return "stands";
  }
  await endInstallation(deps, record, { state: "revoked", code: "token_expired" });
  return "ended";
}

/** What is wrong with a workspace: what the look itself met, or what a message met. */
interface Seen {
  readonly trouble?: string;
  readonly refusal?: WorkspaceRefusal | undefined;
}

function note(
  deps: WatchDeps,
  record: InstallationRecord,
  seen: Seen,
  found: { readonly scopes?: readonly string[]; readonly teams?: readonly string[] } = {},
) {
  const at = deps.clock.now();
  return changeInstallation(deps, record.id, (now) => {
    if (!isOpen(now) || !isSameGrant(now, record)) return undefined;
    const { scopes = now.scopes, teams = now.teams } = found;
    const looked = lookedNow(now.looked, at, seen, teams);
    const isSame = scopes.toSorted().join() === now.scopes.toSorted().join();
    const changed = isSame ? {} : { scopes, scopesAt: at };
    return { ...now, ...changed, ...(teams ? { teams } : {}), looked };
  });
}

type Looked = NonNullable<InstallationRecord["looked"]>;

/** A workspace that an organization has just taken away is no trouble of the others. */
function lookedNow(
  before: Looked | undefined,
  at: Date,
  { trouble, refusal }: Seen,
  teams: InstallationRecord["teams"],
): Looked {
  const sinceAt = before?.trouble === undefined ? at : (before.sinceAt ?? at);
  if (trouble !== undefined) return { at, trouble, sinceAt };
  if (refusal && (teams?.includes(refusal.workspace) ?? true)) {
    return { at, trouble: refusal.code, sinceAt, refusedAt: at };
  }
  const { refusedAt } = before ?? {};
  const isRecent = refusedAt && Math.abs(at.getTime() - refusedAt.getTime()) < refusedMs;
  return isRecent ? { ...before, at } : { at };
}
