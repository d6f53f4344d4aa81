import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeadDelivery, PendingDelivery } from "../../../../core/domain/delivery.ts";
import { helloType } from "../../../../core/domain/destination.ts";
import { deriveId } from "../../../../core/domain/ids.ts";
import { firstEvent } from "../../../../core/start/sandbox-samples.ts";
import { readOverview } from "../../../../core/web/overview/read-overview.ts";
import { visit, visitAs } from "../../../fixtures/rig/console-visitor.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "../api/api-rig.ts";

const ann = deriveId("person", "Ann");
const ben = deriveId("person", "Ben");

describe("the Overview", () => {
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

  const readFor = async (id: typeof ann) => {
    const viewer = await api.store.people.get(id);
    if (!viewer) throw new Error(`${id} is not there.`);
    return readOverview(api.hub, viewer);
  };

  it("is where caretakers begin; approvers begin at their requests, and strangers sign in", async () => {
    const page = await (await visitAs(api, ann)).get("/");
    expect(page.status).toBe(200);
    expect(page.body).toContain("<h1>Overview</h1>");
    const approver = await (await visitAs(api, ben)).get("/");
    expect([approver.status, approver.headers.get("location")]).toEqual([303, "/approvals"]);
    const stranger = await visit(api.url).get("/");
    expect([stranger.status, stranger.headers.get("location")]).toEqual([303, "/auth/login"]);
  });

  it("names in the navigation only what the viewer may open", async () => {
    const { body } = await (await visitAs(api, ben)).get("/approvals");
    const places = [...body.matchAll(/class="nav-link" href="([^"]+)"/g)].map(([, href]) => href);
    expect([...new Set(places)]).toEqual(["/approvals", "/docs"]);
    const visitor = await visitAs(api, ben);
    for (const path of ["/events", "/routing"]) {
      expect((await visitor.get(path)).status, path).toBe(403);
    }
  });

  it("shows what this person may decide, and what others are asked is not theirs", async () => {
    await api.open(key, "web/1.4.2");
    expect((await readFor(ann)).waiting.map((one) => one.key)).toEqual(["web/1.4.2"]);
    const nobody = deriveId("person", "Dov");
    await api.person("Dov", [], []);
    expect((await readFor(nobody)).waiting).toEqual([]);
  });

  it("shows what waits for this person also behind hundreds of older requests that ask others", async () => {
    const id = await api.open(key, "web/others");
    const asking = await api.store.approvals.get(id);
    if (asking?.state !== "open") throw new Error("The request is not open.");
    const { policy } = asking;
    await Promise.all(
      Array.from({ length: 260 }, (_, number) =>
        api.store.approvals.insert({
          ...asking,
          id: deriveId("approval", `others ${number}`),
          policy: { ...policy, approvers: [{ kind: "person", person: ben, name: "Ben" }] },
        }),
      ),
    );
    api.clock.pass(1_000);
    await api.open(key, "web/mine");
    expect((await readFor(ann)).waiting.map((one) => one.key)).toEqual(["web/others", "web/mine"]);
    const { waiting, moreWaiting } = await readFor(ben);
    expect([waiting.length, moreWaiting]).toEqual([4, 96]);
  });

  it("counts the last hour, and not what came before", async () => {
    await api.call("POST", "/v1/events", { key, body: { type: "old.news" } });
    api.clock.pass(2 * 3_600_000);
    await api.call("POST", "/v1/events", { key, body: { type: "new.news" } });
    await api.call("POST", "/v1/events", { key, body: { type: "new.news", subject: "two" } });
    const { hour, latest } = await readFor(ann);
    expect(hour).toMatchObject({ events: 2, deliveries: 0, troubled: 0 });
    expect(hour.minutes).toHaveLength(60);
    expect(hour.minutes.at(-1)?.events).toBe(2);
    expect(latest.map(({ accepted }) => accepted.event.type)).toEqual([
      "new.news",
      "new.news",
      "old.news",
    ]);
  });

  it("names each broken place once, with its cause, what is kept and one thing to do", async () => {
    const now = api.clock.now();
    const shared = {
      organization,
      revision: 1,
      lane: "lane:finance",
      task: { kind: "post", destination: deriveId("destination", "finance") },
      priority: 1,
      event: deriveId("event", "one"),
      label: "#finance",
      platform: "slack",
      createdAt: now,
    } as const;
    const dead = (name: string): DeadDelivery => ({
      ...shared,
      id: deriveId("delivery", name),
      state: "dead",
      attempts: 3,
      cause: "is_archived: the channel was archived",
      settledAt: now,
    });
    const retried: PendingDelivery = {
      ...shared,
      id: deriveId("delivery", "three"),
      lane: "lane:ops",
      label: "Ops › General",
      platform: "teams",
      state: "pending",
      attempts: 2,
      waitingFor: "Teams answered 500.",
      dueAt: new Date(now.getTime() + 120_000),
    };
    for (const delivery of [dead("one"), dead("two"), retried]) {
      await api.store.deliveries.insert(delivery);
    }
    const { broken } = await readFor(ann);
    expect(broken).toEqual([
      {
        tone: "bad",
        title: "#finance missed 2 messages",
        cause: "is_archived: the channel was archived.",
        kept: "They are kept, and can be sent again.",
        next: {
          href: expect.stringMatching(/^\/deliveries\/dlv_\w+$/),
          label: "Open delivery",
        },
      },
      expect.objectContaining({
        tone: "warn",
        title: "Ops › General is tried again",
        cause: "Teams answered 500.",
        kept: expect.stringMatching(
          /^One delivery waits; attempt 3 goes out at .* UTC, in 2 min\.$/,
        ),
      }),
    ]);
    api.clock.pass(25 * 3_600_000);
    expect((await readFor(ann)).broken.map(({ tone }) => tone)).toEqual(["warn"]);
  });

  it("A17 A18: names a workspace that ended and a channel that is broken, and who may mend them", async () => {
    const place = { organization, revision: 1, kind: "slack", channelId: "C1" } as const;
    const at = api.clock.now();
    const grant = { organization, revision: 1, platform: "slack", scopes: [] } as const;
    await api.store.installations.insert({
      ...{ ...grant, id: deriveId("installation", "gone"), workspace: "T1", name: "Acme" },
      state: "revoked",
      ended: { at, code: "token_revoked" },
    });
    await api.store.installations.insert({
      ...{ ...grant, id: deriveId("installation", "fine"), workspace: "T2", name: "Globex" },
      state: "pending",
    });
    const named = (name: string) => ({ ...place, id: deriveId("destination", name), name });
    await api.store.destinations.insert({
      ...{ ...named("#one"), slackTeamId: "T1", broken: { code: "is_archived", at } },
    });
    await api.store.destinations.insert({
      ...{ ...named("#two"), slackTeamId: "T2", broken: { code: "is_archived", at } },
    });
    const { broken } = await readFor(ann);
    expect(broken.map(({ title }) => title)).toEqual(["Acme gets nothing", "#two gets nothing"]);
    expect(broken[0]?.cause).toContain("token_revoked");
    expect(broken[1]?.cause).toContain("#two was archived.");
    expect(broken.map(({ next }) => next?.href)).toEqual([
      expect.stringMatching(/^\/workspaces\/ins_\w+$/),
      expect.stringMatching(/^\/workspaces\/ins_\w+\/destinations\/dst_\w+$/),
    ]);
    await api.person("Ria", ["router"], []);
    const forRouter = await readFor(deriveId("person", "Ria"));
    // Destinations are a router's to look after, workspaces are not.
    expect(forRouter.broken.map(({ next }) => next?.href)).toEqual([
      undefined,
      expect.stringMatching(/^\/destinations\/dst_\w+$/),
    ]);
    expect([forRouter.workspaces, forRouter.steps]).toEqual([[], []]);
  });

  it("ticks a first step by the fact that earned it, and by nothing else", async () => {
    // A new sandbox shows an event at once, and that is not one of theirs.
    await api.call("POST", "/v1/events", { key, body: { type: "deploy.done", id: firstEvent.id } });
    const before = await readFor(ann);
    expect(before.steps.filter(({ done }) => done)).toEqual([]);
    const approval = await api.open(key, "web/1.4.2");
    await (await visitAs(api, ann)).post(`/approvals/${approval}`, `/approvals/${approval}/votes`, {
      ...(await fieldsOf(approval)),
      action: "approve",
    });
    const { steps } = await readFor(ann);
    const earned = steps.flatMap((step) => (step.done ? [`${step.title}: ${step.fact}`] : []));
    expect(earned).toEqual([
      "Send your own event: web/1.4.2 came in from ci.",
      "Decide something: Ann approved “deploy.requested · web/1.4.2”.",
    ]);
  });

  it("ticks the own event also where twenty hellos were sent before it", async () => {
    await api.call("POST", "/v1/events", { key, body: { type: "deploy.done", id: "own" } });
    const [own] = await api.store.events.scan("byTime", { prefix: [organization], limit: 1 });
    if (!own) throw new Error("The event is not there.");
    const receivedAt = new Date(own.event.receivedAt.getTime() - 1);
    for (let number = 0; number < 20; number += 1) {
      const id = deriveId("event", "hello", number);
      const event = { ...own.event, id, type: helloType, receivedAt };
      await api.store.events.insert({ ...own, id, event });
    }
    const { steps } = await readFor(ann);
    expect(steps.find(({ title }) => title === "Send your own event")).toMatchObject({
      done: true,
    });
  });

  async function fieldsOf(approval: string) {
    const found = await api.store.approvals.get(approval);
    return { digest: found?.digest ?? "", click: "click-1" };
  }
});
