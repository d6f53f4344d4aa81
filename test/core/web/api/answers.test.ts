import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { z } from "zod";
import { deriveId } from "../../../../core/domain/ids.ts";
import {
  approvalSchema,
  eventSchema,
  eventSummarySchema,
  listOf,
  problemSchema,
  receiptSchema,
  ruleSetSchema,
} from "../../../../core/web/api/schemas.ts";
import { opaque } from "../../../../core/web/lists/cursor.ts";
import type { Problem } from "../../../fixtures/rig/http.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { slackChannel, start } from "../../domain/samples.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

let api: ApiRig;
let admin: string;
let ci: string;
beforeEach(async () => {
  api = await startApi();
  admin = await api.person("Ann", ["admin", "approver"], ["events", "read", "vote", "admin"]);
  ci = (await api.producer("ci")).key;
  await api.store.destinations.insert({ ...slackChannel, organization });
  await api.keepPolicy();
});
afterEach(() => api.close());

const get = <Body>(path: string, key = admin) => api.call<Body>("GET", path, { key });
const post = <Body>(path: string, body: unknown, key = admin) =>
  api.call<Body>("POST", path, { key, body });
/** What the schema takes, and not one member more. */
function keepsTo<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = schema.parse(body);
  expect(read).toEqual(body);
  return read;
}
interface List {
  readonly items: readonly { readonly id: string; readonly key?: string }[];
  readonly next: string | null;
}

describe("a refusal", () => {
  it("says by what it looked, and speaks of producers only where a thing is a producer's", async () => {
    const ofType = (await get<Problem>("/v1/event-types/nothing")).body;
    expect(ofType.detail).toBe("This hub has no event type of this name.");
    const ofDestination = (await get<Problem>("/v1/destinations/dst_nothing")).body;
    expect(`${ofDestination.detail} ${ofDestination.hint}`).not.toMatch(/key|producer/);
    const ofEvent = (await get<Problem>("/v1/events/evt_nothing")).body;
    expect(ofEvent.hint).toContain("the producer that owns it");
  });

  it.each<[string, string, object, number, string]>([
    ["GET", "/v1/events/evt_nothing", {}, 404, "not_found"],
    ["GET", "/v1/approvals/apr_nothing", {}, 404, "not_found"],
    ["GET", "/v1/deliveries/dlv_nothing", {}, 404, "not_found"],
    ["GET", "/v1/event-types/nothing", {}, 404, "not_found"],
    ["GET", "/v1/nothing", {}, 404, "path_unknown"],
    ["DELETE", "/v1/events", {}, 404, "path_unknown"],
    ["POST", "/v1/events", { body: "{'type':1}" }, 400, "json_invalid"],
    ["POST", "/v1/events", { body: { type: 1 } }, 422, "event_invalid"],
    [
      "POST",
      "/v1/events",
      { body: "x", headers: { "content-type": "text/plain" } },
      415,
      "media_type_unsupported",
    ],
    ["POST", "/v1/events", { body: "x".repeat(1_048_577) }, 413, "body_too_large"],
    ["GET", "/v1/events?limit=0", {}, 422, "parameter_invalid"],
    ["GET", "/v1/events?limit=201", {}, 422, "parameter_invalid"],
    ["GET", "/v1/events?limit=x", {}, 422, "parameter_invalid"],
    ["GET", "/v1/events?order=up", {}, 422, "parameter_invalid"],
    ["GET", "/v1/events?after=", {}, 422, "parameter_invalid"],
    ["GET", "/v1/events?after=nonsense", {}, 422, "parameter_invalid"],
    ["GET", `/v1/deliveries?after=${opaque("whole").slice(0, -2)}`, {}, 422, "parameter_invalid"],
    ["GET", "/v1/events?after=a&after=b", {}, 422, "parameter_invalid"],
    ["GET", "/v1/events?since=yesterday", {}, 422, "parameter_invalid"],
    ["GET", "/v1/events?unrouted=no", {}, 422, "parameter_invalid"],
    ["GET", "/v1/approvals?state=pending", {}, 422, "parameter_invalid"],
    ["GET", "/v1/deliveries?state=lost", {}, 422, "parameter_invalid"],
    ["PUT", "/v1/rules", { body: { rules: [] } }, 428, "if_match_missing"],
    [
      "PUT",
      "/v1/rules",
      { body: { rules: [] }, headers: { "if-match": '"7"' } },
      412,
      "rules_stale",
    ],
    [
      "PUT",
      "/v1/rules",
      { body: { rule: [] }, headers: { "if-match": '"0"' } },
      422,
      "body_invalid",
    ],
    ["PUT", "/v1/rules", { body: "[", headers: { "if-match": '"0"' } }, 400, "json_invalid"],
  ])("of %s %s (%#) is a problem with a code", async (method, path, asked, status, code) => {
    const answer = await api.call<Problem>(method, path, {
      key: method === "POST" ? ci : admin,
      ...asked,
    });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    const problem = keepsTo(problemSchema, answer.body);
    expect(problem).toMatchObject({ status, type: `urn:countersign:problem:${code}` });
    expect(problem.request_id).toBe(answer.headers.get("x-request-id"));
    expect(problem.detail).not.toBe("");
  });

  it("without a key says how to send one", async () => {
    const answer = await api.call<Problem>("GET", "/v1/events");
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="countersign"');
    expect(answer.body.hint).toContain("Authorization: Bearer");
  });
});

