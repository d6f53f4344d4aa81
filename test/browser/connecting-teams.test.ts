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

/** Where pictures go. */
const pictures = process.env["PICTURES"] ?? join(tmpdir(), "countersign-pictures");

/** A hub with an empty database beside a Teams in which nobody has let the app in; the bot's values are for the page. */
describe("connecting Teams in the console", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-connecting-teams-"));
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
    const places = /^TEAMS_(LOGIN_URL|OPENID_METADATA_URL|TOKEN_ISSUER|SERVICE_HOSTS)$|^OUTBOUND_/;
    const cloud = Object.entries(sandbox.hubSettings).filter(([name]) => places.test(name));
    Object.assign(given, { PORT: String(port), PUBLIC_URL: url, ...Object.fromEntries(cloud) });
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

  const happens = async (path: string, body: object) => {
    const answer = await chat.call("POST", path, { body });
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  };

  it("A2 A3 A7 U26: from the set-up page by consent, catalogue and team to the next event in the channel, in 12 clicks at most", async () => {
    const watched = await watchPage(browser, url);
    const { page } = watched;
    await page.goto(await signInLink());
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.goto(`${url}/workspaces/teams/setup`);
    let clicks = 0;
    const press = async (role: "button" | "link", name: string | RegExp) => {
      clicks += 1;
      await page.getByRole(role, { name }).first().click();
    };

    const settings = sandbox.hubSettings;
    await page.getByLabel("Application (client) ID").fill(settings["TEAMS_APP_ID"] ?? "");
    await page.getByLabel("Directory (tenant) ID").fill(settings["TEAMS_TENANT_ID"] ?? "");
    await page.getByLabel("Client secret, its Value").fill("not-the-secret");
    await press("button", "Save");
    await page.getByText(/Copy its Value, not its Secret ID.*AADSTS7000215/).waitFor();
    await page.getByLabel("Client secret, its Value").fill(settings["TEAMS_APP_PASSWORD"] ?? "");
    await page.getByLabel("Last day of the client secret").fill("2099-12-31");
    await press("button", "Save");
    await page.getByText("no restart is needed").waitFor();
    await press("link", "Connect the tenant");
    await press("button", "Accept");
    await page.getByText("2. The app package lies in the tenant's catalogue").waitFor();

    // The other two acts are done by others, elsewhere; this page ticks them by itself.
    await page.evaluate("globalThis.loadedOnce = true");
    await happens("/catalogue", { do: "publish" });
    await happens("/teams", { do: "add_app", team: "Ops" });
    await page.getByText("It is in Ops.").waitFor();
    expect(await page.evaluate<boolean>("globalThis.loadedOnce === true")).toBe(true);
    await press("link", "Choose a channel");
    await page.getByLabel(/Name, id, or a link/).fill("gener");
    await press("button", /^Choose Ops › General/);
    await page.getByText("Ops › General is a destination now").waitFor();
    await press("button", "Post a hello message");
    await page.getByText("The hello was posted to Ops › General").waitFor();
    await page.getByLabel("Route an event type here").fill("deploy.requested");
    await press("button", "Add the rule");
    await page.getByText("The next such event lands in Ops › General").waitFor();
    expect(clicks).toBeLessThanOrEqual(12);
    const troubles = watched.troubles.filter((one) => !one.includes(sandbox.url));
    expect(troubles.filter((one) => !one.includes("422"))).toEqual([]);

    const sent = await ask(`${url}/v1/events`, "POST", {
      key: adminKey(),
      body: { type: "deploy.requested", subject: "web/1.4.2" },
    });
    expect(sent.status).toBe(202);
    const landed = await chat.message("teams", ({ text }) => text.includes("web/1.4.2"));
    expect(landed.channel_name).toBe("Ops › General");
    await page.context().close();
  });

  it.each([
    ["light", 1_360],
    ["dark", 1_360],
    ["light", 390],
    ["dark", 390],
  ] as const)(
    "the pages of connecting Teams are fit for everybody, %s at %i px",
    async (colorScheme, width) => {
      const watched = await watchPage(browser, url, { colorScheme, width });
      const { page, troubles } = watched;
      const found: string[] = [];
      await page.goto(await signInLink());
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.goto(`${url}/workspaces`);
      const tenant = await page.getByRole("link", { name: /^Open Tenant/ }).getAttribute("href");
      const places = {
        about: "/about",
        "teams-setup": "/workspaces/teams/setup",
        workspaces: "/workspaces",
        tenant: `${tenant}`,
        "tenant-channels": `${tenant}/channels`,
      };
      for (const [name, path] of Object.entries(places)) {
        await page.goto(`${url}${path}`);
        await page.evaluate(
          "for (const part of document.querySelectorAll('main details')) part.open = true",
        );
        found.push(...(await watched.axe()).map((one) => `${name}: ${one}`));
        const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
        if (wide > width) found.push(`${name}: ${wide} px wide`);
        const picture = join(pictures, `connecting-${name}-${colorScheme}-${width}.png`);
        await page.screenshot({ path: picture, fullPage: true });
      }
      expect(found).toEqual([]);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );
});
