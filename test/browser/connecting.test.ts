import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { freePort } from "../fixtures/rig/free-port.ts";
import { ask } from "../fixtures/rig/http.ts";
import { type HubProcess, launch } from "../fixtures/rig/hub-process.ts";
import { SandboxClient } from "../fixtures/rig/sandbox-client.ts";
import { SandboxProcess } from "../fixtures/rig/sandbox-process.ts";
import { watchPage } from "../fixtures/rig/watched-page.ts";

interface Sandboxed {
  readonly name: string;
  readonly channels: readonly { readonly id: string; readonly name: string }[];
}

/** Where pictures go. */
const pictures = process.env["PICTURES"] ?? join(tmpdir(), "countersign-pictures");

/** A hub with an empty database beside a Slack in which no app is installed; the app's keys are for the page. */
describe("connecting Slack in the console", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-connecting-"));
  const given: Record<string, string> = { DATA_DIR: join(folder, "data") };
  let url = "";
  let sandbox: SandboxProcess;
  let chat: SandboxClient;
  let hub: HubProcess;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    [sandbox, browser] = await Promise.all([
      SandboxProcess.start(url, "--uninstalled"),
      openBrowser(),
    ]);
    chat = new SandboxClient(sandbox.url, sandbox.key);
    const { SLACK_API_URL, SLACK_AUTHORIZE_URL, OUTBOUND_ALLOW } = sandbox.hubSettings;
    Object.assign(given, {
      ...{ PORT: String(port), PUBLIC_URL: url },
      ...{ SLACK_API_URL, SLACK_AUTHORIZE_URL, OUTBOUND_ALLOW },
    });
    hub = launch(["serve"], folder, given);
    await hub.lines.until(/^ {2}API +http/);
  });
  afterAll(async () => {
    await browser.close();
    await hub.end("SIGINT");
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function signInLink(): Promise<string> {
    const command = launch(["admin", "link"], folder, given);
    await command.ended;
    return /http\S+\/start\/\S+/.exec(command.lines.all.join("\n"))?.[0] ?? "";
  }

  /** The key of the person at this machine. */
  function adminKey(): string {
    const secrets = readFileSync(join(folder, "data", "secrets.json"), "utf8");
    return (JSON.parse(secrets) as { readonly admin_key: string }).admin_key;
  }

  it("A1 A3 A5 H1 U25: from the set-up page to the next event in the channel, in 12 clicks at most", async () => {
    const watched = await watchPage(browser, url);
    const { page } = watched;
    await page.goto(await signInLink());
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.goto(`${url}/workspaces/slack/setup`);
    let clicks = 0;
    const press = async (role: "button" | "link", name: string | RegExp) => {
      clicks += 1;
      await page.getByRole(role, { name }).first().click();
    };

    const {
      SLACK_CLIENT_ID = "",
      SLACK_CLIENT_SECRET = "",
      SLACK_SIGNING_SECRET = "",
    } = sandbox.hubSettings;
    await page.getByLabel("Client ID").fill(SLACK_CLIENT_ID);
    await page.getByLabel("Client Secret").fill(SLACK_CLIENT_SECRET);
    await page.getByLabel("Signing Secret").fill(SLACK_SIGNING_SECRET);
    await press("button", "Save");
    await page.getByText("no restart is needed").waitFor();
    await press("link", "Connect a workspace");
    await press("button", "Allow");
    await page
      .getByText(/is connected/)
      .first()
      .waitFor();
    await page.getByLabel(/Name, id, or a link/).fill("releas");
    await press("button", /^Choose #releases/);
    await page.getByText("#releases is a destination now").waitFor();
    await press("button", "Post a hello message");
    await page.getByText("The hello was posted to #releases").waitFor();
    await page.getByLabel("Route an event type here").fill("deploy.requested");
    await press("button", "Add the rule");
    await page.getByText("The next such event lands in #releases").waitFor();
    expect(clicks).toBeLessThanOrEqual(12);
    expect(watched.troubles.filter((one) => !one.includes(sandbox.url))).toEqual([]);

    const sent = await ask(`${url}/v1/events`, "POST", {
      key: adminKey(),
      body: { type: "deploy.requested", subject: "web/1.4.2" },
    });
    expect(sent.status).toBe(202);
    const landed = await chat.message("slack", ({ text }) => text.includes("web/1.4.2"));
    expect(landed.channel).toMatch(/releases|^C/);
    await page.context().close();
  });

  /** Somebody who is signed in and looks at a page. A mark on it tells whether it was loaded again. */
  async function lookAt(path: string) {
    const watched = await watchPage(browser, url);
    const { page } = watched;
    await page.goto(await signInLink());
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.goto(`${url}${path}`);
    await page.evaluate("globalThis.loadedOnce = true");
    return {
      ...watched,
      stillLoaded: () => page.evaluate<boolean>("globalThis.loadedOnce === true"),
    };
  }

  const life = async (path: string, body: object) => {
    const answer = await chat.call("POST", path, { body });
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body as Readonly<Record<string, unknown>>;
  };

  it("A6: a private channel shows the line that lets the app in, and its row turns green by itself", async () => {
    const { page, troubles, stillLoaded } = await lookAt("/workspaces");
    await page.getByRole("link", { name: /^Open Acme/ }).click();
    await page.getByRole("link", { name: "Choose a channel" }).click();
    await page.evaluate("globalThis.loadedOnce = true");
    const listed = await chat.call<{ items: readonly Sandboxed[] }>("GET", "/workspaces");
    const acme = listed.body.items.find(({ name }) => name === "Acme");
    const hidden = acme?.channels.find(({ name }) => /^#?security$/.test(name));
    await page.getByLabel(/Name, id, or a link/).fill(String(hidden?.id));
    await page.getByText(/^\/invite @/).waitFor();
    await life("/channels", { workspace: "Acme", do: "invite", channel: hidden?.id });
    const row = page.getByRole("listitem").filter({ hasText: "#security" });
    await row.getByText("App is in it").waitFor();
    await row.getByRole("button", { name: /^Choose/ }).waitFor();
    expect(await stillLoaded()).toBe(true);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("A15 A17: the badge tells of a removed app without a reload, and Reconnect brings everything back", async () => {
    const { page, stillLoaded } = await lookAt("/workspaces");
    const row = page.getByRole("listitem").filter({ hasText: "Acme" });
    await row.getByText("Healthy").waitFor();
    await life("/uninstall", { workspace: "Acme" });
    await row.getByText("Broken").waitFor();
    await row.getByText(/no longer accepts this installation/).waitFor();
    expect(await stillLoaded()).toBe(true);
    await page.goto(url);
    await page.getByText("Acme gets nothing", { exact: true }).waitFor();
    await page.getByRole("link", { name: /^See the fix.*Acme/ }).click();
    await page.getByText("Rules and destinations are kept").waitFor();
    await page.getByRole("link", { name: "Reconnect" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByText("Acme is connected").waitFor();
    await page.getByRole("link", { name: /^Open #releases/ }).waitFor();
    await page.context().close();
  });

  it.each([
    ["light", 1_360],
    ["dark", 1_360],
    ["light", 390],
    ["dark", 390],
  ] as const)(
    "the pages of connecting are fit for everybody, %s at %i px",
    async (colorScheme, width) => {
      const watched = await watchPage(browser, url, { colorScheme, width });
      const { page, troubles } = watched;
      const found: string[] = [];
      const look = async (name: string) => {
        found.push(...(await watched.axe()).map((one) => `${name}: ${one}`));
        const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
        if (wide > width) found.push(`${name}: ${wide} px wide`);
        const picture = join(pictures, `connecting-${name}-${colorScheme}-${width}.png`);
        await page.screenshot({ path: picture, fullPage: true });
      };
      await page.goto(`${url}/auth/login`);
      await look("sign-in");
      await page.goto(await signInLink());
      await look("start");
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.goto(`${url}/workspaces`);
      const workspace = await page.getByRole("link", { name: /^Open Acme/ }).getAttribute("href");
      await page.goto(`${url}${workspace}`);
      const destination = await page
        .getByRole("link", { name: /^Open #releases/ })
        .getAttribute("href");
      const places = {
        overview: "/",
        setup: "/workspaces/slack/setup",
        workspaces: "/workspaces",
        workspace: `${workspace}`,
        channels: `${workspace}/channels`,
        destination: `${destination}`,
      };
      for (const [name, path] of Object.entries(places)) {
        await page.goto(`${url}${path}`);
        await page.evaluate(
          "for (const part of document.querySelectorAll('main details')) part.open = true",
        );
        await look(name);
      }
      expect(found).toEqual([]);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );
});
