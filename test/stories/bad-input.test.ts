import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import type { Problem } from "../fixtures/rig/http.ts";
import { deployEvent } from "../fixtures/rig/requests.ts";
import type { Receipt, RunningHub } from "../fixtures/rig/running-hub.ts";

onEveryEngine("bad input", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
    // The request of the first look comes by itself; what is kept is compared from then on.
    await hub.sandbox.message("slack", ({ author }) => author.app);
  });
  afterAll(() => endStory(hub));

  const send = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    hub.call<Problem>("POST", "/v1/events", { body, headers });

  /** Every event that the hub keeps, as ids. */
  async function kept(): Promise<readonly string[]> {
    const { body } = await hub.call<{ readonly items: readonly { readonly id: string }[] }>(
      "GET",
      "/v1/events?limit=200",
    );
    return body.items.map(({ id }) => id);
  }

  const refusals = [
    {
      what: "text that is no JSON, with its line and column",
      body: '{\n  "type": "deploy.requested",\n  "data": {"service" "web"}\n}',
      status: 400,
      code: "json_invalid",
      says: /line 3, column 2\d/,
    },
    {
      what: "a field of the wrong type, with its pointer",
      body: { type: "deploy.requested", subject: 812 },
      status: 422,
      code: "event_invalid",
      at: "/subject",
    },
    {
      what: "a missing type",
      body: { data: {} },
      status: 422,
      code: "event_invalid",
      at: "/type",
    },
    {
      what: "an unknown field, with the nearest name",
      body: { type: "deploy.requested", subjct: "web" },
      status: 422,
      code: "event_invalid",
      at: "/subjct",
      says: /did you mean "subject"\?/,
    },
    {
      what: "an unknown field of the approval",
      body: { type: "deploy.requested", data: { approval: { expires: "1h" } } },
      status: 422,
      code: "event_invalid",
      at: "/data/approval/expires",
    },
    {
      what: "a policy that does not exist",
      body: { type: "other.thing", data: { approval: { policy: "none-such" } } },
      status: 422,
      code: "event_invalid",
      at: "/data/approval/policy",
    },
    {
      what: "a callback on a host that the producer's settings do not name",
      body: {
        type: "deploy.requested",
        data: { approval: { callback: "https://evil.example/x" } },
      },
      status: 422,
      code: "event_invalid",
      at: "/data/approval/callback",
    },
    {
      what: "one bad item among good ones, with its place in the batch",
      body: [deployEvent(), deployEvent(), deployEvent(), { type: "deploy.requested", level: 5 }],
      status: 422,
      code: "event_invalid",
      at: "/3/level",
    },
    {
      what: "more than 500 events at once",
      body: Array.from({ length: 501 }, () => deployEvent()),
      status: 422,
      code: "batch_size",
      says: /501 events .* 500/,
    },
    {
      what: "an event of a type that only the hub raises",
      body: { type: "approval.approved" },
      status: 422,
      code: "event_invalid",
      at: "/type",
    },
    {
      what: "a CloudEvent without its source",
      body: { specversion: "1.0", id: "1", type: "deploy.requested" },
      status: 422,
      code: "event_invalid",
      at: "/source",
    },
  ];

  it.each(refusals.map(({ what, ...rest }) => [what, rest] as const))(
    "H2: refuses %s",
    async (_, one) => {
      const { body, status, code, at, says } = one;
      const before = await kept();
      const { status: seen, headers, body: problem } = await send(body);
      expect([seen, problem.code]).toEqual([status, code]);
      expect(headers.get("content-type")).toMatch(/^application\/problem\+json/);
      expect(problem).toMatchObject({
        status,
        title: expect.any(String),
        detail: expect.any(String),
      });
      expect(problem.hint).not.toBe("");
      expect(problem.request_id).toBe(headers.get("x-request-id"));
      if (at !== undefined) expect(problem.errors?.map(({ pointer }) => pointer)).toEqual([at]);
      if (says !== undefined) expect(problem.detail).toMatch(says);
      expect(await kept()).toEqual(before);
    },
  );

  it("H2: refuses a body that is too large, and lives", async () => {
    const answer = await send({ type: "deploy.requested", data: { text: "x".repeat(6_000_000) } });
    expect([answer.status, answer.body.code]).toEqual([413, "body_too_large"]);
    expect((await hub.call("GET", "/healthz")).status).toBe(200);
  });

  it("H2: refuses a media type that it does not read", async () => {
    const answer = await send("type=deploy.requested", { "content-type": "text/plain" });
    expect([answer.status, answer.body.code]).toEqual([415, "media_type_unsupported"]);
  });

  it.each([
    ["no key", {}, "key_missing"],
    ["a key that nobody has", { authorization: "Bearer cs_wrong" }, "key_unknown"],
    ["another scheme", { authorization: "Basic YTpi" }, "key_unknown"],
  ])("H2: refuses %s with 401", async (_, headers, code) => {
    const response = await fetch(`${hub.url}/v1/events`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers } as Record<string, string>,
      body: JSON.stringify(deployEvent()),
    });
    const problem = (await response.json()) as Problem;
    expect([response.status, problem.code]).toEqual([401, code]);
    expect(problem.hint).toMatch(/key/);
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
  });

  it.each([
    ["GET", "/v1/nowhere"],
    ["DELETE", "/v1/events"],
  ])("H2: answers %s %s, which is not there, with a problem", async (method, path) => {
    const { status, body } = await hub.call<Problem>(method, path);
    expect([status, body.code]).toEqual([404, "path_unknown"]);
    expect(body.hint).toContain("/docs");
  });

  it("H2: answers the same event again with the same ids, and does nothing twice", async () => {
    const event = deployEvent();
    const first = await hub.post(event);
    const again = await hub.post(event);
    expect(again).toMatchObject({ id: first.id, status: "duplicate", approval: first.approval });
    const title = (message: { readonly text: string }) => message.text.includes(event.data.title);
    await hub.sandbox.message("slack", title);
    expect((await hub.sandbox.messages("slack")).filter(title)).toHaveLength(1);
  });

  it("H2: answers other content under the same id with 409", async () => {
    const event = deployEvent();
    await hub.post(event);
    const other = await send({ ...event, data: { ...event.data, environment: "staging" } });
    expect([other.status, other.body.code]).toEqual([409, "event_conflict"]);
  });

  it("H2: takes the Idempotency-Key where the event has no id", async () => {
    const { id: _, ...event } = deployEvent();
    const headers = { "idempotency-key": `key-${event.subject}` };
    const first = await hub.call<Receipt>("POST", "/v1/events", { body: event, headers });
    const again = await hub.call<Receipt>("POST", "/v1/events", { body: event, headers });
    expect(first.body.external_id).toBe(headers["idempotency-key"]);
    expect(again.body).toMatchObject({ id: first.body.id, status: "duplicate" });
  });

  it("H2: accepts a type that it does not know, says so, and sends it to the fallback", async () => {
    const { subject } = deployEvent();
    const receipt = await hub.post({ type: "never.seen", subject, data: { title: subject } });
    expect(receipt).toMatchObject({ known: false, matched: [] });
    const message = await hub.sandbox.message("slack", ({ text }) => text.includes(subject));
    expect(message.buttons.map(({ action }) => action)).not.toContain("approve");
  });

  it("H2: takes CloudEvents, structured and binary, and a batch in its order", async () => {
    const { subject, data } = deployEvent();
    const event = { type: "deploy.requested", source: "/ci", subject };
    const structured = await hub.call<Receipt>("POST", "/v1/events", {
      headers: { "content-type": "application/cloudevents+json" },
      body: { specversion: "1.0", id: "structured", traceparent: "00-1", ...event, data },
    });
    expect(structured).toMatchObject({ status: 202, body: { external_id: "structured" } });
    const binary = await hub.call<Receipt>("POST", "/v1/events", {
      headers: {
        "ce-specversion": "1.0",
        "ce-id": "binary",
        "ce-type": event.type,
        "ce-source": "/ci",
        "ce-subject": encodeURIComponent(`${subject} é`),
      },
      body: data,
    });
    expect(binary).toMatchObject({ status: 202, body: { external_id: "binary" } });
    const many = [deployEvent(), deployEvent(), deployEvent()];
    const batch = await hub.call<{ readonly items: readonly Receipt[] }>("POST", "/v1/events", {
      body: many,
    });
    expect(batch.body.items.map((item) => item.external_id)).toEqual(many.map(({ id }) => id));
  });

  it("H2: shows one producer nothing of another's", async () => {
    const local = await hub.call<Receipt>("POST", "/v1/events", {
      key: hub.adminKey,
      body: deployEvent(),
    });
    expect(local.status).toBe(202);
    const approval = local.body.approval?.id ?? "";
    const asked = [
      await hub.call<Problem>("GET", `/v1/events/${local.body.id}`),
      await hub.call<Problem>("GET", `/v1/approvals/${approval}`),
      await hub.call<Problem>("POST", `/v1/approvals/${approval}/cancel`, { body: {} }),
    ];
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await kept()).not.toContain(local.body.id);
  });

  it("H2: keeps the keys of two producers apart under one subject", async () => {
    const event = deployEvent();
    const mine = await hub.post(event);
    const theirs = await hub.call<Receipt>("POST", "/v1/events", {
      key: hub.adminKey,
      body: event,
    });
    expect(theirs.body.status).toBe("accepted");
    expect(theirs.body.approval?.id).not.toBe(mine.approval?.id);
  });

  it("H2: joins a second request for the same key while the first is open", async () => {
    const event = deployEvent();
    const first = await hub.post(event);
    const joined = await hub.post({ ...event, id: `${event.id}-again` });
    expect(joined.approval).toMatchObject({ id: first.approval?.id });
    const other = { ...event.data, service: "api" };
    const differs = await hub.post({ ...event, id: `${event.id}-other`, data: other });
    expect(differs.approval).toMatchObject({ id: first.approval?.id, differs: true });
  });
});
