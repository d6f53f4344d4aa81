import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DestinationId, deriveId, type InstallationId } from "../../../core/domain/ids.ts";
import { workspaceLost } from "../../../core/hub/workspace-lost.ts";
import { raiseEvent } from "../../../core/ingest/raise.ts";
import type { InstallationRecord } from "../../../core/ports/installations.ts";
import { organization, slackChannel, start, teamsChannel } from "../domain/samples.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const record = (
  platform: "slack" | "teams",
  workspace: string,
  defaultDestination: DestinationId,
): InstallationRecord => ({
  ...{ id: `ins_${platform}_${workspace}` as InstallationId, organization, revision: 1 },
  ...{ platform, workspace, name: `${workspace} Ltd`, state: "connected", sealed: "s1.a.b.c" },
  ...{ scopes: [], connectedAt: start, defaultDestination },
});
const slack = record("slack", slackChannel.slackTeamId, slackChannel.id);
const teams = record("teams", teamsChannel.entraTenantId, teamsChannel.id);

const tell = async (lost: InstallationRecord) => {
  const { ingestDeps } = world;
  const id = await raiseEvent(ingestDeps, await workspaceLost(world, lost, "token_revoked", 3));
  return world.store.events.get(id);
};

describe("a workspace that is lost", () => {
  it.each([
    ["Slack", slack, teamsChannel.id],
    ["Teams", teams, slackChannel.id],
  ] as const)(
    "A17: of %s is told in the default channel of the other platform, where no rule takes it",
    async (_platform, lost, to) => {
      await world.store.installations.insert(slack);
      await world.store.installations.insert(teams);
      const told = await tell(lost);
      expect(told?.plan.destinations).toEqual([to]);
      expect(told?.event).toMatchObject({
        type: "installation.revoked",
        level: "critical",
        data: {
          installation_id: lost.id,
          platform: lost.platform,
          cause: "token_revoked",
          why: expect.stringContaining(`${lost.platform === "slack" ? "Slack" : "Teams"} `),
          next: expect.stringContaining("dmin"),
          held_deliveries: 3,
        },
      });
    },
  );

  it("A17: goes where a rule sends it, but never into the lost workspace itself", async () => {
    await world.store.installations.insert(slack);
    await world.store.installations.insert(teams);
    const to = ["#releases", "Ops › General"];
    await world.route([{ name: "Operations", types: ["installation.revoked"], to }]);
    expect((await tell(slack))?.plan.destinations).toEqual([teamsChannel.id]);
    expect((await tell(teams))?.plan.destinations).toEqual([slackChannel.id]);
  });

  it("A17: is told elsewhere also where its channel is behind a thousand other destinations", async () => {
    const { destinations } = world.store;
    await world.store.installations.insert(slack);
    await world.store.installations.insert(teams);
    const others = Array.from({ length: 1_000 }, (_, number) => `! ${number}`);
    await Promise.all(
      others.map((name) =>
        destinations.insert({ ...teamsChannel, id: deriveId("destination", name), name }),
      ),
    );
    await world.route([{ name: "Operations", types: ["installation.revoked"], to: ["#releases"] }]);
    expect((await tell(slack))?.plan.destinations).toEqual([teamsChannel.id]);
  });

  it("A17: is told once for each grant", async () => {
    const first = await tell(slack);
    expect((await tell(slack))?.event.id).toBe(first?.event.id);
    const later = new Date(start.getTime() + 60_000);
    expect((await tell({ ...slack, connectedAt: later }))?.event.id).not.toBe(first?.event.id);
  });

  it("A17: stands in the list of events also where there is nobody else to tell", async () => {
    await world.store.installations.insert(slack);
    const told = await tell(slack);
    expect(told?.plan).toMatchObject({ destinations: [], unrouted: false });
  });
});
