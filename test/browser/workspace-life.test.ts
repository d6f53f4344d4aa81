import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWorkspace } from "../../slack-app/sandbox/workspace.ts";
import { createDerive } from "../../teams-app/sandbox/derive.ts";
import { createTenant } from "../../teams-app/sandbox/tenant.ts";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { openRequest, type WaitingRequest } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import type { Platform } from "../fixtures/rig/sandbox-client.ts";
import { sandboxSecret } from "../fixtures/rig/sandbox-secret.ts";
import { watchPage } from "../fixtures/rig/watched-page.ts";

const pictures = process.env["PICTURES"] ?? join(tmpdir(), "countersign-pictures");

describe("the workspaces of the sandbox in a browser", () => {
  let hub: RunningHub;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    [hub, browser] = await Promise.all([RunningHub.start(), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
  });

  it.each([
    ["light", 1360],
    ["dark", 390],
  ] as const)(
    "a channel is renamed and archived from the menu, in %s",
    async (colorScheme, width) => {
      const watched = await watchPage(browser, hub.url, { colorScheme, width, height: 900 });
      const { page, troubles } = watched;
      await page.goto(await hub.newStartLink());
      await page.goto(`${hub.url}/sandbox`);
      const slack = page.getByRole("region", { name: "Slack", exact: true });
      const menu = slack.getByRole("button", { name: "What happens in Acme" });
      const said = (words: RegExp) => page.getByText(words).waitFor({ state: "attached" });
      const name = colorScheme === "light" ? "launches" : "liftoff";
      await slack.getByRole("listitem").first().waitFor();

      await menu.click();
      await page.screenshot({ path: join(pictures, `workspace-menu-${colorScheme}.png`) });
      expect(await watched.axe()).toEqual([]);
      await page.getByLabel("Name of this channel").fill(name);
      await page.getByRole("button", { name: "Rename" }).click();
      await said(/^Rename: done\..*channel_rename, answered 200/);
      await slack.locator("#slack-title", { hasText: name }).waitFor();
      await menu.click();
      await page.getByRole("button", { name: `Archive #${name}` }).click();
      await said(/channel_archive, answered 200/);
      await menu.click();
      await page.getByRole("button", { name: `Restore #${name}` }).click();
      await said(/channel_unarchive, answered 200/);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  it.each([
    ["light", 1360],
    ["dark", 390],
  ] as const)(
    "a team's channel is renamed, and the app leaves the team and comes back, in %s",
    async (colorScheme, width) => {
      const watched = await watchPage(browser, hub.url, { colorScheme, width, height: 900 });
      const { page, troubles } = watched;
      await page.goto(await hub.newStartLink());
      await page.goto(`${hub.url}/sandbox`);
      const teams = page.getByRole("region", { name: "Teams", exact: true });
      const menu = teams.getByRole("button", { name: "What happens in Contoso" });
      const said = (words: RegExp) => page.getByText(words).waitFor({ state: "attached" });
      const name = colorScheme === "light" ? "Alarms" : "Outages";
      await teams.locator("#teams-places .teams-place").nth(1).click();

      await menu.click();
      await page.locator("#teams-life-name:focus").waitFor();
      await page.screenshot({ path: join(pictures, `tenant-menu-${colorScheme}.png`) });
      expect(await watched.axe()).toEqual([]);
      await page.getByLabel("Name of this channel").fill(name);
      await page.getByRole("button", { name: "Rename" }).click();
      await said(/^Rename: done\..*conversationUpdate.channelRenamed, answered 200/);
      await teams.locator("#teams-title", { hasText: name }).waitFor();
      await menu.click();
      await page.getByRole("button", { name: "Remove the app from Ops" }).click();
      await said(/installationUpdate.remove, answered 200/);
      await teams.getByText(`Countersign is not in Ops › ${name}`).waitFor();
      await menu.click();
      await page.getByRole("button", { name: "Add the app to Ops" }).click();
      await said(/installationUpdate.add, answered 200/);
      await teams.getByText(`Nothing in Ops › ${name} yet.`).waitFor();
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  it.each(["light", "dark"] as const)(
    "the consent page of Microsoft is fit for everybody, in %s, and leads back on Cancel",
    async (colorScheme) => {
      const watched = await watchPage(browser, hub.url, { colorScheme, width: 390, height: 844 });
      const { page, troubles } = watched;
      const { appId } = createTenant(createDerive(sandboxSecret(hub, "teams")));
      const redirect = `${hub.url}/teams/consent/callback`;
      const query = new URLSearchParams({ client_id: appId, redirect_uri: redirect, state: "s" });
      await page.goto(`${hub.url}/sandbox/teams/login/organizations/adminconsent?${query}`);
      await page.screenshot({ path: join(pictures, `admin-consent-${colorScheme}.png`) });
      expect(await watched.axe()).toEqual([]);
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      expect(wide).toBeLessThanOrEqual(390);
      expect(troubles).toEqual([]);
      const back = page.waitForRequest((request) => request.url().startsWith(redirect));
      await page.getByRole("button", { name: "Cancel" }).click();
      expect(new URL((await back).url()).searchParams.get("error_subcode")).toBe("cancel");
      await page.context().close();
    },
  );

  const looks = [
    ["light", 1360],
    ["dark", 390],
  ] as const;

  let waits: Promise<WaitingRequest> | undefined;
  /** Somebody at the sandbox who has a request to decide, and a channel that no rule names yet. */
  async function beforeApp(platform: Platform, colorScheme: "light" | "dark", width: number) {
    const name = `new-${colorScheme}`;
    const team = platform === "teams" ? { team: "Finance" } : {};
    const body = { platform, do: "create", name, ...team };
    await hub.sandbox.call("POST", "/channels", { body });
    // The app names the oldest requests only, so one serves all of these tests.
    waits ??= openRequest(hub);
    const { title } = await waits;
    const watched = await watchPage(browser, hub.url, { colorScheme, width, height: 900 });
    const { page } = watched;
    await page.goto(await hub.newStartLink());
    await page.goto(`${hub.url}/sandbox`);
    const word = platform === "slack" ? "Slack" : "Teams";
    const pane = page.getByRole("region", { name: word, exact: true });
    await pane.getByRole("button", { name: /^Countersign/ }).focus();
    await page.keyboard.press("Enter");
    /** What axe finds once nothing moves any more. */
    const axe = async () => {
      await page.evaluate("Promise.all(document.getAnimations().map(({ finished }) => finished))");
      return watched.axe();
    };
    return { ...watched, axe, pane, title, name };
  }

  it.each(looks)(
    "D1 A5: the Home in Slack shows what waits, and a channel is chosen there by keys alone, in %s",
    async (colorScheme, width) => {
      const at = await beforeApp("slack", colorScheme, width);
      const { page, pane, title, name, troubles } = at;
      const home = pane.getByRole("region", { name: "Home of Countersign" });
      await home.getByRole("link", { name: title }).waitFor();
      await home.getByRole("combobox").focus();
      await page.keyboard.type(name.slice(0, -1));
      await home.getByRole("option", { name: `#${name}` }).waitFor();
      await page.screenshot({ path: join(pictures, `home-slack-${colorScheme}.png`) });
      expect(await at.axe()).toEqual([]);
      await page.keyboard.press("Enter");
      await page.getByRole("alertdialog", { name: "Choose a channel" }).waitFor();
      expect(await at.axe()).toEqual([]);
      await page.keyboard.press("Enter");
      await home.getByRole("heading", { name: `#${name} is a destination` }).waitFor();
      await home
        .getByRole("link", { name: "Open destination" })
        .and(home.locator(":focus"))
        .waitFor();

      await page.locator("#who").click();
      await page.getByRole("menuitemradio", { name: /Dov/ }).click();
      await home.getByText("People from outside cannot decide here.").waitFor();
      expect(await home.getByRole("combobox").count()).toBe(0);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        width,
      );
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  it.each(looks)(
    "D1 A7: the chat with the app in Teams shows what waits, and a channel is chosen there by keys alone, in %s",
    async (colorScheme, width) => {
      const at = await beforeApp("teams", colorScheme, width);
      const { page, pane, title, name, troubles } = at;
      const chat = pane.getByRole("region", { name: "Chat with Countersign" });
      await pane.getByRole("button", { name: "requests" }).focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Enter");
      await chat.getByRole("link", { name: title }).waitFor();
      const line = pane.getByRole("textbox", { name: "Message Countersign" });
      await expect.poll(() => line.inputValue()).toBe("");
      await line.focus();
      await page.keyboard.type(`channels ${name}`);
      await page.keyboard.press("Enter");
      await chat.getByText(`channels ${name}`).waitFor();
      await chat.getByRole("listitem").last().getByRole("combobox").focus();
      await page.keyboard.type(name.slice(0, -1));
      await chat.getByRole("option", { name: new RegExp(name) }).waitFor();
      await page.screenshot({ path: join(pictures, `chat-teams-${colorScheme}.png`) });
      expect(await at.axe()).toEqual([]);
      for (const key of ["Enter", "Tab", "Enter"]) await page.keyboard.press(key);
      await chat.getByText(`Finance › ${name} is a destination`).first().waitFor();

      await page.locator("#who").click();
      const other = colorScheme === "light" ? /Ben/ : /Chloé/;
      await page.getByRole("menuitemradio", { name: other }).click();
      await pane.getByText("Nobody else reads this chat.").waitFor();
      await line.fill("channels");
      await page.keyboard.press("Enter");
      await chat.getByText("No channel was chosen").first().waitFor();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
        width,
      );
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );

  it("says what the platform refuses, in its own word", async () => {
    const watched = await watchPage(browser, hub.url);
    const { page } = watched;
    await page.goto(await hub.newStartLink());
    await page.goto(`${hub.url}/sandbox`);
    await page.getByRole("button", { name: "What happens in Acme" }).click();
    await page.getByLabel("Name of this channel").fill("Two Words");
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByText(/invalid_name_specials/).waitFor();
    await page.context().close();
  });

  it.each(["light", "dark"] as const)(
    "the consent page is fit for everybody, in %s, and leads back on Cancel",
    async (colorScheme) => {
      const watched = await watchPage(browser, hub.url, { colorScheme, width: 390, height: 844 });
      const { page, troubles } = watched;
      const world = describeWorkspace(sandboxSecret(hub, "slack"), `${hub.url}/sandbox/slack`);
      const redirect = `${hub.url}/slack/oauth_redirect`;
      const asked = { client_id: world.settings.clientId, redirect_uri: redirect };
      const query = new URLSearchParams({ ...asked, scope: "chat:write,users:read", state: "s" });
      await page.goto(`${world.settings.authorizeUrl}?${query}`);
      await page.screenshot({ path: join(pictures, `consent-${colorScheme}.png`) });
      expect(await watched.axe()).toEqual([]);
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      expect(wide).toBeLessThanOrEqual(390);
      expect(troubles).toEqual([]);
      const back = page.waitForRequest((request) => request.url().startsWith(redirect));
      await page.getByRole("button", { name: "Cancel" }).click();
      expect((await back).url()).toBe(`${redirect}?error=access_denied&state=s`);
      await page.context().close();
    },
  );
});
