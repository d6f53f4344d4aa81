import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type {
  Attempt,
  DeadDelivery,
  Delivery,
  PendingDelivery,
} from "../../../../core/domain/delivery.ts";
import { deriveId, type EventId } from "../../../../core/domain/ids.ts";
import { checkPicture } from "../../../../core/start/check-picture.ts";
import { visitAs } from "../../../fixtures/rig/console-visitor.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "../api/api-rig.ts";

const person = (name: string) => deriveId("person", name);

describe("the pages of deliveries", () => {
  let api: ApiRig;
  let event: EventId;
  beforeEach(async () => {
    api = await startApi({ web: () => ({ check: checkPicture }) });
    await api.person("Ann", ["admin"], []);
    await api.person("Ria", ["router"], []);
    await api.person("Aud", ["auditor"], []);
    await api.person("Ben", ["approver"], []);
    const { key } = await api.producer("ci");
    const body = { type: "deploy.requested", subject: "web/1.4.2" };
    const posted = await api.call<{ id: EventId }>("POST", "/v1/events", { key, body });
    event = posted.body.id;
  });
  afterEach(() => api.close());

  const keep = async (name: string, over: Partial<DeadDelivery> = {}): Promise<DeadDelivery> => {
    const delivery: DeadDelivery = {
      ...{ id: deriveId("delivery", name), organization, revision: 1, lane: "lane:releases" },
      ...{ task: { kind: "post", destination: deriveId("destination", "releases") }, priority: 1 },
      ...{ event, label: "#releases", platform: "slack", attempts: 1, createdAt: api.clock.now() },
      ...{ state: "dead", cause: "channel_not_found: gone", settledAt: api.clock.now() },
      ...over,
    };
    await api.store.deliveries.insert(delivery);
    return delivery;
  };
  const pend = async (name: string, inMs: number): Promise<Delivery> => {
    const { state: _, cause: __, settledAt: ___, ...record } = await keep(`${name}, dead`);
    const pending: PendingDelivery = {
      ...record,
      id: deriveId("delivery", name),
      state: "pending",
      waitingFor: "internal_error",
      dueAt: new Date(api.clock.now().getTime() + inMs),
    };
    await api.store.deliveries.insert(pending);
    return pending;
  };
  const tryOnce = async (delivery: Delivery, over: Partial<Attempt>) => {
    const attempt: Attempt = {
      ...{ id: deriveId("attempt", delivery.id), organization, revision: 1 },
      ...{ delivery: delivery.id, number: 1, outcome: "retry", request: "null", response: "null" },
      ...{ startedAt: api.clock.now(), durationMs: 31 },
      ...over,
    };
    await api.store.attempts.insert(attempt);
  };
  const as = (name: string) => visitAs(api, person(name));

  it.each([
    [
      "slack",
      { arguments: { text: "x", blocks: [{ type: "header" }] } },
      "/blocks/0/text",
      "Fill this field in",
    ],
    [
      "teams",
      {
        attachments: [
          { content: { type: "AdaptiveCard", version: "1.5", body: [{ type: "Rating" }] } },
        ],
      },
      "/body/0/type",
      "Use an element of Adaptive Cards 1.5",
    ],
  ] as const)(
    "C7: say what is wrong in what went to %s, by path",
    async (platform, sent, pointer, todo) => {
      const delivery = await keep(`wrong on ${platform}`, { platform });
      await tryOnce(delivery, { request: JSON.stringify(sent) });
      const { body } = await (await as("Ann")).get(`/deliveries/${delivery.id}`);
      expect(body).toContain(`<code>${pointer}</code>`);
      expect(body).toContain(todo);
      const right = { arguments: { text: "x", blocks: [{ type: "divider" }] } };
      const other = await keep(`right on ${platform}`, { platform: "slack" });
      await tryOnce(other, { request: JSON.stringify(right) });
      expect((await (await as("Ann")).get(`/deliveries/${other.id}`)).body).not.toContain(
        "Mistakes in this",
      );
    },
  );

  it.each(["/deliveries", "/events", "/approvals"])(
    "do not say of %s that it was never filled where an address leads behind its end",
    async (list) => {
      await keep("one");
      const { body } = await (await as("Ann")).get(`${list}?after=nonsense`);
      expect(body).toContain("Nothing more stands here.");
      expect(body).toContain(`class="button button-primary" href="${list}"`);
    },
  );

  it.each(["session", "role"])(
    "G11: tell a page of no change any more once its %s has ended",
    async (ended) => {
      const cookie = (await as("Ria")).cookie();
      const stream = await fetch(`${api.url}/deliveries/changes`, { headers: { cookie } });
      const reader = stream.body?.getReader();
      const readToEnd = async () => {
        while (!(await reader?.read())?.done);
        return "ended";
      };
      await reader?.read();
      const id = person("Ria");
      if (ended === "session") await api.hub.people.signOutEverywhere(id);
      else await api.hub.people.change(id, 1, { roles: ["approver"] });
      expect(await Promise.race([readToEnd(), pause(6_000, "goes on")])).toBe("ended");
    },
  );

  it("show the last try also of what was tried hundreds of times", async () => {
    const delivery = await keep("stubborn", { attempts: 501 });
    for (let number = 1; number <= 501; number += 1) {
      const id = deriveId("attempt", delivery.id, number);
      await tryOnce(delivery, { id, number, response: JSON.stringify({ says: `no ${number}` }) });
    }
    const { body } = await (await as("Ann")).get(`/deliveries/${delivery.id}`);
    expect(body).toContain("no 501");
    const key = await api.person("Ada", ["admin"], ["read"]);
    const asked = await api.call<{ attempts_made: readonly { number: number }[] }>(
      "GET",
      `/v1/deliveries/${delivery.id}`,
      { key },
    );
    expect(asked.body.attempts_made.at(-1)).toMatchObject({ number: 501 });
  });

  it("G7: are shown to those who look after the hub, and to nobody else", async () => {
    const { id } = await keep("one");
    for (const name of ["Ann", "Ria", "Aud"]) {
      const visitor = await as(name);
      expect((await visitor.get("/deliveries")).status, name).toBe(200);
      expect((await visitor.get(`/deliveries/${id}`)).status, name).toBe(200);
    }
    expect((await (await as("Ben")).get("/deliveries")).status).toBe(403);
    const auditor = await as("Aud");
    const refused = await auditor.post(`/deliveries/${id}`, `/deliveries/${id}/redeliver`);
    expect(refused.status).toBe(403);
    expect((await api.store.deliveries.get(id))?.state).toBe("dead");
  });

  it("H4: is found by place, state, type, time and every id, and says when a filter finds nothing", async () => {
    const { id } = await keep("one");
    await keep("two", { label: "Ops › General", platform: "teams" });
    const ann = await as("Ann");
    const shows = async (query: string) => {
      const { body } = await ann.get(`/deliveries${query}`);
      return [body.includes("Post · #releases"), body.includes("Post · Ops › General")];
    };
    expect(await shows("")).toEqual([true, true]);
    expect(await shows("?to=%23releases")).toEqual([true, false]);
    expect(await shows("?to=RELEASES")).toEqual([true, false]);
    expect(await shows("?state=dead")).toEqual([true, true]);
    expect(await shows("?state=held")).toEqual([false, false]);
    expect(await shows("?type=deploy.requested&since=1h")).toEqual([true, true]);
    expect(await shows("?type=other")).toEqual([false, false]);
    api.clock.pass(2 * 3_600_000);
    expect(await shows("?since=1h")).toEqual([false, false]);
    const nothing = await ann.get("/deliveries?type=other");
    expect(nothing.body).toContain("No delivery fits the filter.");
    const search = async (q: string) =>
      (await ann.get(`/deliveries?${new URLSearchParams({ q })}`)).headers.get("location");
    expect(await search(id)).toBe(`/deliveries/${id}`);
    expect(await search(event)).toBe(`/deliveries?event=${event}`);
    expect(await search("#ops")).toBe("/deliveries?to=%23ops");
  });

  it("says something else where nothing has left yet", async () => {
    const { body } = await (await as("Ann")).get("/deliveries");
    expect(body).toContain("Nothing has left this hub yet.");
    expect(body).not.toContain("fits the filter");
  });

  it("H4: shows rule, request, answer in plain words beside the raw one, and what happens next", async () => {
    const dead = await keep("one");
    await tryOnce(dead, {
      ...{ outcome: "rejected", because: "channel_not_found: gone", status: 200 },
      request: JSON.stringify({
        method: "chat.postMessage",
        arguments: { channel: "C1", blocks: [{ type: "divider" }] },
      }),
      response: JSON.stringify({ ok: false, error: "channel_not_found" }),
    });
    const { body } = await (await as("Ann")).get(`/deliveries/${dead.id}`);
    expect(body).toContain("POST /api/chat.postMessage");
    expect(body).toContain("slack-divider");
    expect(body).toContain("its buttons do nothing here");
    expect(body).toContain("#releases is gone, or it is private and hidden from the app");
    expect(body).toContain("channel_not_found: gone");
    expect(body).toContain("Send it again");
    const order = ["The rule that sent it", "The message, as Slack shows it", "What we sent"];
    const places = [...order, "What Slack answered", "What happens next"].map((title) =>
      body.indexOf(title),
    );
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  it("F3: puts a failed delivery back by one press, once", async () => {
    const { id } = await keep("one");
    const ria = await as("Ria");
    await ria.post(`/deliveries/${id}`, `/deliveries/${id}/redeliver`);
    expect((await api.store.deliveries.get(id))?.state).toBe("pending");
    expect((await ria.get(`/deliveries/${id}`)).body).toContain("It stands in its lane again");
    await ria.post("/deliveries", `/deliveries/${id}/redeliver`);
    expect((await ria.get(`/deliveries/${id}`)).body).toContain("Nothing was changed");
  });

  it("offers to send now what waits by the hub's own schedule, and not while a platform's pause runs", async () => {
    const waiting = await pend("own schedule", 60_000);
    const paused = await pend("pause", 30_000);
    await tryOnce(waiting, { because: "internal_error: Slack has a fault", status: 500 });
    await tryOnce(paused, { because: "ratelimited: Slack asks to wait", status: 429 });
    const ann = await as("Ann");
    expect((await ann.get(`/deliveries/${waiting.id}`)).body).toContain("Send now");
    const held = (await ann.get(`/deliveries/${paused.id}`)).body;
    expect(held).not.toContain("Send now");
    expect(held).toContain("The platform asked for this pause");
    expect(held).toMatch(/Attempt 2 goes out at \d\d:\d\d:\d\d UTC/);
    await ann.post(`/deliveries/${waiting.id}`, `/deliveries/${waiting.id}/now`);
    expect(await api.store.deliveries.get(waiting.id)).toMatchObject({ dueAt: api.clock.now() });
  });

  it("F3: counts and lists what would be sent again before anybody says yes, and sends no more than that", async () => {
    const [one, two] = [await keep("one"), await keep("two")];
    const other = await keep("three", { label: "#ops" });
    const ann = await as("Ann");
    const page = "/deliveries/redeliver?to=%23releases";
    const asked = await ann.get(page);
    expect(asked.body).toContain("2 deliveries would be sent again.");
    expect((await api.store.deliveries.get(one.id))?.state).toBe("dead");
    await keep("late");
    await ann.post(page, "/deliveries/redeliver", { to: "#releases", count: "2" });
    const states = await Promise.all(
      [one, two, other].map(async ({ id }) => (await api.store.deliveries.get(id))?.state),
    );
    expect(states.toSorted()).toEqual(["dead", "pending", "pending"]);
    const after = (await ann.get(page)).body;
    expect(after).toContain("2 deliveries stand in their lanes again.");
    expect(after).toContain("1 delivery would be sent again.");
  });
});