describe("events", () => {
  const event = { type: "deploy.requested", id: "812", subject: "web/1", data: { service: "web" } };

  it("are answered with a receipt, and listed and read in the described shapes", async () => {
    const posted = await post("/v1/events", event, ci);
    expect(posted.status).toBe(202);
    const receipt = keepsTo(receiptSchema, posted.body);
    expect(receipt).toMatchObject({ external_id: "812", status: "accepted", known: false });
    expect(receipt.links.self).toBe(`${api.url}/v1/events/${receipt.id}`);
    const list = await get(`/v1/events`, ci);
    expect(keepsTo(listOf(eventSummarySchema), list.body).items).toHaveLength(1);
    const one = keepsTo(eventSchema, (await get(`/v1/events/${receipt.id}`, ci)).body);
    expect(one).toMatchObject({ subject: "web/1", unrouted: true, producer: { name: "ci" } });
  });

  it("of a batch are answered in order", async () => {
    const answer = await post<{ items: unknown[] }>("/v1/events", [event, { type: "a" }], ci);
    expect(answer.status).toBe(202);
    const [first, second] = answer.body.items.map((item) => keepsTo(receiptSchema, item));
    expect([first?.external_id, second?.status]).toEqual(["812", "accepted"]);
  });

  it("are listed newest first, or oldest first, page by page, filtered", async () => {
    for (const number of [1, 2, 3, 4, 5]) {
      const body = { type: number % 2 ? "odd" : "even", id: `${number}`, subject: `${number}` };
      await post("/v1/events", body, ci);
      api.clock.pass(1_000);
    }
    const subjectsOf = ({ items }: List) =>
      (items as unknown as readonly { subject: string }[]).map(({ subject }) => subject);
    const all = async (query: string) => {
      const seen: string[][] = [];
      let next: string | null = "";
      while (next !== null) {
        const { body }: { body: List } = await get<List>(`/v1/events?limit=2${query}${next}`, ci);
        seen.push(subjectsOf(body));
        next = body.next === null ? null : `&after=${body.next}`;
      }
      return seen;
    };
    expect(await all("")).toEqual([["5", "4"], ["3", "2"], ["1"]]);
    expect(await all("&order=asc")).toEqual([["1", "2"], ["3", "4"], ["5"]]);
    expect(await all("&type=odd")).toEqual([["5", "3"], ["1"]]);
    expect(await all("&subject=4")).toEqual([["4"]]);
    expect(await all(`&since=${new Date(start.getTime() + 3_000).toISOString()}`)).toEqual([
      ["5", "4"],
    ]);
  });
});

