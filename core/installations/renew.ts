import { setTimeout as pauseFor } from "node:timers/promises";
import { HubError } from "../domain/hub-error.ts";
import type { Installation, InstallationRecord, Installations } from "../ports/installations.ts";
import { changeInstallation, isSameGrant, type WatchDeps } from "./deps.ts";
import { endInstallation } from "./end.ts";

/** Who takes a renewal up and dies, or hears nothing, is followed after this time. A call takes ten seconds at most. */
const leaseMs = 20_000;
/** A token that has so little left is not handed out any more. */
const marginMs = 30_000;
/** How long, and how often, somebody waits for a renewal that goes on. A click has three seconds in all. */
const waitMs = 1_500;
const lookAgainMs = 50;
/** How long, and how often, a store that is away is asked to keep a new pair: an election of MongoDB takes some seconds. */
const longestAwayMs = 60_000;
const askAgainMs = 250;

/**
 * Renew one token, if nobody does: taking it up moves `renewAt` on by compare-and-set, so that of all processes one
 * spends the one-time token.
 *
 * A crash between the platform's answer and our write loses the new pair. The next try then brings the old one-time
 * token, which the platform refuses: the grant is over, and people are told.
 */
async function renewToken(deps: WatchDeps, record: InstallationRecord): Promise<void> {
  const door = deps.doorOf(record.platform);
  const now = deps.clock.now();
  if (!door || !record.renewAt || record.renewAt > now) return;
  const renewAt = new Date(now.getTime() + leaseMs);
  const taken = { ...record, renewAt, revision: record.revision + 1 };
  if ((await deps.store.installations.replace(taken, record.revision)) === "stale") return;
  const installation = deps.installations.open(taken);
  if (!installation) return;
  const answer = await door.renew(installation);
  switch (answer.kind) {
    case "renewed":
      await keepRenewed(deps, taken, answer.installation);
      return;
    case "refused":
      await giveUp(deps, taken, answer.code);
      return;
    case "unknown":
      return;
  }
}

/**
 * Renew a token before its time: the platform says that it has run out. Nothing is done where somebody renews it now.
 * Answers whether there is a new one.
 */
export async function renewEarly(deps: WatchDeps, record: InstallationRecord): Promise<boolean> {
  const now = deps.clock.now();
  const due = await changeInstallation(deps, record.id, (found) =>
    found.renewAt && found.renewAt.getTime() > now.getTime() + leaseMs
      ? { ...found, renewAt: now }
      : undefined,
  );
  if (!due) return false;
  await renewToken(deps, due);
  const after = await deps.store.installations.get(record.id);
  return after?.sealed !== undefined && after.sealed !== due.sealed;
}

/** Keep what the platform gave for the one-time token, also where the store is away for a moment: the token is spent. */
async function keepRenewed(
  deps: WatchDeps,
  taken: InstallationRecord,
  installation: Installation,
): Promise<void> {
  const giveUpAt = performance.now() + longestAwayMs;
  const keep = () =>
    changeInstallation(deps, taken.id, (found) =>
      found.state === "connected" && isSameGrant(found, taken)
        ? {
            ...found,
            ...deps.installations.seal(installation, found.id),
            ...(found.teams ? { teams: found.teams } : {}),
          }
        : undefined,
    );
  for (;;) {
    try {
      await keep();
      return;
    } catch (cause) {
      if (!isAway(cause) || performance.now() > giveUpAt) throw cause;
      await pauseFor(askAgainMs);
    }
  }
}

const isAway = (cause: unknown) => cause instanceof HubError && cause.code === "store_unavailable";

/** Somebody whose lease had run out may have brought the new pair home after all. */
async function giveUp(deps: WatchDeps, taken: InstallationRecord, code: string): Promise<void> {
  const now = await deps.store.installations.get(taken.id);
  if (now?.sealed !== taken.sealed) return;
  await endInstallation(deps, taken, { state: "revoked", code });
}

/** Renew every token whose time has come, also while nothing is sent. */
export async function renewDue(deps: WatchDeps): Promise<void> {
  for (const platform of ["slack", "teams"] as const) {
    if (!deps.doorOf(platform)) continue;
    const due = await deps.store.installations.scan("toRenew", {
      prefix: [deps.organization, platform],
      upTo: deps.clock.now(),
      limit: 20,
    });
    await Promise.all(due.map((record) => renewToken(deps, record)));
  }
}

/**
 * Installations whose tokens live. One that has run out, because the machine slept, is renewed first; who finds it being
 * renewed waits for that. When nobody answers in time, the old one is handed out, and the platform says what is wrong.
 */
export function createLiveInstallations(
  deps: WatchDeps,
  pause: (ms: number) => Promise<void>,
): Installations {
  const { installations, clock, log } = deps;
  const isOver = (installation: Installation | undefined) =>
    installation?.platform === "slack" &&
    installation.renewal !== undefined &&
    installation.renewal.expiresAtMs - marginMs <= clock.now().getTime();

  const renew = async (slackTeamId: string) => {
    const record = await installations.recordOf("slack", slackTeamId);
    if (record) await renewToken(deps, record);
  };
  const renewed = async (slackTeamId: string) => {
    const waitUntil = clock.now().getTime() + waitMs;
    for (;;) {
      const renewal = renew(slackTeamId).catch((cause: unknown) =>
        log.write({ kind: "hub.trouble", where: "token renewal", error: String(cause) }),
      );
      await Promise.race([renewal, pause(waitMs)]);
      const found = await installations.slack(slackTeamId);
      if (!isOver(found) || clock.now().getTime() >= waitUntil) return found;
      await pause(lookAgainMs);
    }
  };

  return {
    slack: async (slackTeamId) => {
      const found = await installations.slack(slackTeamId);
      return isOver(found) ? renewed(slackTeamId) : found;
    },
    teams: installations.teams,
  };
}
