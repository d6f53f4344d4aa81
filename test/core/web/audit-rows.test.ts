import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LockedApproval, OpenApproval } from "../../../core/domain/approval.ts";
import type { Delivery } from "../../../core/domain/delivery.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { openApiDocument } from "../../../core/web/api/openapi.ts";
import { organization } from "../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api/api-rig.ts";
import { delivery } from "./pages/page-fixtures.ts";

/** Operations that change nothing, or that this hub without platforms cannot do, each with the reason. */
const leaveNone: Readonly<Record<string, string>> = {
  "POST /v1/events": "events are kept themselves, with their producer",
  "POST /v1/rules/explain": "changes nothing",
  "POST /v1/rules/backtest": "changes nothing",
  "POST /v1/destinations": "takes a channel of a platform; the store tells of destinations",
  "PATCH /v1/destinations/{id}": "as above",
  "DELETE /v1/destinations/{id}": "as above",
  "POST /v1/destinations/test": "nothing is saved",
  "POST /v1/destinations/{id}/rotate-secret": "takes a webhook; the store tells of destinations",
  "POST /v1/destinations/{id}/test": "takes a platform; told by the hello itself",
  "PATCH /v1/workspaces/{id}": "takes a platform; the store tells of workspaces",
  "POST /v1/workspaces/{id}/check": "looks, and changes nothing",
  "POST /v1/workspaces/{id}/disconnect": "takes a platform; the store tells of workspaces",
  "POST /v1/admin/keys/rotate": "takes the key ring of a data folder; its route tells",
};

let api: ApiRig;
let admin: string;
let ci: string;

/** One request that succeeds; `{…}` of the path is filled in. */
interface Sample {
  readonly path?: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly match?: number;
}

const personId = (name: string) => deriveId("person", name);
let made = 0;
const fresh = async () => {
  made += 1;
  return `/v1/approvals/${await api.open(ci, `web/${made}`)}`;
};
const approved = async () => {
  const path = await fresh();
  await call("POST", `${path}/votes`, { key: admin, body: { choice: "approve" } });
  return path;
};
async function locked(): Promise<string> {
  const path = await fresh();
  const id = path.split("/").at(-1) as OpenApproval["id"];
  const open = (await api.store.approvals.get(id)) as OpenApproval;
  const now = api.clock.now();
  const record: LockedApproval = {
    ...{ ...open, state: "locked", revision: open.revision + 1 },
    ...{ lockedBecause: "wrong proofs", lockedAt: now },
  };
  await api.store.approvals.replace(record, open.revision);
  return path;
}
async function dead(name: string): Promise<string> {
  const id = deriveId("delivery", name);
  const settledAt = api.clock.now();
  const record: Delivery = {
    ...{ ...delivery, id, organization, revision: 1 },
    ...{ state: "dead", cause: "gone", settledAt },
  } as Delivery;
  await api.store.deliveries.insert(record);
  return `/v1/deliveries/${id}/redeliver`;
}
async function idOf(path: string, body: object): Promise<string> {
  const { body: answer } = await call<{ id: string }>("POST", path, { key: admin, body });
  return `${path}/${answer.id}`;
}
const call = <Body>(method: string, path: string, { key = admin, body, match }: Sample) =>
  api.call<Body>(method, path, {
    ...{ key, ...(body === undefined ? {} : { body }) },
    headers: match === undefined ? {} : { "if-match": `"${match}"` },
  });

const group = { name: "on call", members: [] };
const producer = { name: "deployer", callback_hosts: [], may_name_policies: false };
const policy = { name: "two", approvers: [{ anyone: true }], votes: 2 };

