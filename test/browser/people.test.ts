import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { openRequest } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { watchPage } from "../fixtures/rig/watched-page.ts";

/** Where pictures go. */
const pictures = process.env["PICTURES"] ?? join(tmpdir(), "countersign-pictures");

describe("the pages of people and of a private link", () => {
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
    ["light", 1_360],
    ["dark", 1_360],
    ["light", 390],
  ] as const)("A10: are fit for everybody, %s and %i px wide", async (colorScheme, width) => {
    const { page, axe, troubles } = await watchPage(browser, hub.url, { colorScheme, width });
    const link = await hub.call<{ url: string }>("POST", "/v1/admin/links", { key: hub.adminKey });
    await page.goto(link.body.url);
    const request = await openRequest(hub, { environment: "staging", approval: {} });
    const press = { message: request.copies.slack.id, person: "Eve", action: "approve" };
    const { text = "" } = await hub.sandbox.click(press);
    await page.goto(/http\S+\/link\/\w+/.exec(text)?.[0] ?? "");
    const found: string[] = [];
    const look = async (name: string) => {
      await page.screenshot({ path: join(pictures, `${name}-${colorScheme}-${width}.png`) });
      const overflow = await page.evaluate<boolean>(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth",
      );
      if (overflow) found.push(`${name}: wider than the window`);
      found.push(...(await axe()).map((one) => `${name}: ${one}`));
    };
    await look("link");
    await page.getByRole("button", { name: /this account is mine/ }).click();
    await page.getByRole("heading", { name: "An admin has to agree" }).waitFor();
    await look("link-waits");
    await page.goto(`${hub.url}/people`);
    await look("people");
    const hrefs = await page
      .locator("a.row-title")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    const person = hrefs.find((href) => href.startsWith("/people/per_")) ?? "";
    const group = hrefs.find((href) => href.startsWith("/people/groups/")) ?? "";
    const places = {
      ...{ person, group, settings: "/settings", audit: "/settings/audit?verify" },
      ...{ "sign-in-settings": "/settings/sign-in", account: "/account", welcome: "/welcome" },
    };
    for (const [name, path] of Object.entries(places)) {
      await page.goto(hub.url + path);
      await look(name);
    }
    await page.goto(`${hub.url}/people`);
    await page.getByRole("button", { name: "Refuse" }).first().click();
    await page.getByText("The account is not linked.").waitFor();
    expect(found).toEqual([]);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it.each([
    ["/settings/producers", "Make the key", "Give it a name of at most 100 characters."],
    ["ci", "Save", "Expected a whole address"],
  ])("leads to the field that was refused, far down on %s", async (path, button, text) => {
    const { page } = await watchPage(browser, hub.url, { width: 390 });
    await page.goto(await hub.newStartLink());
    await page.goto(`${hub.url}/settings/producers`);
    if (path === "ci") {
      await page.getByRole("link", { name: "ci", exact: true }).click();
      await page.getByLabel("Callback address").fill("nowhere");
    }
    await page.getByRole("button", { name: button, exact: true }).click();
    const said = page.getByText(text).first();
    await said.waitFor();
    const { y = -1 } = (await said.boundingBox()) ?? {};
    const seen = y >= 0 && y < 900;
    const invalid = await page.evaluate<boolean>(
      "document.activeElement.getAttribute('aria-invalid') === 'true'",
    );
    expect([seen, invalid]).toEqual([true, true]);
    await page.context().close();
  });
});
