import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deriveId } from "../../../../core/domain/ids.ts";
import type { Problem } from "../../../fixtures/rig/http.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

let api: ApiRig;
let admin: string;
beforeAll(async () => {
  api = await startApi();
  admin = await api.person("Ann", ["admin"], ["read", "admin"]);
});
afterAll(() => api.close());

interface PersonJson {
  readonly id: string;
  readonly name: string;
  readonly suspended_at: string | null;
}

describe("people by API", () => {
  it("are added and listed, and share no e-mail address", async () => {
    const body = { name: "Fay", email: "fay@example.com", roles: ["approver"] };
    const added = await api.call<PersonJson>("POST", "/v1/people", { key: admin, body });
    expect([added.status, added.body]).toMatchObject([201, { ...body, suspended_at: null }]);
    const again = { ...body, name: "F", email: "FAY@example.com" };
    const taken = await api.call<Problem>("POST", "/v1/people", { key: admin, body: again });
    expect([taken.status, taken.body.code]).toEqual([409, "email_taken"]);
    const list = await api.call<{ items: PersonJson[] }>("GET", "/v1/people", { key: admin });
    expect(list.body.items.map(({ name }) => name)).toEqual(["Fay", "Ann"]);
  });

  it("G11: are suspended with their keys at once; the answer names what is left without approvers", async () => {
    const key = await api.person("Ben", ["approver"], ["read", "vote"]);
    const ben = deriveId("person", "Ben");
    const by = { kind: "person", person: ben, name: "Ben" } as const;
    await api.keepPolicy({ approvers: [by] });
    const { key: ci } = await api.producer("ci");
    const request = await api.open(ci, "web/1");
    const path = `/v1/people/${ben}/suspend`;
    const answer = await api.call<{ person: PersonJson; stranded: unknown[] }>("POST", path, {
      key: admin,
    });
    expect(answer.status).toBe(200);
    expect(answer.body.person.suspended_at).toBe(api.clock.now().toISOString());
    expect(answer.body.stranded).toMatchObject([{ id: request }]);
    expect((await api.call("GET", "/v1/approvals", { key })).status).toBe(401);
    const restored = await api.call<PersonJson>("POST", `/v1/people/${ben}/restore`, {
      key: admin,
    });
    expect(restored.body).toMatchObject({ name: "Ben", suspended_at: null });
    expect((await api.call("GET", "/v1/approvals", { key })).status).toBe(401);
  });

  it("G11: nobody suspends themselves, or somebody who is not here", async () => {
    const own = `/v1/people/${deriveId("person", "Ann")}/suspend`;
    const refused = await api.call<Problem>("POST", own, { key: admin });
    expect([refused.status, refused.body.code]).toEqual([409, "own_account"]);
    const nobody = await api.call("POST", "/v1/people/per_x/suspend", { key: admin });
    expect(nobody.status).toBe(404);
    expect((await api.call("POST", "/v1/people/per_x/restore", { key: admin })).status).toBe(404);
  });
});

describe("one person by API", () => {
  const at = (name: string) => `/v1/people/${deriveId("person", name)}`;
  const change = async (name: string, body: object, match?: string) => {
    const headers = match === undefined ? {} : { "if-match": match };
    const answer = await api.call<PersonJson & Problem>("PATCH", at(name), {
      key: admin,
      body,
      headers,
    });
    return { ...answer, etag: answer.headers.get("etag") };
  };

  it("is changed by who read it last, and by nobody else", async () => {
    await api.person("Gus", ["approver"], ["read"]);
    const read = await api.call("GET", at("Gus"), { key: admin });
    expect([read.status, read.headers.get("etag")]).toEqual([200, '"1"']);
    expect((await change("Gus", { name: "Gustav" })).status).toBe(428);
    const wish = { name: "Gustav", email: null, roles: ["router", "router", "approver"] };
    const changed = await change("Gus", wish, '"1"');
    expect([changed.status, changed.etag]).toEqual([200, '"2"']);
    expect(changed.body).toMatchObject({
      name: "Gustav",
      email: null,
      roles: ["router", "approver"],
    });
    const late = await change("Gus", { name: "G" }, '"1"');
    expect([late.status, late.body.code, late.etag]).toEqual([412, "person_stale", '"2"']);
    const partly = await change("Gus", { email: "gus@example.com" }, '"2"');
    expect(partly.body).toMatchObject({ name: "Gustav", email: "gus@example.com" });
  });

  it("is refused with what, where and the nearest name", async () => {
    await api.person("Hal", [], ["read"]);
    const taken = await change("Hal", { email: "ANN@example.com" }, '"1"');
    expect([taken.status, taken.body.code]).toEqual([409, "email_taken"]);
    const role = await change("Hal", { roles: ["boss"] }, '"1"');
    expect([role.status, role.body.detail]).toEqual([422, expect.stringContaining("/roles/0")]);
    const field = await change("Hal", { mail: "x" }, '"1"');
    expect([field.status, field.body.detail]).toEqual([422, expect.stringContaining("email")]);
  });

  it("G5: the last admin stays admin, and is not suspended", async () => {
    const ann = await api.store.people.get(deriveId("person", "Ann"));
    const match = `"${ann?.revision}"`;
    const refused = await change("Ann", { roles: ["approver"] }, match);
    expect([refused.status, refused.body.code]).toEqual([409, "last_admin"]);
    await api.person("Ida", ["admin"], ["read", "admin"]);
    const ida = deriveId("person", "Ida");
    await api.call("POST", `/v1/people/${ida}/suspend`, { key: admin });
    expect((await change("Ann", { roles: [] }, match)).status).toBe(409);
    const key = await api.person("Jon", [], ["admin"]);
    const suspend = await api.call<Problem>("POST", `${at("Ann")}/suspend`, { key });
    expect([suspend.status, suspend.body.code]).toEqual([409, "last_admin"]);
    await api.call("POST", `/v1/people/${ida}/restore`, { key: admin });
    expect((await change("Ann", { roles: ["approver"] }, match)).status).toBe(200);
    expect(
      (await change("Ann", { roles: ["admin"] }, `"${(ann?.revision ?? 0) + 1}"`)).status,
    ).toBe(200);
  });

  it("is invited by a link that works once, within a day, and is kept as a hash", async () => {
    await api.person("Kim", ["approver"], ["read"]);
    const made = await api.call<{ url: string; expires_at: string }>("POST", `${at("Kim")}/links`, {
      key: admin,
    });
    expect(made.status).toBe(201);
    expect(new Date(made.body.expires_at).getTime() - api.clock.now().getTime()).toBe(86_400_000);
    const token = made.body.url.split("/").at(-1) ?? "";
    const kept = await api.store.signInLinks.scan("byExpiry", { limit: 100 });
    expect(JSON.stringify(kept)).not.toContain(token);
    const used = await api.hub.signInLinks.use(token);
    expect(used).toMatchObject({ kind: "signed_in", person: { name: "Kim" } });
    expect(await api.hub.signInLinks.use(token)).toMatchObject({ kind: "refused" });
    await api.call("POST", `${at("Kim")}/suspend`, { key: admin });
    const refused = await api.call<Problem>("POST", `${at("Kim")}/links`, { key: admin });
    expect([refused.status, refused.body.code]).toEqual([409, "person_suspended"]);
  });

  it("G7: a link for nobody in particular always signs an admin in, and brings no leaver back", async () => {
    const enter = async () => {
      const { token } = await api.hub.signInLinks.make();
      const used = await api.hub.signInLinks.use(token);
      return used.kind === "signed_in" ? used.person : undefined;
    };
    const first = await enter();
    expect(first?.roles).toContain("admin");
    expect((await enter())?.id).toBe(first?.id);
    await api.hub.people.suspend(first?.id ?? "per_", deriveId("person", "Ann"));
    const second = await enter();
    expect(second?.id).not.toBe(first?.id);
    expect(second?.roles).toContain("admin");
    expect((await api.store.people.get(first?.id ?? "per_"))?.suspended).toBeDefined();
  });
});

