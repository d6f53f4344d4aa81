import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Problem } from "../../../fixtures/rig/http.ts";
import { type Receiver, startReceiver } from "../../../fixtures/rig/receiver.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

interface HookBody {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly can: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly state: string;
  readonly types: readonly string[];
  readonly broken: { readonly code: string } | null;
  readonly revision: number;
  readonly signing_secret?: string;
}

interface TestBody {
  readonly outcome: string;
  readonly steps: readonly { readonly step: string; readonly state: string }[];
  readonly note: string | null;
  readonly trouble: { readonly code: string; readonly cause: string; readonly next: string } | null;
  readonly attempt: { readonly id: string; readonly response: string } | null;
}

describe("webhooks in /v1/destinations", () => {
  let api: ApiRig;
  let receiver: Receiver;
  let key: string;
  let ci: string;

  beforeEach(async () => {
    receiver = await startReceiver();
    api = await startApi({ outboundAllow: [receiver.origin] });
    await api.hub.start();
    api.hub.deliver();
    key = await api.person("Ann", ["admin", "approver"], ["admin", "read", "vote"]);
    ci = (await api.producer("ci")).key;
  });
  afterEach(async () => {
    await api.close();
    receiver.close();
  });

  const call = <Body = HookBody>(method: string, path: string, body?: unknown, match?: number) =>
    api.call<Body>(method, path, {
      key,
      ...(body === undefined ? {} : { body }),
      ...(match === undefined ? {} : { headers: { "if-match": `"${match}"` } }),
    });
  const draft = (over: object = {}) => ({
    kind: "webhook",
    name: "tickets",
    settings: { address: `${receiver.origin}/in/T0secret` },
    types: ["*"],
    ...over,
  });
  const make = async (over: object = {}) =>
    (await call("POST", "/v1/destinations", draft(over))).body;
  const route = async (to: readonly string[], policy?: string) => {
    const { version } = await api.hub.rules.current();
    const rules = [
      { name: "All", types: ["*"], to, continue: false, ...(policy ? { policy } : {}) },
    ];
    expect((await api.hub.rules.save({ rules }, version, "Ann")).kind).toBe("saved");
  };
  const fire = (subject: string, type = "deploy.finished") =>
    api.call("POST", "/v1/events", { key: ci, body: { type, subject } });
  const subjects = () =>
    receiver.received.map(({ text }) => (JSON.parse(text) as { subject?: string }).subject);
  const deliveries = () => api.store.deliveries.scan("byTime", { limit: 100 });

  it("A21: an event reaches a webhook, signed with the secret that was shown once", async () => {
    const made = await call("POST", "/v1/destinations", draft());
    expect([made.status, made.body.kind, made.body.can, made.body.state]).toEqual([
      201,
      "webhook",
      [],
      "active",
    ]);
    expect(JSON.stringify(made.body)).not.toContain("T0secret");
    const secret = made.body.signing_secret ?? "";
    await route(["tickets"]);
    await fire("web/1");
    await expect.poll(subjects).toEqual(["web/1"]);
    const [got] = receiver.received;
    new Webhook(secret).verify(got?.text ?? "", got?.headers as Record<string, string>);
    const read = await call("GET", `/v1/destinations/${made.body.id}`);
    expect(read.body.signing_secret).toBeUndefined();
    expect(read.body.settings["address"]).toMatch(/^127\.0\.0\.1:\d+ …cret$/);
    const events = await api.call("GET", "/v1/deliveries", { key });
    expect(JSON.stringify(events.body)).not.toContain("T0secret");
  });

  it.each([
    [{ name: "tickets!" }, 422, "name_bad", "/name"],
    [{ types: [] }, 422, "no_event_type", "/types"],
    [{ types: undefined }, 422, "no_event_type", "/types"],
    [{ types: ["a b"] }, 422, "type_bad", "/types"],
    [{ settings: {} }, 422, "url_missing", "/settings/address"],
    [{ settings: { address: "https//:x" } }, 422, "url_malformed", "/settings/address"],
    [{ settings: { address: "http://x.example/" } }, 422, "url_not_https", "/settings/address"],
    [{ settings: { address: "https://x.example:8443/" } }, 422, "url_port", "/settings/address"],
    [{ settings: { address: "https://10.0.0.1/" } }, 422, "address_private", "/settings/address"],
    [{ settings: { address: "https://localhost/" } }, 422, "address_loopback", "/settings/address"],
    [
      { settings: { address: "https://169.254.169.254/" } },
      422,
      "address_link_local",
      "/settings/address",
    ],
    [{ settings: { adress: "https://x.example/" } }, 422, "field_unknown", "/settings/adress"],
    [
      { settings: { address: "https://x.example/", method: "GET" } },
      422,
      "value_bad",
      "/settings/method",
    ],
    [
      { settings: { address: "https://x.example/", timeout_seconds: 31 } },
      422,
      "value_bad",
      "/settings/timeout_seconds",
    ],
    [
      { settings: { address: "https://x.example/", body: "{'a': 1}" } },
      422,
      "json_invalid",
      "/settings/body",
    ],
    [{ state: "test" }, 422, "test_target_bad", "/test_target"],
    [
      { kind: "slack-webhook", settings: { address: "https://evil.example/" } },
      422,
      "url_wrong_kind",
      "/settings/address",
    ],
    [
      { kind: "teams-workflow", settings: { address: "https://a.webhook.office.com/webhookb2/1" } },
      422,
      "url_retired",
      "/settings/address",
    ],
  ])("A14: refuses %j whole: %s %s", async (over, status, code, pointer) => {
    const answer = await call<Problem>("POST", "/v1/destinations", draft(over));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.errors?.map((one) => one.pointer)).toContain(pointer);
    expect(await api.hub.destinations.list()).toEqual([]);
  });

  it("A21: two destinations never share a name, also when both are made at once", async () => {
    const both = await Promise.all([
      call<Problem>("POST", "/v1/destinations", draft()),
      call<Problem>("POST", "/v1/destinations", draft()),
    ]);
    const codes = both.map(({ status, body }) => `${status} ${body.code ?? ""}`.trim()).sort();
    expect(codes.filter((one) => one === "409 name_taken").length).toBeGreaterThan(0);
    expect((await api.hub.destinations.list()).length).toBeLessThan(2);
    await make();
    const again = await call<Problem>("POST", "/v1/destinations", draft());
    expect([again.status, again.body.code]).toEqual([409, "name_taken"]);
  });

  it("R6: during a change of the signing secret both sign, so no call is refused; then the new one alone", async () => {
    // Whoever verifies a signature goes by the machine's clock, and so do those who sign.
    api.clock.pass(Date.now() - api.clock.now().getTime());
    const made = await call<HookBody & { readonly signing_secret: string }>(
      "POST",
      "/v1/destinations",
      draft(),
    );
    const { id, signing_secret: before } = made.body;
    const path = `/v1/destinations/${id}/rotate-secret`;
    const rotated = await call<typeof made.body & { former_secret_until: string }>("POST", path, {
      overlap: "1h",
    });
    const after = rotated.body.signing_secret;
    expect(rotated.status).toBe(200);
    expect(after).toMatch(/^whsec_/);
    expect(after).not.toBe(before);
    expect(rotated.body.former_secret_until).toBe(
      new Date(api.clock.now().getTime() + 3_600_000).toISOString(),
    );
    /** Which of the secrets verify the next call. */
    const secrets = [before, after];
    const verifying = async () => {
      receiver.received.length = 0;
      await call("POST", `/v1/destinations/${id}/test`, {});
      const [got] = receiver.received;
      const headers = got?.headers as Record<string, string>;
      return secrets.map((secret) => {
        try {
          return new Webhook(secret).verify(got?.text ?? "", headers) !== undefined;
        } catch {
          return false;
        }
      });
    };
    expect(await verifying()).toEqual([true, true]);
    const shown = JSON.stringify((await call("GET", `/v1/destinations/${id}`)).body);
    expect(shown).not.toContain(before);
    expect(shown).not.toContain(after);
    // Another value that is saved meanwhile ends no overlap.
    const { revision } = (await call<HookBody>("GET", `/v1/destinations/${id}`)).body;
    const settings = { timeout_seconds: 5 };
    await call("PATCH", `/v1/destinations/${id}`, { settings }, revision);
    expect(await verifying()).toEqual([true, true]);
    const last = await call<typeof made.body>("POST", path, { overlap: "0s" });
    secrets.push(last.body.signing_secret);
    expect(await verifying()).toEqual([false, false, true]);
    await api.hub.audit.settle();
    const { items } = await api.hub.audit.read({ limit: 20, order: "descending" });
    const rows = items.filter(({ entry }) => entry.action === "destination.changed");
    expect(JSON.stringify(rows)).toContain("formerSecretEndsAt");
    expect(JSON.stringify(items)).not.toContain(after);
    const wrong = await call<Problem>("POST", path, { overlap: "31d" });
    expect([wrong.status, wrong.body.code]).toEqual([422, "overlap_invalid"]);
  });

  it("A13: values that nobody saved are tried, and nothing of them stays", async () => {
    const trial = { kind: "webhook", name: "new", settings: draft().settings };
    const passed = await call<TestBody>("POST", "/v1/destinations/test", trial);
    expect(passed.body).toMatchObject({ outcome: "passed", trouble: null });
    expect(passed.body.note).toContain("Unsaved value");
    expect(passed.body.attempt?.id).toMatch(/^att_/);
    expect(passed.body.steps.map(({ state }) => state)).toEqual(Array(5).fill("done"));
    receiver.answers({ status: 401, text: "who are you?" });
    const failed = await call<TestBody>("POST", "/v1/destinations/test", trial);
    expect(failed.body).toMatchObject({ outcome: "failed", trouble: { code: "http_401" } });
    expect(failed.body.steps.at(-1)).toMatchObject({ state: "failed" });
    expect(failed.body.attempt?.response).toBe("who are you?");
    expect(await api.hub.destinations.list()).toEqual([]);
    expect(await api.store.destinations.scan("byName", { limit: 10 })).toEqual([]);
  });

  it("A13: a test stops at the first step that fails; the rest was not tried", async () => {
    const other = await startReceiver();
    other.close();
    const trial = {
      kind: "webhook",
      settings: { address: `${receiver.origin}/x`, body: '{"t": "{{ event.data.team }}"}' },
    };
    const { body } = await call<TestBody>("POST", "/v1/destinations/test", trial);
    expect(body.trouble?.code).toBe("placeholder_missing");
    expect(body.steps.map(({ state }) => state)).toEqual([
      "done",
      "failed",
      "not_tried",
      "not_tried",
      "not_tried",
    ]);
    expect(receiver.received).toEqual([]);
  });

  it("A13: typed values go over the saved ones, and a switched-off destination is tried too", async () => {
    const { id } = await make({
      state: "disabled",
      settings: { ...draft().settings, secret_headers: { Authorization: "Bearer hunter2hunter2" } },
    });
    const trial = { destination: "tickets", settings: { address: `${receiver.origin}/typed` } };
    const { body } = await call<TestBody>("POST", "/v1/destinations/test", trial);
    expect(body.outcome).toBe("passed");
    expect(body.note).toMatch(/Unsaved value.*Live events are off here/);
    expect(receiver.received[0]).toMatchObject({
      path: "/typed",
      headers: { authorization: "Bearer hunter2hunter2" },
    });
    const saved = await call<TestBody>("POST", `/v1/destinations/${id}/test`, {});
    expect(saved.body).toMatchObject({
      outcome: "passed",
      note: "Live events are off here: only tests arrive.",
    });
    expect(receiver.received[1]?.path).toBe("/in/T0secret");
  });

  it("A13: posts the sample of a chosen event type", async () => {
    await api.store.eventTypes.insert({
      ...{ id: `${organization} deploy.finished`, organization, revision: 1, version: 1 },
      ...{ name: "deploy.finished", about: "A deploy is done.", level: "info" },
      ...{ sample: { subject: "web/9", data: { service: "web" } }, texts: {} },
      approval: { kind: "no" },
    } as never);
    const trial = { kind: "webhook", settings: draft().settings, sample: "deploy.finished" };
    await call<TestBody>("POST", "/v1/destinations/test", trial);
    expect(JSON.parse(receiver.received[0]?.text ?? "")).toMatchObject({
      type: "deploy.finished",
      subject: "web/9",
      test: true,
      data: { service: "web" },
    });
    const unknown = await call<Problem>("POST", "/v1/destinations/test", {
      ...trial,
      sample: "sync.faild",
    });
    expect([unknown.status, unknown.body.code]).toEqual([422, "sample_unknown"]);
    expect(unknown.body.detail).toContain("sync.failed");
  });

  it("B3: what is not switched on does not go there, and says so; the next event does", async () => {
    const { id, revision } = await make({ types: ["deploy.started"] });
    await route(["tickets"]);
    await fire("web/1");
    await expect
      .poll(async () => (await deliveries()).map(({ state }) => state))
      .toEqual(["suppressed"]);
    expect((await deliveries())[0]).toMatchObject({
      cause: "deploy.finished is not switched on here.",
    });
    const types = ["deploy.*"];
    const changed = await call("PATCH", `/v1/destinations/${id}`, { types }, revision);
    expect(changed.body.types).toEqual(types);
    await fire("web/2");
    await expect.poll(subjects).toEqual(["web/2"]);
    const none = await call<Problem>(
      "PATCH",
      `/v1/destinations/${id}`,
      { types: [] },
      changed.body.revision,
    );
    expect([none.status, none.body.code]).toEqual([422, "no_event_type"]);
  });

  it("B3: switched off as a whole, it keeps its types", async () => {
    const { id, revision } = await make({ types: ["deploy.*"] });
    const off = await call("PATCH", `/v1/destinations/${id}`, { state: "disabled" }, revision);
    expect(off.body).toMatchObject({ state: "disabled", types: ["deploy.*"] });
    const on = await call(
      "PATCH",
      `/v1/destinations/${id}`,
      { state: "active" },
      off.body.revision,
    );
    expect(on.body).toMatchObject({ state: "active", types: ["deploy.*"] });
  });

  it("A28: in test everything goes to the test target and nothing to the live address", async () => {
    const live = await startReceiver();
    await make({ name: "try here" });
    await api.close();
    api = await startApi({ outboundAllow: [receiver.origin, live.origin] });
    await api.hub.start();
    api.hub.deliver();
    key = await api.person("Ann", ["admin"], ["admin", "read"]);
    ci = (await api.producer("ci")).key;
    await make({ name: "try here" });
    await make({
      settings: { address: `${live.origin}/live` },
      state: "test",
      test_target: "try here",
      description: "Tickets of the desk",
      application: "desk",
      environment: "production",
    });
    await route(["tickets"]);
    await fire("web/1");
    await fire("web/2");
    await expect.poll(() => receiver.received.length).toBe(2);
    expect(subjects().toSorted()).toEqual(["web/1", "web/2"]);
    expect(live.received).toEqual([]);
    const left = (await deliveries()).filter(({ label }) => label === "tickets");
    expect(left.map((one) => ("cause" in one ? one.cause : one.state))).toEqual([
      "tickets is in test: it goes to try here instead.",
      "tickets is in test: it goes to try here instead.",
    ]);
    live.close();
  });

  it("what waits for a dead address is held, and goes out when the address is mended", async () => {
    receiver.answers(({ path }) => ({ status: path === "/new" ? 200 : 404 }));
    const { id } = await make();
    await route(["tickets"]);
    await fire("web/1");
    await expect
      .poll(async () => (await call("GET", `/v1/destinations/${id}`)).body.broken?.code)
      .toBe("http_404");
    await expect
      .poll(async () => (await deliveries()).some(({ state }) => state === "held"))
      .toBe(true);
    const { revision } = (await call("GET", `/v1/destinations/${id}`)).body;
    receiver.received.length = 0;
    const settings = { address: `${receiver.origin}/new` };
    const mended = await call("PATCH", `/v1/destinations/${id}`, { settings }, revision);
    expect([mended.status, mended.body.broken]).toEqual([200, null]);
    await expect.poll(() => receiver.received.map(({ path }) => path)).toEqual(["/new"]);
    await expect
      .poll(async () => (await deliveries()).map(({ state }) => state))
      .toContain("delivered");
    const after = await call("GET", `/v1/destinations/${id}`);
    expect([after.body.broken, after.body.revision]).toEqual([null, mended.body.revision]);
  });

  it("what is tried again after a 500 goes out at once when the values are mended", async () => {
    receiver.answers({ status: 500 });
    const { id, revision } = await make();
    await route(["tickets"]);
    await fire("web/1");
    await expect
      .poll(async () => (await deliveries()).map((one) => "waitingFor" in one && one.waitingFor))
      .toEqual(["http_500"]);
    receiver.answers({ status: 200 });
    await call(
      "PATCH",
      `/v1/destinations/${id}`,
      { settings: { address: `${receiver.origin}/b` } },
      revision,
    );
    await expect
      .poll(async () => (await deliveries()).map(({ state }) => state))
      .toEqual(["delivered"]);
  });

  it("a request shows where to decide, and a message tells the outcome", async () => {
    await api.keepPolicy();
    await make();
    await route(["tickets"]);
    const approval = await api.open(ci, "web/1");
    await expect.poll(() => receiver.received.length).toBe(1);
    expect(JSON.parse(receiver.received[0]?.text ?? "")).toMatchObject({
      approvalid: approval,
      approvalstate: "open",
      approvalurl: `${api.url}/approvals/${approval}`,
    });
    const vote = await call("POST", `/v1/approvals/${approval}/votes`, { choice: "approve" });
    expect(vote.status).toBe(200);
    await expect.poll(() => receiver.received.length).toBe(2);
    expect(JSON.parse(receiver.received[1]?.text ?? "")).toMatchObject({
      type: "approval.approved",
      approvalid: approval,
      data: { state: "approved" },
    });
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(2);
  });

  it("F1: the message of the outcome is stored while the request's own is still on its way", async () => {
    let answer = () => {};
    const answered = new Promise<{ readonly status: number }>((resolve) => {
      answer = () => resolve({ status: 200 });
    });
    receiver.answers(({ text }) => (text.includes('"open"') ? answered : { status: 200 }));
    await api.keepPolicy();
    await make();
    await route(["tickets"]);
    const approval = await api.open(ci, "web/1");
    await expect.poll(() => receiver.received.length).toBe(1);
    await call("POST", `/v1/approvals/${approval}/votes`, { choice: "approve" });
    const states = async () => (await deliveries()).map(({ state }) => state).toSorted();
    await expect.poll(states).toEqual(["pending", "sending"]);
    answer();
    await expect.poll(states).toEqual(["delivered", "delivered"]);
    expect(receiver.received.map(({ text }) => JSON.parse(text).type)).toEqual([
      "deploy.requested",
      "approval.approved",
    ]);
  });

  it("A28: is not removed while a rule, a fallback or a test target names it", async () => {
    const { id, revision } = await make();
    await route(["tickets"]);
    await make({ name: "second", fallback: "tickets" });
    const kept = await call<Problem>("DELETE", `/v1/destinations/${id}`, undefined, revision);
    expect([kept.status, kept.body.code]).toEqual([409, "destination_in_use"]);
    expect(kept.body.errors?.map(({ message }) => message)).toEqual([
      "rule: All",
      "destination: second",
    ]);
  });
});
