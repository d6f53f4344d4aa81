import { mkdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { decidingButtons, openRequest } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { type WatchedPage, watchPage } from "../fixtures/rig/watched-page.ts";

/** Where pictures go; `PICTURES=core/docs` renews those of the README. */
const pictures = process.env["PICTURES"] ?? join(tmpdir(), "countersign-pictures");

const sample = { service: "web", version: "1.4.2", environment: "production" };

describe("the first minute in a browser", () => {
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

  const pane = ({ page }: WatchedPage, name: "Slack" | "Teams") =>
    page.getByRole("region", { name, exact: true });

  /** Somebody who is signed in and looks at the sandbox. */
  async function atSandbox(look: Parameters<typeof watchPage>[2] = {}): Promise<WatchedPage> {
    const watched = await watchPage(browser, hub.url, look);
    const link = await hub.newStartLink();
    await watched.page.goto(link);
    await watched.page.goto(`${hub.url}/sandbox`);
    await pane(watched, "Teams").getByRole("listitem").first().waitFor();
    return watched;
  }

  it("D3 U1: the start link leads to the sandbox, and Approve in Slack closes the card in Teams", async () => {
    const watched = await watchPage(browser, hub.url);
    const { page, troubles } = watched;
    await page.goto(hub.block.startLink);
    await page.goto(`${hub.url}/sandbox`);
    const [slack, teams] = [pane(watched, "Slack"), pane(watched, "Teams")];
    await teams.getByRole("button", { name: /^Approve/ }).waitFor();

    await slack.getByRole("button", { name: /^Approve/ }).click();
    await slack
      .getByText(/Approved by Ann in Slack/)
      .first()
      .waitFor();
    await teams
      .getByText(/Approved by Ann in Slack/)
      .first()
      .waitFor();
    await teams.getByRole("button", { name: /^Approve/ }).waitFor({ state: "detached" });
    const strip = page.getByRole("region", { name: "What just happened" });
    await strip
      .getByText(/verified/i)
      .first()
      .waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("D2 D8: Reject in Teams asks for the reason in the card and closes the message in Slack", async () => {
    const request = await openRequest(hub);
    const watched = await atSandbox();
    const card = pane(watched, "Teams").getByRole("listitem").filter({ hasText: request.title });
    await card
      .getByRole("button", { name: /^Reject/ })
      .first()
      .click();
    await card.getByRole("textbox").fill("Not on a Friday");
    await card
      .getByRole("button", { name: /^Reject/ })
      .last()
      .click();
    const message = pane(watched, "Slack").getByRole("listitem").filter({ hasText: request.title });
    await message
      .getByText(/Rejected by Ann in Teams/)
      .first()
      .waitFor();
    await message
      .getByText(/Not on a Friday/)
      .first()
      .waitFor();
    expect(watched.troubles).toEqual([]);
    await watched.page.context().close();
  });

  it("D1 D8: Reject in Slack asks in a dialog", async () => {
    const request = await openRequest(hub);
    const watched = await atSandbox();
    const message = pane(watched, "Slack").getByRole("listitem").filter({ hasText: request.title });
    await message.getByRole("button", { name: /^Reject/ }).click();
    const dialog = watched.page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("Wait for the review");
    await dialog.getByRole("button", { name: /^Reject request/ }).click();
    await pane(watched, "Teams")
      .getByText(/Rejected by Ann in Slack/)
      .first()
      .waitFor();
    expect(watched.troubles).toEqual([]);
    await watched.page.context().close();
  });

  it("D3: the page of a request decides it too", async () => {
    const request = await openRequest(hub);
    const watched = await atSandbox({ width: 390, height: 844 });
    const { page, troubles } = watched;
    await page.goto(`${hub.url}/approvals/${request.approval}`);
    expect(await watched.axe()).toEqual([]);
    await page.getByRole("button", { name: /^Approve/ }).click();
    await page
      .getByText(/Approved by Ann/)
      .first()
      .waitFor();
    const closed = await hub.sandbox.message(
      "slack",
      (message) => message.id === request.copies.slack.id && decidingButtons(message).length === 0,
    );
    expect(JSON.stringify(closed.blocks)).toMatch(
      /Approved by Ann in the web page|Approved by Ann/,
    );
    const wide = await page.evaluate("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(390);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it.each(["light", "dark"] as const)(
    "the pages are fit for everybody, in %s",
    async (colorScheme) => {
      const fresh = await RunningHub.start();
      const watched = await watchPage(browser, fresh.url, { colorScheme });
      const { page, troubles } = watched;
      await page.goto(fresh.block.startLink);
      await page.goto(`${fresh.url}/sandbox`);
      await pane(watched, "Teams")
        .getByRole("button", { name: /^Approve/ })
        .waitFor();
      await pane(watched, "Slack")
        .getByRole("button", { name: /^Approve/ })
        .click();
      await pane(watched, "Teams")
        .getByText(/Approved by Ann in Slack/)
        .first()
        .waitFor();
      await fresh.post({ type: "deploy.requested", subject: "web/1.4.2", data: sample });
      for (const name of ["Slack", "Teams"] as const) {
        const card = pane(watched, name).getByRole("listitem").filter({ hasText: "web 1.4.2" });
        await card.getByRole("button", { name: /^Approve/ }).waitFor();
      }
      const strip = page.getByRole("region", { name: "What just happened" });
      await strip.getByRole("button", { name: /billing/ }).click();
      await strip
        .getByText(/verified/i)
        .first()
        .waitFor();
      const picture = join(pictures, `sandbox-${colorScheme}.png`);
      await page.screenshot({ path: picture });
      expect(statSync(picture).size).toBeGreaterThan(20_000);
      const found = [...(await watched.axe())];
      const lists = ["/approvals", "/events", "/deliveries", "/settings/producers"];
      const singles: string[] = [];
      for (const path of [
        "/events",
        "/deliveries?to=releases",
        "/deliveries?to=general",
        "/settings/producers",
      ]) {
        await page.goto(`${fresh.url}${path}`);
        const first = page.locator("main table a.strong").first();
        singles.push((await first.getAttribute("href")) ?? `nothing stands on ${path}`);
      }
      const word = "a".repeat(300);
      const long = [`/events?subject=${word}`, `/deliveries?type=${word}`, `/routing?q=${word}`];
      const pages = [...lists, "/deliveries/redeliver", ...singles, ...long];
      for (const path of [...pages, "/routing", "/people"]) {
        await page.goto(`${fresh.url}${path}`);
        await page.evaluate(
          `for (const one of document.querySelectorAll("main details")) one.open = true`,
        );
        for (const width of [390, 1_360]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
          if (wide > width) found.push(`${path}: ${wide} px at ${width}`);
        }
        found.push(...(await watched.axe()).map((one) => `${path} ${one}`));
      }
      await page.context().close();
      await fresh.stop();
      expect(found).toEqual([]);
      expect(troubles).toEqual([]);
    },
  );

  it("H4: the page of a delivery follows its state without a reload", async () => {
    await hub.sandbox.chaos({ platform: "slack", next: 1, answer: "internal_error" });
    const { approval } = await hub.post({
      type: "deploy.requested",
      subject: "live/1",
      data: sample,
    });
    const watched = await atSandbox();
    const { page, troubles } = watched;
    await page.goto(`${hub.url}/deliveries?approval=${approval?.id}&to=releases`);
    await page.locator("main table a.strong").first().click();
    await page.evaluate("window.stays = true");
    await page.locator("#state").getByText("Delivered").waitFor();
    await page.locator("#answer").getByText("Attempt 2").waitFor();
    await page.getByText("This is a drawing of attempt 2").waitFor();
    expect(await page.evaluate("window.stays")).toBe(true);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  it("the API page draws itself from this machine alone", async () => {
    const { page, troubles } = await watchPage(browser, hub.url);
    await page.goto(`${hub.url}/docs`);
    await page.getByText("/v1/events").first().waitFor();
    expect(troubles).toEqual([]);
    await page.context().close();
  });
});