describe("groups by API", () => {
  interface GroupJson {
    readonly id: string;
    readonly members: readonly string[];
    readonly policies: readonly string[];
  }
  const add = (body: object) =>
    api.call<GroupJson & Problem>("POST", "/v1/groups", { key: admin, body });
  const path = ({ id }: GroupJson) => `/v1/groups/${id}`;
  const send = (method: string, group: GroupJson, match?: string, body?: object) =>
    api.call<GroupJson & Problem>(method, path(group), {
      ...{ key: admin, headers: match === undefined ? {} : { "if-match": match } },
      ...(body === undefined ? {} : { body }),
    });

  it("are made, read, replaced and removed by who read them last", async () => {
    await api.person("Lea", ["approver"], ["read"]);
    const lea = deriveId("person", "Lea");
    const made = await add({ name: "on call", members: [lea, lea] });
    expect([made.status, made.body]).toMatchObject([
      201,
      { name: "on call", members: [lea], policies: [] },
    ]);
    expect((await add({ name: "ON CALL" })).body.code).toBe("name_taken");
    expect((await send("PUT", made.body, undefined, { name: "x" })).status).toBe(428);
    const put = await send("PUT", made.body, '"1"', { name: "on duty", members: [] });
    expect([put.status, put.headers.get("etag"), put.body.members]).toEqual([200, '"2"', []]);
    expect((await send("PUT", made.body, '"1"', { name: "x" })).body.code).toBe("group_stale");
    expect((await send("GET", made.body)).headers.get("etag")).toBe('"2"');
    expect((await send("DELETE", made.body)).status).toBe(428);
    expect((await send("DELETE", made.body, '"2"')).status).toBe(204);
    expect((await send("GET", made.body)).status).toBe(404);
  });

  it("are refused for somebody who is not here, naming the place", async () => {
    const nobody = await add({ name: "ghosts", members: [deriveId("person", "Ann"), "per_x"] });
    expect([nobody.status, nobody.body.errors]).toMatchObject([422, [{ pointer: "/members/1" }]]);
    const gone = await add({ name: "ghosts", members: [deriveId("person", "gone")] });
    expect([gone.status, gone.body.errors]).toMatchObject([422, [{ pointer: "/members/0" }]]);
  });

  it("stay, with their name, while a policy asks them", async () => {
    const { body: group } = await add({ name: "release managers" });
    const id = group.id as `grp_${string}`;
    await api.keepPolicy({
      ...{ id: deriveId("policy", "grouped"), name: "grouped" },
      approvers: [{ kind: "group", group: id, name: "release managers" }],
    });
    const renamed = await send("PUT", group, '"1"', { name: "others" });
    expect([renamed.status, renamed.body.code]).toEqual([409, "group_in_use"]);
    const removed = await send("DELETE", group, '"1"');
    expect([removed.status, removed.body.detail]).toEqual([
      409,
      expect.stringContaining("grouped"),
    ]);
    const members = [deriveId("person", "Ann")];
    const changed = await send("PUT", group, '"1"', { name: "release managers", members });
    expect([changed.status, changed.body.policies]).toEqual([200, ["grouped"]]);
  });
});
