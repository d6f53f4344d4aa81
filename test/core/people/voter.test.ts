import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import type { InstallationRecord } from "../../../core/ports/installations.ts";
import { ann, ben, organization, personOf } from "../domain/samples.ts";
import { type LinkingRig, openLinking, type Platform, workspaceOf } from "./linking-rig.ts";

const platforms = ["slack", "teams"] as const;
let rig: LinkingRig;
beforeEach(async () => {
  rig = await openLinking();
});
afterEach(() => rig.lanes.close());

const owner = { name: "Ann", email: "ANN@example.com" };

async function connect(
  platform: Platform,
  matchByEmail?: boolean,
  over: Partial<InstallationRecord> = {},
): Promise<void> {
  const { installations } = rig.lanes.world.store;
  const workspace = over.workspace ?? workspaceOf(platform);
  const id = deriveId("installation", organization, platform, workspace);
  const before = await installations.get(id);
  const record: InstallationRecord = {
    ...{ id, organization, revision: (before?.revision ?? 0) + 1, platform },
    ...{ workspace, name: "Acme", state: "connected", scopes: [] },
    ...(matchByEmail === undefined ? {} : { matchByEmail }),
    ...over,
  };
  if (before) await installations.replace(record, before.revision);
  else await installations.insert(record);
}

describe.each(platforms)("an e-mail address in %s", (platform) => {
  it("A11: counts for nobody until an admin has chosen so, and no longer than that", async () => {
    await connect(platform);
    expect(await rig.press(platform, { owner })).toMatchObject({ refusal: "not_linked" });
    await connect(platform, true);
    expect(await rig.press(platform, { owner, action: "reject" })).toMatchObject({
      kind: "reason_needed",
    });
    await connect(platform, false);
    expect(await rig.press(platform, { owner })).toMatchObject({ refusal: "not_linked" });
  });

  it("A11: is named in the vote that it let count", async () => {
    await connect(platform, true);
    expect(await rig.press(platform, { owner })).toMatchObject({ kind: "recorded" });
    expect(await rig.stored()).toMatchObject({ deciding: { person: ann.id, identity: "email" } });
  });

  it("A11 A12: counts for no guest, and not where the platform tells no verified one", async () => {
    await connect(platform, true);
    const guest = await rig.press(platform, { owner, outsider: true });
    expect(guest).toMatchObject({ refusal: "outsider" });
    const unverified = await rig.press(platform, { owner: { name: "Ann" } });
    expect(unverified).toMatchObject({ refusal: "not_linked" });
    expect((await rig.stored()).votes).toEqual([]);
  });

  it("A11: that two people have is nobody's", async () => {
    await connect(platform, true);
    const twin = { ...personOf("Anna"), email: "ann@example.com" };
    await rig.lanes.world.store.people.insert(twin);
    expect(await rig.press(platform, { owner })).toMatchObject({ refusal: "not_linked" });
  });
});

it("A11 U23: an org-wide installation says for each of its workspaces whether addresses count", async () => {
  const teams = ["T-other", workspaceOf("slack")];
  await connect("slack", true, { workspace: "E1", teams, sealed: "sealed" });
  expect(await rig.press("slack", { owner })).toMatchObject({ kind: "recorded" });
});

it("G11: a suspended person's click is refused, whichever way they are known, and counts after restoring", async () => {
  await connect("slack", true);
  const { people } = rig.lanes.world.store;
  const suspended = { at: rig.lanes.world.clock.now(), by: ben.id };
  await people.replace({ ...ann, revision: 2, suspended }, 1);
  expect(await rig.press("slack", { owner })).toMatchObject({ refusal: "suspended" });
  expect((await rig.stored()).votes).toEqual([]);
  await people.replace({ ...ann, revision: 3 }, 2);
  expect(await rig.press("slack", { owner })).toMatchObject({ kind: "recorded" });
});
