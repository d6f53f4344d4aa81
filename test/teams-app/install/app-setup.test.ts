import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { machineClock } from "../../../core/start/clocks.ts";
import { createTeamsAppSetup } from "../../../teams-app/install/app-setup.ts";
import type { TeamsManifest } from "../../../teams-app/install/manifest.ts";
import { type Rig, startRig } from "../../fixtures/teams/rig.ts";

describe("setting up the operator's Azure Bot", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(async () => ({ kind: "refused", text: "", repeated: false }) as never);
  });
  afterAll(() => rig.close());
  const setup = (loginUrl = rig.settings.loginUrl) =>
    createTeamsAppSetup(
      {} as TeamsManifest,
      { color: Buffer.alloc(0), outline: Buffer.alloc(0) },
      { hubUrl: "http://localhost:3000" },
      { cloud: { loginUrl }, clock: machineClock },
    );
  const keys = () => {
    const { appId, appPassword, tenantId } = rig.settings;
    return { appId, appPassword, tenantId };
  };
  const nobody = "00000000-0000-0000-0000-000000000000";

  it("A3: keys that fit are told by a token of the bot's own tenant", async () => {
    expect(await setup().tryKeys(keys())).toEqual({ kind: "fit" });
  });

  it.each([
    ["a foreign app", { appId: nobody }, "AADSTS700016"],
    ["a wrong secret", { appPassword: "not-the-secret" }, "AADSTS7000215"],
    ["a tenant that is not there", { tenantId: nobody }, "AADSTS90002"],
  ])("U26: %s is told by Microsoft's own code", async (_, change, code) => {
    expect(await setup().tryKeys({ ...keys(), ...change })).toEqual({ kind: "wrong", code });
  });

  it("U26: a secret that ran out, and an app that the tenant's directory lost, are told apart", async () => {
    const { life } = rig.sandbox;
    await life.access({ do: "expire" });
    expect(await setup().tryKeys(keys())).toEqual({ kind: "wrong", code: "AADSTS7000222" });
    await life.access({ do: "grant" });
    await life.uninstall({ how: "forgotten" });
    expect(await setup().tryKeys(keys())).toEqual({ kind: "wrong", code: "AADSTS7000229" });
  });

  it("says nothing of the keys when the login is not reached", async () => {
    const verdict = await setup("http://127.0.0.1:9").tryKeys(keys());
    expect(verdict).toMatchObject({ kind: "unknown" });
  });

  it("A3: makes no package where Teams could not reach the hub, and names its addresses", async () => {
    expect(await setup().pack(keys().appId)).toBeUndefined();
    expect(setup().endpoint).toBe("http://localhost:3000/api/messages");
    expect(setup().redirectUrl).toBe("http://localhost:3000/teams/consent/callback");
  });
});
