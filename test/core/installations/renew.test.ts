import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HubError } from "../../../core/domain/hub-error.ts";
import type { InstallationId, PersonId } from "../../../core/domain/ids.ts";
import type { WatchDeps } from "../../../core/installations/deps.ts";
import { createInstallations } from "../../../core/installations/installations.ts";
import { createLiveInstallations, renewDue } from "../../../core/installations/renew.ts";
import type { Installation, SlackInstallation } from "../../../core/ports/installations.ts";
import type { Renewed, WorkspaceDoor } from "../../../core/ports/workspace-door.ts";
import { organization } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

const hourMs = 3_600_000;
const by = "per_ann" as PersonId;

let world: World;
let id: InstallationId;
/** Slack, as far as one-time tokens go: each is taken once. */
let slack: { spent: string[]; taken: number; renew: (used: SlackInstallation) => Promise<Renewed> };
let told: string[];

beforeEach(async () => {
  world = await openWorld();
  told = [];
  slack = {
    spent: [],
    taken: 0,
    renew: async (used) => {
      const one = used.renewal?.refreshToken ?? "";
      if (slack.spent.includes(one)) return { kind: "refused", code: "invalid_refresh_token" };
      slack.spent.push(one);
      slack.taken += 1;
      const expiresAtMs = world.clock.now().getTime() + 12 * hourMs;
      const renewal = { refreshToken: `refresh ${slack.taken}`, expiresAtMs };
      return {
        kind: "renewed",
        installation: { ...used, botToken: `token ${slack.taken}`, renewal },
      };
    },
  };
  id = await stored().save(
    {
      ...{ platform: "slack", slackTeamId: "T1", name: "Acme", botToken: "token 0" },
      ...{ botId: "B1", botUserId: "U1", scopes: ["chat:write"] },
      renewal: {
        refreshToken: "refresh 0",
        expiresAtMs: world.clock.now().getTime() + 12 * hourMs,
      },
    },
    { at: world.clock.now(), by },
  );
});
afterEach(() => world.close());

const stored = () => createInstallations(world.store, world.vault, organization);

/** What one process of the hub works with. */
function aProcess(
  renew: (used: Installation) => Promise<Renewed> = (used) =>
    slack.renew(used as SlackInstallation),
): WatchDeps {
  const { store, clock, log } = world;
  const door = { renew } as WorkspaceDoor;
  return {
    ...{ organization, store, clock, log, installations: stored() },
    doorOf: () => door,
    lost: async (_record, code) => void told.push(code),
    reached: async () => {},
    lookAtRoutes: () => {},
    listAnew: () => {},
    teamLeft: async () => {},
  };
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const live = (process = aProcess()) => createLiveInstallations(process, nextTurn);
const record = () => world.store.installations.get(id);

describe("renewing tokens", () => {
  it("U24: leaves a token alone until two hours before its end", async () => {
    world.clock.pass(10 * hourMs - 1);
    await renewDue(aProcess());
    expect(slack.taken).toBe(0);
    world.clock.pass(1);
    await renewDue(aProcess());
    expect(slack.taken).toBe(1);
    expect((await live().slack("T1"))?.botToken).toBe("token 1");
  });

  it("A19: is done by one of many processes that look at once", async () => {
    world.clock.pass(11 * hourMs);
    await Promise.all(Array.from({ length: 8 }, () => renewDue(aProcess())));
    expect(slack.taken).toBe(1);
    expect(told).toEqual([]);
  });

  it("A19 U24: is done once for many messages that leave with a token that ran out", async () => {
    world.clock.pass(30 * hourMs);
    const found = await Promise.all(Array.from({ length: 12 }, () => live().slack("T1")));
    expect(found.map((one) => one?.botToken)).toEqual(Array(12).fill("token 1"));
    expect(slack.taken).toBe(1);
  });

  it("A19: a process that ends between Slack's answer and the save is followed, and people are told", async () => {
    world.clock.pass(11 * hourMs);
    const dying = aProcess(async (used) => {
      await slack.renew(used as SlackInstallation);
      return new Promise(() => {});
    });
    void renewDue(dying);
    while (slack.taken === 0) await nextTurn();
    await renewDue(aProcess());
    expect(told).toEqual([]);
    world.clock.pass(20_000);
    await renewDue(aProcess());
    expect(told).toEqual(["invalid_refresh_token"]);
    expect(await record()).toMatchObject({
      state: "revoked",
      ended: { code: "invalid_refresh_token" },
    });
    expect((await record())?.sealed).toBeUndefined();
  });

  it("A19: is kept where the store is away for a moment after Slack's answer", async () => {
    world.clock.pass(11 * hourMs);
    const { store } = world;
    let refusals = 0;
    const refusing: typeof store.installations.replace = async (...asked) => {
      if (slack.taken === 0 || refusals === 2) return store.installations.replace(...asked);
      refusals += 1;
      throw new HubError("store_unavailable", "An election goes on.");
    };
    const installations = { ...store.installations, replace: refusing };
    await renewDue({ ...aProcess(), store: { ...store, installations } });
    world.clock.pass(20_000);
    await renewDue(aProcess());
    expect(refusals).toBe(2);
    expect((await live().slack("T1"))?.botToken).toBe("token 1");
    expect(told).toEqual([]);
  });

  it("A19: a process that ends before Slack heard it is followed, and nothing is lost", async () => {
    world.clock.pass(11 * hourMs);
    void renewDue(aProcess(() => new Promise(() => {})));
    while ((await record())?.revision === 1) await nextTurn();
    world.clock.pass(20_000);
    await renewDue(aProcess());
    expect((await live().slack("T1"))?.botToken).toBe("token 1");
    expect(told).toEqual([]);
  });

  it("A19: a slow process does not undo what the one after it brought home", async () => {
    world.clock.pass(11 * hourMs);
    let answer: (renewed: Renewed) => void = () => {};
    const slow = renewDue(
      aProcess(
        () =>
          new Promise((resolve) => {
            answer = resolve;
          }),
      ),
    );
    while ((await record())?.revision === 1) await nextTurn();
    world.clock.pass(20_000);
    await renewDue(aProcess());
    answer({ kind: "refused", code: "invalid_refresh_token" });
    await slow;
    expect((await record())?.state).toBe("connected");
    expect(told).toEqual([]);
  });

  it("hands the old token out while Slack does not answer, and tries again", async () => {
    world.clock.pass(11 * hourMs);
    await renewDue(aProcess(async () => ({ kind: "unknown", because: "unreachable" })));
    expect((await live().slack("T1"))?.botToken).toBe("token 0");
    world.clock.pass(20_000);
    await renewDue(aProcess());
    expect((await live().slack("T1"))?.botToken).toBe("token 1");
  });

  it("keeps what an admin changes meanwhile", async () => {
    world.clock.pass(11 * hourMs);
    await renewDue(
      aProcess(async (used) => {
        const now = await record();
        if (!now) throw new Error("It is gone.");
        const changed = { ...now, matchByEmail: true, revision: now.revision + 1 };
        await world.store.installations.replace(changed, now.revision);
        return slack.renew(used as SlackInstallation);
      }),
    );
    expect(await record()).toMatchObject({ matchByEmail: true, state: "connected" });
    expect((await live().slack("T1"))?.botToken).toBe("token 1");
  });
});
