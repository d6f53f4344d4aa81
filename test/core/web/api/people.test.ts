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
