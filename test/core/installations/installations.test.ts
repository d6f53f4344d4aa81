import { array, asyncProperty, constantFrom, assert as holds, record, subarray } from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import { createInstallations } from "../../../core/installations/installations.ts";
import { createVault } from "../../../core/secrets.ts";
import { organization } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";

const slack = {
  platform: "slack",
  slackTeamId: "T1",
  name: "Acme",
  botToken: "xoxb-secret-token",
  botId: "B1",
  botUserId: "U1",
  scopes: ["chat:write"],
} as const;
const teams = { platform: "teams", entraTenantId: "T1", name: "Acme" } as const;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());
const installations = (vault = world.vault, owner = organization) =>
  createInstallations(world.store, vault, owner);

describe("installations", () => {
  it("are found by their workspace, each platform's for itself", async () => {
    await installations().save(slack);
    await installations().save(teams);
    expect(await installations().slack("T1")).toEqual(slack);
    expect(await installations().teams("T1")).toEqual(teams);
    expect(await installations().slack("T2")).toBeUndefined();
  });

  it("are kept sealed: what is stored shows no token", async () => {
    await installations().save(slack);
    const stored = JSON.stringify(
      await world.store.installations.scan("byWorkspace", { limit: 9 }),
    );
    expect(stored).toContain("T1");
    expect(stored).not.toContain("xoxb");
    expect(stored).not.toContain("secret-token");
  });

  it("open with no other key, and in no other record", async () => {
    await installations().save(slack);
    const stranger = createVault({ ring: [Buffer.alloc(32, 9)], root: Buffer.alloc(32, 2) });
    const unreadable = expect.objectContaining({ code: "secret_unreadable" });
    await expect(installations(stranger).slack("T1")).rejects.toThrow(unreadable);
    const [record] = await world.store.installations.scan("byWorkspace", { limit: 1 });
    if (!record) throw new Error("nothing was stored");
    await installations().save({ ...slack, slackTeamId: "T2" });
    const moved = await world.store.installations.scan("byWorkspace", {
      prefix: ["slack", "T2"],
      limit: 1,
    });
    const target = moved[0];
    if (!target || record.sealed === undefined) throw new Error("nothing was stored");
    const forged = { ...target, sealed: record.sealed, revision: target.revision + 1 };
    await world.store.installations.replace(forged, target.revision);
    await expect(installations().slack("T2")).rejects.toThrow(unreadable);
  });

  it("are replaced when they are saved again", async () => {
    await installations().save(slack);
    await installations().save({ ...slack, botToken: "xoxb-another-token" });
    expect(await installations().slack("T1")).toMatchObject({ botToken: "xoxb-another-token" });
    expect(await world.store.installations.scan("byWorkspace", { limit: 9 })).toHaveLength(1);
  });

  it("belong to one organization, and no other finds them", async () => {
    await installations().save(slack);
    const other = installations(world.vault, deriveId("organization", "other"));
    expect(await other.slack("T1")).toBeUndefined();
  });

  it("A20 U23: answer for a workspace its own grant, else its organization's, and never another's", async () => {
    const grant = record({
      owner: constantFrom("mine", "other"),
      place: constantFrom(...teamIds, "E1", "E2"),
      spans: subarray([...teamIds]),
    });
    const lists = array(grant, { maxLength: 8 });
    await holds(asyncProperty(lists, keepsApart), { numRuns: 40 });
  });
});

const teamIds = ["T1", "T2", "T3", "T4"] as const;

interface Grant {
  readonly owner: string;
  readonly place: string;
  readonly spans: readonly string[];
}

const tokenOf = ({ owner, place, spans }: Grant) => [owner, place, ...spans].join(" ");

/** The grants that may stand for a team: its own alone, or else those that span it. */
function grantsFor(list: readonly Grant[], owner: string, team: string): readonly Grant[] {
  const newest = (place: string) =>
    list.findLast((one) => one.owner === owner && one.place === place) ?? [];
  const own = [newest(team)].flat();
  const spanning = [newest("E1"), newest("E2")].flat().filter(({ spans }) => spans.includes(team));
  return own.length > 0 ? own : spanning;
}

/** Keep all grants in a store of its own, then ask for every team of every owner. */
async function keepsApart(list: readonly Grant[]): Promise<void> {
  const { store, vault, close } = await openWorld();
  const of = (owner: string) => createInstallations(store, vault, deriveId("organization", owner));
  for (const grant of list) {
    const { owner, place, spans } = grant;
    const enterprise = place.startsWith("E") ? { enterprise: { id: place, teams: spans } } : {};
    const botToken = tokenOf(grant);
    await of(owner).save({ ...slack, slackTeamId: place, botToken, ...enterprise });
  }
  const asked = ["mine", "other"].flatMap((owner) => teamIds.map((team) => ({ owner, team })));
  for (const { owner, team } of asked) {
    const found = await of(owner).slack(team);
    const allowed = grantsFor(list, owner, team).map(tokenOf);
    expect(allowed.length > 0 ? allowed : [undefined]).toContain(found?.botToken);
    expect(found?.slackTeamId ?? team).toBe(team);
  }
  await close();
}
