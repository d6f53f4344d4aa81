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
      ...{ store, organization, environment, slackPlaces },
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

  it("are gone once they are removed", async () => {
    await settings.saveSlack(entry, "http", "manifest one");
    expect(await settings.removeSlack()).toBe("removed");
    expect(await settings.current()).toEqual({});
  });
});
