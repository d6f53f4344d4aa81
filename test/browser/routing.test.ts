import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { deployEvent } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { watchPage } from "../fixtures/rig/watched-page.ts";

/** Where pictures go. */
const pictures = process.env["PICTURES"] ?? join(tmpdir(), "countersign-pictures");

describe("routing in the console", () => {
  let hub: RunningHub;
  let browser: Browser;
  /** The channels by the names of their destinations. */
  let channels: ReadonlyMap<string, string>;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    [hub, browser] = await Promise.all([RunningHub.start(), openBrowser()]);
    const { body } = await hub.call<{
      items: readonly { name: string; channel: { id: string } | null }[];
    }>("GET", "/v1/destinations", { key: hub.adminKey });
    channels = new Map(body.items.map(({ name, channel }) => [name, channel?.id ?? ""] as const));
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
  });

  async function signIn(page: Page): Promise<void> {
    const link = await hub.call<{ url: string }>("POST", "/v1/admin/links", { key: hub.adminKey });
    await page.goto(link.body.url);
  }
  const isIn = (name: string, title: string) => (message: SandboxMessage) =>
    message.text.includes(title) && message.channel.startsWith(channels.get(name) ?? "?");

  it("U26 B4 B10: sign in, “Route this…”, save: the next event lands in the other channel, on Slack and on Teams", async () => {
    const { page, axe, troubles } = await watchPage(browser, hub.url);
    await signIn(page);
    const before = deployEvent();
    const { id } = await hub.post(before);
    await hub.sandbox.message("slack", isIn("#releases", before.data.title));
    await page.goto(`${hub.url}/events/${id}`);
    await page.getByRole("link", { name: "Route this…" }).click();

    // The last events stand beside the draft, and follow the typing.
    await page.getByLabel("Rule", { exact: true }).fill("Web to finance");
    await page.getByRole("checkbox", { name: "#finance" }).check();
    await page.getByRole("checkbox", { name: "Finance › General" }).check();
    await page.getByText(/would move\b/).waitFor();
    await page.locator("tr.moved").first().waitFor();
    await page.getByRole("button", { name: "Add condition" }).click();
    await page.getByLabel("Field of condition 2").fill("data.service");
    await page.getByLabel("Value of condition 2").fill("nothing like it");
    await page.getByText(/None of the/).waitFor();
    await page.getByLabel("Value of condition 2").fill("web");
    await page.locator("tr.moved").first().waitFor();
    expect(await axe()).toEqual([]);
    await page.screenshot({ path: join(pictures, "rule-editor.png"), fullPage: true });
    await page.getByRole("button", { name: /^Save as version/ }).click();
    await page.getByText("“Web to finance” is saved").waitFor();

    const after = deployEvent();
    await hub.post(after);
    await Promise.all([
      hub.sandbox.message("slack", isIn("#finance", after.data.title)),
      hub.sandbox.message("teams", isIn("Finance › General", after.data.title)),
    ]);
    const elsewhere = await hub.sandbox.messages("slack");
    expect(elsewhere.filter(isIn("#releases", after.data.title))).toEqual([]);

    // Back in one step.
    await page.goto(`${hub.url}/routing/versions`);
    await page.getByRole("button", { name: "Back to version 1" }).click();
    await page.getByText(/says what version 1 said/).waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("H1: the editor works without scripts", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await signIn(page);
    await hub.post(deployEvent());
    await page.goto(`${hub.url}/routing/rule?name=Production+deploys`);
    await page.getByRole("button", { name: "Add condition" }).click();
    await page.getByLabel("Field of condition 2").fill("data.service");
    await page.getByLabel("Comparison of condition 2").selectOption("is_not");
    await page.getByLabel("Value of condition 2").fill("web");
    await page.getByRole("button", { name: "Preview" }).last().click();
    await page.getByText("a weaker policy would decide").waitFor();
    await page.getByRole("button", { name: "Write it as JSON" }).click();
    expect(await page.locator("#json").inputValue()).toContain("anything-but");
    await page.getByRole("button", { name: "Show it as fields" }).click();
    await page.getByRole("button", { name: "Remove condition 2" }).click();
    await page.getByRole("button", { name: /^Save as version/ }).click();
    await page.getByText("is saved as version").waitFor();
    await context.close();
  });

  it("B1: a type is drawn and saved by keyboard alone, without scripts", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await signIn(page);
    await page.goto(`${hub.url}/routing/edit-type?name=user.invited`);
    const text = page.getByLabel("The type as JSON");
    await text.fill(
      (await text.inputValue()).replace(/"title": ".*"/, '"title": "Ciao {{ data.invitee }}"'),
    );
    await page.getByRole("button", { name: "Preview" }).focus();
    await page.keyboard.press("Enter");
    for (const chat of ["slack", "teams"]) {
      await page
        .locator(`.${chat}.chat-drawing`)
        .getByText(/^Ciao /)
        .waitFor();
    }
    await page.getByRole("button", { name: "Save" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("It holds for the next event.").waitFor();
    await context.close();
  });

  it.each([
    ["light", 1_360],
    ["dark", 1_360],
    ["light", 390],
  ] as const)(
    "H1: its pages are fit for everybody, %s and %i px wide",
    async (colorScheme, width) => {
      const { page, axe, troubles } = await watchPage(browser, hub.url, { colorScheme, width });
      await signIn(page);
      const found: string[] = [];
      for (const [name, path] of [
        ["rules", "/routing"],
        ["rule", "/routing/rule?name=Production+deploys"],
        ["new-rule", "/routing/rule"],
        ["remove-rule", "/routing/remove?name=Releases"],
        ["versions", "/routing/versions"],
        ["backtest", "/routing/backtest"],
        ["types", "/routing/types"],
        ["type", "/routing/types/RequestCreated"],
        ["edit-type", "/routing/edit-type?name=RequestCreated"],
        ["policies", "/settings/policies"],
        ["policy", "/settings/policies/edit?name=production"],
      ] as const) {
        await page.goto(hub.url + path);
        await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`) });
        const overflow = await page.evaluate<boolean>(
          "document.documentElement.scrollWidth > document.documentElement.clientWidth",
        );
        if (overflow) found.push(`${name}: wider than the window`);
        found.push(...(await axe()).map((one) => `${name}: ${one}`));
      }
      expect(found).toEqual([]);
      expect(troubles).toEqual([]);
      await page.context().close();
    },
  );
});
