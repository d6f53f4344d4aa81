import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import { type ConsoleVisitor, visitAs } from "../../fixtures/rig/console-visitor.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api/api-rig.ts";

let api: ApiRig;
let browser: ConsoleVisitor;
beforeEach(async () => {
  api = await startApi();
  await api.person("Ada", ["admin"], ["read"]);
  await api.person("Rob", ["router"], ["read"]);
  await api.producer("ci");
  await api.store.groups.insert({
    id: deriveId("group", "rm"),
    organization,
    revision: 1,
    name: "release managers",
    members: [],
  });
  browser = await visitAs(api, deriveId("person", "Ada"));
});
afterEach(() => api.close());

const place = "/settings/policies";
const fields = (over: Readonly<Record<string, string | readonly string[]>> = {}) => ({
  ...{ revision: "0", name: "production", groups: "release managers", people: "ada@example.com" },
  ...{ votes: "2", rejections: "1", self: "false", requester: "optional", reason: "both" },
  ...{ via: ["slack", "web"], expires_in: "90m" },
  ...over,
});
const save = (over: Parameters<typeof fields>[0] = {}) =>
  browser.post(`${place}/edit`, place, fields(over));
const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");

describe("the pages of policies", () => {
  it("C10: say in German what is wrong, at the field", async () => {
    browser = await visitAs(api, deriveId("person", "Ada"), "de");
    const refused = await save({ votes: "0", expires_in: "soon" });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatch(/id="votes-error">erwartet: mindestens 1</u);
    expect(refused.body).toMatch(/id="expires_in-error">erwartet wird eine Zeit wie 30m/u);
  });

  it("save a policy, show its terms, versions and users, and keep a refused form", async () => {
    expect((await save()).headers.get("location")).toBe(`${place}?saved=production`);
    const list = textOf((await browser.get(place)).body);
    expect(list).toContain(
      "2 approvals by release managers, Ada · ended by 1 rejection · not by the requester · on Slack, the web · within 90m",
    );
    const refused = await save({
      revision: "1",
      votes: "0",
      people: "nobody@example.com",
      groups: [],
      via: [],
    });
    expect(refused.status).toBe(422);
    expect(refused.body).toContain('value="nobody@example.com"');
    expect(refused.body).toMatch(/id="votes-error">/);
    const unknown = await save({ revision: "1", people: "add@example.com" });
    expect(textOf(unknown.body)).toContain("did you mean &quot;ada@example.com&quot;?");
    await save({ revision: "1", votes: "3" });
    const page = textOf((await browser.get(`${place}/edit?name=production`)).body);
    expect(page).toContain("Version 2 3 approvals");
    expect(page).toContain("Version 1 2 approvals");
    const late = await save({ revision: "1", votes: "4" });
    expect([late.status, textOf(late.body).includes("Ada saved version 2")]).toEqual([409, true]);
    expect(late.body).toMatch(/name="votes"[^>]*value="4"/);
  });

  it("offer only types that may ask for a decision", async () => {
    await save();
    const { body } = await browser.get(place);
    expect(body).toContain('value="type RequestCreated"');
    expect(body).not.toContain('value="type RequestApproved"');
    expect(body).not.toContain('value="type approval.approved"');
  });

  it("pin a policy, refuse a second pin, take it away, and remove what nothing names", async () => {
    await save();
    const pin = (to: string) => browser.post(place, `${place}/pin`, { to, policy: "production" });
    expect(textOf((await pin("producer ci")).body)).toContain("ci is pinned to production.");
    await save({ name: "weak" });
    const second = await browser.post(place, `${place}/pin`, { to: "producer ci", policy: "weak" });
    expect(textOf(second.body)).toContain("ci is pinned to production already.");
    const used = await browser.post(place, `${place}/remove`, {
      name: "production",
      revision: "1",
    });
    expect(textOf(used.body)).toContain("production is in use; nothing was removed.");
    await browser.post(place, `${place}/unpin`, { kind: "producer", name: "ci" });
    await browser.post(place, `${place}/remove`, { name: "production", revision: "1" });
    expect((await api.hub.policies.list()).map(({ policy }) => policy.name)).toEqual(["weak"]);
  });

  it("are for admins alone", async () => {
    const router = await visitAs(api, deriveId("person", "Rob"));
    expect((await router.get(place)).status).toBe(403);
    expect((await router.post("/routing/rule", place, fields())).status).toBe(403);
    expect((await router.post("/routing/rule", `${place}/pin`, {})).status).toBe(403);
  });
});
