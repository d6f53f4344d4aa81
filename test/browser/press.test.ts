import { setTimeout as pause } from "node:timers/promises";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { openRequest } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { watchPage } from "../fixtures/rig/watched-page.ts";

describe("a press into which a change of the page falls", () => {
  let hub: RunningHub;
  let browser: Browser;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([RunningHub.start(), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
  });

  async function at(path: string): Promise<Page> {
    const { page } = await watchPage(browser, hub.url);
    await page.goto(await hub.newStartLink());
    await page.goto(hub.url + path);
    return page;
  }

  /**
   * Let a new request come between a press and its end, and the page draw it. Answers the request's title.
   *
   * A page reads of one change after the other: when it has read of a second one, the first was drawn.
   */
  async function changeDuring(page: Page, press: () => Promise<void>): Promise<string> {
    const read: Promise<string>[] = [];
    page.on("response", (response) => {
      const path = response.url().slice(hub.url.length);
      if (path !== "/sandbox/api/state" && path !== "/events") return;
      // The page reads on until it is closed: the last answer may have no text any more.
      read.push(response.text().catch(() => ""));
    });
    const readOfAnother = async () => {
      const { title, receipt } = await openRequest(hub);
      const isThere = (text: string) => text.includes(title) || text.includes(receipt.id);
      await vi.waitUntil(async () => (await Promise.all(read)).some(isThere), { timeout: 20_000 });
      return title;
    };
    await press();
    const first = await readOfAnother();
    await readOfAnother();
    return first;
  }

  async function holdDown(page: Page, pressed: Locator): Promise<void> {
    await pressed.hover();
    await page.mouse.down();
  }

  it("counts in the lists of the sandbox, and the change is shown after it", async () => {
    const page = await at("/sandbox");
    await page.locator("#sandbox[data-ready]").waitFor();
    const teams = page.getByRole("region", { name: "Teams", exact: true });
    const place = teams.locator("#teams-places .teams-place").nth(1);
    const title = await changeDuring(page, () => holdDown(page, place));
    await page.mouse.up();
    await page.locator("#teams-places .teams-place[aria-current]").waitFor();
    expect(await place.getAttribute("aria-current")).toBe("true");
    const slack = page.getByRole("region", { name: "Slack", exact: true });
    await slack.getByText(title).first().waitFor();
    await page.context().close();
  });

  it("counts on the space bar", async () => {
    const page = await at("/sandbox");
    await page.locator("#sandbox[data-ready]").waitFor();
    const place = page.locator("#slack-places .slack-place[data-key=app]");
    await place.focus();
    await changeDuring(page, () => page.keyboard.down(" "));
    await page.keyboard.up(" ");
    await page.locator("#slack-places .slack-place[data-key=app][aria-current]").waitFor();
    await page.context().close();
  });

  it("counts in a list of the console", async () => {
    await openRequest(hub);
    const page = await at("/events");
    const link = page.locator("[data-part] a[href^='/events/evt_']").first();
    const address = await link.getAttribute("href");
    await changeDuring(page, () => holdDown(page, link));
    await page.mouse.up();
    await page.waitForURL(`${hub.url}${address}`);
    await page.context().close();
  });

  it("leaves the keyboard on the link where it stands", async () => {
    await openRequest(hub);
    const page = await at("/events");
    const link = page.locator("[data-part] a[href^='/events/evt_']").first();
    const address = await link.getAttribute("href");
    const title = await changeDuring(page, () => link.focus());
    await page
      .locator("[data-part]")
      .getByText(title.replace("Deploy ", "").replace(" ", "/"))
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${hub.url}${address}`);
    await page.context().close();
  });

  it("is answered on the page of a request, though the vote has changed it before the answer comes", async () => {
    const { approval } = await openRequest(hub);
    const path = `/approvals/${approval}`;
    const page = await at(path);
    let drawnAgain = 0;
    page.on("request", (request) => {
      if (request.method() === "GET" && request.url() === hub.url + path) drawnAgain += 1;
    });
    let drawnBefore = -1;
    await page.route(`**${path}/votes`, async (route) => {
      const answer = await route.fetch({ maxRedirects: 0 });
      // Long enough for the page to hear of the vote.
      await pause(1_500);
      drawnBefore = drawnAgain;
      await route.fulfill({ response: answer }).catch(() => {});
    });
    await page
      .locator("#decide")
      .getByRole("button", { name: /^Approve/ })
      .click();
    await page.locator("#decide").getByText("Your vote is recorded.").waitFor();
    expect(drawnBefore).toBe(0);
    await page.context().close();
  });
});
