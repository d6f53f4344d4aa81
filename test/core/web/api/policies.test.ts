import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../../core/domain/ids.ts";
import type { Problem } from "../../../../core/domain/problem.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

interface PolicyBody {
  readonly name: string;
  readonly votes: number;
  readonly version: number;
  readonly revision: number;
  readonly approvers: readonly object[];
  readonly used_by: readonly { readonly kind: string; readonly name: string }[];
}

let api: ApiRig;
let admin: string;
let router: string;
let ci: string;
beforeEach(async () => {
  api = await startApi();
  admin = await api.person("Ada", ["admin"], ["read", "admin"]);
  router = await api.person("Rob", ["router"], ["read"]);
  ci = (await api.producer("ci")).key;
  await api.store.groups.insert({
    id: deriveId("group", "rm"),
    organization,
    revision: 1,
    name: "release managers",
    members: [deriveId("person", "Ada")],
  });
  await api.store.destinations.insert({
    id: deriveId("destination", "#a"),
    organization,
    revision: 1,
    name: "#a",
    kind: "slack",
    slackTeamId: "T1",
    channelId: "C1",
  });
});
afterEach(() => api.close());

const production = { name: "production", approvers: [{ group: "release managers" }], votes: 1 };
const put = <Body = PolicyBody>(body: { readonly name: string }, match?: number, key = admin) =>
  api.call<Body>("PUT", `/v1/policies/${encodeURIComponent(body.name)}`, {
    key,
    body,
    ...(match === undefined ? {} : { headers: { "if-match": `"${match}"` } }),
  });
const call = <Body = PolicyBody>(method: string, path: string, body?: object, key = admin) =>
  api.call<Body>(method, path, { key, ...(body ? { body } : {}) });
const remove = (name: string, match: number) =>
  api.call<Problem>("DELETE", `/v1/policies/${name}`, {
    key: admin,
    headers: { "if-match": `"${match}"` },
  });

describe("/v1/policies", () => {
  it("keeps each saved version for ever, also of a policy that was removed and came again", async () => {
    expect((await put(production)).status).toBe(201);
    expect((await put({ ...production, votes: 2 } as typeof production, 1)).body).toMatchObject({
      version: 2,
      votes: 2,
    });
    expect((await remove("production", 2)).status).toBe(204);
    expect((await put(production)).body).toMatchObject({ version: 3, votes: 1 });
    const { body } = await call<{ items: readonly { version: number; votes: number }[] }>(
      "GET",
      "/v1/policies/production/versions",
    );
    expect(body.items.map(({ version, votes }) => [version, votes])).toEqual([
      [3, 1],
      [2, 2],
      [1, 1],
    ]);
  });

  it("takes what was read: 428 without If-Match, 412 for the later of two, no version for no change", async () => {
    await put(production);
    expect(await put<Problem>({ ...production })).toMatchObject({
      status: 428,
      body: { code: "if_match_missing" },
    });
    const two = { ...production, votes: 2 };
    const saved = await Promise.all([put<Problem>(two, 1), put<Problem>(two, 1)]);
    expect(saved.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { body } = await call("GET", "/v1/policies/production");
    expect(body).toMatchObject({ version: 2, revision: 2 });
    // What was read may be sent back as it is.
    expect((await put({ ...body }, 2)).body).toMatchObject({ version: 2, revision: 2 });
  });

  it("says which name is unknown, and saves nothing", async () => {
    const wrong = {
      name: "p",
      approvers: [{ group: "release manager" }, { person: "ada@example.con" }],
      assurance: "sso",
    };
    const { status, body } = await put<Problem>(wrong);
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        pointer: "/approvers/0/group",
        message: 'there is no group "release manager"; did you mean "release managers"?',
      },
      {
        pointer: "/approvers/1/person",
        message: 'there is no person "ada@example.con"; did you mean "ada@example.com"?',
      },
      {
        pointer: "/assurance",
        message: expect.stringContaining("this hub has no issuer"),
      },
    ]);
    const never = { name: "p", approvers: [{ person: "ada@example.com" }], votes: 2 };
    expect((await put<Problem>(never)).body.errors?.[0]?.message).toBe(
      "only 1 may approve, so 2 approvals can never be met",
    );
    expect((await call<{ items: unknown[] }>("GET", "/v1/policies")).body.items).toEqual([]);
  });

  it("is refused removal while a rule, a type or a pin names it, with the list of these", async () => {
    await put(production);
    const type = {
      ...{ name: "refund.requested", about: "Somebody asks", sample: { data: {} } },
      ...{ texts: { title: "Refund" }, approval: { kind: "opens", policy: "production" } },
    };
    const made = await api.call("PUT", `/v1/event-types/${type.name}`, { key: admin, body: type });
    expect(made.status).toBe(201);
    await api.hub.rules.save(
      {
        rules: [
          {
            name: "Deploys",
            types: ["deploy.*"],
            to: ["#a"],
            policy: "production",
            continue: false,
          },
        ],
      },
      0,
      "Ada",
    );
    await call("POST", "/v1/pins", { producer: "ci", policy: "production" });
    const { status, body } = await remove("production", 1);
    expect([status, body.code]).toEqual([409, "policy_in_use"]);
    expect(body.errors?.map(({ message }) => message)).toEqual([
      "rule: Deploys",
      "type: refund.requested",
      "pin: producer ci",
    ]);
    expect((await call("GET", "/v1/policies/production")).body.used_by).toHaveLength(3);
  });

  it("is not removed while an event type asks under it: its requests would be anybody's", async () => {
    await put(production);
    const type = { name: "refund.requested", about: "Money back.", texts: { title: "Refund" } };
    const asks = { sample: { data: {} }, approval: { kind: "opens", policy: "production" } };
    const made = await call("PUT", "/v1/event-types/refund.requested", { ...type, ...asks });
    expect(made.status).toBe(201);
    const { status, body } = await remove("production", 1);
    expect([status, body.errors?.map(({ message }) => message)]).toEqual([
      409,
      ["type: refund.requested"],
    ]);
    expect((await call("GET", "/v1/policies/production")).body.used_by).toEqual([
      { kind: "type", name: "refund.requested" },
    ]);
  });

  it("names somebody whose name another has, too, so that it can be sent back", async () => {
    const kim = (name: string, more = {}) =>
      api.store.people.insert({
        ...{ id: deriveId("person", name), organization, revision: 1, name: "Kim", roles: [] },
        ...more,
      });
    await kim("one");
    await put({ ...production, approvers: [{ person: "Kim" }] } as never);
    await kim("two", { email: "kim@example.com" });
    const { body } = await call("GET", "/v1/policies/production");
    expect(body.approvers).toEqual([{ person: deriveId("person", "one") }]);
    const again = await put({ ...body, rejections: 1, reason: "both" } as never, 1);
    expect([again.status, again.body.version]).toEqual([200, 2]);
    expect((await api.hub.policies.get("production"))?.policy.approvers).toMatchObject([
      { person: deriveId("person", "one") },
    ]);
  });

  it("lets a router read and an admin alone change", async () => {
    await put(production);
    expect((await call("GET", "/v1/policies/production", undefined, router)).status).toBe(200);
    expect((await put(production, 1, router)).status).toBe(403);
    const pin = { type: "deploy.requested", policy: "production" };
    expect((await call("POST", "/v1/pins", pin, router)).status).toBe(403);
    expect((await call("GET", "/v1/policies", undefined, ci)).status).toBe(403);
  });
});

