import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createAddressGuard } from "../../../core/destinations/address-guard.ts";
import {
  formerSigningKey,
  sealValues,
  signingKey,
} from "../../../core/destinations/hook-values.ts";
import { createWebhook } from "../../../core/destinations/webhook/adapter.ts";
import type { Hook } from "../../../core/domain/destination.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { eventCard } from "../../../core/messages/event-card.ts";
import type { Posting } from "../../../core/ports/chat-platform.ts";
import type { HookAdapter, HookValues } from "../../../core/ports/destination-hook.ts";
import { createVault } from "../../../core/secrets.ts";
import { describeDestination } from "../../contracts/destination.contract.ts";
import { handClock } from "../../contracts/hand-clock.ts";
import { type Receiver, startReceiver } from "../../fixtures/rig/receiver.ts";
import { approval, event, organization } from "../domain/samples.ts";

const retry = (because: string) => ({ kind: "retry", because }) as const;
const rejected = (because: string) => ({ kind: "rejected", because }) as const;
const gone = (because: string) => ({ kind: "rejected", because, remedy: "reroute" }) as const;

describeDestination({
  kind: "webhook",
  create: (deps) => createWebhook({ ...deps, clock: handClock() }) as HookAdapter,
  taken: { status: 202, text: "thanks" },
  answers: [
    ["taken without a word", { status: 204 }, { kind: "sent" }],
    ["not understood", { status: 400, text: "no title" }, rejected("http_400: no title")],
    ["seen before", { status: 409 }, rejected("http_409")],
    ["too large", { status: 413 }, rejected("http_413")],
    ["not valid", { status: 422, text: "a\n  b" }, rejected("http_422: a b")],
    ["credentials wrong", { status: 401 }, gone("http_401")],
    ["not allowed", { status: 403 }, gone("http_403")],
    ["not there", { status: 404 }, gone("http_404")],
    ["gone", { status: 410 }, gone("http_410")],
    [
      "busy",
      { status: 429, headers: { "retry-after": "7" } },
      { ...retry("http_429"), afterMs: 7_000 },
    ],
    ["in trouble", { status: 500 }, retry("http_500")],
    [
      "away for a while",
      { status: 503, headers: { "retry-after": "999999" } },
      { ...retry("http_503"), afterMs: 3_600_000 },
    ],
  ],
  textIn: (body) => JSON.stringify(body),
});

