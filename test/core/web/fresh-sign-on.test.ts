import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Approval } from "../../../core/domain/approval.ts";
import { type ApprovalId, deriveId } from "../../../core/domain/ids.ts";
import type { Person } from "../../../core/domain/person.ts";
import { approvalCard } from "../../../core/messages/approval-card.ts";
import { type Issuer, startIssuer } from "../../fixtures/issuer/issuer.ts";
import { type ConsoleVisitor, visit, visitAs } from "../../fixtures/rig/console-visitor.ts";
import { organization, startWebHub, type WebHub } from "../../fixtures/rig/web-hub.ts";

const ann: Person = {
  ...{ id: deriveId("person", "Ann"), organization, revision: 1, name: "Ann" },
  ...{ email: "ann@example.com", roles: ["admin", "approver"] },
};
const annThere = { sub: "a-1", name: "Ann", email: "ann@example.com", email_verified: true };
const minuteMs = 60_000;

/** The library that judges tokens goes by the machine's clock, so the hub's stands beside it. */
let aheadMs = 0;
const clock = { now: () => new Date(Date.now() + aheadMs) };
const ago = (minutes: number) => new Date(Date.now() - minutes * minuteMs);

let issuer: Issuer;
let web: WebHub;
let key: string;
const start = async (singleSignOn?: Issuer["settings"]) => {
  web = await startWebHub({
    clock,
    ...(singleSignOn ? { singleSignOn, web: () => ({ singleSignOn }) } : {}),
  });
  await web.store.people.insert(ann);
  key = (await web.producer("ci")).key;
};
beforeEach(async () => {
  aheadMs = 0;
  issuer = await startIssuer();
  issuer.person = annThere;
});
afterEach(async () => {
  await web.close();
  await issuer.close();
});

const strict = {
  ...{ name: "strict", approvers: [{ anyone: true }], assurance: "sso", via: ["slack", "web"] },
};
const savePolicy = (over: object = {}) =>
  web.hub.policies.save(
    {
      ...{ votes: 1, rejections: 1, self: false, requester: "optional", reason: "none" },
      ...{ expires_in: "24h", ...strict, ...over },
    } as never,
    undefined,
    "Ann",
  );
async function open(): Promise<Approval> {
  await savePolicy();
  await web.hub.policies.pin({ type: "deploy.requested", policy: "strict" }, { name: "Ann" });
  const { body } = await web.call<{ approval: { id: ApprovalId } }>("POST", "/v1/events", {
    ...{ key, body: { type: "deploy.requested", subject: "web/1" } },
  });
  return (await web.hub.approvals.get(body.approval.id)) as Approval;
}
const now = async ({ id }: Approval) => (await web.hub.approvals.get(id)) as Approval;
const goesTo = (answer: { readonly headers: Headers }) => answer.headers.get("location") ?? "";

/** Go to the issuer from an address of the hub, and where it sends the browser back to; answers where that leads. */
async function through(browser: ConsoleVisitor, from: string) {
  const away = new URL(goesTo(await browser.get(from)));
  const back = await issuer.visit(away.href);
  return { asked: away.searchParams, answer: await browser.get(back.slice(web.url.length)) };
}
const press = (browser: ConsoleVisitor, { id, digest }: Approval) => {
  const page = `/approvals/${id}`;
  return browser.post(page, `${page}/votes`, { action: "approve", digest, click: "one" });
};

