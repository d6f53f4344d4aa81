import { beforeEach, describe, expect, it } from "vitest";
import {
  createPlatformSettings,
  type LiveSettings,
  type PlatformSettings,
} from "../../../core/hub/platform-settings.ts";
import type { Store } from "../../../core/ports/store.ts";
import { createVault } from "../../../core/secrets.ts";
import { openSqliteStore } from "../../../core/stores/sqlite/store.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { teamsCloud } from "../../fixtures/rig/no-setup.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";

const slackPlaces = { apiUrl: "https://slack.com/api/", authorizeUrl: "https://slack.com/oauth" };
const entry = {
  clientId: "123.456",
  clientSecret: "client-secret-1",
  signingSecret: "signing-secret-1",
  appToken: "",
};
const { appToken: _, ...keys } = entry;

describe("settings typed in the console", () => {
  let store: Store;
  let settings: PlatformSettings;
  const open = (environment: LiveSettings = {}, ring = Buffer.alloc(32, 1)) =>
    createPlatformSettings({
      ...{ store, organization, environment, slackPlaces, teamsCloud },
      vault: createVault({ ring: [ring], root: Buffer.alloc(32, 2) }),
    });
  beforeEach(() => {
    store = openSqliteStore({ path: ":memory:", clock: handClock() });
    settings = open();
  });

  it("hold at once, with the addresses of the environment", async () => {
    expect(await settings.current()).toEqual({});
    expect(await settings.saveSlack(entry, "http", "manifest one")).toEqual({ kind: "saved" });
    expect(await settings.current()).toEqual({ slack: { ...keys, ...slackPlaces } });
    expect(await settings.viewSlack()).toEqual({
      source: "console",
      clientId: "123.456",
      transport: "http",
      manifest: "manifest one",
    });
  });

  it("are sealed at rest, and a hub with other keys says that it cannot open them", async () => {
    await settings.saveSlack(entry, "http", "manifest one");
    const [record] = await store.enteredSettings.scan("byId", { limit: 2 });
    expect(JSON.stringify(record)).not.toMatch(/client-secret-1|signing-secret-1/);
    const other = open({}, Buffer.alloc(32, 9));
    expect(await other.viewSlack()).toEqual({ source: "unreadable" });
    expect(await other.current()).toEqual({});
  });

  it("keep a secret that is left empty, under the same client id alone", async () => {
    await settings.saveSlack(entry, "http", "manifest one");
    const again = { ...entry, clientSecret: "", signingSecret: "signing-secret-2" };
    expect(await settings.saveSlack(again, "http", "manifest one")).toEqual({ kind: "saved" });
    expect((await settings.current()).slack).toMatchObject({
      clientSecret: "client-secret-1",
      signingSecret: "signing-secret-2",
    });
    expect(
      await settings.saveSlack({ ...again, clientId: "999.1" }, "http", "manifest one"),
    ).toEqual({
      kind: "invalid",
      errors: [{ pointer: "/clientSecret", message: expect.stringMatching(/^Missing: /) }],
    });
  });

  it("are refused with the field that is wrong, and nothing changes", async () => {
    const saved = await settings.saveSlack(
      { ...entry, clientId: "not an id", signingSecret: "x" },
      "http",
      "manifest one",
    );
    expect(saved).toMatchObject({
      kind: "invalid",
      errors: [{ pointer: "/clientId" }, { pointer: "/signingSecret" }],
    });
    expect(await settings.viewSlack()).toEqual({ source: "none" });
  });

  it("A4: need an app-level token or a signing secret, and the token makes it Socket Mode", async () => {
    const socket = { ...entry, signingSecret: "", appToken: "xapp-1-token" };
    expect(
      await settings.saveSlack({ ...socket, appToken: "xoxb-token" }, "socket", "m"),
    ).toMatchObject({
      kind: "invalid",
      errors: [{ pointer: "/appToken", message: expect.stringContaining("xapp-") }],
    });
    expect(await settings.saveSlack(socket, "socket", "m")).toEqual({ kind: "saved" });
    expect(await settings.viewSlack()).toMatchObject({ transport: "socket" });
    const { slack } = await settings.current();
    expect(slack).toMatchObject({ appToken: "xapp-1-token" });
    expect(slack).not.toHaveProperty("signingSecret");
    expect(await settings.saveSlack(entry, "http", "m")).toEqual({ kind: "saved" });
    expect((await settings.current()).slack).not.toHaveProperty("appToken");
  });

  it("yield to the environment, which no page can change", async () => {
    await settings.saveSlack(entry, "http", "manifest one");
    const slack = { ...keys, ...slackPlaces, clientId: "1.2" };
    const withEnvironment = open({ slack });
    expect(await withEnvironment.viewSlack()).toEqual({
      source: "environment",
      clientId: "1.2",
      transport: "http",
    });
    expect((await withEnvironment.current()).slack).toEqual(slack);
    expect(await withEnvironment.saveSlack(entry, "http", "manifest one")).toEqual({
      kind: "environment",
    });
    expect(await withEnvironment.removeSlack()).toBe("environment");
  });

  it("remember the manifest of an app until somebody says that the app was changed", async () => {
    await settings.saveSlack(entry, "http", "manifest one");
    await settings.saveSlack({ ...entry, clientSecret: "" }, "http", "manifest two");
    expect(await settings.viewSlack()).toMatchObject({ manifest: "manifest one" });
    await settings.noteManifest("manifest two");
    expect(await settings.viewSlack()).toMatchObject({ manifest: "manifest two" });
    await settings.saveSlack({ ...entry, clientId: "999.1" }, "http", "manifest three");
    expect(await settings.viewSlack()).toMatchObject({ manifest: "manifest three" });
  });

  it("stay as somebody saves or removes them while the manifest is noted", async () => {
    await settings.saveSlack(entry, "http", "manifest one");
    const newer = { ...entry, signingSecret: "signing-secret-2" };
    await Promise.all([
      settings.saveSlack(newer, "http", "manifest one"),
      settings.noteManifest("manifest two"),
    ]);
    expect((await settings.current()).slack).toMatchObject({ signingSecret: "signing-secret-2" });
    await Promise.all([settings.removeSlack(), settings.noteManifest("manifest three")]);
    expect(await settings.viewSlack()).toEqual({ source: "none" });
  });

  const bot = {
    appId: "11111111-1111-1111-1111-11111111111A",
    appPassword: "a-client-secret",
    tenantId: "22222222-2222-2222-2222-22222222222B",
  };
  const botNow = { ...bot, appId: bot.appId.toLowerCase(), tenantId: bot.tenantId.toLowerCase() };
  const fine = async () => [];

  it("A3: of Teams hold at once, sealed, in the cloud that the environment names", async () => {
    expect(await settings.viewTeams()).toEqual({ source: "none" });
    expect(await settings.saveTeams(bot, fine)).toEqual({ kind: "saved" });
    expect(await settings.current()).toEqual({ teams: { ...botNow, ...teamsCloud } });
    const { appPassword, ...shown } = botNow;
    expect(await settings.viewTeams()).toEqual({
      ...{ source: "console", ...shown, tenants: [shown.tenantId] },
    });
    const records = await store.enteredSettings.scan("byId", { limit: 2 });
    expect(JSON.stringify(records)).not.toContain(appPassword);
    expect(await open({}, Buffer.alloc(32, 9)).viewTeams()).toEqual({ source: "unreadable" });
  });

  it("U26: of Teams are not kept when Microsoft does not take them, and the old ones stay", async () => {
    await settings.saveTeams(bot, fine);
    const errors = [{ pointer: "/appPassword", message: "wrong" }];
    const typed = { ...bot, appPassword: "another-secret" };
    expect(await settings.saveTeams(typed, async () => errors)).toEqual({
      kind: "invalid",
      errors,
    });
    expect((await settings.current()).teams?.appPassword).toBe("a-client-secret");
  });

  it.each([
    ["an app id that is none", { ...bot, appId: "my bot" }, ["/appId"]],
    ["a tenant by its name", { ...bot, tenantId: "contoso.onmicrosoft.com" }, ["/tenantId"]],
    ["the secret's id", { ...bot, appPassword: bot.appId }, ["/appPassword"]],
    [
      "nothing",
      { appId: "", appPassword: "", tenantId: "" },
      ["/appId", "/tenantId", "/appPassword"],
    ],
  ])("U26: of Teams: %s is named, and Microsoft is not asked", async (_, typed, pointers) => {
    const saved = await settings.saveTeams(typed, () => Promise.reject(new Error("asked")));
    expect(saved.kind === "invalid" && saved.errors.map(({ pointer }) => pointer)).toEqual(
      pointers,
    );
    expect(await settings.current()).toEqual({});
  });

  it("keep the bot's secret that is left empty, under the same app id alone", async () => {
    await settings.saveTeams(bot, fine);
    const again = { ...bot, appPassword: "", tenantId: "33333333-3333-3333-3333-333333333333" };
    expect((await settings.saveTeams(again, fine)).kind).toBe("saved");
    expect((await settings.current()).teams).toMatchObject({
      appPassword: "a-client-secret",
      tenantId: again.tenantId,
    });
    const other = { ...again, appId: "44444444-4444-4444-4444-444444444444" };
    expect((await settings.saveTeams(other, fine)).kind).toBe("invalid");
  });

  it("of Teams yield to the environment, and are gone once they are removed", async () => {
    const withEnvironment = open({ teams: { ...botNow, ...teamsCloud } });
    expect(await withEnvironment.saveTeams(bot, fine)).toEqual({ kind: "environment" });
    expect(await withEnvironment.removeTeams()).toBe("environment");
    expect(await withEnvironment.viewTeams()).toMatchObject({ source: "environment" });
    await settings.saveTeams(bot, fine);
    expect(await settings.removeTeams()).toBe("removed");
    expect(await settings.current()).toEqual({});
  });

  it("are gone once they are removed", async () => {
    await settings.saveSlack(entry, "http", "manifest one");
    expect(await settings.removeSlack()).toBe("removed");
    expect(await settings.current()).toEqual({});
  });
});