describe("a pin", () => {
  const weak = { name: "weak", approvers: [{ anyone: true }], self: true };
  const rule = { name: "Deploys", types: ["deploy.*"], to: ["#a"], continue: false };
  beforeEach(async () => {
    await put(production);
    await put(weak);
    await call("POST", "/v1/pins", { type: "deploy.requested", policy: "production" });
  });
  const policyOf = async (data: object) => {
    const posted = await call<{ approval?: { id: string } }>(
      "POST",
      "/v1/events",
      { type: "deploy.requested", data },
      ci,
    );
    const { body } = await call<{ policy: { name: string } }>(
      "GET",
      `/v1/approvals/${posted.body.approval?.id}`,
    );
    return body.policy.name;
  };

  it("holds against a rule, an event, and a rule that leaves the policy out", async () => {
    await api.hub.rules.save({ rules: [{ ...rule, policy: "weak" }] }, 0, "Ada");
    expect(await policyOf({})).toBe("production");
    expect(await policyOf({ approval: { policy: "weak" } })).toBe("production");
    await api.hub.rules.save({ rules: [rule] }, 1, "Ada");
    expect(await policyOf({})).toBe("production");
    const event = { type: "deploy.requested", data: { approval: { policy: "weak" } } };
    const { body } = await call<{ policy: string; policy_from: string }>(
      "POST",
      "/v1/rules/explain",
      { event },
      ci,
    );
    expect(body.policy_from ?? "").toBe("");
    const explained = await call<{ policy: string; policy_from: string }>(
      "POST",
      "/v1/rules/explain",
      { event },
    );
    expect(explained.body).toMatchObject({
      policy: "production",
      policy_from:
        "pinned by an admin to the type deploy.requested; the event names weak, which has no effect",
    });
  });

  it("refuses a rule that names another policy for that very type", async () => {
    const draft = { rules: [{ ...rule, types: ["deploy.requested"], policy: "weak" }] };
    const { status, body } = await api.call<Problem>("PUT", "/v1/rules", {
      key: admin,
      headers: { "if-match": '"0"' },
      body: draft,
    });
    expect(status).toBe(422);
    expect(body.errors).toEqual([
      {
        pointer: "/rules/0/policy",
        message:
          'an admin has pinned deploy.requested to the policy "production", which no rule changes; name that one or none',
      },
    ]);
  });

  it("stands once for each type, and goes when an admin takes it away", async () => {
    const again = { type: "deploy.requested", policy: "weak" };
    expect(await call<Problem>("POST", "/v1/pins", again)).toMatchObject({
      status: 409,
      body: { code: "pin_taken" },
    });
    expect((await call("DELETE", "/v1/pins/type/deploy.requested")).status).toBe(204);
    expect((await call("DELETE", "/v1/pins/type/deploy.requested")).status).toBe(404);
    expect(await policyOf({ approval: { policy: "weak" } })).toBe("weak");
  });
});
