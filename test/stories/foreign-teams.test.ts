import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../fixtures/rig/browser.ts";
import { type ConsoleVisitor, visit } from "../fixtures/rig/console-visitor.ts";
import { freePort } from "../fixtures/rig/free-port.ts";
import { type HubProcess, launch } from "../fixtures/rig/hub-process.ts";
import { type ForeignTeams, foreign, startForeignTeams } from "../fixtures/teams/foreign-teams.ts";

/**
 * `cli.js` of `@microsoft/m365agentsplayground`: its licence lets people try it, so it is no dependency of ours. Of what
 * is free, `offline-directline` 1.3.1 (ISC) knows the channel `emulator` alone, no tenant, no team and no invoke, edits
 * nothing and lists nobody; the Bot Framework Emulator is on no package registry.
 */
const tool = process.env["FOREIGN_TEAMS"] ?? "";
const why =
  tool === ""
    ? " (FOREIGN_TEAMS names no cli.js of @microsoft/m365agentsplayground; offline-directline, which is free, knows no teams, invokes or edits)"
    : "";
const patience = { timeout: 30_000 };

/** Microsoft's own bot test tool, which knows nothing of Countersign, reached by address settings alone. */
describe.skipIf(tool === "")(`a Teams that we did not write${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-foreign-hub-"));
  const given: Record<string, string> = {};
  let teams: ForeignTeams;
  let hub: HubProcess;
  let admin: ConsoleVisitor;
  let browser: Browser;
  let page: Page;
  let workspace = "";

  beforeAll(async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    teams = await startForeignTeams(tool, url);
    Object.assign(given, {
      ...{ PORT: String(port), PUBLIC_URL: url, DATA_DIR: join(folder, "data") },
      ...teams.settings,
    });
    hub = launch(["serve"], folder, given);
    await hub.lines.until(/^ {2}API +http/);
    admin = visit(url);
    const command = launch(["admin", "link"], folder, given);
    await command.ended;
    const path = /\/start\/\S+/.exec(command.lines.all.join("\n"))?.[0] ?? "";
    expect((await admin.post(path, path)).status).toBe(303);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await hub.end("SIGINT");
    await teams.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("A2: is connected by a consent and by what it tells of its team", async () => {
    const begun = await admin.get("/teams/consent");
    const state = new URL(begun.headers.get("location") ?? "").searchParams.get("state") ?? "";
    const query = { admin_consent: "True", tenant: foreign.tenantId, state };
    const back = await admin.get(`/teams/consent/callback?${new URLSearchParams(query)}`);
    workspace = back.headers.get("location") ?? "";
    expect(workspace).toMatch(/^\/workspaces\/ins_/);
    page = await (await browser.newContext()).newPage();
    await page.goto(teams.url);
    await page.getByText(foreign.channel).first().click();
    const told = async () => (await admin.get(workspace)).body;
    await expect.poll(told, patience).toContain(`It is in ${foreign.team}.`);
  });

  it("A7: shows its channels, and takes the one that is chosen", async () => {
    const picker = `${workspace}/channels`;
    const name = `${foreign.team} › ${foreign.channel}`;
    await expect.poll(async () => (await admin.get(picker)).body, patience).toContain(name);
    const choice = { workspace: foreign.tenantId, channel: foreign.channelId };
    const chosen = await admin.post(picker, picker, choice);
    const place = /^[^?]+/.exec(chosen.headers.get("location") ?? "")?.[0] ?? "";
    await admin.post(place, `${place}/hello`);
    await page.getByText("Countersign can post here").waitFor();
    const rule = { version: "0", type: "deploy.*", policy: "" };
    expect((await admin.post(place, `${place}/rules`, rule)).status).toBe(303);
  });

  it("D2 C9 A10: a press there is refused in private, and counts once the account is linked", async () => {
    const words = ["trigger", "deploy.requested", "-d", "service=web", "approval={}", "--json"];
    await launch(words, folder, given).ended;
    const approve = page.getByRole("button", { name: "Approve" }).first();
    await approve.waitFor();
    await approve.click();
    const refusal = page.getByText(/does not know yet who you are/).first();
    await refusal.waitFor();
    const link = /\/link\/\w+/.exec((await refusal.textContent()) ?? "")?.[0] ?? "";
    expect((await admin.post(link, link)).status).toBe(202);
    const settle = /action="(\/people\/links\/[^"]+)"/.exec((await admin.get("/people")).body)?.[1];
    expect((await admin.post("/people", settle ?? "", { as: "linked" })).status).toBe(200);
    await approve.click();
    await page
      .getByText(/✓ Approved by .* in Teams/)
      .first()
      .waitFor();
    await expect.poll(() => approve.count(), patience).toBe(0);
  });
});