describe("a webhook", () => {
  const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
  const links = { hubUrl: "https://hub.example" };
  const secret = `whsec_${Buffer.from("a key of the hub").toString("base64")}`;
  const clock = { now: () => new Date() };
  let receiver: Receiver;
  let adapter: HookAdapter<"webhook">;
  beforeAll(async () => {
    receiver = await startReceiver();
    const guard = createAddressGuard([receiver.origin]);
    adapter = createWebhook({ guard, vault, clock, hubUrl: links.hubUrl });
  });
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.answers({ status: 200 });
  });
  afterAll(() => receiver.close());

  const id = deriveId("destination", "tickets");
  const hookWith = (values: HookValues): Hook<"webhook"> => ({
    ...{ id, organization, revision: 1, name: "tickets", kind: "webhook" },
    ...sealValues(vault, id, adapter.fields, { address: `${receiver.origin}/in`, ...values }),
  });
  const posting: Posting = {
    delivery: deriveId("delivery", "one"),
    event,
    producerName: "ci",
    follows: false,
    test: false,
  };
  const send = async (values: HookValues, over: Partial<Posting> = {}) => {
    const message = eventCard(over.event ?? event, undefined, { name: "ci" }, links);
    const report = await adapter.post(hookWith(values), message, { ...posting, ...over });
    return { report, call: receiver.received.at(-1), body: receiver.received.at(-1)?.text ?? "" };
  };

  it("A21: sends the event as CloudEvents JSON where no body was written", async () => {
    const { call, body } = await send({});
    expect(call?.headers["content-type"]).toBe("application/cloudevents+json");
    expect(JSON.parse(body)).toEqual({
      specversion: "1.0",
      id: event.id,
      source: "ci",
      type: "deploy.requested",
      subject: "web/1.4.2",
      time: "2026-11-20T14:00:00.000Z",
      datacontenttype: "application/json",
      level: "notice",
      externalid: "812",
      producer: "ci",
      data: { service: "web", environment: "production" },
    });
  });

  it("R6: its calls verify with the standardwebhooks package, the same id on every try", async () => {
    for (const _ of [1, 2]) {
      const { call, body } = await send({ [signingKey]: secret });
      const headers = call?.headers as Record<string, string>;
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: "deploy.requested" });
      expect(headers["webhook-id"]).toBe(posting.delivery);
      const other = `whsec_${Buffer.from("another key").toString("base64")}`;
      expect(() => new Webhook(other).verify(body, headers)).toThrow();
    }
  });

  it("R6: a former secret signs until its end, and no longer", async () => {
    const former = `whsec_${Buffer.from("the key before it").toString("base64")}`;
    const verifies = async (key: string, formerSecretEndsAt: Date) => {
      const hook = hookWith({ [signingKey]: secret, [formerSigningKey]: former });
      const message = eventCard(event, undefined, { name: "ci" }, links);
      await adapter.post({ ...hook, formerSecretEndsAt }, message, posting);
      const call = receiver.received.at(-1);
      try {
        return !!new Webhook(key).verify(call?.text ?? "", call?.headers as never);
      } catch {
        return false;
      }
    };
    const [now, later] = [clock.now(), new Date(clock.now().getTime() + 60_000)];
    expect([await verifies(former, later), await verifies(secret, later)]).toEqual([true, true]);
    expect([await verifies(former, now), await verifies(secret, now)]).toEqual([false, true]);
  });

  it("A21: sends method, headers and credentials, and shows no credential", async () => {
    const { call, report } = await send({
      method: "PUT",
      headers: "X-Subject: {{ event.subject }}\nX-Team: ops",
      secret_headers: "Authorization: Bearer hunter2hunter2",
    });
    expect(call?.method).toBe("PUT");
    expect(call?.headers).toMatchObject({
      "x-subject": "web/1.4.2",
      "x-team": "ops",
      authorization: "Bearer hunter2hunter2",
    });
    expect(JSON.stringify(report)).not.toContain("hunter2");
    const hook = hookWith({ secret_headers: "Authorization: Bearer hunter2hunter2" });
    expect(JSON.stringify(hook)).not.toContain("hunter2");
    expect(hook.shown["secret_headers"]).toBe("Authorization: …ter2");
  });

  it("G4: says nothing of a secret, also where the reason ends in the middle of it", async () => {
    const token = "canary-a-token-of-forty-signs-and-some-more";
    receiver.answers({ status: 422, text: `${"I do not take it. ".repeat(6)}${token}` });
    const { report } = await send({ secret_headers: `x-auth: ${token}` });
    expect(report.result).toMatchObject({ kind: "rejected" });
    expect(JSON.stringify(report)).not.toContain("canary");
  });

  it.each([
    ["a value of its query", "/in?key=canary-value", "no canary-value here"],
    ["a value that is no word", "/in?team=canary-4711", "no canary-4711 here"],
    ["a query that is a value alone", "/in?canary-value", "no canary-value here"],
    ["a value that is written in signs of its own", "/in?key=canary%2Fvalue", "canary/value?"],
    ["the end of its path", "/in/T1/canary-end-of-a-path", "canary-end-of-a-path is off"],
  ])(
    "G4: says nothing of its address where the receiver quotes %s alone",
    async (_, path, text) => {
      receiver.answers({ status: 422, text });
      const { report } = await send({ address: `${receiver.origin}${path}` });
      expect(report.result).toMatchObject({ kind: "rejected" });
      expect(JSON.stringify(report)).not.toContain("canary");
    },
  );

  it("leaves a plain word of its query where it stands in what was sent and answered", async () => {
    receiver.answers({ status: 422, text: "no deploys to production now" });
    const about = { ...event, data: { environment: "production" } };
    const wish = {
      address: `${receiver.origin}/in?env=production`,
      body: '{"all": {{ event.data }}}',
    };
    const { report } = await send(wish, { event: about });
    expect(report.result).toEqual(rejected("http_422: no deploys to production now"));
    expect(JSON.stringify(report.request)).toContain("production");
  });

  it("A27: a header cannot be ended by what an event says", async () => {
    const evil = { ...event, subject: "a\r\nX-Evil: yes" };
    const { call } = await send({ headers: "X-Subject: {{ event.subject }}" }, { event: evil });
    expect(call?.headers["x-evil"]).toBeUndefined();
    expect(call?.headers["x-subject"]).toBe("a X-Evil: yes");
  });

  it.each([
    ['{"title": "{{ event.data.title }}"}', { title: 'a "quote", a \\ and\na line' }],
    ['{"all": {{ event.data }}}', { all: { title: 'a "quote", a \\ and\na line', n: 3 } }],
    [
      '{"all": {{ event.data | json }}, "n": {{ event.data.n }}}',
      { all: { title: 'a "quote", a \\ and\na line', n: 3 }, n: 3 },
    ],
    ['{"x": "{{ event.data.nothing }}"}', { x: "" }],
    ['{"x": "{{ event.data.nothing | default: "none" }}"}', { x: "none" }],
    [
      '[{% for fact in message.facts %}"{{ fact.label }}"{% unless forloop.last %},{% endunless %}{% endfor %}]',
      ["N"],
    ],
  ])("A27: fills %s", async (body, expected) => {
    const data = { title: 'a "quote", a \\ and\na line', n: 3 };
    const { report, body: sent } = await send({ body }, { event: { ...event, data } });
    expect(report.result).toEqual({ kind: "sent" });
    expect(JSON.parse(sent)).toEqual(expected);
  });

  it("A27: a test says which field the event lacks; a delivery goes out without it", async () => {
    const body = '{"x": "{{ event.data.team }}"}';
    const { report } = await send({ body }, { test: true });
    expect(report.result).toEqual({
      kind: "rejected",
      because: "placeholder_missing: event.data.team in the body",
    });
    expect(receiver.received).toEqual([]);
    expect((await send({ body })).report.result).toEqual({ kind: "sent" });
  });

  it.each([
    ["never ends", "{% for i in (1..100000000) %}x{% endfor %}"],
    ["reads files", '{% include "/etc/passwd" %}'],
    ["reads prototypes", '{"x": "{{ event.constructor.name }}{{ event.__proto__ }}"}'],
    [
      "grows",
      '{% assign a = "x" %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
    ],
  ])("A27: a template that %s is stopped and hurts nobody", async (_what, body) => {
    const began = performance.now();
    const { report } = await send({ body });
    expect(performance.now() - began).toBeLessThan(2_000);
    const sent = JSON.stringify(receiver.received);
    expect(sent).not.toMatch(/root:|Function|Object/);
    if (receiver.received.length === 0) expect(report.result.kind).toBe("rejected");
  });

  it("tells the outcome of a request as an event of the hub's own type", async () => {
    const closed = {
      ...approval,
      state: "expired",
      closedAt: new Date("2026-11-21T14:00:00.000Z"),
    } as never;
    const { body } = await send({}, { approval: closed, follows: true });
    expect(JSON.parse(body)).toMatchObject({
      id: posting.delivery,
      type: "approval.expired",
      approvalurl: `https://hub.example/approvals/${approval.id}`,
      data: { approval: approval.id, state: "expired" },
    });
  });

  it("tells how a request ended once, and then what its producer said", async () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 14, minute));
    const deciding = { name: "Ann", action: "approve", choice: "approve", at: at(2), via: "web" };
    const ended = { ...approval, state: "approved", deciding, closedAt: at(2) };
    const outcome = { kind: "executed", detail: "both regions", at: at(5) };
    const conflict = { event: event.id, state: "rejected", by: "ci", at: at(6) };
    const told = async (request: object, more: object) => {
      const { body } = await send({}, { approval: request as never, follows: true, ...more });
      const { type, time, data } = JSON.parse(body);
      return [type, time, data.outcome?.detail, data.conflict?.state];
    };
    const endTold = { endTold: true };
    const done = { ...ended, outcome };
    const approved = ["approval.approved", "2026-11-20T14:02:00.000Z"];
    expect(await told(ended, {})).toEqual([...approved, undefined, undefined]);
    expect(await told(done, {})).toEqual([...approved, "both regions", undefined]);
    expect((await told(done, endTold)).slice(0, 2)).toEqual([
      "approval.executed",
      "2026-11-20T14:05:00.000Z",
    ]);
    const both = await told({ ...done, conflict }, endTold);
    expect([both[0], both[3]]).toEqual(["approval.conflict", "rejected"]);
    const revoked = { ...done, state: "revoked", closedAt: at(9) };
    expect((await told(revoked, endTold))[0]).toBe("approval.revoked");
  });

  it("E4: waits as long as its own limit says", async () => {
    receiver.answers("hang");
    const { report } = await send({ timeout_seconds: "1" });
    expect(report.result).toEqual({ kind: "unknown", because: "timed_out: 1 seconds" });
  });

  it.each([
    ["{'a': 1}", "json_invalid", "line 1, column 2: a single quote"],
    ['{"a": 1,\n "b" 2}', "json_invalid", "line 2, column 6: colon expected"],
    [
      '{"a": {{ event.data }},\n  "b": "{{ event.subject }}" oops}',
      "json_invalid",
      "line 2, column 30",
    ],
    ['{"a": "{{ event.subject"}', "json_invalid", ""],
    ['{"a": "{{ event.subject | nofilter }}"}', "template_invalid", "undefined filter"],
  ])("A21: refuses the body %j when it is saved: %s at %s", (body, code, detail) => {
    const [trouble] = adapter.check({ address: "https://tickets.example/", body });
    if (detail !== "") expect(trouble).toMatchObject({ key: "body", code });
    if (detail !== "") expect(trouble?.detail).toContain(detail);
    else expect(trouble?.key).toBe("body");
  });

  it.each(["Host: evil", "Webhook-Id: 1", "no colon", "Bad Name: x", "X-Token: …"])(
    "A21: refuses the header line %j",
    (headers) => {
      expect(adapter.check({ address: "https://tickets.example/", headers })).toMatchObject([
        { key: "headers", code: "header_bad" },
      ]);
    },
  );
});
