import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Attempt, DeadDelivery, DeliveredDelivery } from "../../../../core/domain/delivery.ts";
import { type ApprovalId, deriveId } from "../../../../core/domain/ids.ts";
import { type ConsoleVisitor, visit, visitAs } from "../../../fixtures/rig/console-visitor.ts";
import { ask } from "../../../fixtures/rig/http.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "../api/api-rig.ts";

describe("the pages of approvals", () => {
  let api: ApiRig;
  let key: string;
  beforeEach(async () => {
    api = await startApi();
    await api.keepPolicy({ approvers: [{ kind: "anyone" }] });
    await api.person("Ann", ["admin", "approver"], []);
    await api.person("Ben", ["approver"], []);
    key = (await api.producer("ci")).key;
  });
  afterEach(() => api.close());

  const as = (name: string) => visitAs(api, deriveId("person", name));
  const textOf = (html: string) =>
    html
      .replace(/<head>.*?<\/head>/s, "")
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ");
  const opened = async (subject: string, approval = {}) =>
    (await api.open(key, subject, approval)) as ApprovalId;
  const decide = async (id: ApprovalId) => {
    const approval = await api.hub.approvals.get(id);
    if (!approval) throw new Error(`${id} is not there.`);
    const visitor = await as("Ann");
    const page = `/approvals/${id}`;
    const fields = { action: "approve", click: "one", digest: approval.digest };
    return visitor.post(page, `${page}/votes`, fields);
  };

  it("H1: put what waits for the viewer first, the nearest deadline before all others", async () => {
    const late = await opened("late/1", { expires_in: "5h" });
    const soon = await opened("soon/1", { expires_in: "10m" });
    const { body } = await (await as("Ann")).get("/approvals");
    expect(body).toContain("Waiting for you");
    expect(body.indexOf(soon)).toBeGreaterThan(0);
    expect(body.indexOf(soon)).toBeLessThan(body.indexOf(late));
  });

  it("say what became of a vote on the next page, however fast the browser follows", async () => {
    const [id, other] = [await opened("web/1"), await opened("web/2")];
    const approval = await api.hub.approvals.get(id);
    const [ann, page] = [await as("Ann"), `/approvals/${id}`];
    const [, csrf = ""] = /name="_csrf" value="([^"]+)"/.exec((await ann.get(page)).body) ?? [];
    const { sessions } = api.hub.store;
    const { replace } = sessions;
    Object.assign(sessions, {
      replace: async (...given: Parameters<typeof replace>) => {
        await pause(200);
        return replace(...given);
      },
    });
    const fields = { _csrf: csrf, action: "approve", click: "one", digest: `${approval?.digest}` };
    // As browsers do, it goes on when the head of the answer is there.
    const { status } = await fetch(`${api.url}${page}/votes`, {
      ...{ method: "POST", redirect: "manual", headers: { cookie: ann.cookie() } },
      body: new URLSearchParams(fields),
    });
    expect(status).toBe(303);
    expect((await ann.get(page)).body).toContain("Your vote is recorded.");
    await pause(300);
    expect((await ann.get(`/approvals/${other}`)).body).not.toContain("Your vote is recorded.");
  });

  const comeBack = async (browser: ConsoleVisitor, name: string) => {
    const { token } = await api.hub.signInLinks.make(deriveId("person", name));
    const entered = await browser.post(`/start/${token}`, `/start/${token}`);
    return entered.headers.get("location");
  };

  it("lead somebody who has to sign in first to the request that they came for", async () => {
    const page = `/approvals/${await opened("web/1.4.2")}?action=approve`;
    const browser = visit(api.url);
    expect((await browser.get(page)).headers.get("location")).toBe("/auth/login");
    // What a page asks for behind itself is nothing to come back to.
    const headers = { cookie: browser.cookie(), accept: "text/event-stream" };
    const behind = await ask(`${api.url}/deliveries/changes`, "GET", { headers });
    expect(behind.headers.getSetCookie()).toEqual([]);
    expect(await comeBack(browser, "Ann")).toBe(page);
    expect(await comeBack(browser, "Ann")).not.toBe(page);
  });

  it.each([
    "/approvals?q=web+1.4.2&state=open",
    "/routing/rule?name=Production+deploys",
    "/events?subject=a:b/c,d",
  ])("lead back to %s as browsers write it", async (page) => {
    const browser = visit(api.url);
    await browser.get(page);
    expect(await comeBack(browser, "Ann")).toBe(page);
  });

  it("say that a vote did not count whose session has ended, and lead back to the request", async () => {
    const id = await opened("web/1.4.2");
    const page = `/approvals/${id}`;
    const ann = await as("Ann");
    await api.hub.people.signOutEverywhere(deriveId("person", "Ann"));
    const pressed = await ask<string>(`${api.url}${page}/votes`, "POST", {
      headers: {
        ...{ cookie: ann.cookie(), referer: `${api.url}${page}` },
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "action=approve&click=one",
    });
    expect(pressed.status).toBe(403);
    expect(textOf(pressed.body)).toContain(
      "What you sent did not count, and nothing was recorded.",
    );
    expect((await api.hub.approvals.get(id))?.votes).toEqual([]);
    const back = /countersign-back=([^;]*)/.exec(pressed.headers.getSetCookie().join())?.[1];
    expect(decodeURIComponent(back ?? "")).toBe(page);
  });

  it("H4: are found by words, state, producer and time, and by id at once", async () => {
    const web = await opened("web/1.4.2");
    const billing = await opened("billing/3.0");
    await decide(web);
    const ann = await as("Ann");
    const shows = async (query: Readonly<Record<string, string>>) => {
      const { body } = await ann.get(`/approvals?${new URLSearchParams(query)}`);
      return [body.includes(web), body.includes(billing)];
    };
    expect(await shows({})).toEqual([true, true]);
    expect(await shows({ q: "BILLING" })).toEqual([false, true]);
    expect(await shows({ state: "approved" })).toEqual([true, false]);
    expect(await shows({ producer: deriveId("producer", "ci") })).toEqual([true, true]);
    expect(await shows({ producer: deriveId("producer", "x") })).toEqual([false, false]);
    api.clock.pass(2 * 3_600_000);
    expect(await shows({ since: "1h" })).toEqual([false, false]);
    const found = await ann.get(`/approvals?q=${web}`);
    expect(found.headers.get("location")).toBe(`/approvals/${web}`);
    expect((await ann.get("/approvals?q=nothing")).body).toContain("No request fits the filter.");
  });

  it("tell one request from its opening to what the producer did, in order", async () => {
    const id = await opened("web/1.4.2");
    const shared = {
      ...{ organization, revision: 1, approval: id, attempts: 1 },
      lane: "lane:one",
      priority: 0,
      ...{ event: deriveId("event", "one"), createdAt: api.clock.now(), durationMs: 38 },
    } as const;
    const task = { kind: "post", destination: deriveId("destination", "one") } as const;
    const settled = (name: string): DeliveredDelivery => {
      api.clock.pass(1_000);
      return {
        ...{ ...shared, task, label: "#releases", platform: "slack", state: "delivered" },
        ...{ id: deriveId("delivery", name), settledAt: api.clock.now() },
      };
    };
    await api.store.deliveries.insert(settled("post"));
    api.clock.pass(1_000);
    await decide(id);
    const copy = deriveId("delivery", "post");
    await api.store.deliveries.insert({
      ...settled("edit"),
      task: { kind: "edit", destination: task.destination, copy },
    });
    const callback: DeadDelivery = {
      ...{ ...shared, id: deriveId("delivery", "callback"), task: { kind: "callback" } },
      ...{ label: "ci.example", platform: "callback", state: "dead", cause: "http_500" },
      settledAt: api.clock.now(),
    };
    await api.store.deliveries.insert(callback);
    api.clock.pass(1_000);
    const attempt: Attempt = {
      ...{ id: deriveId("attempt", "one"), organization, revision: 1, delivery: callback.id },
      ...{ number: 1, outcome: "retry", because: "http_500", status: 500, request: "{}" },
      ...{ response: "", startedAt: api.clock.now(), durationMs: 3 },
    };
    await api.store.attempts.insert(attempt);
    api.clock.pass(1_000);
    await api.call("POST", `/v1/approvals/${id}/outcome`, { key, body: { outcome: "executed" } });
    const text = textOf((await (await as("Ann")).get(`/approvals/${id}`)).body);
    const history = text.slice(text.indexOf("What happened"));
    const steps = ["Opened,", "Posted in #releases", "Ann approved", "Edited in #releases"];
    const told = [...steps, "Producer told at ci.example ; it did not: 500", "ci executed it"];
    const places = told.map((words) => history.indexOf(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    const forBen = textOf((await (await as("Ben")).get(`/approvals/${id}`)).body);
    expect(forBen).not.toContain("Producer told at");
  });

  it("let admins, and nobody else, take an approval back with a reason", async () => {
    const id = await opened("web/1.4.2");
    await decide(id);
    const page = `/approvals/${id}`;
    const ben = await as("Ben");
    expect((await ben.get(page)).body).not.toContain("Take this approval back");
    expect((await ben.post(page, `${page}/revoke`)).status).toBe(403);
    const ann = await as("Ann");
    expect((await ann.get(page)).body).toContain("Take this approval back");
    await ann.post(page, `${page}/revoke`, { reason: "wrong version" });
    expect(await api.hub.approvals.get(id)).toMatchObject({
      ...{ state: "revoked", revokedBy: "Ann", revokeReason: "wrong version" },
    });
    expect((await ann.get(page)).body).toContain("The approval is taken back");
  });
});
