import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../../core/domain/ids.ts";
import type { Problem } from "../../../../core/domain/problem.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

let api: ApiRig;
let admin: string;
let ci: string;
beforeEach(async () => {
  api = await startApi();
  admin = await api.person("Ada", ["admin"], ["read", "admin"]);
  ci = (await api.producer("ci")).key;
  for (const name of ["#a", "#b", "#ops"]) {
    await api.store.destinations.insert({
      id: deriveId("destination", name),
      organization,
      revision: 1,
      name,
      kind: "slack",
      slackTeamId: "T1",
      channelId: `C${name}`,
    });
  }
  api.hub.forgetPlanning();
});
afterEach(() => api.close());

const production = {
  name: "Production",
  types: ["deploy.*"],
  pattern: { data: { environment: ["production"] } },
  to: ["#a"],
};
const rest = { name: "Rest", types: ["*"], to: ["#b"] };

async function save(rules: readonly object[], version: number, more: object = {}) {
  const headers = { "if-match": `"${version}"` };
  return api.call<{ version: number }>("PUT", "/v1/rules", {
    key: admin,
    headers,
    body: { rules, ...more },
  });
}
const post = <Body>(path: string, body: object, key = admin, headers = {}) =>
  api.call<Body>("POST", path, { key, body, headers });
const send = (type: string, environment: string) =>
  post("/v1/events", { type, data: { environment } }, ci);

interface Explained {
  readonly version: number;
  readonly destinations: readonly string[];
  readonly rules: readonly { readonly outcome: string; readonly clauses: readonly object[] }[];
}

