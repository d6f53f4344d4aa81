import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import type { WatchDeps } from "../../../core/installations/deps.ts";
import { endInstallation } from "../../../core/installations/end.ts";
import { createInstallations } from "../../../core/installations/installations.ts";
import { lookAtWorkspace } from "../../../core/installations/look.ts";
import { followWorkspaceNews } from "../../../core/installations/news.ts";
import type { WorkspaceCheck, WorkspaceDoor } from "../../../core/ports/workspace-door.ts";
import type { InstallationNews } from "../../../core/ports/workspace-news.ts";
import { ann, organization } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

const tenant = "9a3b0000-0000-0000-0000-000000000001";
const grant = { platform: "teams", entraTenantId: tenant, name: "Contoso" } as const;
const id = deriveId("installation", organization, "teams", tenant);
const ops = { id: "19:ops", name: "Ops", serviceUrl: "https://smba.example/emea/" };
const finance = { id: "19:finance", name: "Finance", serviceUrl: "https://smba.example/amer/" };

let world: World;
let told: string[];
let found: WorkspaceCheck;
let count: number;
beforeEach(async () => {
  world = await openWorld();
  told = [];
  found = { kind: "nowhere" };
  count = 0;
});
afterEach(() => world.close());

const stored = () => createInstallations(world.store, world.vault, organization);
const record = () => world.store.installations.get(id);
const consent = () => stored().save(grant, { at: world.clock.now(), by: ann.id });

function deps(): WatchDeps {
  const { store, clock, log } = world;
  const door = { check: async () => found } as unknown as WorkspaceDoor;
  return {
    ...{ organization, store, clock, log, installations: stored() },
    doorOf: () => door,
    lost: async (_record, code) => void told.push(`lost ${code}`),
    reached: async () => void told.push("reached"),
    lookAtRoutes: () => void told.push("routes looked at"),
    listAnew: () => void told.push("listed"),
    teamLeft: async (_record, team, because) => void told.push(`${team} ${because}`),
  };
}

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 10, 0, seconds));
const envelope = (seconds: number) => {
  count += 1;
  const news = `news ${count}`;
  return { platform: "teams", workspace: tenant, news, at: at(seconds) } as const;
};
const seen = (team: typeof ops & { readonly archived?: boolean }, seconds: number) =>
  follow({ ...envelope(seconds), kind: "team_seen", team });
const gone = (team: string, seconds: number, because: "removed" | "deleted" = "removed") =>
  follow({ ...envelope(seconds), kind: "team_gone", team, because });
const follow = (news: InstallationNews) => followWorkspaceNews(deps(), news);

describe("how a tenant of Teams is connected", () => {
  it("A2: is pending when an admin begins, consented after the consent, connected when a team has the app", async () => {
    await stored().expect(grant);
    expect(await record()).toMatchObject({ state: "pending" });
    expect(await stored().teams(tenant)).toBeUndefined();
    await consent();
    expect(await record()).toMatchObject({ state: "consented" });
    await seen(ops, 1);
    expect(await record()).toMatchObject({ state: "connected" });
    expect(await stored().teams(tenant)).toMatchObject({ teams: [ops] });
    expect(told).toEqual(["reached", "listed", "routes looked at"]);
  });

  it("A2: that somebody begins again changes nothing of what is connected", async () => {
    await consent();
    await seen(ops, 1);
    await stored().expect(grant);
    await consent();
    expect(await record()).toMatchObject({ state: "connected", places: [ops] });
  });

  it("A2: an install that is announced twice connects once", async () => {
    await consent();
    await seen(ops, 1);
    await seen(ops, 1);
    const lines = world.entries.filter(({ kind }) => kind === "installation.connected");
    expect(lines).toHaveLength(1);
    expect(told).toEqual(["reached", "listed", "routes looked at"]);
  });

  it("U19: teams of a tenant that never consented connect nothing", async () => {
    await seen(ops, 1);
    expect(await record()).toMatchObject({ state: "pending" });
    expect(await stored().teams(tenant)).toBeUndefined();
    expect(told).toEqual([]);
  });

  it.each([
    ["nobody has begun to connect", async () => {}],
    ["an admin has begun to connect", () => stored().expect(grant)],
  ])(
    "A2: a team that added the app before the consent, while %s, is known by it",
    async (_when, before) => {
      await before();
      await seen(ops, 1);
      await consent();
      expect(await record()).toMatchObject({ state: "consented", name: "Contoso" });
      expect(await stored().teams(tenant)).toMatchObject({ teams: [ops] });
      found = { kind: "fine", scopes: [] };
      const consented = await record();
      if (!consented) throw new Error("nothing was stored");
      await lookAtWorkspace(deps(), consented);
      expect(await record()).toMatchObject({ state: "connected" });
      expect(told).toEqual(["reached", "listed"]);
    },
  );

  it("A2: news of what a tenant without the app has left makes none of it known", async () => {
    await gone(ops.id, 1);
    expect(await record()).toBeUndefined();
  });

  it("A2: a look finds the app that news did not tell of, and connects", async () => {
    await consent();
    const before = await record();
    if (!before) throw new Error("nothing was stored");
    await lookAtWorkspace(deps(), before);
    expect(await record()).toMatchObject({ state: "consented", looked: {} });
    found = { kind: "fine", scopes: [] };
    await lookAtWorkspace(deps(), before);
    expect(await record()).toMatchObject({ state: "connected" });
    expect(told).toEqual(["reached", "listed"]);
  });
});

