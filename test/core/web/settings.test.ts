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

  it("G5: are nobody else's, and not in their navigation", async () => {
    const browser = await visitAs(web, ben.id);
    expect((await browser.get("/settings")).status).toBe(403);
    expect((await browser.get("/settings/sign-in")).status).toBe(403);
    expect((await browser.get("/approvals")).body).not.toContain('href="/settings"');
    const stranger = await visit(web.url).get("/settings");
    expect([stranger.status, stranger.headers.get("location")]).toEqual([303, "/auth/login"]);
  });
});