describe("explaining", () => {
  it("C3: shows what each place would say, and warns of fields that the event lacks", async () => {
    const message = {
      title: "Deploy {{ data.service }} {{ data.version }}",
      body: "{{ data.note }}",
    };
    const saved = await save([{ ...production, message, to: ["#a", "#b"] }, rest], 0);
    expect(saved.status).toBe(200);
    const b = await api.store.destinations.get(deriveId("destination", "#b"));
    if (!b) throw new Error("no such destination");
    await api.store.destinations.replace({ ...b, message: { title: "Place" }, revision: 2 }, 1);
    const event = { type: "deploy.requested", data: { environment: "production", service: "web" } };
    const { body } = await post<{ messages: object[] }>("/v1/rules/explain", { event });
    expect(body.messages).toMatchObject([
      { destination: "#a", title: "Deploy web ⟨version?⟩", missing: ["version", "note"] },
      {
        ...{ destination: "#b", title: "Place", missing: ["note"], trouble: null },
        missing_at: [{ field: "note", place: "body" }],
      },
    ]);
  });

  it("C3: refuses a rule whose texts cannot be read, at their place", async () => {
    const message = { title: "{{ data.x | nofilter }}" };
    const refused = await save([{ ...production, message }], 0);
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain("/rules/0/message/title");
  });

  it("B8: says where an event would go and why, and sends nothing", async () => {
    await save([production, rest], 0);
    const event = { type: "deploy.requested", data: { environment: "staging" } };
    const { status, body } = await post<Explained>("/v1/rules/explain", { event });
    expect(status).toBe(200);
    expect(body).toMatchObject({ version: 1, destinations: ["#b"], unrouted: false, policy: null });
    expect(body.rules.map(({ outcome }) => outcome)).toEqual(["left", "taken"]);
    expect(body.rules[0]?.clauses).toEqual([
      { field: "type", wanted: ["deploy.*"], found: "deploy.requested", holds: true, error: null },
      {
        field: "data.environment",
        wanted: ["production"],
        found: "staging",
        holds: false,
        error: null,
      },
    ]);
    expect(await api.store.events.scan("byTime", { limit: 9 })).toEqual([]);
    expect(await api.store.deliveries.scan("byTime", { limit: 9 })).toEqual([]);
  });

  it("B8: follows a draft that nobody has saved", async () => {
    await save([rest], 0);
    const event = { type: "deploy.requested", data: { environment: "production" } };
    const draft = { event, rules: [{ ...production, when: "event.data.environment != 'x'" }] };
    const { body } = await post<Explained>("/v1/rules/explain", draft);
    expect(body.destinations).toEqual(["#a"]);
    expect((await api.hub.rules.current()).version).toBe(1);
  });

  it.each([
    ["an event without a type", { event: { data: {} } }, "event_invalid", "/event/type"],
    [
      "a destination that nothing is called",
      { event: { type: "x" }, rules: [{ ...rest, to: ["#c"] }] },
      "rules_invalid",
      "/rules/0/to/0",
    ],
    [
      "a condition that cannot be read",
      { event: { type: "x" }, rules: [{ ...rest, when: "event.data.x >" }] },
      "rules_invalid",
      "/rules/0/when",
    ],
    ["a field that nothing is called", { event: { type: "x" }, rule: [] }, "body_invalid", "/rule"],
  ])("refuses %s, and says where", async (_, body, code, pointer) => {
    const answer = await post<Problem>("/v1/rules/explain", body);
    expect(answer).toMatchObject({ status: 422, body: { code } });
    expect(answer.body.errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it("is for those who look after the hub", async () => {
    const approver = await api.person("Ann", ["approver"], ["read"]);
    const event = { type: "x" };
    expect((await post("/v1/rules/explain", { event }, approver)).status).toBe(403);
    expect((await post("/v1/rules/backtest", { rules: [] }, ci)).status).toBe(403);
  });
});

describe("a backtest", () => {
  it("M2: plans the last events again under a draft, and names what moves", async () => {
    await save([production, rest], 0);
    for (const environment of ["production", "staging", "production"]) {
      await send("deploy.requested", environment);
    }
    await send("disk.full", "production");
    const draft = { rules: [{ ...production, to: ["#a", "#ops"] }], last: 100 };
    const { body, status } = await post<{ examples: readonly object[] }>(
      "/v1/rules/backtest",
      draft,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      events: 4,
      moved: 4,
      unrouted: { was: 0, would: 2 },
      messages: [
        { destination: "#a", was: 2, would: 2 },
        { destination: "#b", was: 2, would: 0 },
        { destination: "#ops", was: 0, would: 2 },
      ],
    });
    expect(body.examples).toContainEqual(
      expect.objectContaining({
        type: "deploy.requested",
        was: { destinations: ["#a"], policy: null },
        would: { destinations: ["#a", "#ops"], policy: null },
      }),
    );
    const deliveries = await api.store.deliveries.scan("byTime", { limit: 99 });
    expect(deliveries.filter(({ label }) => label === "#ops")).toEqual([]);
  });

  it("M2: of the rules in force moves nothing", async () => {
    await save([production, rest], 0, { fallback: "#ops" });
    for (const environment of ["production", "staging"])
      await send("deploy.requested", environment);
    const draft = { rules: [production, rest], fallback: "#ops" };
    const { body } = await post<{ moved: number; events: number }>("/v1/rules/backtest", draft);
    expect(body).toMatchObject({ events: 2, moved: 0 });
  });

  it("looks at as many events as were asked for", async () => {
    await save([rest], 0);
    for (let count = 0; count < 5; count += 1) await send("deploy.requested", "x");
    const { body } = await post<{ events: number }>("/v1/rules/backtest", { rules: [], last: 3 });
    expect(body).toMatchObject({ events: 3, moved: 3 });
    const wrong = await post<Problem>("/v1/rules/backtest", { rules: [], last: 100_001 });
    expect(wrong).toMatchObject({ status: 422, body: { code: "body_invalid" } });
  });
});

describe("versions", () => {
  it("B10: have an author, a description and what they changed; one step goes back", async () => {
    await save([production], 0, { description: "The first" });
    await save([rest, { ...production, to: ["#b"] }], 1);
    const list = await api.call<{ items: readonly object[] }>("GET", "/v1/rules/versions", {
      key: admin,
    });
    expect(list.body.items).toMatchObject([
      {
        version: 2,
        author: "Ada",
        description: null,
        rules: 2,
        changes: { added: ["Rest"], removed: [], changed: ["Production"], reordered: false },
      },
      { version: 1, description: "The first", changes: { added: ["Production"] } },
    ]);
    const back = { version: 1 };
    const headers = { "if-match": '"2"' };
    const rolled = await post("/v1/rules/rollback", back, admin, headers);
    expect(rolled).toMatchObject({
      status: 200,
      body: {
        version: 3,
        description: "Version 1 again",
        rules: [{ name: "Production", to: ["#a"] }],
      },
    });
    const old = await api.call("GET", "/v1/rules?version=2", { key: admin });
    expect(old.body).toMatchObject({
      version: 2,
      rules: [{ name: "Rest" }, { name: "Production" }],
    });
  });

  it("B10: of two edits at once, the later is told", async () => {
    await save([production], 0);
    expect((await save([rest], 1)).status).toBe(200);
    expect(await save([production, rest], 1)).toMatchObject({
      status: 412,
      body: { code: "rules_stale" },
    });
    const stale = { "if-match": '"1"' };
    expect((await post("/v1/rules/rollback", { version: 1 }, admin, stale)).status).toBe(412);
    expect((await post("/v1/rules/rollback", { version: 1 })).status).toBe(428);
    const current = { "if-match": '"2"' };
    expect((await post("/v1/rules/rollback", { version: 9 }, admin, current)).status).toBe(404);
  });

  it("say that rules changed places", async () => {
    await save([production, rest], 0);
    await save([rest, production], 1);
    const { body } = await api.call<{ items: readonly object[] }>("GET", "/v1/rules/versions", {
      key: admin,
    });
    expect(body.items[0]).toMatchObject({
      changes: { added: [], removed: [], changed: [], reordered: true },
    });
  });
});