const samples: Readonly<Record<string, () => Promise<Sample>>> = {
  "POST /v1/approvals/{id}/votes": async () => ({
    path: `${await fresh()}/votes`,
    body: { choice: "approve" },
  }),
  "POST /v1/approvals/{id}/cancel": async () => ({
    ...{ path: `${await fresh()}/cancel`, key: ci, body: {} },
  }),
  "POST /v1/approvals/{id}/outcome": async () => ({
    ...{ path: `${await approved()}/outcome`, key: ci, body: { outcome: "executed" } },
  }),
  "POST /v1/approvals/{id}/revoke": async () => ({ path: `${await approved()}/revoke`, body: {} }),
  "POST /v1/approvals/{id}/unlock": async () => ({ path: `${await locked()}/unlock`, body: {} }),
  "POST /v1/deliveries/{id}/redeliver": async () => ({ path: await dead("one") }),
  "POST /v1/deliveries/redeliver": async () => {
    await dead("two");
    return { body: { filter: {} } };
  },
  "PUT /v1/rules": async () => ({ body: { rules: [] }, match: 0 }),
  "POST /v1/rules/rollback": async () => {
    await call("PUT", "/v1/rules", { body: { rules: [] }, match: 1 });
    return { body: { version: 1 }, match: 2 };
  },
  "POST /v1/people": async () => ({ body: { name: "Fay" } }),
  "PATCH /v1/people/{id}": async () => ({
    ...{ path: `/v1/people/${personId("Ben")}`, body: { roles: ["router"] }, match: 1 },
  }),
  "POST /v1/people/{id}/links": async () => ({ path: `/v1/people/${personId("Ben")}/links` }),
  "POST /v1/people/{id}/suspend": async () => ({ path: `/v1/people/${personId("Ben")}/suspend` }),
  "POST /v1/people/{id}/restore": async () => ({ path: `/v1/people/${personId("Ben")}/restore` }),
  "POST /v1/groups": async () => ({ body: group }),
  "PUT /v1/groups/{id}": async () => ({
    ...{ path: await idOf("/v1/groups", { name: "b" }), match: 1 },
    body: { name: "c", members: [personId("Ben")] },
  }),
  "DELETE /v1/groups/{id}": async () => ({
    ...{ path: await idOf("/v1/groups", { name: "d" }), match: 1 },
  }),
  "POST /v1/producers": async () => ({ body: producer }),
  "PUT /v1/producers/{id}": async () => ({
    ...{ path: await idOf("/v1/producers", { ...producer, name: "p1" }), match: 1 },
    body: { ...producer, name: "p2" },
  }),
  "POST /v1/producers/{id}/rotate-secret": async () => ({
    path: `${await idOf("/v1/producers", { ...producer, name: "p3" })}/rotate-secret`,
    ...{ body: {}, match: 1 },
  }),
  "DELETE /v1/producers/{id}": async () => ({
    ...{ path: await idOf("/v1/producers", { ...producer, name: "p4" }), match: 1 },
  }),
  "POST /v1/keys": async () => ({ body: { name: "k", producer: "ci", scopes: ["events"] } }),
  "DELETE /v1/keys/{id}": async () => ({
    path: await idOf("/v1/keys", { name: "k2", producer: "ci", scopes: ["events"] }),
  }),
  "PUT /v1/policies/{name}": async () => ({ path: "/v1/policies/two", body: policy }),
  "DELETE /v1/policies/{name}": async () => ({ path: "/v1/policies/two", match: 1 }),
  "POST /v1/pins": async () => ({ body: { type: "deploy.requested", policy: "open" } }),
  "DELETE /v1/pins/{kind}/{name}": async () => ({ path: "/v1/pins/type/deploy.requested" }),
  "POST /v1/apply": async () => ({ body: "groups:\n  - name: from a file\n    members: []\n" }),
  "PUT /v1/event-types/{name}": async () => ({
    path: "/v1/event-types/leave.requested",
    body: { name: "leave.requested", about: "Days off", level: "info", sample: { data: {} } },
  }),
  "DELETE /v1/event-types/{name}": async () => ({
    ...{ path: "/v1/event-types/leave.requested", match: 1 },
  }),
  "POST /v1/admin/links": async () => ({}),
};

const { paths } = openApiDocument("") as { paths: Record<string, Record<string, unknown>> };
const changing = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods)
    .filter((method) => method !== "get")
    .map((method) => `${method.toUpperCase()} ${path}`),
);

beforeAll(async () => {
  api = await startApi();
  admin = await api.person("Ann", ["admin", "approver"], ["read", "vote", "admin"]);
  await api.person("Ben", ["approver"], ["read"]);
  await api.keepPolicy();
  ({ key: ci } = await api.producer("ci"));
});
afterAll(() => api.close());

describe("the audit log has a row", () => {
  it("H5: for every operation that changes something, or a reason why not", () => {
    expect([...Object.keys(samples), ...Object.keys(leaveNone)].sort()).toEqual(changing.sort());
  });

  it.each(Object.entries(samples))("H5: for %s", async (operation, prepare) => {
    const [method = "", path = ""] = operation.split(" ");
    const sample = await prepare();
    await api.hub.audit.settle();
    const before = (await api.hub.audit.read({ limit: 1, order: "descending" })).items[0];
    const answer = await call<object>(method, sample.path ?? path, sample);
    expect([answer.status, answer.body]).toEqual([
      expect.toSatisfy((n: number) => n < 300),
      answer.body,
    ]);
    await api.hub.audit.settle();
    const after = before === undefined ? {} : { after: before.entry.number };
    const { items } = await api.hub.audit.read({ limit: 50, order: "ascending", ...after });
    expect(items.length).toBeGreaterThan(0);
    const actors = new Set(items.map(({ entry }) => entry.actor.name));
    expect(actors).toEqual(new Set([sample.key === ci ? "ci" : "Ann"]));
  });
});