describe("a policy that asks for a fresh single sign-on", () => {
  it("G7: is refused without an issuer, at its place and with the reason", async () => {
    await start();
    expect(await savePolicy()).toMatchObject({
      kind: "invalid",
      errors: [{ pointer: "/assurance", message: expect.stringContaining("OIDC_ISSUER") }],
    });
    const browser = await visitAs(web, ann.id);
    const form = { name: "strict", anyone: "true", votes: "1", rejections: "1", reason: "none" };
    const page = "/settings/policies/edit";
    const saved = await browser.post(page, "/settings/policies", {
      ...{ ...form, via: ["web"], requester: "optional", self: "false", expires_in: "24h" },
      assurance: "sso",
    });
    expect([saved.status, saved.body]).toEqual([422, expect.stringContaining("has no issuer")]);
    expect(saved.body).toMatch(/<option value="sso" selected/);
    expect((await visit(web.url).get("/auth/oidc/fresh")).status).not.toBe(303);
  });

  it("G7: is decided on the web alone: in Slack and in Teams its card has Open only", async () => {
    await start(issuer.settings);
    const approval = await open();
    expect(approval.policy).toMatchObject({ assurance: "sso", via: ["web"] });
    for (const platform of ["slack", "teams"] as const) {
      const { actions } = approvalCard(approval, platform, web.hub.links);
      expect(actions.map(({ kind }) => kind)).toEqual(["open"]);
    }
    expect(await savePolicy({ name: "chat", via: ["slack"] })).toMatchObject({
      errors: [{ pointer: "/via", message: expect.stringContaining("add web") }],
    });
  });

  it("G7: waits for whoever has to sign on for it, on the lists of the console", async () => {
    await start(issuer.settings);
    const { id } = await open();
    const browser = await visitAs(web, ann.id);
    for (const page of ["/", "/approvals"]) {
      const { body } = await browser.get(page);
      const [, yours = ""] = /Waiting for you([\s\S]*?)<\/section>/.exec(body) ?? [];
      expect([page, yours.includes(`/approvals/${id}`)]).toEqual([page, true]);
    }
  });

  it("G7: a vote needs a session that came through the issuer just now; the way there leads back", async () => {
    await start(issuer.settings);
    const approval = await open();
    // A link signs in, and proves nothing of the issuer.
    const browser = await visitAs(web, ann.id);
    const page = (await browser.get(`/approvals/${approval.id}`)).body;
    expect(page).toContain("asks for a fresh single sign-on");
    expect(page).toContain(`Sign in again with ${issuer.host}`);
    expect(page).not.toContain('name="digest"');
    const refused = await browser.get("/account");
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(refused.body)?.[1] ?? "";
    const forced = await fetch(`${web.url}/approvals/${approval.id}/votes`, {
      ...{ method: "POST", redirect: "manual" },
      headers: { cookie: browser.cookie() },
      body: new URLSearchParams({
        ...{ _csrf, action: "approve", digest: approval.digest, click: "forced" },
      }),
    });
    expect(forced.status).toBe(409);
    expect((await now(approval)).votes).toEqual([]);

    const signedInAt = ago(1);
    issuer.signedInAt = signedInAt;
    const { asked, answer } = await through(browser, `/auth/oidc/fresh?for=${approval.id}`);
    expect([asked.get("prompt"), asked.get("max_age")]).toEqual(["login", "600"]);
    expect(goesTo(answer)).toBe(`/approvals/${approval.id}`);
    expect((await press(browser, approval)).status).toBe(303);
    const at = new Date(Math.floor(signedInAt.getTime() / 1_000) * 1_000);
    const proof = { issuer: issuer.url, subject: "a-1", at };
    expect((await now(approval)).votes).toMatchObject([{ via: "web", assurance: "sso", proof }]);
    await web.hub.audit.settle();
    const { items } = await web.hub.audit.read({ limit: 50, order: "ascending" });
    expect(items.map(({ entry }) => entry)).toContainEqual(
      expect.objectContaining({
        action: "approval.voted",
        details: expect.objectContaining({
          ...{ assurance: "sso", issuer: issuer.url, signed_in_at: at.toISOString() },
        }),
      }),
    );
    const shown = await web.call<{ votes: unknown[] }>("GET", `/v1/approvals/${approval.id}`, {
      key,
    });
    expect(shown.body.votes).toMatchObject([
      { assurance: "sso", proof: { issuer: issuer.url, signed_in_at: at.toISOString() } },
    ]);
    expect((await browser.get(`/approvals/${approval.id}`)).body).toContain(
      "proven by single sign-on",
    );
  });

  it.each([
    ["ten minutes are over", 9, 2 * minuteMs],
    ["the issuer's clock is far ahead", -3, 0],
  ])("G7: a sign-in proves nothing once %s", async (_what, minutesAgo, laterMs) => {
    await start(issuer.settings);
    const approval = await open();
    const browser = visit(web.url);
    issuer.signedInAt = ago(minutesAgo);
    await through(browser, "/auth/oidc");
    aheadMs = laterMs;
    const page = (await browser.get(`/approvals/${approval.id}`)).body;
    expect(page).toContain(`Sign in again with ${issuer.host}`);
    expect((await now(approval)).votes).toEqual([]);
  });

  it("G7: takes no answer of the issuer that is too old, or does not say when somebody signed in", async () => {
    await start(issuer.settings);
    const approval = await open();
    for (const signedInAt of [undefined, ago(11)]) {
      issuer.signedInAt = signedInAt;
      const browser = await visitAs(web, ann.id);
      const { answer } = await through(browser, `/auth/oidc/fresh?for=${approval.id}`);
      expect(answer.status).toBe(502);
      const page = (await browser.get(`/approvals/${approval.id}`)).body;
      expect(page).toContain(`Sign in again with ${issuer.host}`);
    }
  });

  it("G7: reads back as it was written, so that export and apply agree", async () => {
    await start(issuer.settings);
    await savePolicy();
    const stored = await web.hub.policies.get("strict");
    const text = stored && (await web.hub.policies.write(stored.policy));
    expect(text).toMatchObject({ assurance: "sso", via: ["web"] });
    const again = await web.hub.policies.save(text as never, stored?.revision, "Ann");
    expect(again.kind).toBe("unchanged");
  });
});
