import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { openRequest } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { watchPage } from "../fixtures/rig/watched-page.ts";

/** The narrowest that WCAG asks for (1.4.10, Reflow). */
const width = 320;
/** Of pages that differ only in an id so many are looked at. */
const ofAKind = 2;

const begin = [
  ...["/", "/approvals", "/events", "/deliveries", "/routing", "/routing/rule", "/destinations"],
  ...["/destinations/new", "/workspaces", "/workspaces/slack/setup", "/workspaces/teams/setup"],
  ...["/people", "/people/groups/new", "/settings", "/settings/policies/edit", "/account"],
  ...[`/events?subject=${"a".repeat(300)}`, `/routing?q=${"a".repeat(300)}`],
];

/** What a page is, whatever it is about. */
const kindOf = (path: string) =>
  path
    .replace(/[?#].*/, "")
    .replace(/[a-z]+_[0-9a-z]{10,}/g, "ID")
    .replace(/types\/.*/, "types/ID");

describe("the console on a narrow screen", () => {
  let hub: RunningHub;
  let browser: Browser;
  beforeAll(async () => {
    [hub, browser] = await Promise.all([RunningHub.start(), openBrowser()]);
    await openRequest(hub);
  });
  afterAll(async () => {
    await browser.close();
    await hub.stop();
  });

  /** Open a page with all its folds open, and answer by how much it is too wide, and where it leads. */
  async function open(page: Page, path: string) {
    const answer = await page.goto(hub.url + path);
    if (!answer?.headers()["content-type"]?.includes("html")) return { excess: 0, links: [] };
    return page.evaluate<{ readonly excess: number; readonly links: readonly string[] }>(`(() => {
      for (const one of document.querySelectorAll("main details")) one.open = true;
      const links = [...document.querySelectorAll("main a[href^='/']")];
      return {
        excess: document.documentElement.scrollWidth - innerWidth,
        links: links.filter((a) => !a.hasAttribute("download")).map((a) => a.getAttribute("href")),
      };
    })()`);
  }

  it.each(["en", "de"] as const)("fits every page that links lead to, in %s", async (language) => {
    const { page } = await watchPage(browser, hub.url, { width });
    await page.goto(await hub.newStartLink());
    await page.goto(`${hub.url}/account`);
    await page.locator("select[name=language]").selectOption(language);
    await page.locator("form:has(select[name=language]) button").click();
    await page.locator(`html[lang=${language}]`).waitFor({ state: "attached" });
    const tooWide: string[] = [];
    const seen = new Set<string>();
    const kinds = new Map<string, number>();
    const left = [...begin];
    for (let path = left.shift(); path !== undefined; path = left.shift()) {
      seen.add(path);
      const { excess, links } = await open(page, path);
      if (excess > 0) tooWide.push(`${path}: ${excess} px`);
      for (const link of links) {
        const count = kinds.get(kindOf(link)) ?? 0;
        if (count >= ofAKind || seen.has(link) || left.includes(link)) continue;
        kinds.set(kindOf(link), count + 1);
        left.push(link);
      }
    }
    expect(tooWide).toEqual([]);
    expect(seen.size).toBeGreaterThan(40);
    await page.context().close();
  });

  it("breaks no type and no name of a rule on a wide one, however long a subject is", async () => {
    await hub.post({ type: "deploy.finished", subject: "a".repeat(256) });
    const { page } = await watchPage(browser, hub.url, { width: 1_360 });
    await page.goto(await hub.newStartLink());
    await page.goto(`${hub.url}/events`);
    const lines = await page.evaluate<readonly number[]>(`(() => {
      const row = [...document.querySelectorAll("tbody tr")].find((one) => /a{256}/.test(one.textContent));
      return [row.querySelector(".type"), row.querySelector("td.quiet.wide-only")].map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getClientRects().length;
      });
    })()`);
    expect(lines).toEqual([1, 1]);
    await page.context().close();
  });
});
