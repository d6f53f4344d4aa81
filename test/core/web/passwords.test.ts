import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Person } from "../../../core/domain/person.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { visit, visitAs } from "../../fixtures/rig/console-visitor.ts";
import { organization, startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";
import { postOf } from "../domain/samples.ts";

const ann: Person = {
  ...{ id: deriveId("person", "Ann"), organization, revision: 1, name: "Ann" },
  ...{ email: "ann@example.com", roles: ["admin", "approver"] },
};
const right = "correct horse battery";
const twice = { password: right, again: right };
const clock = handClock();

let web: WebHub;
beforeEach(async () => {
  web = await startWebHub({ clock });
  await web.store.people.insert(ann);
});
afterEach(() => web.close());

const goesTo = (answer: { readonly status: number; readonly headers: Headers }) =>
  answer.status === 303 ? answer.headers.get("location") : answer.status;
const signIn = (name: string, password: string, browser = visit(web.url)) =>
  browser.post("/auth/login", "/auth/login", { name, password });

describe("a password in the console", () => {
  it("is offered to who comes by a link, and then opens the door beside links", async () => {
    const browser = visit(web.url);
    const { token } = await web.hub.signInLinks.make(ann.id);
    expect(goesTo(await browser.post(`/start/${token}`, `/start/${token}`))).toBe("/welcome");
    const offer = await browser.get("/welcome");
    expect(offer.body).toContain('value="ann@example.com"');
    expect(offer.body).toContain("Go on with links");
    const set = await browser.post("/welcome", "/welcome", { name: "ann@example.com", ...twice });
    expect(goesTo(set)).toBe("/");
    expect((await browser.get("/account")).status).toBe(200);

    expect(goesTo(await signIn("ann@example.com", right))).toBe("/");
    const again = await web.hub.signInLinks.make(ann.id);
    const path = `/start/${again.token}`;
    expect(goesTo(await visit(web.url).post(path, path))).toBe("/");
  });

  it("is refused with the fields kept and the mistake at its field", async () => {
    const browser = await visitAs(web, ann.id);
    const fields = { name: "ann", password: right, again: "something else" };
    const differs = await browser.post("/account", "/account/password", fields);
    expect(differs.status).toBe(422);
    expect(differs.body).toMatch(/id="again-error">This is not the same as above/);
    expect(differs.body).toContain('value="ann"');
    expect(differs.body).not.toContain(right);
    const short = await browser.post("/welcome", "/welcome", {
      name: "ann",
      password: "x",
      again: "x",
    });
    expect([short.status, /id="password-error"/.test(short.body)]).toEqual([422, true]);
    expect(await web.hub.people.passwords.of(ann.id)).toBeUndefined();
  });

  it("answers a name that nobody has, and one whose password is wrong, with the same bytes", async () => {
    await web.hub.people.passwords.set(ann, "ann", right);
    const bare = ({ status, body }: { readonly status: number; readonly body: string }) => ({
      status,
      page: body.replace(/name="_csrf" value="[^"]+"/, "").replace(/value="(ann|bob)"/, ""),
    });
    const wrong = bare(await signIn("ann", "wrong"));
    expect(wrong.status).toBe(401);
    expect(bare(await signIn("bob", "wrong"))).toEqual(wrong);
    for (let n = 0; n < 4; n += 1) {
      await signIn("ann", "wrong");
      await signIn("bob", "wrong");
    }
    const locked = await signIn("ann", right);
    expect([locked.status, locked.headers.get("retry-after")]).toEqual([429, "900"]);
    expect(locked.body).toContain("Try again in 15 min, or use a one-time link.");
    expect(bare(await signIn("bob", right))).toEqual(bare(locked));
    // A lock shuts nobody out who is let in by an admin.
    expect((await (await visitAs(web, ann.id)).get("/people")).status).toBe(200);
  });

  it("is changed by who knows the present one, which ends every other session", async () => {
    await web.hub.people.passwords.set(ann, "ann", right);
    const [here, there] = [visit(web.url), visit(web.url)];
    for (const browser of [here, there])
      expect(goesTo(await signIn("ann", right, browser))).toBe("/");
    const next = { name: "ann", password: "a whole new password", again: "a whole new password" };
    const wrong = await here.post("/account", "/account/password", { ...next, current: "wrong" });
    expect([wrong.status, /id="current-error"/.test(wrong.body)]).toEqual([422, true]);
    expect((await there.get("/account")).status).toBe(200);
    const changed = await here.post("/account", "/account/password", { ...next, current: right });
    expect(goesTo(changed)).toBe("/account?done=set");
    expect((await here.get("/account")).status).toBe(200);
    expect(goesTo(await there.get("/account"))).toBe("/auth/login");
    expect((await signIn("ann", right)).status).toBe(401);
    expect(goesTo(await here.post("/account", "/account/password/remove"))).toBe(
      "/account?done=removed",
    );
    expect((await signIn("ann", next.password)).status).toBe(401);
  });

  it("G11: one button signs out everywhere", async () => {
    const [here, there] = [await visitAs(web, ann.id), await visitAs(web, ann.id)];
    const out = await here.post("/account", "/account/sign-out-everywhere");
    expect(goesTo(out)).toBe("/auth/login?everywhere");
    expect((await here.get("/auth/login?everywhere")).body).toContain("signed out everywhere");
    for (const browser of [here, there]) {
      expect(goesTo(await browser.get("/account"))).toBe("/auth/login");
    }
  });

  it("G11: stays signed out, though a request of that browser was on its way and wrote its session", async () => {
    const there = await visitAs(web, ann.id);
    const { deliveries } = web.store;
    const { get } = deliveries;
    const delivery = { ...postOf(1), organization };
    await deliveries.insert(delivery);
    // Whoever holds the cookie has a request under way at any moment: this one has read its session and will write it.
    deliveries.get = async (id) => {
      await web.hub.people.signOutEverywhere(ann.id);
      return get(id);
    };
    const path = `/deliveries/${delivery.id}`;
    expect(goesTo(await there.post("/account", `${path}/redeliver`))).toBe(path);
    deliveries.get = get;
    expect(await web.store.sessions.scan("byPerson", { prefix: [ann.id], limit: 9 })).toEqual([]);
    expect(goesTo(await there.get("/account"))).toBe("/auth/login");
  });
});

describe("a session", () => {
  it("G11: takes the streams that it opened with it when it ends", async () => {
    const browser = await visitAs(web, ann.id);
    const feed = await fetch(`${web.url}/v1/feed`, { headers: { cookie: browser.cookie() } });
    expect(feed.status).toBe(200);
    const ended = feed.text().catch(() => "cut off");
    await web.hub.people.signOutEverywhere(ann.id);
    expect(await ended).toBe("cut off");
  });

  it("G7: lasts twelve hours from the sign-in, whatever is done in it meanwhile", async () => {
    const browser = await visitAs(web, ann.id);
    const delivery = { ...postOf(1), organization };
    await web.store.deliveries.insert(delivery);
    clock.pass(11 * 3_600_000);
    const path = `/deliveries/${delivery.id}`;
    // What it says next is kept in the session, which is written for that.
    expect(goesTo(await browser.post("/account", `${path}/redeliver`))).toBe(path);
    clock.pass(59 * 60_000);
    expect((await browser.get("/account")).status).toBe(200);
    clock.pass(60_000);
    expect(goesTo(await browser.get("/account"))).toBe("/auth/login");
  });
});
