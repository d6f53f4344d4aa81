import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../core/domain/ids.ts";
import { visitAs } from "../../fixtures/rig/console-visitor.ts";
import { type ApiRig, startApi } from "./api/api-rig.ts";

interface Producer {
  readonly id: string;
  readonly revision: number;
  readonly callback: { readonly host: string } | null;
  readonly callback_secret?: string;
  readonly former_secret_until: string | null;
}

const draft = { name: "ci", callback: "https://ci.example/hooks/s3cret-path" };
const whole = { name: "ci", callback_hosts: [], may_name_policies: false };

describe("producers and keys", () => {
  let api: ApiRig;
  let admin: string;
  beforeEach(async () => {
    api = await startApi();
    await api.keepPolicy();
    admin = await api.person("Ann", ["admin"], ["admin"]);
  });
  afterEach(() => api.close());

  const call = <Body = Producer>(method: string, path: string, body?: object, match?: number) =>
    api.call<Body>(method, path, {
      key: admin,
      ...(body === undefined ? {} : { body }),
      ...(match === undefined ? {} : { headers: { "if-match": `"${match}"` } }),
    });
  const add = async () => (await call("POST", "/v1/producers", draft)).body;

  it("E1: shows the secret once, and the callback address to nobody; both are sealed at rest", async () => {
    const made = await add();
    expect(made.callback_secret).toMatch(/^whsec_/);
    expect(made.callback).toEqual({ host: "ci.example" });
    const again = await call("GET", `/v1/producers/${made.id}`);
    expect(again.body.callback_secret).toBeUndefined();
    const kept = JSON.stringify(await api.store.producers.get(made.id));
    expect(kept).not.toContain("s3cret-path");
    expect(kept).not.toContain(made.callback_secret);
  });

  it("replaces what was read, keeps the address that is left out, and lets go of one that is null", async () => {
    const { id } = await add();
    const path = `/v1/producers/${id}`;
    expect((await call("PUT", path, whole)).status).toBe(428);
    const hosts = { ...whole, callback_hosts: ["ci.example:8443"] };
    const saved = await call("PUT", path, hosts, 1);
    expect(saved.body).toMatchObject({ revision: 2, callback: { host: "ci.example" } });
    expect((await call("PUT", path, whole, 1)).status).toBe(412);
    const gone = await call("PUT", path, { ...whole, callback: null }, 2);
    expect(gone.body.callback).toBeNull();
  });

  it("C2: keeps where its records are read, until that is null", async () => {
    const records = {
      address: "https://cmdb.example/app",
      hosts: ["wiki.example"],
      label: "Ticket",
    };
    const made = await call("POST", "/v1/producers", { name: "cmdb", records });
    expect(made.body).toMatchObject({ records });
    const path = `/v1/producers/${made.body.id}`;
    const stays = await call("PUT", path, { ...whole, name: "cmdb" }, 1);
    expect(stays.body).toMatchObject({ records });
    const less = { ...whole, name: "cmdb", records: { address: "https://cmdb.example" } };
    expect((await call("PUT", path, less, 2)).body).toMatchObject({
      records: { address: "https://cmdb.example" },
    });
    const none = await call("PUT", path, { ...less, records: null }, 3);
    expect(none.body).toMatchObject({ records: null });
  });

  it.each<[string, object, number, string]>([
    ["a name that is taken", draft, 409, "name_taken"],
    ["a name with odd signs", { name: "<b>" }, 422, "name_bad"],
    ["half an address", { name: "x", callback: "ci.example" }, 422, "url_malformed"],
    ["a host with a path", { name: "x", callback_hosts: ["ci.example/x"] }, 422, "host_bad"],
    ["records over http", { name: "x", records: { address: "http://a" } }, 422, "url_not_https"],
    ["a record host with a path", { name: "x", records: { hosts: ["a/b"] } }, 422, "host_bad"],
    ["an unknown field", { name: "x", callbak: "y" }, 422, "body_invalid"],
  ])("refuses %s, and saves nothing", async (_, body, status, code) => {
    await add();
    const before = await api.hub.producers.list();
    const refused = await call<{ code: string }>("POST", "/v1/producers", body);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect(await api.hub.producers.list()).toEqual(before);
  });

  it("E1: signs with two secrets while one follows the other, and says until when", async () => {
    const { id, callback_secret: first } = await add();
    const path = `/v1/producers/${id}/rotate-secret`;
    const rotated = await call("POST", path, { overlap: "2h" });
    const until = new Date(api.clock.now().getTime() + 7_200_000).toISOString();
    expect(rotated.body.callback_secret).toMatch(/^whsec_/);
    expect(rotated.body.callback_secret).not.toBe(first);
    expect(rotated.body.former_secret_until).toBe(until);
    api.clock.pass(7_200_000);
    expect((await call("GET", `/v1/producers/${id}`)).body.former_secret_until).toBeNull();
    const ended = await call("POST", path, { overlap: "0s" });
    expect(ended.body.former_secret_until).toBeNull();
    expect((await call("POST", path, { overlap: "99d" })).status).toBe(422);
  });

  it("is removed only when no key and no open request needs it, and says which do", async () => {
    const { id } = await add();
    const made = await call<{ id: string; key: string }>("POST", "/v1/keys", {
      ...{ name: "build server", producer: "ci", scopes: ["events", "read"] },
    });
    const opened = await api.open(made.body.key, "web/1.4.2", { policy: undefined });
    const path = `/v1/producers/${id}`;
    const refused = await call<{ code: string; detail: string }>("DELETE", path, undefined, 1);
    expect([refused.status, refused.body.code]).toEqual([409, "producer_in_use"]);
    expect(refused.body.detail).toContain("key build server");
    await call("DELETE", `/v1/keys/${made.body.id}`);
    expect((await call<{ detail: string }>("DELETE", path, undefined, 1)).body.detail).toMatch(
      /request /,
    );
    const approval = await api.hub.approvals.get(opened as `apr_${string}`);
    if (approval?.state === "open") await api.hub.approvals.cancel(approval, { name: "Ann" });
    expect((await call("DELETE", path, undefined, 1)).status).toBe(204);
    expect((await call("GET", path)).status).toBe(404);
  });

  it("is not removed while it is pinned: the next of its name would not be", async () => {
    const { id } = await add();
    await call("POST", "/v1/pins", { producer: "ci", policy: "open" });
    const path = `/v1/producers/${id}`;
    const refused = await call<{ detail: string }>("DELETE", path, undefined, 1);
    expect([refused.status, refused.body.detail]).toEqual([409, "ci is needed by pin open."]);
    expect((await call("DELETE", "/v1/pins/producer/ci")).status).toBe(204);
    expect((await call("DELETE", path, undefined, 1)).status).toBe(204);
  });

  it("never touches the producers of the hub itself", async () => {
    const own = deriveId("producer", "local");
    const { producer } = await api.producer("other");
    await api.store.producers.insert({ ...producer, id: own, name: "local" });
    const path = `/v1/producers/${own}`;
    expect((await call("PUT", path, { ...whole, name: "mine" }, 1)).status).toBe(409);
    expect((await call("DELETE", path, undefined, 1)).status).toBe(409);
  });

  it("a key says what it may, and opens nothing once it is revoked", async () => {
    await add();
    const made = await call<{ id: string; key: string }>("POST", "/v1/keys", {
      ...{ name: "reader", producer: "ci", scopes: ["read"], expires_in: "90d" },
    });
    const reads = () => api.call("GET", "/v1/events", { key: made.body.key });
    expect((await reads()).status).toBe(200);
    expect((await api.call("POST", "/v1/events", { key: made.body.key, body: {} })).status).toBe(
      403,
    );
    const revoked = await call<{ state: string; revoked_by: string }>(
      "DELETE",
      `/v1/keys/${made.body.id}`,
    );
    expect(revoked.body).toMatchObject({ state: "revoked", revoked_by: "Ann" });
    expect((await reads()).status).toBe(401);
    const listed = await call<{ items: readonly object[] }>("GET", "/v1/keys");
    expect(JSON.stringify(listed.body)).not.toContain(made.body.key);
  });

  it("a key that administers does so while its person is admin", async () => {
    await api.person("Eve", ["admin", "approver"], []);
    const eve = deriveId("person", "Eve");
    const scopes = ["read", "vote", "admin"];
    const made = await call<{ key: string }>("POST", "/v1/keys", {
      ...{ name: "Eve's", person: eve, scopes },
    });
    const { key } = made.body;
    expect((await api.call("GET", "/v1/people", { key })).status).toBe(200);
    await call("PATCH", `/v1/people/${eve}`, { roles: ["approver"] }, 1);
    expect((await api.call("GET", "/v1/people", { key })).status).toBe(403);
    expect((await api.call("GET", "/v1/deliveries", { key })).status).toBe(403);
    expect((await api.call("GET", "/v1/approvals", { key })).status).toBe(200);
    await call("PATCH", `/v1/people/${eve}`, { roles: ["admin"] }, 2);
    expect((await api.call("GET", "/v1/people", { key })).status).toBe(200);
  });

  it("G5: are for admins alone, by API and on their pages", async () => {
    const reader = await api.person("Ria", ["router", "auditor"], ["read", "events"]);
    for (const path of ["/v1/producers", "/v1/keys"]) {
      expect((await api.call("GET", path, { key: reader })).status, path).toBe(403);
    }
    const visitor = await visitAs(api, deriveId("person", "Ria"));
    expect((await visitor.get("/settings/producers")).status).toBe(403);
  });

  it("on their page a producer gets its key and its secret, each shown once", async () => {
    const ann = await visitAs(api, deriveId("person", "Ann"));
    const page = "/settings/producers";
    const empty = await ann.get(page);
    expect(empty.body).toContain("No system posts events yet.");
    const wrong = await ann.post(page, page, { name: "ci", callback: "nowhere", hosts: "a.b" });
    expect(wrong.status).toBe(422);
    expect(wrong.body).toContain("Expected a whole address");
    expect(wrong.body).toContain('value="nowhere"');
    const made = await ann.post(page, page, { name: "ci", callback: draft.callback });
    const [key = ""] = /cs_[\w-]{20,}/.exec(made.body) ?? [];
    expect(made.body).toMatch(/whsec_/);
    expect((await api.call("GET", "/v1/events", { key })).status).toBe(200);
    const listed = (await ann.get(page)).body;
    expect(listed).toContain("ci.example");
    expect(listed).not.toMatch(/cs_[\w-]{20,}|whsec_\w|s3cret/);
    const own = /\/settings\/producers\/(prd_\w+)/.exec(listed)?.[0] ?? "";
    expect((await ann.get(own)).body).toContain("/v1/events");
    const saved = await ann.post(own, own, { name: "ci two", revision: "1", callback: "" });
    expect(saved.status).toBe(303);
    expect((await ann.get(own)).body).toContain("on ci.example, kept");
    const stale = await ann.post(own, own, { name: "ci three", revision: "1" });
    expect(stale.status).toBe(409);
    expect(stale.body).toContain('value="ci three"');
    const rotated = await ann.post(own, `${own}/secret`, { overlap: "24h" });
    expect(rotated.body).toContain("Meanwhile the old one signs too.");
    expect((await ann.get(own)).body).toContain("Two secrets sign until");
    const refused = await ann.post(own, `${own}/remove`, { revision: "3" });
    expect(refused.status).toBe(409);
    expect(refused.body).toContain("It is still needed by key ci");
  });
});
