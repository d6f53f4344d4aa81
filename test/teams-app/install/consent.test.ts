import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createConnecting } from "../../../core/installations/connecting.ts";
import { createInstallations } from "../../../core/installations/installations.ts";
import { ann, ben, organization } from "../../core/domain/samples.ts";
import { openWorld, type World } from "../../core/hub/world.ts";
import { startTwoRegions, type TwoRegions, tenant, theirs } from "../workspace/two-regions.ts";

const admin = { person: ann.id, session: "session-1" };
const hubUrl = "https://hub.example";

let world: World;
let regions: TwoRegions;
beforeEach(async () => {
  world = await openWorld();
  const { store, clock, random } = world;
  const installations = createInstallations(store, world.vault, organization);
  regions = await startTwoRegions(
    createConnecting({ organization, store, clock, random, installations, hubUrl }),
  );
});
afterEach(async () => {
  await regions.close();
  await world.close();
});

const begin = async (asked?: string) => {
  const begun = await regions.door.begin(admin, asked);
  if ("refusal" in begun) throw new Error(JSON.stringify(begun));
  return new URL(begun.location);
};
const finish = (query: Readonly<Record<string, string>>, who = admin) =>
  regions.door.finish(query, who);
const states = async () =>
  (await world.store.installations.scan("byWorkspace", { limit: 9 })).map(({ state }) => state);
const back = async (more: Readonly<Record<string, string>> = {}, from?: string) => ({
  admin_consent: "True",
  tenant: from ?? tenant,
  state: (await begin(from)).searchParams.get("state") ?? "",
  ...more,
});

describe("an admin's consent in Teams", () => {
  it("A2: is asked for in the bot's own tenant, and the tenant is pending from then on", async () => {
    const page = await begin();
    expect(page.pathname).toBe(`/login/${tenant}/adminconsent`);
    expect(Object.fromEntries(page.searchParams)).toEqual({
      client_id: "7c1e",
      redirect_uri: `${hubUrl}/teams/consent/callback`,
      state: expect.stringMatching(/.{20}/),
    });
    expect(await states()).toEqual(["pending"]);
  });

  it("A2: makes the tenant consented and not yet connected, and a second consent changes nothing", async () => {
    expect(await finish(await back())).toMatchObject({ kind: "connected" });
    expect(await finish(await back({ tenant: tenant.toUpperCase() }))).toMatchObject({
      ...{ kind: "connected", again: true },
    });
    expect(await states()).toEqual(["consented"]);
  });

  it.each(["11110000-0000-0000-0000-000000000000", ""])(
    "U19: of another tenant (%j) is refused",
    async (other) => {
      expect(await finish(await back({ tenant: other }))).toEqual({
        kind: "refused",
        refusal: { because: "workspace_not_allowed", workspace: other },
      });
      expect(await states()).toEqual(["pending"]);
    },
  );

  it.each([
    { error: "access_denied", error_subcode: "cancel" },
    { error: "access_denied", error_description: "AADSTS65004: User declined to consent." },
    { error: "consent_required", error_description: "AADSTS65004: User declined to consent." },
  ])("A2: that was cancelled stores nothing: %j", async (said) => {
    const { state } = await back();
    const cancelled = await finish({ state, ...said });
    expect(cancelled).toEqual({ kind: "cancelled" });
    expect(await states()).toEqual(["pending"]);
  });

  it("U26: that Microsoft refused is named by Microsoft's own code", async () => {
    const { state } = await back();
    const said = { error: "server_error", error_description: "AADSTS90094: Admin is required." };
    expect(await finish({ state, ...said })).toEqual({
      kind: "refused",
      refusal: { because: "platform", code: "AADSTS90094" },
    });
  });

  it("A20: is asked for in each allowed tenant apart, and each is an installation of its own", async () => {
    const page = await begin(theirs.toUpperCase());
    expect(page.pathname).toBe(`/login/${theirs}/adminconsent`);
    expect(await finish(await back())).toMatchObject({ kind: "connected" });
    const both = await world.store.installations.scan("byWorkspace", { limit: 9 });
    expect(both.map(({ workspace, state }) => [workspace, state])).toEqual([
      [theirs, "pending"],
      [tenant, "consented"],
    ]);
    expect(await finish(await back({}, theirs))).toMatchObject({ kind: "connected" });
    expect(await states()).toEqual(["consented", "consented"]);
  });

  it("A20 U19: of one allowed tenant does not connect the other, for which the browser had left", async () => {
    expect(await finish(await back({ tenant: theirs }, tenant))).toEqual({
      kind: "refused",
      refusal: { because: "workspace_other", workspace: theirs, wanted: tenant },
    });
    expect(await states()).toEqual(["pending"]);
  });

  it("A20 U19: is not even asked for in a tenant that the operator does not allow", async () => {
    const other = "11110000-0000-0000-0000-000000000000";
    expect(await regions.door.begin(admin, other)).toEqual({
      refusal: { because: "workspace_not_allowed", workspace: other },
    });
    expect(await states()).toEqual([]);
  });

  it("A2: counts only when the way back says so", async () => {
    expect(await finish(await back({ admin_consent: "False" }))).toMatchObject({
      refusal: { code: "consent_missing" },
    });
    expect(await states()).toEqual(["pending"]);
  });

  it("U20: comes back once, in time, to the admin and the session that began it", async () => {
    const trouble = async (
      query: Readonly<Record<string, string>>,
      who: typeof admin = admin,
    ): Promise<unknown> => {
      const outcome = await finish(query, who);
      return outcome.kind === "refused" ? outcome.refusal.because : outcome.kind;
    };
    expect(await trouble(await back({ state: "made up" }))).toBe("state_unknown");
    expect(await trouble(await back(), { ...admin, session: "session-2" })).toBe("state_foreign");
    expect(await trouble(await back(), { ...admin, person: ben.id })).toBe("state_foreign");
    const late = await back();
    world.clock.pass(11 * 60_000);
    expect(await trouble(late)).toBe("state_expired");
    expect(await states()).toEqual(["pending"]);
    const good = await back();
    expect(await trouble(good)).toBe("connected");
    expect(await trouble(good)).toBe("state_used");
  });
});