describe("a producer", () => {
  it("sees its own events and requests and no others, whatever it asks for", async () => {
    const other = (await api.producer("other")).key;
    const own = await api.open(ci, "web/1");
    const theirs = await api.open(other, "web/1");
    const [theirEvent] = (await get<List>("/v1/events", other)).body.items;
    expect((await get(`/v1/events/${theirEvent?.id}`, ci)).status).toBe(404);
    for (const path of ["", "/stream"]) {
      expect((await get(`/v1/approvals/${theirs}${path}`, ci)).status).toBe(404);
    }
    expect((await post(`/v1/approvals/${theirs}/cancel`, {}, ci)).status).toBe(404);
    expect(
      (await post(`/v1/approvals/${theirs}/outcome`, { outcome: "executed" }, ci)).status,
    ).toBe(404);
    for (const query of ["", "?key=web/1", "?state=open", "?key=web/1&state=open"]) {
      const { body } = await get<List>(`/v1/approvals${query}`, ci);
      expect(body.items.map(({ id }) => id)).toEqual([own]);
    }
    expect((await get<List>("/v1/events?source=other", ci)).body.items).toEqual([]);
  });

  it("D23: answers what its producer reported, by name, and refuses what is no plain value", async () => {
    const own = await api.open(ci, "web/1");
    const fields = { granted_until: "2026-03-02T13:00:00Z", asset: "LT-1", seats: 2 };
    const report = { outcome: "granted", fields };
    const early = await post(`/v1/approvals/${own}/outcome`, report, ci);
    expect(early.status).toBe(409);
    const bad = await post(`/v1/approvals/${own}/outcome`, { ...report, fields: { a: {} } }, ci);
    expect(bad.status).toBe(422);
    const voted = await post(`/v1/approvals/${own}/votes`, { choice: "approve" });
    expect(voted.status).toBe(200);
    await post(`/v1/approvals/${own}/outcome`, report, ci);
    const { body } = await get<{ outcome: object }>(`/v1/approvals/${own}`, ci);
    expect(body.outcome).toMatchObject({
      ...{ outcome: "granted", detail: null, fields },
      facts: [
        { label: "Granted until", value: "2026-03-02T13:00:00Z" },
        { label: "Asset", value: "LT-1" },
        { label: "Seats", value: "2" },
      ],
    });
  });

  it("D23: takes a report that comes again, and says of another one what was reported", async () => {
    const own = await api.open(ci, "web/1");
    await post(`/v1/approvals/${own}/votes`, { choice: "approve" });
    const path = `/v1/approvals/${own}/outcome`;
    const first = await post(path, { outcome: "granted", fields: { seats: 2, asset: "LT-1" } }, ci);
    const again = await post(path, { fields: { asset: "LT-1", seats: 2 }, outcome: "granted" }, ci);
    expect([again.status, again.body]).toEqual([200, first.body]);
    for (const other of [{ outcome: "failed" }, { outcome: "granted", detail: "twice" }]) {
      const refused = await post<Problem>(path, other, ci);
      expect([refused.status, refused.body.code]).toEqual([409, "outcome_reported"]);
      expect(refused.body.detail).toMatch(/^ci reported granted at 20\S+Z\./);
    }
  });

  it("is not led to others by a cursor of its own making", async () => {
    const other = (await api.producer("other")).key;
    const own = await api.open(ci, "web/1");
    await api.open(other, "web/1");
    const { producer } = await api.producer("other");
    const forged = [
      "\u0000",
      "\uffff",
      `${organization}\u0001${producer.id}\u0001`,
      `${organization}\u0001${producer.id}\u0001\uffff`,
    ];
    for (const cursor of forged) {
      for (const order of ["asc", "desc"]) {
        for (const path of ["approvals", "events"]) {
          const query = `/v1/${path}?order=${order}&after=${opaque(cursor)}`;
          const { body } = await get<{ items: readonly { id: string; source: string }[] }>(
            query,
            ci,
          );
          expect(body.items.filter(({ source }) => source !== "ci")).toEqual([]);
        }
      }
    }
    expect((await get<List>("/v1/approvals", ci)).body.items).toMatchObject([{ id: own }]);
  });
});

