import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RaisedEvent } from "../../../core/domain/raised-event.ts";
import {
  createSecretEnds,
  daysUntil,
  type SecretEnds,
  sayEnd,
} from "../../../core/hub/secret-ends.ts";
import { createVault } from "../../../core/secrets.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { teamsCloud } from "../../fixtures/rig/no-setup.ts";
import { organization, slackChannel, start } from "../domain/samples.ts";
import { openWorld, type World } from "./world.ts";

const dayMs = 86_400_000;
const bot = { appId: "app-1", appPassword: "a-secret", tenantId: "tenant-1", ...teamsCloud };

/** A day that is so many days from the start. */
const inDays = (days: number) =>
  new Date(start.getTime() + days * dayMs).toISOString().slice(0, 10);

describe("secrets that run out", () => {
  let world: World;
  let clock: ReturnType<typeof handClock>;
  let raised: RaisedEvent[];
  let ends: SecretEnds;
  const pass = async (days: number) => {
    clock.pass(days * dayMs);
    await ends.look({ teams: bot });
  };
  const told = () => raised.map(({ level, data }) => [level, data["days_left"]]);
  beforeEach(async () => {
    world = await openWorld();
    [clock, raised] = [handClock(), []];
    ends = createSecretEnds({
      ...{ organization, store: world.store, clock },
      vault: createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) }),
      raise: async (one) => void raised.push(one),
    });
  });
  afterEach(() => world.close());

  it("A3: are told of 30 days and 7 days ahead and when they are over, once each", async () => {
    await ends.note(bot, inDays(40));
    await ends.look({ teams: bot });
    await pass(9);
    expect(told()).toEqual([]);
    await pass(1);
    await pass(0);
    await pass(22);
    expect(told()).toEqual([["warning", 30]]);
    await pass(1);
    await pass(0);
    expect(told()).toEqual([
      ["warning", 30],
      ["alert", 7],
    ]);
    await pass(7);
    expect(told()).toHaveLength(2);
    await pass(1);
    await pass(5);
    expect(told().at(-1)).toEqual(["critical", 0]);
    expect(raised).toHaveLength(3);
    expect(new Set(raised.map(({ occasion }) => occasion)).size).toBe(3);
    expect(raised[0]).toMatchObject({
      type: "installation.secret_expiring",
      data: { app_id: "app-1", ends_on: inDays(40) },
    });
  });

  it("A3: are told of once where the day was entered late, as what they are then", async () => {
    await ends.note(bot, inDays(3));
    await ends.look({ teams: bot });
    await ends.look({ teams: bot });
    expect(told()).toEqual([["alert", 3]]);
  });

  it("A3: are told in a default channel where no rule takes it, of Slack first", async () => {
    const record = { id: "ins_1" as never, organization, revision: 1, scopes: [] };
    const connected = { state: "connected", sealed: "s1.a.b.c", name: "Acme" } as const;
    await world.store.installations.insert({
      ...{ ...record, ...connected, platform: "slack", workspace: slackChannel.slackTeamId },
      defaultDestination: slackChannel.id,
    });
    await ends.note(bot, inDays(3));
    await ends.look({ teams: bot });
    expect(raised[0]?.orTo).toBe(slackChannel.id);
  });

  it("are forgotten with the secret that they were said of, and the new one is told of anew", async () => {
    await ends.note(bot, inDays(3));
    await ends.look({ teams: bot });
    await ends.look({ teams: { ...bot, appPassword: "a-newer-secret" } });
    expect(await ends.read()).toBeUndefined();
    await ends.note({ ...bot, appPassword: "a-newer-secret" }, inDays(7));
    await ends.look({ teams: { ...bot, appPassword: "a-newer-secret" } });
    expect(told()).toHaveLength(2);
    await ends.look({});
    expect(await ends.read()).toBeUndefined();
  });

  it("keep nothing of the secret itself", async () => {
    await ends.note(bot, inDays(3));
    const kept = await world.store.secretEnds.get(`teams ${organization}`);
    expect(kept).toMatchObject({ app: "app-1", endsOn: inDays(3) });
    expect(JSON.stringify(kept)).not.toContain("a-secret");
    expect(await ends.read()).toEqual({ endsOn: inDays(3), daysLeft: 3 });
    await ends.note(bot, undefined);
    expect(await ends.read()).toBeUndefined();
  });
});

describe("daysUntil", () => {
  it.each([
    ["2026-03-01", "2026-03-01T23:59:59Z", 0],
    ["2026-03-02", "2026-03-01T23:59:59Z", 1],
    ["2026-02-28", "2026-03-01T00:00:00Z", -1],
    ["2028-03-01", "2028-02-28T12:00:00Z", 2],
  ])("counts to %s from %s: %i", (day, now, days) => {
    expect(daysUntil(day, new Date(now))).toBe(days);
  });

  it.each([
    [-1, "has run out"],
    [0, "runs out today"],
    [1, "runs out in one day"],
    [30, "runs out in 30 days"],
  ])("is said of %i", (days, words) => {
    expect(sayEnd(days)).toContain(words);
  });
});
