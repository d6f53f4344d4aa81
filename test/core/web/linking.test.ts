import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import { accountId, type Person } from "../../../core/domain/person.ts";
import type { Click } from "../../../core/ports/inbox.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { visit, visitAs } from "../../fixtures/rig/console-visitor.ts";
import { ask } from "../../fixtures/rig/http.ts";
import { organization, startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";

const personOf = (name: string, fields: Partial<Person> = {}): Person => ({
  ...{ id: deriveId("person", name), organization, revision: 1, name, roles: ["approver"] },
  email: `${name.toLowerCase()}@example.com`,
  ...fields,
});
const ann = personOf("Ann", { roles: ["admin", "approver"] });
const ben = personOf("Ben");
const eve = personOf("Eve");
const clock = handClock();

let web: WebHub;
beforeEach(async () => {
  web = await startWebHub({ clock });
  await Promise.all([ann, ben, eve].map((person) => web.store.people.insert(person)));
  const id = deriveId("installation", organization, "slack", "T1");
  await web.store.installations.insert({
    ...{ id, organization, revision: 1, platform: "slack", workspace: "T1", name: "Acme" },
    ...{ state: "connected", scopes: [] },
  });
});
afterEach(() => web.close());

let clicks = 0;
async function offer(
  platform: Click["platform"] = "slack",
  owner?: Click["owner"],
): Promise<string> {
  clicks += 1;
  const { token } = await web.hub.people.accountLinks.offer({
    ...{ platform, workspace: platform === "slack" ? "T1" : "tenant-1", user: "U-Eve" },
    ...{ outsider: false, action: "approve", value: "", copy: { channel: "C", message: "1" } },
    owner: owner ?? { name: "Eve Example", email: "eve@example.com" },
    click: `click ${clicks}`,
  });
  return `/link/${token}`;
}
const accountOf = (platform: Click["platform"] = "slack") =>
  web.store.accounts.get(accountId(platform, platform === "slack" ? "T1" : "tenant-1", "U-Eve"));

describe("the page of a private link", () => {
  it.each(["slack", "teams"] as const)(
    "A10: names both identities, and links a %s account by its button alone",
    async (platform) => {
      const path = await offer(platform);
      const browser = await visitAs(web, eve.id);
      const { status, body } = await browser.get(path);
      expect(status).toBe(200);
      for (const text of ["Eve Example", "eve@example.com", "U-Eve", "<strong>Eve</strong>"]) {
        expect(body).toContain(text);
      }
      expect(body).toContain(platform === "slack" ? "workspace Acme" : "workspace tenant-1");
      expect(await accountOf(platform)).toBeUndefined();

      const linked = await browser.post(path, path);
      expect([linked.status, linked.body.includes("The account is linked")]).toEqual([200, true]);
      expect((await accountOf(platform))?.person).toBe(eve.id);
      const events = await web.store.events.scan("byTime", { prefix: [organization], limit: 10 });
      expect(events.map(({ event }) => [event.type, event.data["person"]])).toEqual([
        ["installation.account_linked", eve.id],
      ]);
    },
  );

  it("A10: is looked at a thousand times by link previews, and nothing changes", async () => {
    const path = await offer();
    const statuses = new Set<number>();
    // Fifty at a time: a thousand connections in one moment are more than a busy system accepts.
    for (let round = 0; round < 20; round += 1) {
      const looks = Array.from({ length: 50 }, (_, look) =>
        ask(`${web.url}${path}`, look % 2 ? "HEAD" : "GET"),
      );
      for (const { status } of await Promise.all(looks)) statuses.add(status);
    }
    expect(statuses).toEqual(new Set([200]));
    expect(await accountOf()).toBeUndefined();
    expect(await web.store.sessions.scan("byExpiry", { limit: 10 })).toEqual([]);
    const browser = await visitAs(web, eve.id);
    expect((await browser.post(path, path)).status).toBe(200);
    expect(await accountOf()).toBeDefined();
  }, 60_000);

  it("A10: leads somebody who is not signed in to the sign-in page and back", async () => {
    const path = await offer();
    const browser = visit(web.url);
    const stranger = await browser.get(path);
    expect(stranger.body).toContain("Sign in first");
    expect(stranger.body).not.toContain("it is mine");
    const { token } = await web.hub.signInLinks.make(eve.id);
    const start = `/start/${token}`;
    const signedIn = await browser.post(start, start);
    expect([signedIn.status, signedIn.headers.get("location")]).toEqual([303, path]);
    expect((await browser.post(path, path)).status).toBe(200);
    expect((await accountOf())?.person).toBe(eve.id);
  });

  it.each([
    "//evil.example/x",
    "https://evil.example",
    "/\\evil.example",
    "/x\u0000y",
    "javascript:1",
  ])("A10: leads nobody who signs in to %j", async (place) => {
    const { token } = await web.hub.signInLinks.make(eve.id);
    const start = `${web.url}/start/${token}`;
    const page = await ask<string>(start, "GET");
    const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
    const session = page.headers.getSetCookie()[0]?.split(";")[0];
    const answer = await ask(start, "POST", {
      headers: {
        cookie: `${session}; countersign-back=${encodeURIComponent(place)}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ _csrf: csrf }).toString(),
    });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/welcome"]);
  });

  it("A10: links nothing without the page's own token", async () => {
    const path = await offer();
    const browser = await visitAs(web, eve.id);
    expect((await browser.post("/auth/login", path)).status).toBe(403);
    expect(await accountOf()).toBeUndefined();
  });

  it("A10: opened by another person shows whose account it is, and binds nothing by itself", async () => {
    const path = await offer();
    const browser = await visitAs(web, ben.id);
    const page = await browser.get(path);
    expect(page.body).toContain("Eve Example");
    expect(page.body).toContain("Whoever owns that account then decides in your name");
    const answer = await browser.post(path, path);
    expect([answer.status, answer.body.includes("An admin has to agree")]).toEqual([202, true]);
    expect(await accountOf()).toBeUndefined();
    const [waiting] = await web.hub.people.accountLinks.waiting();
    expect(waiting?.claim).toMatchObject({ person: ben.id, waits: "email_differs" });
  });

  it("A10: opened twice or late says so, and binds nothing", async () => {
    const path = await offer();
    const browser = await visitAs(web, eve.id);
    await browser.post(path, path);
    const other = await visitAs(web, ben.id);
    const twice = await other.get(path);
    expect([twice.status, twice.body.includes("This link was used")]).toEqual([410, true]);
    expect((await browser.get(path)).body).toContain("yours already");

    const late = await offer("teams");
    clock.pass(600_000);
    const tooLate = await (await visitAs(web, eve.id)).get(late);
    expect([tooLate.status, tooLate.body.includes("This link is too old")]).toEqual([410, true]);
    expect(await accountOf("teams")).toBeUndefined();
    expect((await browser.get("/link/made-up")).status).toBe(404);
  });

  it("A10: writes what people call themselves as text", async () => {
    const name = `<img src=x onerror=alert(1)>`;
    const { body } = await (await visitAs(web, eve.id)).get(await offer("slack", { name }));
    expect(body).toContain("&lt;img src=x onerror=alert(1)>");
  });
});

describe("the page of people", () => {
  it("A10: lets an admin confirm a claim, and nobody else", async () => {
    const path = await offer("slack", { name: "Eve" });
    await (await visitAs(web, eve.id)).post(path, path);
    const [waiting] = await web.hub.people.accountLinks.waiting();
    const confirm = `/people/links/${waiting?.id}`;
    expect((await (await visitAs(web, ben.id)).get("/people")).status).toBe(403);
    expect(
      (await (await visitAs(web, ben.id)).post("/approvals", confirm, { as: "linked" })).status,
    ).toBe(403);
    expect(await accountOf()).toBeUndefined();
    const admin = await visitAs(web, ann.id);
    expect((await admin.get("/people")).body).toContain("Slack account Eve");
    const settled = await admin.post("/people", confirm, { as: "linked" });
    expect([settled.status, settled.body.includes("The account is linked")]).toEqual([200, true]);
    expect(await accountOf()).toMatchObject({ person: eve.id, confirmedBy: ann.id });
    expect((await admin.post("/people", confirm, { as: "linked" })).status).toBe(409);
  });

  it("adds somebody, whose link signs them in", async () => {
    const admin = await visitAs(web, ann.id);
    const fields = { name: "Fay", email: "fay@example.com", roles: "approver" };
    const { body } = await admin.post("/people", "/people", fields);
    const link = /\/start\/[\w-]+/.exec(body)?.[0] ?? "";
    const fay = visit(web.url);
    expect((await fay.post(link, link)).status).toBe(303);
    expect((await fay.get("/approvals")).body).toContain("Fay");
    expect((await admin.post("/people", "/people", fields)).status).toBe(409);
  });

  it("G11: suspends somebody, who is out at once, and lets them in again", async () => {
    const admin = await visitAs(web, ann.id);
    const person = await visitAs(web, ben.id);
    expect((await person.get("/approvals")).status).toBe(200);
    const answer = await admin.post("/people", `/people/${ben.id}`, { step: "suspend" });
    expect(answer.body).toContain("Ben is suspended");
    expect((await person.get("/approvals")).headers.get("location")).toBe("/auth/login");
    await admin.post("/people", `/people/${ben.id}`, { step: "restore" });
    expect((await person.get("/approvals")).headers.get("location")).toBe("/auth/login");
    expect((await (await visitAs(web, ben.id)).get("/approvals")).status).toBe(200);
    const own = await admin.post("/people", `/people/${ann.id}`, { step: "suspend" });
    expect([own.status, own.body.includes("Nobody suspends themselves")]).toEqual([409, true]);
  });
});
