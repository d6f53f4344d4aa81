import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Problem } from "../../../../core/domain/problem.ts";
import { builtinTypes } from "../../../../core/event-types/builtin-types.ts";
import { drawMessage } from "../../../../core/start/draw-message.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

interface TypeBody extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly version: number;
  readonly revision: number;
  readonly on: boolean;
  readonly origin: string;
  readonly schema: object | null;
  readonly sample: { readonly data: Readonly<Record<string, unknown>> };
  readonly texts: Readonly<Record<string, unknown>>;
  readonly approval: Readonly<Record<string, unknown>>;
  readonly pictures: { readonly slack: object; readonly teams: object };
  readonly warnings: readonly string[];
}

let api: ApiRig;
let admin: string;
let ci: string;
beforeEach(async () => {
  api = await startApi({ web: () => ({ draw: drawMessage }) });
  admin = await api.person("Ada", ["admin"], ["read", "admin"]);
  ci = (await api.producer("ci")).key;
});
afterEach(() => api.close());

const path = (name: string) => `/v1/event-types/${name}`;
const get = async (name: string) => {
  const { status, body, headers } = await api.call<TypeBody>("GET", path(name), { key: ci });
  return { status, body, etag: headers.get("etag") };
};
type Sent = { readonly name: string } & Readonly<Record<string, unknown>>;
const put = <Body = TypeBody>(type: Sent, match?: number, key = admin) =>
  api.call<Body>("PUT", path(type.name), {
    key,
    body: type,
    ...(match === undefined ? {} : { headers: { "if-match": `"${match}"` } }),
  });
const remove = (name: string, match: number) =>
  api.call<Problem>("DELETE", path(name), { key: admin, headers: { "if-match": `"${match}"` } });
const send = (type: string, data: object) =>
  api.call<Problem & { readonly known?: boolean }>("POST", "/v1/events", {
    key: ci,
    body: { type, subject: "s", data },
  });

const leave = {
  name: "leave.requested",
  about: "Somebody wants days off",
  level: "notice",
  schema: {
    type: "object",
    properties: { who: { type: "string" }, days: { type: "integer", minimum: 1 } },
    required: ["who", "days"],
  },
  sample: { subject: "leave/1", data: { who: "Lena", days: 3 } },
  texts: {
    title: "{{ data.who }} asks for {{ data.days }} days off",
    facts: [{ label: "Days", value: "{{ data.days }}", bound: true }],
    colour: "#1A7F37",
  },
  approval: { kind: "opens", at: { requester: "/who" } },
};

describe("the catalogue", () => {
  it("B1, B2: lists every type with schema, sample and what it does to requests", async () => {
    const { body } = await api.call<{ items: readonly TypeBody[] }>("GET", "/v1/event-types", {
      key: ci,
    });
    expect(body.items.map(({ name }) => name)).toEqual([...builtinTypes.keys()].sort());
    expect(body.items.every(({ schema, origin }) => schema && origin === "builtin")).toBe(true);
  });

  it("B1, B2: shows each as it would stand on Slack and on Teams, with nothing missing", async () => {
    for (const name of builtinTypes.keys()) {
      const { body, etag } = await get(name);
      expect([name, etag, body.warnings]).toEqual([name, '"0"', []]);
      expect(body.pictures.slack).toMatchObject({ blocks: expect.any(Array) });
      expect(body.pictures.teams).toMatchObject({ type: "AdaptiveCard" });
      expect(JSON.stringify(body.pictures)).not.toContain("?⟩");
    }
  }, 20_000);

  it.each(["asset_request_created", "warranty_expiring", "RequestExpired", "approval.created"])(
    "takes %s back as it was read, and nothing has changed",
    async (name) => {
      const { body } = await get(name);
      expect(await put(body, 0)).toMatchObject({ status: 200, body: { origin: "builtin" } });
    },
  );

  it("moves the times of samples along, so that each can be sent as it is", async () => {
    const { body } = await get("asset_request_created");
    const answer = await send(body.name, body.sample.data);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ approval: { state: "open" } });
  });
});

describe("a type that an admin writes", () => {
  it("B1: holds for the next event, and its picture shows its buttons", async () => {
    expect((await send("leave.requested", {})).body).toMatchObject({ known: false });
    const { status, body } = await put(leave);
    expect(status).toBe(201);
    expect(body).toMatchObject({ origin: "added", version: 1, revision: 1, on: true });
    expect(JSON.stringify(body.pictures.slack)).toContain("Lena asks for 3 days off");
    expect(JSON.stringify(body.pictures.teams)).toContain("Approve");
    expect((await send("leave.requested", { who: "Lena", days: 0 })).body.errors).toEqual([
      { pointer: "/data/days", message: "expected at least 1, got 0" },
    ]);
    expect((await send("leave.requested", leave.sample.data)).body).toMatchObject({
      known: true,
      approval: { state: "open" },
    });
  });

  it("is another version when its schema changes, and only then", async () => {
    await put(leave);
    expect((await put({ ...leave, about: "Days off" }, 1)).body).toMatchObject({ version: 1 });
    const { body } = await put({ ...leave, schema: { type: "object" } }, 2);
    expect(body).toMatchObject({ version: 2, revision: 3 });
    const read = await get(leave.name);
    expect((await put(read.body, 3)).body).toMatchObject({ version: 2, revision: 3 });
  });

  it("is saved over what was read, and over nothing else", async () => {
    expect((await put<Problem>({ ...leave }, 4)).status).toBe(412);
    await put(leave);
    expect((await put<Problem>(leave)).body).toMatchObject({ status: 428 });
    expect((await put<Problem>({ ...leave, about: "x" }, 7)).body).toMatchObject({
      status: 412,
      code: "event_type_stale",
    });
    expect(
      (await api.call<Problem>("PUT", path("other"), { key: admin, body: leave })).status,
    ).toBe(422);
  });

  it("is removed, unless something names it", async () => {
    await put(leave);
    const rules = [{ name: "Leave", types: [leave.name], to: [] }];
    const rule = { ...rules[0], to: ["#a"] };
    await api.store.ruleSets.insert({
      ...{ id: `${api.hub.organization} 1`, organization: api.hub.organization, revision: 1 },
      ...{ version: 1, author: "Ada", savedAt: new Date(0) },
      rules: [{ ...rule, name: "Leave", continue: false, types: [leave.name] }],
    });
    expect((await remove(leave.name, 1)).body).toMatchObject({
      code: "event_type_in_use",
      detail: "leave.requested is named by the rule Leave.",
    });
    await put({ ...leave, name: "free" });
    expect((await remove("free", 1)).status).toBe(204);
    expect((await get("free")).status).toBe(404);
  });
});