describe("approvals", () => {
  it("E3: are found by key and state in one call", async () => {
    const id = await api.open(ci, "web/1");
    await api.open(ci, "web/2");
    const pending = await get<List>("/v1/approvals?key=web/1&state=open", ci);
    expect(keepsTo(listOf(approvalSchema), pending.body).items).toMatchObject([
      { id, key: "web/1", state: "open" },
    ]);
    expect((await get<List>("/v1/approvals?key=web/1&state=approved", ci)).body.items).toEqual([]);
    expect((await get<List>("/v1/approvals?state=open")).body.items).toHaveLength(2);
  });

  it("E3: are waited for until somebody decides, or until the time is over", async () => {
    const id = await api.open(ci, "web/1");
    expect((await get(`/v1/approvals/${id}?wait=0`, ci)).body).toMatchObject({ state: "open" });
    const waiting = get(`/v1/approvals/${id}?wait=30`, ci);
    const passed = get(`/v1/approvals/${id}?wait=30&after_revision=1`, ci);
    await post(`/v1/approvals/${id}/votes`, { choice: "approve" });
    expect((await waiting).body).toMatchObject({
      state: "approved",
      revision: 2,
      closed_by: "Ann",
    });
    expect((await passed).body).toMatchObject({ revision: 2 });
    expect((await get(`/v1/approvals/${id}?wait=30`, ci)).body).toMatchObject({
      state: "approved",
    });
    expect((await get(`/v1/approvals/${id}?wait=30&after_revision=1`, ci)).body).toMatchObject({
      revision: 2,
    });
  });

  it.each(["wait=x", "wait=-1", "wait=61", "wait=1&after_revision=x"])(
    "are not waited for with %s",
    async (query) => {
      const id = await api.open(ci, "web/1");
      expect(await get<Problem>(`/v1/approvals/${id}?${query}`, ci)).toMatchObject({
        status: 422,
        body: { code: "parameter_invalid" },
      });
    },
  );

  it("are watched as a stream of their revisions, which ends with the decision", async () => {
    const id = await api.open(ci, "web/1");
    const headers = { authorization: `Bearer ${ci}` };
    const stream = await fetch(`${api.url}/v1/approvals/${id}/stream`, { headers });
    await post(`/v1/approvals/${id}/votes`, { choice: "reject", reason: "not now" });
    const text = await stream.text();
    const states = [...text.matchAll(/^data: (.+)$/gm)].map(
      (match) => (JSON.parse(match[1] ?? "") as { state: string }).state,
    );
    expect(states).toEqual(["open", "rejected"]);
    expect([...text.matchAll(/^id: (.+)$/gm)].map((match) => match[1])).toEqual(["1", "2"]);
    const comeBack = (heard: string) =>
      fetch(`${api.url}/v1/approvals/${id}/stream`, {
        headers: { ...headers, "last-event-id": heard },
      });
    for (const heard of ["1", "3", "x"]) {
      expect((await (await comeBack(heard)).text()).match(/^id: .+$/gm)).toEqual(["id: 2"]);
    }
    // An EventSource comes again after every end but this one.
    expect((await comeBack("2")).status).toBe(204);
  });
});

