import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Person } from "../../../core/domain/person.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { type Issuer, type IssuerFault, startIssuer } from "../../fixtures/issuer/issuer.ts";
import { type ConsoleVisitor, visit, visitAs } from "../../fixtures/rig/console-visitor.ts";
import { ask } from "../../fixtures/rig/http.ts";
import { organization, startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";

const ann: Person = {
  ...{ id: deriveId("person", "Ann"), organization, revision: 1, name: "Ann" },
  ...{ email: "Ann@example.com", roles: ["admin", "approver"] },
};
const annThere = { sub: "a-1", name: "Ann B.", email: "ann@example.com", email_verified: true };
const eveThere = { sub: "e-1", name: "Eve", email: "eve@example.com", email_verified: true };
const password = "correct horse battery";

let clock: ReturnType<typeof handClock>;
let issuer: Issuer;
let web: WebHub;
beforeEach(async () => {
  clock = handClock();
  issuer = await startIssuer();
  web = await startWebHub({ clock, web: () => ({ singleSignOn: issuer.settings }) });
  await web.store.people.insert(ann);
});
afterEach(async () => {
  await web.close();
  await issuer.close();
});

const pathOf = (address: string) => address.slice(web.url.length);
const goesTo = (answer: { readonly status: number; readonly headers: Headers }) =>
  answer.status === 303 ? answer.headers.get("location") : answer.status;

/** Press the button of the sign-in page, and go where the issuer sends the browser back to. */
async function comeBack(browser: ConsoleVisitor) {
  const out = await browser.get("/auth/oidc");
  return pathOf(await issuer.visit(out.headers.get("location") ?? ""));
}
const signIn = async (browser = visit(web.url)) => browser.get(await comeBack(browser));
const everybody = async () =>
  (await web.store.people.scan("byName", { prefix: [organization], limit: 10 })).map(
    ({ name, email, roles }) => [name, email, roles.join()],
  );
async function rows() {
  await web.hub.audit.settle();
  const { items } = await web.hub.audit.read({ limit: 20, order: "ascending" });
  return items.map(({ entry }) => ({ action: entry.action, details: entry.details }));
}

describe("single sign-on", () => {
  it("G7: lets in whom the issuer vouches for, found by a verified address and from then on by the account", async () => {
    issuer.person = annThere;
    const browser = visit(web.url);
    const page = await browser.get("/auth/login");
    expect(page.body).toContain(`Sign in with ${issuer.host}`);
    expect(goesTo(await signIn(browser))).toBe("/");
    expect((await browser.get("/people")).status).toBe(200);
    expect(await rows()).toMatchObject([
      { action: "issuer_account.added", details: { person: ann.id, subject: "a-1" } },
      { action: "session.signed_in", details: { how: "oidc" } },
    ]);
    // Her address is another one now, unverified, and the old one is somebody else's.
    issuer.person = { sub: "a-1", email: "new@example.com", email_verified: false };
    const later = visit(web.url);
    expect(goesTo(await signIn(later))).toBe("/");
    expect((await later.get("/account")).body).toContain("Ann");
    expect(await everybody()).toEqual([["Ann", "Ann@example.com", "admin,approver"]]);
  });

  it("G7: sends state, nonce and PKCE, and asks the issuer nothing before somebody signs in", async () => {
    expect(issuer.asked).toEqual([]);
    const { headers } = await visit(web.url).get("/auth/oidc");
    const { searchParams: sent } = new URL(headers.get("location") ?? "");
    expect(Object.fromEntries(sent)).toMatchObject({
      ...{ response_type: "code", client_id: "countersign", code_challenge_method: "S256" },
      ...{ scope: "openid email profile", redirect_uri: `${web.url}/auth/oidc/callback` },
    });
    for (const name of ["state", "nonce", "code_challenge"]) {
      expect(sent.get(name)).toMatch(/^[\w-]{43}$/);
    }
  });

  it("G7: takes a verified address from the userinfo endpoint where the token bears none", async () => {
    issuer.person = annThere;
    issuer.thinTokens = true;
    expect(goesTo(await signIn())).toBe("/");
    expect(issuer.asked).toContain("/me");
  });

  it.each([
    ["not verified", { email_verified: false }],
    ["verified in words alone", { email_verified: "true" }],
    ["said nothing about", { email_verified: undefined }],
  ])("G7: knows nobody by an address that is %s", async (_, claim) => {
    issuer.person = { ...annThere, ...claim };
    await web.hub.people.setDefaultRole("approver");
    const answer = await signIn();
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("Your e-mail address is not verified");
    expect(answer.body).toContain(`Have the address verified at ${issuer.host}`);
    expect((await everybody()).length).toBe(1);
    expect((await rows()).at(-1)).toMatchObject({
      ...{ action: "session.refused", details: { because: "oidc_email_unverified" } },
    });
  });

  it.each<[IssuerFault, number, string]>([
    ["wrong nonce", 502, "was not accepted"],
    ["wrong state", 502, "was not accepted"],
    ["wrong audience", 502, "was not accepted"],
    ["wrong issuer", 502, "was not accepted"],
    ["foreign key", 502, "was not accepted"],
    ["expired", 502, "was not accepted"],
    ["token endpoint fails", 502, "was not accepted"],
    ["denies", 403, "did not sign you in"],
  ])(
    "G7: signs nobody in when the issuer answers with this fault: %s",
    async (fault, status, said) => {
      issuer.person = annThere;
      issuer.fault = fault;
      const browser = visit(web.url);
      const answer = await signIn(browser);
      expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(said)]);
      expect(goesTo(await browser.get("/account"))).toBe("/auth/login");
      expect(web.lines.join()).not.toContain(issuer.settings.clientSecret);
    },
  );

  it("G7: takes the way back once, and in the browser that began alone", async () => {
    issuer.person = annThere;
    const [own, other] = [visit(web.url), visit(web.url)];
    const back = await comeBack(own);
    const stolen = await other.get(back);
    expect([stolen.status, stolen.body]).toEqual([
      400,
      expect.stringContaining("This sign-in was not begun here"),
    ]);
    expect(goesTo(await own.get(back))).toBe("/");
    expect((await visit(web.url).get(back)).status).toBe(400);
  });

  it("G7: a suspended person is refused, by address and by account", async () => {
    issuer.person = annThere;
    const ben: Person = {
      ...ann,
      id: deriveId("person", "Ben"),
      name: "Ben",
      email: "b@example.com",
    };
    await web.store.people.insert(ben);
    expect(goesTo(await signIn())).toBe("/");
    await web.hub.people.suspend(ann.id, ben.id);
    const byAccount = await signIn();
    expect([byAccount.status, byAccount.body]).toEqual([
      403,
      expect.stringContaining("is suspended"),
    ]);
    issuer.person = { ...annThere, sub: "a-2" };
    await web.hub.people.setDefaultRole("router");
    expect((await signIn()).status).toBe(403);
    expect((await everybody()).length).toBe(2);
    const kept = await web.store.issuerAccounts.scan("byPerson", { prefix: [ann.id], limit: 9 });
    expect(kept.map(({ subject }) => subject)).toEqual(["a-1"]);
  });

  it("G7: lets nobody in whom it does not know while no role is chosen, and says whom to ask", async () => {
    issuer.person = eveThere;
    const answer = await signIn();
    expect(answer.status).toBe(403);
    expect(answer.body).toContain("This hub does not know you yet");
    expect(answer.body).toContain("eve@example.com");
    expect(answer.body).toContain("Ask an admin of this hub to add you");
    expect((await everybody()).length).toBe(1);
  });

  it("G7: makes a person with the role that an admin chose under Settings, once", async () => {
    const admin = await visitAs(web, ann.id);
    const asked = { default_role: "approver" };
    const saved = await admin.post("/settings/sign-in", "/settings/sign-in", asked);
    expect([saved.status, saved.body]).toEqual([
      200,
      expect.stringContaining("let in as approver"),
    ]);
    const shown = (await admin.get("/settings/sign-in")).body;
    expect(shown).toMatch(/<option value="approver" selected/);
    expect(shown).toContain(`${web.url}/auth/oidc/callback`);
    const wrong = { default_role: "admin" };
    expect((await admin.post("/settings/sign-in", "/settings/sign-in", wrong)).status).toBe(422);
    expect(await rows()).toContainEqual({
      action: "settings.added",
      details: { defaultRole: "approver" },
    });
    issuer.person = eveThere;
    const answers = await Promise.all([signIn(), signIn(), signIn()]);
    expect(answers.map(goesTo)).toEqual(["/", "/", "/"]);
    expect(await everybody()).toEqual([
      ["Ann", "Ann@example.com", "admin,approver"],
      ["Eve", "eve@example.com", "approver"],
    ]);
    expect((await rows()).filter(({ action }) => action === "person.added").length).toBe(1);
  });

  it("G7: an admin sees by which account somebody comes, and takes it away: sessions end, and it is told", async () => {
    issuer.person = annThere;
    const browser = visit(web.url);
    await signIn(browser);
    const boss = { ...ann, id: deriveId("person", "Bo"), name: "Bo", email: "bo@example.com" };
    await web.store.people.insert(boss);
    const admin = await visitAs(web, boss.id);
    const page = `/people/${ann.id}`;
    const { body } = await admin.get(page);
    expect(body).toContain("Single sign-on");
    expect(body).toContain("<code>a-1</code>");
    const account = /name="account" value="([^"]+)"/.exec(body)?.[1] ?? "";
    const other = `/people/${boss.id}`;
    expect((await admin.post(other, other, { step: "unlink", account })).status).toBe(404);
    const taken = await admin.post(page, page, { step: "unlink", account });
    expect(taken.body).toContain("is signed out everywhere");
    expect(taken.body).not.toContain("<code>a-1</code>");
    expect(goesTo(await browser.get("/account"))).toBe("/auth/login");
    expect((await rows()).map(({ action }) => action)).toContain("issuer_account.removed");
  });

  it("G7: choosing a role keeps where the hub's troubles are told", async () => {
    const place = deriveId("destination", "ops");
    await web.store.hubChoices.insert({
      ...{ id: organization, organization, revision: 1, operations: place },
    });
    await web.hub.people.setDefaultRole("approver");
    await web.hub.operations.set(undefined);
    expect(await web.hub.people.defaultRole()).toBe("approver");
    await web.hub.people.setDefaultRole(undefined);
    expect(await web.hub.people.defaultRole()).toBeUndefined();
  });

  it("G7: looks for the issuer again after a clock that ran ahead was set back", async () => {
    issuer.down = true;
    expect((await visit(web.url).get("/auth/login")).body).toContain("cannot be reached");
    clock.pass(-3_600_000);
    issuer.down = false;
    expect((await visit(web.url).get("/auth/login")).body).toContain(`Sign in with ${issuer.host}`);
  });

  it("G7: a password opens the console while the issuer is down, and is refused with the reason while it is up", async () => {
    await web.hub.people.passwords.set(ann, "ann", password);
    issuer.down = true;
    const browser = visit(web.url);
    const page = (await browser.get("/auth/login")).body;
    expect(page).toContain(`${issuer.host} cannot be reached at the moment`);
    const fields = { name: "ann", password };
    expect(goesTo(await browser.post("/auth/login", "/auth/login", fields))).toBe("/");

    const away = await visit(web.url).get("/auth/oidc");
    expect([away.status, away.body]).toEqual([503, expect.stringContaining("cannot be reached")]);
    expect(away.body).toContain("passwords work on the sign-in page");

    // The page is still open when the issuer is back.
    const late = visit(web.url);
    const _csrf =
      /name="_csrf" value="([^"]+)"/.exec((await late.get("/auth/login")).body)?.[1] ?? "";
    issuer.down = false;
    clock.pass(6_000);
    const refused = await ask<string>(`${web.url}/auth/login`, "POST", {
      headers: {
        ...{ cookie: late.cookie(), "content-type": "application/x-www-form-urlencoded" },
      },
      body: new URLSearchParams({ _csrf, ...fields }).toString(),
    });
    expect([refused.status, refused.body]).toEqual([
      403,
      expect.stringContaining("Passwords work only while single sign-on cannot be reached"),
    ]);
    expect(refused.body).not.toContain('name="password"');
    expect((await rows()).at(-1)).toMatchObject({ details: { because: "single_sign_on" } });
    // The last resort opens always.
    expect((await (await visitAs(web, ann.id)).get("/people")).status).toBe(200);

    // It goes down again after a sign-in page has found it up.
    issuer.down = true;
    clock.pass(31_000);
    expect(goesTo(await visit(web.url).post("/auth/login", "/auth/login", fields))).toBe("/");
  });
});
