import { hash } from "node:crypto";
import type { OrganizationId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Connecting } from "../ports/connecting.ts";
import type { Random } from "../ports/random.ts";
import type { ConnectState } from "../ports/small-records.ts";
import type { Store } from "../ports/store.ts";
import type { ConnectingAdmin } from "../ports/workspace-door.ts";
import { type StoredInstallations, workspaceOf } from "./installations.ts";

/** How long the way to a consent page and back may take (FEATURES A1). */
const stateLifeMs = 10 * 60_000;

export interface ConnectingDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  /** The machine's: consent pages know no other. */
  readonly clock: Clock;
  readonly random: Random;
  readonly installations: StoredInstallations;
  readonly hubUrl: string;
}

const hashOf = (state: string) => hash("sha256", state, "hex");

const isOf = (state: ConnectState, { person, session }: ConnectingAdmin) =>
  state.person === person && state.session === session;

/** Keep one-time states, and what comes of them. */
export function createConnecting(deps: ConnectingDeps): Connecting {
  const { organization, store, clock, random, installations, hubUrl } = deps;
  return {
    hubUrl,

    begin: async (platform, { person, session }, workspace) => {
      const state = random.token();
      await store.connectStates.insert({
        ...{ id: hashOf(state), organization, revision: 1, platform, person, session },
        ...(workspace === undefined ? {} : { workspace }),
        expiresAt: new Date(clock.now().getTime() + stateLifeMs),
      });
      return state;
    },

    expect: (installation) => installations.expect(installation),

    take: async (platform, state, admin) => {
      const found = await store.connectStates.get(hashOf(state ?? ""));
      if (!found || found.platform !== platform || found.organization !== organization) {
        return { trouble: "state_unknown" };
      }
      if (found.usedAt) return { trouble: "state_used" };
      if (!isOf(found, admin)) return { trouble: "state_foreign" };
      const usedAt = clock.now();
      const used = { ...found, usedAt, revision: found.revision + 1 };
      if ((await store.connectStates.replace(used, found.revision)) === "stale")
        return { trouble: "state_used" };
      const { workspace } = found;
      return {
        ...(found.expiresAt <= usedAt ? { trouble: "state_expired" } : {}),
        ...(workspace === undefined ? {} : { workspace }),
      };
    },

    keep: async (installation, { person }) => {
      const { platform } = installation;
      const workspace = workspaceOf(installation);
      const others = await store.installations.scan("byWorkspace", {
        prefix: [platform, workspace],
        limit: 100,
      });
      const taken = others.some(
        (one) => one.organization !== organization && one.sealed !== undefined,
      );
      if (taken) return { kind: "taken" };
      const again = others.some((one) => one.organization === organization);
      const connected = { at: clock.now(), by: person };
      const id = await installations.save(installation, connected);
      return { kind: "kept", installation: id, again };
    },
  };
}