describe("a vote by API", () => {
  const votes = (id: string) => `/v1/approvals/${id}/votes`;

  it.each([{ choice: "approve" }, { action: "approve", reason: "lgtm" }])(
    "of a person's key decides: %j",
    async (body) => {
      const id = await api.open(ci, "web/1");
      const answer = await post(votes(id), body);
      expect(answer.status).toBe(200);
      expect(keepsTo(approvalSchema, answer.body)).toMatchObject({
        state: "approved",
        decision: deriveId("decision", id),
        votes: [
          { name: "Ann", via: "api", identity: "key", reason: "reason" in body ? "lgtm" : null },
        ],
      });
    },
  );

  it.each<[string, object, number, string]>([
    ["nothing", {}, 422, "body_invalid"],
    ["action and choice", { action: "approve", choice: "approve" }, 422, "body_invalid"],
    ["an unknown choice", { choice: "maybe" }, 422, "body_invalid"],
    ["an unknown field", { choice: "approve", why: "x" }, 422, "body_invalid"],
    ["an unknown action", { action: "deploy" }, 422, "unknown_action"],
    ["a rejection without a reason", { choice: "reject" }, 422, "reason_missing"],
    ["a reason that says nothing", { choice: "reject", reason: "  no " }, 422, "reason_missing"],
  ])("with %s is refused", async (_, body, status, code) => {
    const id = await api.open(ci, "web/1");
    expect(await post<Problem>(votes(id), body)).toMatchObject({ status, body: { code } });
    expect((await get(`/v1/approvals/${id}`)).body).toMatchObject({ state: "open", votes: [] });
  });

  it("is refused to those who may not, and to those who come late", async () => {
    const eve = await api.person("Eve", [], ["vote"]);
    const bot = (await api.producer("bot", ["events", "read", "vote"])).key;
    const id = await api.open(ci, "web/1");
    const own = await api.open(ci, "web/2", { requested_by: "ann@example.com" });
    const chatOnly = await api.open(ci, "web/3", { policy: undefined });
    const approve = { choice: "approve" };
    expect((await post<Problem>(votes(id), approve, eve)).body.code).toBe("not_eligible");
    const botsOwn = await api.open(bot, "web/1");
    expect((await post<Problem>(votes(botsOwn), approve, bot)).body.code).toBe("person_missing");
    expect((await post<Problem>(votes(own), approve)).body.code).toBe("own_request");
    expect((await post<Problem>(votes(chatOnly), approve)).body.code).toBe("surface_off");
    await post(votes(id), approve);
    const ben = await api.person("Ben", ["approver"], ["vote"]);
    const late = await post<Problem>(votes(id), approve, ben);
    expect(late).toMatchObject({ status: 409, body: { code: "closed" } });
    expect(late.body.detail).toBe("Ann approved this just now by API.");
  });

  it("twice by one person counts once", async () => {
    await api.keepPolicy({ id: deriveId("policy", "two"), name: "two", votes: 2 });
    const id = await api.open(ci, "web/1", { policy: "two" });
    expect((await post(votes(id), { choice: "approve" })).body).toMatchObject({ state: "open" });
    expect(await post<Problem>(votes(id), { choice: "approve" })).toMatchObject({
      status: 409,
      body: { code: "already_voted" },
    });
  });
});

describe("cancelling", () => {
  it("is for the producer, the requester and admins", async () => {
    const chloe = await api.person("Chloe", [], ["vote"]);
    const eve = await api.person("Eve", ["approver"], ["vote"]);
    for (const [subject, key, name] of [
      ["web/1", ci, "ci"],
      ["web/2", chloe, "Chloe"],
      ["web/3", admin, "Ann"],
    ] as const) {
      const id = await api.open(ci, subject, { requested_by: "chloe@example.com" });
      const path = `/v1/approvals/${id}/cancel`;
      expect((await post<Problem>(path, {}, eve)).body.code).toBe("not_yours");
      const answer = await post(path, { reason: "superseded" }, key);
      expect(keepsTo(approvalSchema, answer.body)).toMatchObject({
        state: "cancelled",
        closed_by: name,
      });
      expect(await post<Problem>(path, {}, key)).toMatchObject({
        status: 409,
        body: { code: "closed" },
      });
    }
  });
});

