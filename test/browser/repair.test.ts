import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { type Receiver, startReceiver } from "../fixtures/rig/receiver.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { watchPage } from "../fixtures/rig/watched-page.ts";

describe("a destination that fails, in a browser", () => {
  let hub: RunningHub;
  let browser: Browser;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    [hub, browser] = await Promise.all([
      RunningHub.start({ OUTBOUND_ALLOW: receiver.origin }),
      openBrowser(),
    ]);
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
    receiver.close();
  });

  it.each([
    ["light", 1360],
    ["dark", 390],
  ] as const)(
    "A13 A15: is found on the Overview, understood and repaired on its page, in %s",
    async (colorScheme, width) => {
      const watched = await watchPage(browser, hub.url, { colorScheme, width, height: 900 });
      const { page } = watched;
      const name = `tickets ${colorScheme}`;
      const wide = () => page.evaluate("document.documentElement.scrollWidth");
      receiver.received.length = 0;
      receiver.answers(({ path }) =>
        path === "/right" ? { status: 200 } : { status: 500, text: "the ticket service is down" },
      );
      await page.goto(await hub.newStartLink());

      await page.goto(`${hub.url}/destinations/new/webhook`);
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByLabel("Address").fill(`${receiver.origin}/wrong`);
      await page.getByLabel("Every type that rules bring").check();
      expect(await watched.axe()).toEqual([]);
      expect(await wide()).toBeLessThanOrEqual(width);
      await page.getByRole("button", { name: "Save destination" }).click();
      await page.getByText("This secret verifies them").waitFor();

      await hub.saveRules([{ name: "Tickets", types: ["*"], to: [name], continue: false }]);
      await hub.post({ type: "deploy.finished", subject: `web/${width}` });
      await hub.line(new RegExp(`"label":"${name}".*http_500`));

      await page.goto(hub.url);
      await page.getByText(`${name} is tried again`).first().waitFor();
      await page.getByText("http_500: the ticket service is down").first().waitFor();
      await page.goto(`${hub.url}/destinations`);
      await page.getByRole("link", { name }).click();
      await page.getByText("http_500: the ticket service is down").first().waitFor();

      await page.getByRole("button", { name: "Test what is typed" }).click();
      await page.getByText("The test failed").waitFor();
      await page.getByText("The receiver has trouble on its side").waitFor();
      expect(await watched.axe()).toEqual([]);
      await page.getByLabel("Address").fill(`${receiver.origin}/right`);
      await page.getByRole("button", { name: "Test what is typed" }).click();
      await page.getByText("The test message was taken").waitFor();
      await page.getByText("Unsaved value").waitFor();
      await page.getByLabel("Address").fill(`${receiver.origin}/right`);
      await page.getByRole("button", { name: "Save changes" }).click();
      await page.getByText("Saved.").waitFor();

      // What waited goes out at once, and the badge tells so on the page that stands open.
      await page.getByText("Healthy").waitFor({ timeout: 5_000 });
      const arrived = receiver.received.filter(({ path }) => path === "/right");
      expect(
        arrived.map(({ text }) => (JSON.parse(text) as { subject: string }).subject),
      ).toContain(`web/${width}`);
      expect(await wide()).toBeLessThanOrEqual(width);
      expect(watched.troubles).toEqual([]);
      await page.context().close();
    },
  );
});
