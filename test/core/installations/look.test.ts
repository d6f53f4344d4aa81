import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createWorkspaceDesk, type WorkspaceDesk } from "../../../core/hub/create-workspaces.ts";
import type { WorkspaceDoor } from "../../../core/ports/workspace-door.ts";
import { grant, installation, smallChat, team } from "../channels/small-chat.ts";
import { ann, organization } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

const hourMs = 3_600_000;

let world: World;
let looks: number;
/** The workspaces in which Slack says that an organization lets the app act. */
let teams: readonly string[] | undefined;
/** Workspaces whose channels are listed anew. */
let listed: string[];
beforeEach(async () => {
  world = await openWorld();
  looks = 0;
  teams = undefined;
  listed = [];
});
afterEach(() => world.close());

/** What one process does about workspaces. Its platform finds every grant as it should be. */
function aDesk(door: Partial<WorkspaceDoor> = {}): WorkspaceDesk {
  const desk = createWorkspaceDesk({
    ...world,
    organization,
    wallClock: world.clock,
    callback: async () => ({ result: { kind: "sent" }, request: null, response: null }),
    held: { count: async () => 0, release: async () => 0 },
    connected: async ({ workspace }) => void listed.push(workspace),
    lookAtRoutes: () => {},
    teamLeft: async () => {},
    aside: (_where, step) => void step(),
  });
  const check: WorkspaceDoor["check"] = async () => {
    looks += 1;
    return { kind: "fine", scopes: [], ...(teams ? { teams } : {}) };
  };
  desk.doors.use("slack", { ...smallChat([]).door, check, ...door });
  return desk;
}
const connect = (desk: WorkspaceDesk) =>
  desk.installations.save(grant, { at: world.clock.now(), by: ann.id });

describe("a clock that is set back", () => {
  it("A17: holds up no look at a workspace", async () => {
    const desk = aDesk();
    await connect(desk);
    await desk.rounds();
    world.clock.pass(-hourMs);
    await desk.rounds();
    expect(looks).toBe(2);
    world.clock.pass(29_000);
    await desk.rounds();
    expect(looks).toBe(2);
    world.clock.pass(1_000);
    await desk.rounds();
    expect(looks).toBe(3);
  });

  it("A17: has two processes whose clocks differ by minutes look no more often", async () => {
    const desk = aDesk();
    await connect(desk);
    for (let round = 0; round < 10; round += 1) {
      await desk.rounds();
      world.clock.pass(round % 2 === 0 ? -4 * 60_000 : 4 * 60_000);
    }
    expect(looks).toBe(1);
  });

  it("A15: lets a message that arrives make a workspace healthy that was connected again", async () => {
    const desk = aDesk();
    await connect(desk);
    await desk.arrived("slack", team);
    world.clock.pass(-hourMs);
    await connect(desk);
    await desk.arrived("slack", team);
    const view = await desk.workspaces.get(installation);
    expect(view?.health).toEqual({ kind: "healthy", since: world.clock.now() });
  });
});

describe("a workspace that refuses messages though its grant stands", () => {
  it("A15: is degraded for as long as it refuses them, and healthy again within a minute", async () => {
    const desk = aDesk();
    await connect(desk);
    await desk.arrived("slack", team);
    const health = async () => (await desk.workspaces.get(installation))?.health;
    expect(await health()).toMatchObject({ kind: "healthy" });
    const since = world.clock.now();
    for (let look = 0; look < 3; look += 1) {
      await desk.suspect("slack", team, "ekm_access_denied");
      const because = expect.stringContaining("(ekm_access_denied)");
      expect(await health()).toEqual({ kind: "degraded", because, since });
      world.clock.pass(30_000);
      await desk.rounds();
      expect(await health()).toEqual({ kind: "degraded", because, since });
    }
    world.clock.pass(30_000);
    await desk.rounds();
    expect(await health()).toMatchObject({ kind: "healthy" });
  });
});

describe("an org-wide installation", () => {
  const news = { platform: "slack", workspace: "E1", news: "Ev1" } as const;
  let desk: WorkspaceDesk;
  beforeEach(async () => {
    desk = aDesk();
    const enterprise = { id: "E1", teams: [] };
    await desk.installations.save(
      { ...grant, slackTeamId: "E1", enterprise },
      { at: world.clock.now(), by: ann.id },
    );
    teams = [];
    await desk.rounds();
  });
  const look = async () => {
    world.clock.pass(30_000);
    await desk.rounds();
  };

  it("A7 U23: has its channels listed as soon as news tells of a workspace that it was added to", async () => {
    const at = world.clock.now();
    expect(listed).toEqual([]);
    await desk.follow({ ...news, at, kind: "team_granted", team: "T7" });
    expect(listed).toEqual(["E1"]);
    await desk.follow({ ...news, at, kind: "team_granted", team: "T7" });
    teams = ["T7"];
    await look();
    expect(listed).toEqual(["E1"]);
    await desk.follow({ ...news, at: world.clock.now(), kind: "team_withdrawn", team: "T7" });
    expect(listed).toEqual(["E1", "E1"]);
  });

  it("U18: loses no workspace by news that was told again after it was added anew", async () => {
    const at = world.clock.now();
    await desk.follow({ ...news, at, kind: "team_granted", team: "T7" });
    teams = ["T7"];
    world.clock.pass(60_000);
    await desk.follow({ ...news, at, kind: "team_withdrawn", team: "T7" });
    expect((await desk.installations.recordOf("slack", "T7"))?.teams).toEqual(["T7"]);
    expect(listed).toEqual(["E1"]);
    teams = [];
    await desk.follow({ ...news, at, kind: "team_withdrawn", team: "T7" });
    expect((await desk.installations.recordOf("slack", "E1"))?.teams).toEqual([]);
    expect(listed).toEqual(["E1", "E1"]);
  });

  it("A7 U18: has its channels listed as soon as a look finds such a workspace", async () => {
    teams = ["T7", "T8"];
    await look();
    expect(listed).toEqual(["E1"]);
    teams = ["T8", "T7"];
    await look();
    expect(listed).toEqual(["E1"]);
    teams = ["T8"];
    await look();
    expect(listed).toEqual(["E1", "E1"]);
  });
});

describe("a workspace that an admin disconnects", () => {
  it("U21: is told by Slack to be uninstalled, which is no loss that anybody hears of", async () => {
    const workspace = team;
    const desk = aDesk({
      leave: async () => {
        const news = { platform: "slack", workspace, news: "Ev1", at: world.clock.now() } as const;
        await desk.follow({ ...news, kind: "app_removed", code: "app_uninstalled" });
        return "left";
      },
    });
    await connect(desk);
    world.clock.pass(hourMs);
    await desk.workspaces.disconnect(installation, ann.id);
    const record = await world.store.installations.get(installation);
    expect(record).toMatchObject({ state: "disconnected", ended: { by: ann.id } });
    expect(record).not.toHaveProperty("sealed");
    expect(await world.store.events.scan("byTime", { limit: 9 })).toEqual([]);
  });
});