describe("how a tenant of Teams is left", () => {
  beforeEach(async () => {
    await consent();
    await seen(ops, 1);
    await seen(finance, 2);
    told = [];
  });

  it("A7: a team of which news tells keeps its position, so that a listing passes over no other", async () => {
    await seen({ ...ops, name: "Operations" }, 3);
    const teams = async () => (await stored().teams(tenant))?.teams?.map(({ name }) => name);
    expect(await teams()).toEqual(["Operations", "Finance"]);
    await gone(ops.id, 4);
    await seen(ops, 5);
    expect(await teams()).toEqual(["Finance", "Ops"]);
  });

  it("U14: a team that takes the app out breaks its own channels, and the tenant stays", async () => {
    await gone(ops.id, 3);
    expect(told).toEqual(["19:ops removed", "routes looked at"]);
    expect(await record()).toMatchObject({ state: "connected" });
    expect(await stored().teams(tenant)).toMatchObject({ teams: [finance] });
  });

  it("A17: with the last team the grant ends, and one that adds the app again brings it back", async () => {
    await gone(ops.id, 3);
    await gone(finance.id, 4, "deleted");
    const steps = told.filter((step) => step !== "routes looked at");
    expect(steps).toEqual(["19:ops removed", "19:finance deleted", "lost app_uninstalled"]);
    expect(await record()).toMatchObject({ state: "revoked", ended: { code: "app_uninstalled" } });
    expect(await stored().teams(tenant)).toBeUndefined();
    await seen(ops, 5);
    expect(await record()).toMatchObject({ state: "connected" });
    expect(await stored().teams(tenant)).toMatchObject({ teams: [ops] });
  });

  it("U21: late news of a removal does not undo a reinstall, and late news of an install brings nothing back", async () => {
    await seen(ops, 9);
    await gone(ops.id, 8);
    expect(await stored().teams(tenant)).toMatchObject({ teams: [ops, finance] });
    await gone(ops.id, 12);
    await seen(ops, 11);
    expect(await stored().teams(tenant)).toMatchObject({ teams: [finance] });
  });

  it("A18: a rename and an archived team are followed, and what is not told stays", async () => {
    await seen({ ...ops, name: "Operations", archived: true }, 3);
    const { name: _, ...unnamed } = ops;
    await follow({ ...envelope(4), kind: "team_seen", team: unnamed });
    expect((await stored().teams(tenant))?.teams).toContainEqual(
      expect.objectContaining({ id: ops.id, name: "Operations", archived: true }),
    );
    expect(told).toEqual(["listed", "routes looked at"]);
  });

  it("A2: what an admin of ours disconnected is connected by a new consent alone", async () => {
    const before = await record();
    if (!before) throw new Error("nothing was stored");
    await endInstallation(deps(), before, { state: "disconnected", by: ann.id });
    told = [];
    await seen({ ...ops, id: "19:legal" }, 5);
    expect(await record()).toMatchObject({ state: "disconnected" });
    expect(await stored().teams(tenant)).toBeUndefined();
    expect(told).toEqual([]);
    await consent();
    expect(await record()).toMatchObject({ state: "consented" });
    expect((await stored().teams(tenant))?.teams).toHaveLength(3);
  });
});