describe("rules", () => {
  const rule = { name: "Deploys", types: ["deploy.*"], to: ["#releases"] };
  const put = (body: unknown, version: number) =>
    api.call<Problem>("PUT", "/v1/rules", {
      key: admin,
      body,
      headers: { "if-match": `"${version}"` },
    });

  it("are read with their version, and written back over it", async () => {
    const first = await get("/v1/rules");
    expect(first.headers.get("etag")).toBe('"0"');
    keepsTo(ruleSetSchema, first.body);
    const saved = await put({ rules: [rule], fallback: "#releases" }, 0);
    expect(saved.status).toBe(200);
    expect(saved.headers.get("etag")).toBe('"1"');
    expect(keepsTo(ruleSetSchema, saved.body)).toMatchObject({
      version: 1,
      author: "Ann",
      rules: [{ ...rule, continue: false }],
    });
    const again = await put(saved.body, 1);
    expect([again.status, again.headers.get("etag")]).toEqual([200, '"2"']);
  });

  it("saved twice from one version are saved once, and the later is told", async () => {
    const answers = await Promise.all([put({ rules: [rule] }, 0), put({ rules: [] }, 0)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const stale = answers.find(({ status }) => status === 412);
    expect(stale?.headers.get("etag")).toBe('"1"');
    expect(stale?.body.detail).toContain("The newest version is 1, saved by Ann");
  });

  it("take effect with the next event", async () => {
    await put({ rules: [rule] }, 0);
    const { body } = await post<z.infer<typeof receiptSchema>>(
      "/v1/events",
      { type: "deploy.a" },
      ci,
    );
    expect(body.matched).toEqual([{ rule: 1, name: "Deploys", destinations: ["#releases"] }]);
  });

  it.each<[string, object, string, string]>([
    [
      "a channel that nothing is called",
      { ...rule, to: ["#relases"] },
      "/rules/0/to/0",
      'there is no destination "#relases"; did you mean "#releases"?',
    ],
    [
      "a policy that nothing is called",
      { ...rule, policy: "opn" },
      "/rules/0/policy",
      'there is no policy "opn"; did you mean "open"?',
    ],
    [
      "a pattern with a mistake",
      { ...rule, pattern: { data: { a: "x" } } },
      "/rules/0/pattern/data/a",
      'Values stand in a list. Write ["x"].',
    ],
    [
      "a name with odd signs",
      { ...rule, name: "<b>" },
      "/rules/0/name",
      "expected letters, digits, space and # - _ . › /",
    ],
    [
      "a misspelt field",
      { ...rule, patern: {} },
      "/rules/0/patern",
      'unknown field; did you mean "pattern"?',
    ],
    [
      "a star in the middle",
      { ...rule, types: ["a*b"] },
      "/rules/0/types/0",
      "expected a type, or a prefix with * at its end",
    ],
    ["no destination", { ...rule, to: [] }, "/rules/0/to", "may not be empty"],
    [
      "an unknown level",
      { ...rule, level: "loud" },
      "/rules/0/level",
      'expected "debug" or "info" or "notice" or "warning" or "alert" or "critical"',
    ],
  ])("with %s are refused at that place", async (_, wrong, pointer, message) => {
    const answer = await put({ rules: [wrong] }, 0);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([{ pointer, message }]);
    expect((await get("/v1/rules")).headers.get("etag")).toBe('"0"');
  });

  it("are refused with every mistake at once, names used twice among them", async () => {
    const answer = await put({ rules: [rule, { ...rule, to: ["#a", "#b"] }], fallback: "#c" }, 0);
    expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual([
      "/rules/1/name",
      "/rules/1/to/0",
      "/rules/1/to/1",
      "/fallback",
    ]);
  });
});
