import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Person } from "../../../core/domain/person.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { visit, visitAs } from "../../fixtures/rig/console-visitor.ts";
import { organization, startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";

const personOf = (name: string, roles: Person["roles"]): Person => ({
  ...{ id: deriveId("person", name), organization, revision: 1, name, roles },
});
const ann = personOf("Ann", ["admin"]);
const ben = personOf("Ben", ["approver"]);

let web: WebHub;
beforeAll(async () => {
  web = await startWebHub({ clock: handClock() });
  await Promise.all([ann, ben].map((person) => web.store.people.insert(person)));
});
afterAll(() => web.close());

describe("the settings", () => {
  it("are listed for an admin, each with its page", async () => {
    const browser = await visitAs(web, ann.id);
    const { status, body } = await browser.get("/settings");
    expect(status).toBe(200);
    const pages = [...body.matchAll(/class="row-title" href="(\/settings\/[^"]+)"/g)];
    expect(pages.length).toBeGreaterThan(0);
    for (const [, href = ""] of pages) expect((await browser.get(href)).status).toBe(200);
  });

  it.each([
    ["/settings/policies/pin", "/settings/policies"],
    ["/settings/policies/unpin", "/settings/policies"],
    ["/settings/policies/remove", "/settings/policies"],
    ["/settings/producers/keys", "/settings/producers"],
    ["/settings/producers/prd_1/secret", "/settings/producers"],
    ["/people/links/lnk", "/people"],
    ["/account/password", "/account"],
  ])("lead from %s, where a form was answered, to its page", async (address, page) => {
    const browser = await visitAs(web, ann.id);
    const { status, headers } = await browser.get(address);
    expect([status, headers.get("location")]).toEqual([303, page]);
    const stranger = await visit(web.url).get(address);
    expect(stranger.headers.get("location")).toBe("/auth/login");
  });

  it("G5: are nobody else's, and not in their navigation", async () => {
    const browser = await visitAs(web, ben.id);
    expect((await browser.get("/settings")).status).toBe(403);
    expect((await browser.get("/settings/sign-in")).status).toBe(403);
    expect((await browser.get("/approvals")).body).not.toContain('href="/settings"');
    const stranger = await visit(web.url).get("/settings");
    expect([stranger.status, stranger.headers.get("location")]).toEqual([303, "/auth/login"]);
  });
});
