import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Person } from "../../../core/domain/person.ts";
import { visit, visitAs } from "../../fixtures/rig/console-visitor.ts";
import type { Problem } from "../../fixtures/rig/http.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api/api-rig.ts";

interface RowJson {
  readonly number: number;
  readonly action: string;
  readonly actor: { readonly name: string; readonly via: string | null; readonly address: string };
  readonly target: { readonly name: string } | null;
  readonly details: Readonly<Record<string, unknown>>;
}

let api: ApiRig;
let admin: string;
beforeEach(async () => {
  api = await startApi();
  admin = await api.person("Ann", ["admin"], ["read", "admin"]);
});
afterEach(() => api.close());

const rows = async (query = "") => {
  await api.hub.audit.settle();
  const answer = await api.call<{ items: RowJson[]; next: string | null }>(
    "GET",
    `/v1/audit${query}`,
    {
      key: admin,
    },
  );
  return answer.body.items;
};
const personOf = async (name: string, roles: Person["roles"]) => {
  const id = deriveId("person", name);
  await api.store.people.insert({ id, organization, revision: 1, name, roles });
  return id;
};

describe("the audit log", () => {
  it("H5: says who changed what, from which address, by page and by API", async () => {
    const body = { name: "Fay", roles: ["approver"] };
    await api.call("POST", "/v1/people", { key: admin, body });
    const browser = await visitAs(api, deriveId("person", "Ann"));
    await browser.post("/people", "/people", { name: "Gus", email: "", roles: "router" });
    const [link, gus, signedIn, fay] = await rows("?limit=4");
    expect(fay).toMatchObject({
      action: "person.added",
      actor: { kind: "person", name: "Ann", via: "api", address: "127.0.0.1" },
      target: { kind: "person", name: "Fay" },
      details: { name: "Fay", roles: ["approver"] },
    });
    expect(signedIn).toMatchObject({ action: "session.signed_in", details: { how: "link" } });
    expect(gus).toMatchObject({ action: "person.added", actor: { name: "Ann", via: "web" } });
    expect(link).toMatchObject({ action: "sign_in_link.made", target: { name: "Gus" } });
  });

  it("H5: notes failed tries, and no name or password that was typed", async () => {
    await visit(api.url).post("/auth/login", "/auth/login", {
      name: "my secret",
      password: "oops",
    });
    await visit(api.url).post("/auth/login", "/start/nothing");
    const failed = await rows("?action=session.refused");
    expect(failed.map(({ details }) => details["because"])).toEqual([
      "link_unknown",
      "wrong_password",
    ]);
    expect(failed[0]?.actor).toMatchObject({
      name: "somebody not signed in",
      address: "127.0.0.1",
    });
    expect(JSON.stringify(failed)).not.toMatch(/my secret|oops/);
  });

  it("H5: shows a password that was set, and nothing of it", async () => {
    const browser = await visitAs(api, deriveId("person", "Ann"));
    const password = "correct horse battery";
    const fields = { name: "ann", password, again: password };
    await browser.post("/account", "/account/password", fields);
    const [set] = await rows("?action=password.");
    expect(set).toMatchObject({ action: "password.set", details: { hash: "changed" } });
    expect(JSON.stringify(set)).not.toMatch(/scrypt|horse/);
  });

  it("H5: tells votes and closings by whom and how, on the API, the page and by time", async () => {
    await api.keepPolicy({ votes: 2, rejections: 1 });
    const { key: ci } = await api.producer("ci");
    const [one, two] = [await api.open(ci, "web/1"), await api.open(ci, "web/2")];
    const ben = await api.person("Ben", ["approver"], ["read", "vote"]);
    const body = { choice: "approve" };
    await api.call("POST", `/v1/approvals/${one}/votes`, { key: ben, body });
    await api.call("POST", `/v1/approvals/${one}/cancel`, { key: ci, body: { reason: "late" } });
    api.clock.pass(25 * 3_600_000);
    await api.hub.lookAtClock();
    const told = (await rows("?action=approval.")).map((row) => [
      row.action,
      row.actor.name,
      row.details["state"] ?? row.details["reason"] ?? "",
      row.target,
    ]);
    const target = (id: string) => expect.objectContaining({ kind: "approval", id });
    expect(told).toEqual([
      ["approval.expired", "Countersign", "", target(two)],
      ["approval.cancelled", "ci", "late", target(one)],
      ["approval.voted", "Ben", "open", target(one)],
    ]);
  });

  it("A12: names a click from outside `denied_external`, and other refused clicks", async () => {
    const click = (user: string, outsider: boolean) =>
      api.hub.inbox.click({
        ...({ platform: "slack", workspace: "T1", user, outsider, action: "approve" } as const),
        ...{ value: "apr_x.y", copy: { channel: "C", message: "1" }, click: user },
      });
    await click("U1", false);
    const [refused] = await rows("?action=vote.");
    expect(refused).toMatchObject({
      action: "vote.refused",
      details: { because: "unknown_request" },
    });
    expect(refused?.actor).toMatchObject({ kind: "account", id: "slack T1 U1", via: "slack" });
  });

  it("H5: names the request of a refused click by its title", async () => {
    await api.keepPolicy({ votes: 1, rejections: 1 });
    const { key: ci } = await api.producer("ci");
    const id = await api.open(ci, "web/1");
    const { title } = (await api.store.approvals.get(id)) ?? {};
    await api.hub.inbox.click({
      ...({ platform: "slack", workspace: "T1", user: "U1", outsider: false } as const),
      ...{ action: "approve", value: `${id}.x`, copy: { channel: "C", message: "1" }, click: "1" },
    });
    const named = async () => (await rows("?action=vote.refused")).map(({ target }) => target);
    await expect.poll(named).toEqual([{ kind: "approval", id, name: title }]);
  });

  it("H5: does not tell what the hub does by itself", async () => {
    await api.producer("ci");
    await api.person("Ben", ["approver"], ["read"]);
    const { store } = api.hub;
    const [ann] = await store.people.scan("byName", { prefix: [organization], limit: 1 });
    await store.people.replace({ ...(ann as Person), revision: 2 }, 1);
    expect(await rows()).toEqual([]);
  });

  it("H5: is looked over from the first row on, and held against a head that somebody noted", async () => {
    await api.call("POST", "/v1/people", { key: admin, body: { name: "Fay" } });
    const verify = async (query = "") =>
      (await api.call<Record<string, unknown>>("GET", `/v1/audit/verify${query}`, { key: admin }))
        .body;
    const intact = await verify();
    expect(intact).toEqual({
      intact: true,
      rows: 1,
      head: expect.stringMatching(/^1:[0-9a-f]{64}$/),
      broken: null,
    });
    expect(await verify(`?head=${String(intact["head"])}`)).toEqual(intact);
    expect(await verify(`?head=2:${"a".repeat(64)}`)).toMatchObject({
      intact: false,
      broken: { at: 2, because: "cut_off" },
    });
    const wrong = await api.call<Problem>("GET", "/v1/audit/verify?head=x", { key: admin });
    expect([wrong.status, wrong.body.detail]).toEqual([
      422,
      expect.stringContaining("number:hash"),
    ]);
  });

  it("H5: says when a sign-in link ends, and how somebody signed in", async () => {
    const audrey = await personOf("Audrey", ["auditor"]);
    await api.call("POST", "/v1/admin/links", { key: admin, body: { person: audrey } });
    const [made] = await rows("?action=sign_in_link.");
    expect(made?.details).toEqual({ expiresAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    const read = async (language: string) =>
      (await (await visitAs(api, audrey, language)).get("/settings/audit?action=session.")).body;
    expect(await read("en")).toContain(">by a one-time link<");
    expect(await read("de")).toContain(">mit einem Einmal-Link<");
  });

  it("H5: has a page with a filter for those who keep the hub", async () => {
    await api.call("POST", "/v1/people", { key: admin, body: { name: "Fay <b>" } });
    const auditor = await visitAs(api, await personOf("Audrey", ["auditor"]));
    const { status, body } = await auditor.get("/settings/audit?verify");
    expect(status).toBe(200);
    expect(body).toContain("Fay &lt;b>");
    expect(body).toMatch(/All \d+ rows stand as they were written/);
    expect((await auditor.get("/settings/audit?who=nobody")).body).toContain("No such row");
    expect((await auditor.get("/settings/audit?since=never")).status).toBe(422);
    const approver = await visitAs(api, await personOf("Ben", ["approver"]));
    expect((await approver.get("/settings/audit")).status).toBe(403);
  });
});