describe("a type of the catalogue's own", () => {
  it("is changed, switched off, and brought back", async () => {
    const { body } = await get("user.invited");
    const changed = await put({ ...body, texts: { title: "Hello {{ data.invitee }}" } }, 0);
    expect(changed.body).toMatchObject({ origin: "changed", revision: 1 });
    expect(JSON.stringify(changed.body.pictures)).toContain("Hello mei@example.com");
    const off = await put({ ...changed.body, on: false }, 1);
    expect(off.body).toMatchObject({ on: false, revision: 2 });
    expect((await send("user.invited", body.sample.data)).body).toMatchObject({ matched: [] });
    expect((await remove("user.invited", 2)).status).toBe(204);
    expect((await get("user.invited")).body).toMatchObject({ origin: "builtin", on: true });
    expect((await remove("user.invited", 0)).body).toMatchObject({ code: "event_type_builtin" });
  });

  it("of the hub keeps from changing requests", async () => {
    const { body } = await get("approval.created");
    const wrong = { ...body, approval: { kind: "opens" } };
    expect((await put<Problem>(wrong, 0)).body.errors).toMatchObject([
      { pointer: "/approval/kind" },
    ]);
    expect((await put<Problem>({ ...leave, name: "approval.mine" })).body.errors).toMatchObject([
      { pointer: "/name" },
    ]);
  });
});

describe("bad input", () => {
  const deep = JSON.parse(`${'{"not":'.repeat(40)}{}${"}".repeat(40)}`);
  it.each<[string, object, string, RegExp]>([
    ["look-around", { schema: { pattern: "a(?=b)" } }, "/schema/pattern", /RE2/],
    ["a remote reference", { schema: { $ref: "https://x.y/z" } }, "/schema/$ref", /this schema/],
    ["a depth bomb", { schema: deep }, `/schema${"/not".repeat(33)}`, /32 deep/],
    ["a sample that does not fit", { sample: { data: {} } }, "/sample/data/who", /got nothing/],
    ["an unknown filter", { texts: { title: "{{ data.x | nope }}" } }, "/texts/title", /nope/],
    ["an open tag", { texts: { body: "{% for a in b %}" } }, "/texts/body", /not closed/],
    ["a bad colour", { texts: { colour: "red" } }, "/texts/colour", /#1A7F37/],
    ["an unknown field", { titel: "x" }, "/titel", /unknown field/],
    ["an unknown behaviour", { approval: { kind: "opnes" } }, "/approval/kind", /opens, may/],
    [
      "a text that cannot be read",
      { approval: { kind: "marks", says: "{{" } },
      "/approval/says",
      /./,
    ],
    [
      "an unknown policy",
      { approval: { kind: "opens", policy: "x" } },
      "/approval/policy",
      /no policy/,
    ],
    [
      "a path that is none",
      { approval: { kind: "opens", at: { deadline: "due" } } },
      "/approval/at/deadline",
      /JSON pointer/,
    ],
    ["a bad name", { name: "a b" }, "/name", /1 to 128/],
  ])("%s is refused with its place, and nothing is saved", async (_, wrong, pointer, message) => {
    const body = { ...leave, ...wrong };
    const answer = await api.call<Problem>("PUT", path(encodeURIComponent(body.name)), {
      key: admin,
      body,
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual({ pointer, message: expect.stringMatching(message) });
    expect((await get(leave.name)).status).toBe(404);
  });

  it("E7: a type of over 131,072 characters, and a body of over 1 MiB, say the limit", async () => {
    const long = { ...leave, texts: { body: "x".repeat(9_000) }, sample: leave.sample };
    const facts = Array.from({ length: 20 }, () => ({ label: "x", value: "y".repeat(9_000) }));
    const big = await put<Problem>({ ...long, texts: { facts } });
    expect(big.body.errors).toMatchObject([{ message: expect.stringContaining("131072") }]);
    const huge = await put<Problem>({ ...leave, about: "x".repeat(1_100_000) });
    expect(huge.body).toMatchObject({ status: 413, detail: expect.stringContaining("1,048,576") });
  });

  it("a text without an end stops, and the event is shown as it came", async () => {
    const endless = "{% for a in (1..100000000) %}{{ a }}{% endfor %}";
    const { body } = await put({ ...leave, texts: { title: endless } });
    expect(body.warnings.join(" ")).toContain("failed");
    expect(JSON.stringify(body.pictures.slack)).toContain("leave.requested");
  });

  it("is for those who route", async () => {
    expect((await put<Problem>(leave, undefined, ci)).status).toBe(403);
    const approver = await api.person("Ann", ["approver"], ["read"]);
    expect((await put<Problem>(leave, undefined, approver)).status).toBe(403);
  });
});
