import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import { type ConsoleVisitor, visit, visitAs } from "../../fixtures/rig/console-visitor.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api/api-rig.ts";

let api: ApiRig;
let ann: ConsoleVisitor;
const idOf = (name: string) => deriveId("person", name);
const at = (name: string) => `/people/${idOf(name)}`;
const goesTo = (answer: { readonly headers: Headers }) => answer.headers.get("location");

beforeAll(async () => {
  api = await startApi();
  await api.person("Ann", ["admin", "approver"], ["read", "admin"]);
  await api.person("Ben", ["approver"], ["read"]);
  ann = await visitAs(api, idOf("Ann"));
});
afterAll(() => api.close());

describe("the pages of people", () => {
  it("invite somebody by a link that is shown once, and keep what was typed wrong", async () => {
    const wrong = await ann.post("/people", "/people", { name: "Cem", email: "not whole" });
    expect([wrong.status, wrong.body.includes('value="not whole"')]).toEqual([409, true]);
    const taken = { name: "Cem", email: "ben@example.com", roles: ["router", "auditor"] };
    const { body } = await ann.post("/people", "/people", taken);
    const ticked = [...body.matchAll(/name="roles" value="(\w+)" checked/g)].map(([, one]) => one);
    expect([body.includes("Nobody was added"), ticked]).toEqual([true, ["router", "auditor"]]);
    const added = await ann.post("/people", "/people", { name: "Cem", email: "", roles: "router" });
    const url = /one-time-link">(http[^<]+)</.exec(added.body)?.[1] ?? "";
    const path = new URL(url).pathname;
    expect((await ann.get("/people")).body).not.toContain(path);
    const cem = visit(api.url);
    expect((await cem.get(path)).status).toBe(200);
    expect(goesTo(await cem.post(path, path))).toBe("/welcome");
    expect((await visit(api.url).get(path)).status).toBe(410);
  });

  it("change roles from the next request on", async () => {
    const ben = await visitAs(api, idOf("Ben"));
    expect((await ben.get("/routing")).status).toBe(403);
    const fields = { step: "save", name: "Ben", email: "ben@example.com", revision: "1" };
    const saved = await ann.post(at("Ben"), at("Ben"), { ...fields, roles: "router" });
    expect(saved.body).toContain("Saved. It holds from now on.");
    expect((await ben.get("/routing")).status).toBe(200);
    const stale = await ann.post(at("Ben"), at("Ben"), { ...fields, name: "Bob" });
    expect([stale.status, stale.body.includes("nothing was saved")]).toEqual([409, true]);
    const bad = { ...fields, name: "Bob", email: "nothing whole", revision: "2" };
    const refused = await ann.post(at("Ben"), at("Ben"), bad);
    expect([refused.status, /id="email-error"/.test(refused.body)]).toEqual([422, true]);
    expect(refused.body).toContain('value="nothing whole"');
    expect((await api.store.people.get(idOf("Ben")))?.name).toBe("Ben");
  });

  it("G5: leave the last admin their role, and say so at the field", async () => {
    const fields = { step: "save", name: "Ann", email: "", revision: "1", roles: "approver" };
    const refused = await ann.post(at("Ann"), at("Ann"), fields);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatch(/id="roles-error">Nobody else is admin/);
    expect((await ann.get("/people")).status).toBe(200);
  });

  it("G11: suspend somebody at once, and link the requests that lose their approvers", async () => {
    await api.person("Dov", ["approver"], ["read"]);
    const by = { kind: "person", person: idOf("Dov"), name: "Dov" } as const;
    await api.keepPolicy({ approvers: [by] });
    const { key } = await api.producer("ci");
    const request = await api.open(key, "web/1");
    const dov = await visitAs(api, idOf("Dov"));
    expect((await dov.get("/approvals")).status).toBe(200);
    const suspended = await ann.post(at("Dov"), at("Dov"), { step: "suspend" });
    expect(suspended.body).toContain("Too few people are left to approve");
    expect(suspended.body).toContain(`href="/approvals/${request}"`);
    expect(goesTo(await dov.get("/approvals"))).toBe("/auth/login");
    expect((await ann.get("/people")).body).toContain("Suspended");
    const restored = await ann.post(at("Dov"), at("Dov"), { step: "restore" });
    expect(restored.body).toContain("may come in again");
  });

  it("make, fill and remove groups, but none that a policy asks", async () => {
    const fresh = "/people/groups/new";
    const made = await ann.post(fresh, fresh, {
      name: "on call",
      members: idOf("Ben"),
      revision: "0",
    });
    const page = goesTo(made)?.replace("?saved", "") ?? "";
    const shown = await ann.get(page);
    expect(shown.body).toMatch(new RegExp(`value="${idOf("Ben")}" checked`));
    expect((await ann.get("/people")).body).toContain("on call");
    const id = page.split("/").at(-1) as `grp_${string}`;
    await api.keepPolicy({
      ...{ id: deriveId("policy", "duty"), name: "duty" },
      approvers: [{ kind: "group", group: id, name: "on call" }],
    });
    const refused = await ann.post(page, page, { step: "remove", revision: "1" });
    expect([refused.status, refused.body.includes("Policies ask this group (duty)")]).toEqual([
      409,
      true,
    ]);
    await api.store.policies.remove(deriveId("policy", "duty"));
    expect(goesTo(await ann.post(page, page, { step: "remove", revision: "1" }))).toBe("/people");
    expect((await ann.get(page)).status).toBe(404);
    const nameless = await ann.post(fresh, fresh, { name: " ", revision: "0" });
    expect([nameless.status, nameless.body.includes("Give the group a name")]).toEqual([409, true]);
  });

  it("a group keeps whom its page would not show for all the people before them", async () => {
    const id = deriveId("group", "night shift");
    const zoe = idOf("Zoe");
    await api.person("Zoe", ["approver"], ["read"]);
    for (let count = 0; count < 1_000; count += 1) {
      const name = `A${count}`;
      await api.store.people.insert({ id: idOf(name), organization, revision: 1, name, roles: [] });
    }
    const group = { id, organization, revision: 1, name: "night shift", members: [zoe] };
    await api.store.groups.insert(group);
    const { body } = await ann.get(`/people/groups/${id}`);
    expect(body).toMatch(new RegExp(`value="${zoe}" checked`));
    expect(body).toContain(`value="${idOf("A999")}"`);
  });
});
