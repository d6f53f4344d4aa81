import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openApproval } from "../../../core/approvals/open.ts";
import { type ChatChannel, workspaceOf } from "../../../core/domain/destination.ts";
import { HubError } from "../../../core/domain/hub-error.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { builtinTypes } from "../../../core/event-types/builtin-types.ts";
import { createHub, type Hub } from "../../../core/hub.ts";
import type { DestinationAdapter } from "../../../core/ports/chat-platform.ts";
import type { Store } from "../../../core/ports/store.ts";
import { channel, grant, smallChat, team } from "../channels/small-chat.ts";
import { later, policy, producer, slackChannel, teamsChannel } from "../domain/samples.ts";
import { openWorld, otherProducer, type World } from "./world.ts";

let world: World;
const hubs: Hub[] = [];
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  await world.close();
});

function hubOver(store: Store = world.store): Hub {
  const hub = createHub({
    ...world,
    store,
    wallClock: world.clock,
    callback: async () => ({ result: { kind: "sent" }, request: null, response: null }),
  });
  hubs.push(hub);
  return hub;
}
const posted = (subject: string) => ({
  body: JSON.stringify({ type: "deploy.requested", id: subject, subject, data: {} }),
  contentType: "application/json",
  headers: {},
});
const open = () => world.store.approvals.scan("toExpire", { limit: 999 });
const deliveries = () => world.store.deliveries.scan("byTime", { limit: 999 });

/** A platform that takes everything, and tells when it has. */
function taking(kind: "slack" | "teams") {
  let tell: () => void = () => {};
  const taken = new Promise<void>((done) => {
    tell = done;
  });
  const adapter: DestinationAdapter = {
    kind,
    paces: [],
    budgets: [],
    post: async (place) => {
      const { channelId: channel } = place as ChatChannel;
      tell();
      const workspace = workspaceOf(place as ChatChannel);
      const ref = { platform: kind, workspace, channel, message: "m" };
      return { result: { kind: "sent", ref }, request: null, response: null };
    },
    note: async () => ({ result: { kind: "sent" }, request: null, response: null }),
    edit: async () => ({ result: { kind: "sent" }, request: null, response: null }),
  };
  return { adapter, taken };
}

describe("a hub that starts", () => {
  it("closes every request whose deadline passed while it was down", async () => {
    for (let number = 0; number < 250; number += 1) {
      await world.post({ type: "deploy.requested", id: `${number}`, data: {} });
    }
    expect(await open()).toHaveLength(250);
    world.clock.pass(policy.expiresInMs);
    await hubOver().start();
    expect(await open()).toEqual([]);
    const closed = world.entries.filter(({ kind }) => kind === "approval.closed");
    expect(closed).toHaveLength(250);
  });

  it("expands what a crash left unexpanded, and announces what it left unannounced", async () => {
    await world.post({ type: "deploy.requested", id: "1", subject: "web/1", data: {} });
    const [request] = await open();
    if (!request) throw new Error("no request was opened");
    const { approvals } = world.store;
    const cancelled = { state: "cancelled", cancelledBy: "ci", closedAt: later(1) } as const;
    await approvals.replace({ ...request, ...cancelled, revision: 2 }, 1);
    await hubOver().start();
    const kinds = (await deliveries()).map(({ task }) => task.kind);
    expect(kinds.sort()).toEqual(["callback", "post", "post"]);
    expect(await approvals.scan("toAnnounce", { limit: 9 })).toEqual([]);
  });

  it("starts and expands all others where one event cannot be, and says so", async () => {
    const lost = { origin: "https://ci.example", sealed: "s1.00000000.AAAA.AAAA" };
    const locked = { ...otherProducer, id: deriveId("producer", "locked"), callback: lost };
    await world.store.producers.insert(locked);
    const body = { type: "deploy.requested", data: {} };
    await expect(world.post({ ...body, subject: "a/1" }, locked)).rejects.toThrow("key");
    world.clock.pass(1_000);
    await world.post({ ...body, subject: "b/1" });
    world.clock.pass(5_001);
    await hubOver().start();
    expect((await deliveries()).map(({ label }) => label).toSorted()).toEqual([
      "#releases",
      "Ops › General",
    ]);
    expect(world.entries).toContainEqual(
      expect.objectContaining({
        kind: "hub.trouble",
        where: expect.stringContaining("event evt_"),
      }),
    );
  });
});

describe("an event that cannot be expanded", () => {
  it("is tried, and told of, once a minute: there may be thousands", async () => {
    const lost = { origin: "https://ci.example", sealed: "s1.00000000.AAAA.AAAA" };
    const locked = { ...otherProducer, id: deriveId("producer", "locked"), callback: lost };
    await world.store.producers.insert(locked);
    const body = { type: "deploy.requested", subject: "a/1", data: {} };
    await expect(world.post(body, locked)).rejects.toThrow("key");
    world.clock.pass(5_001);
    const hub = hubOver();
    const told = () => world.entries.filter(({ kind }) => kind === "hub.trouble").length;
    await hub.start();
    await hub.lookAtClock();
    expect(told()).toBe(1);
    world.clock.pass(60_000);
    await hub.lookAtClock();
    expect(told()).toBe(2);
  });
});

describe("a hub that runs", () => {
  it("expands an event without being asked", async () => {
    const hub = hubOver();
    const { adapter, taken } = taking("slack");
    hub.connect(adapter);
    hub.deliver();
    await hub.receive(producer, posted("web/1"));
    await taken;
    expect((await deliveries()).length).toBeGreaterThan(0);
  });

  it("does to a request what its events say in the order in which they came", async () => {
    const hub = hubOver();
    const post = (...types: readonly string[]) => {
      const events = types.map((type) => ({
        ...{ type, id: type, subject: "s/1" },
        data: builtinTypes.get(type)?.sample.data,
      }));
      return hub.receive(producer, { ...posted("s/1"), body: JSON.stringify(events) });
    };
    const [opened] = await post("RequestCreated").then((taken) =>
      taken.kind === "accepted" ? taken.receipts : [],
    );
    await post("RequestApproved", "RequestGranted");
    await expect.poll(() => world.store.events.scan("toExpand", { limit: 9 })).toEqual([]);
    expect(await world.store.approvals.get(opened?.opening?.approval.id ?? "")).toMatchObject({
      state: "approved",
      outcome: { kind: "granted" },
    });
  });

  it.each([slackChannel, teamsChannel])(
    "A18: mends a channel of $kind that counted as broken, when a message arrives there",
    async (channel) => {
      const broken = { code: "is_archived", at: later(-60) };
      await world.store.destinations.replace({ ...channel, broken, revision: 2 }, 1);
      const hub = hubOver();
      hub.connect(taking(channel.kind).adapter);
      hub.deliver();
      await hub.receive(producer, posted("web/1"));
      const read = async () => (await world.store.destinations.get(channel.id))?.broken;
      await expect.poll(read).toBeUndefined();
    },
  );

  it("finds again at a later look what a failed step left undone", async () => {
    let fails = true;
    const destinations = {
      ...world.store.destinations,
      get: async (id: string) => {
        if (fails) throw new HubError("store_unavailable", "The disk is busy.");
        return world.store.destinations.get(id);
      },
    };
    const hub = hubOver({ ...world.store, destinations });
    const received = await hub.receive(producer, posted("web/1"));
    expect(received.kind).toBe("accepted");
    await expect
      .poll(() => world.entries.filter(({ kind }) => kind === "hub.trouble"))
      .toMatchObject([{ where: "expand" }]);
    expect(await deliveries()).toEqual([]);
    fails = false;
    world.clock.pass(5_001);
    await hub.lookAtClock();
    expect(await deliveries()).toHaveLength(2);
  });

  it("closes a request as soon as the clock is past its deadline, and tells those who wait", async () => {
    const hub = hubOver();
    const received = await hub.receive(producer, posted("web/1"));
    const opening = received.kind === "accepted" ? received.receipts[0]?.opening : undefined;
    if (!opening) throw new Error("no request was opened");
    const waiting = hub.approvals.waitFor(
      opening.approval.id,
      undefined,
      30_000,
      new AbortController().signal,
    );
    world.clock.pass(policy.expiresInMs);
    await hub.lookAtClock();
    expect(await waiting).toMatchObject({ state: "expired", revision: 2 });
  });

  it("lets nobody wait for what is not there, or longer than asked, or after they have gone", async () => {
    const hub = hubOver();
    await world.post({ type: "deploy.requested", id: "1", data: {} });
    const [request] = await open();
    const id = request?.id ?? "apr_";
    const never = new AbortController().signal;
    expect(await hub.approvals.waitFor("apr_nothing", undefined, 30_000, never)).toBeUndefined();
    expect(await hub.approvals.waitFor(id, undefined, 0, never)).toMatchObject({ state: "open" });
    expect(await hub.approvals.waitFor(id, 0, 30_000, never)).toMatchObject({ revision: 1 });
    const gone = new AbortController();
    const waiting = hub.approvals.waitFor(id, undefined, 30_000, gone.signal);
    gone.abort();
    expect(await waiting).toMatchObject({ state: "open" });
  });
});

/** A place that the app was sent out of. */
const shutOut = async () => {
  const result = { kind: "disconnected", because: "not_in_channel", from: "channel" } as const;
  return { result, request: null, response: null };
};

describe("a destination that is removed while deliveries are held for it", () => {
  beforeEach(() => world.route([{ to: ["#releases"], policy: "production" }]));
  const statesOf = async (kind: "post" | "edit") =>
    (await deliveries()).filter(({ task }) => task.kind === kind).map(({ state }) => state);
  const remove = async (hub: Hub) => {
    await world.route([{ to: ["Ops › General"] }]);
    hub.forgetPlanning();
    const found = await world.store.destinations.get(slackChannel.id);
    return hub.destinations.remove(slackChannel.id, found?.revision ?? 0);
  };

  it("ends what was never posted: nobody could let it go any more", async () => {
    const hub = hubOver();
    hub.connect({ ...taking("slack").adapter, post: shutOut });
    hub.deliver();
    await hub.receive(producer, posted("web/1"));
    await expect.poll(() => statesOf("post")).toEqual(["held"]);
    expect(await remove(hub)).toEqual({ kind: "removed" });
    await expect.poll(() => statesOf("post")).toEqual(["suppressed"]);
  });

  it("ends what was on its way just then", async () => {
    const hub = hubOver();
    const post = async () => {
      await remove(hub);
      return shutOut();
    };
    hub.connect({ ...taking("slack").adapter, post });
    hub.deliver();
    await hub.receive(producer, posted("web/1"));
    await expect.poll(() => statesOf("post")).toEqual(["suppressed"]);
  });

  it("ends it at the next start, where the process ended in between", async () => {
    const hub = hubOver();
    hub.connect({ ...taking("slack").adapter, post: shutOut });
    hub.deliver();
    await hub.receive(producer, posted("web/1"));
    await expect.poll(() => statesOf("post")).toEqual(["held"]);
    await hub.stop();
    await world.store.destinations.remove(slackChannel.id);
    const next = hubOver();
    next.connect(taking("slack").adapter);
    await next.start();
    next.deliver();
    await expect.poll(() => statesOf("post")).toEqual(["suppressed"]);
  });

  it("ends an edit of what was posted, and says why", async () => {
    const hub = hubOver();
    hub.connect({ ...taking("slack").adapter, edit: shutOut });
    hub.deliver();
    await hub.receive(producer, posted("web/1"));
    await expect.poll(() => statesOf("post")).toEqual(["delivered"]);
    world.clock.pass(policy.expiresInMs);
    await hub.lookAtClock();
    await expect.poll(() => statesOf("edit")).toEqual(["held"]);
    expect(await remove(hub)).toEqual({ kind: "removed" });
    await expect.poll(() => statesOf("edit")).toEqual(["dead"]);
  });
});

/** A store that can be away for whoever looks what is held. */
function awayForHeld() {
  let isAway = false;
  const { deliveries: kept } = world.store;
  const scan: typeof kept.scan = async (index, ...asked) => {
    if (isAway && index === "byAwaited") throw new HubError("store_unavailable", "It is away.");
    return kept.scan(index, ...asked);
  };
  return {
    store: { ...world.store, deliveries: { ...kept, scan } },
    goAway: () => {
      isAway = true;
    },
    comeBack: () => {
      isAway = false;
    },
  };
}

/** A workspace that took its access away. */
const revoked = async () => {
  const result = { kind: "disconnected", because: "token_revoked", from: "workspace" } as const;
  return { result, request: null, response: null };
};

describe("a destination that leaves a lost workspace while deliveries are held for that", () => {
  beforeEach(() => world.route([{ to: ["#releases"] }]));
  const statesOf = async () => (await deliveries()).map(({ state }) => state);
  /** A hub of which a post is held for T1, and whose other posts pass. */
  const holding = async (store = world.store) => {
    const hub = hubOver(store);
    const { adapter } = taking("slack");
    const post: DestinationAdapter["post"] = (place, ...about) =>
      workspaceOf(place as ChatChannel) === "T1" ? revoked() : adapter.post(place, ...about);
    hub.connect({ ...adapter, post });
    hub.deliver();
    await hub.receive(producer, posted("web/1"));
    await expect.poll(statesOf).toEqual(["held"]);
    return hub;
  };

  it("A5: brings them where it leads by now", async () => {
    const hub = await holding();
    await hub.installations.save(grant);
    hub.doors.use("slack", smallChat([channel("C9", "#new")]).door);
    const moved = await hub.channels.move(slackChannel.id, { workspace: team, channelId: "C9" });
    expect(moved).toMatchObject({ kind: "chosen" });
    await expect.poll(statesOf).toEqual(["delivered"]);
  });

  it("ends them when it is removed", async () => {
    const hub = await holding();
    await world.route([{ to: ["Ops › General"] }]);
    hub.forgetPlanning();
    expect(await hub.destinations.remove(slackChannel.id, 1)).toEqual({ kind: "removed" });
    await expect.poll(statesOf).toEqual(["suppressed"]);
  });

  it.each([
    [
      "moved",
      "delivered",
      async (hub: Hub) => {
        await hub.installations.save(grant);
        hub.doors.use("slack", smallChat([channel("C9", "#new")]).door);
        await hub.channels.move(slackChannel.id, { workspace: team, channelId: "C9" });
      },
    ],
    [
      "removed",
      "suppressed",
      async (hub: Hub) => {
        await world.route([{ to: ["Ops › General"] }]);
        hub.forgetPlanning();
        await hub.destinations.remove(slackChannel.id, 1);
      },
    ],
  ])(
    "lets them go within a minute where the store went away as it was %s",
    async (_, end, leave) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      const { store, goAway, comeBack } = awayForHeld();
      const hub = await holding(store);
      await hub.start();
      goAway();
      await expect(leave(hub)).rejects.toThrow("It is away.");
      comeBack();
      await vi.advanceTimersByTimeAsync(60_000);
      await expect.poll(statesOf).toEqual([end]);
    },
  );
});

describe("a workspace that takes no message though its grant stands", () => {
  it("is tried again at once, and then no more until somebody looks", async () => {
    await world.route([{ to: ["#releases"] }]);
    const there = { ...slackChannel, slackTeamId: team, revision: 2 };
    await world.store.destinations.replace(there, 1);
    const hub = hubOver();
    let tries = 0;
    const post = async () => {
      tries += 1;
      const because = "ekm_access_denied: the organization blocks the app";
      const result = { kind: "disconnected", because, from: "workspace" } as const;
      return { result, request: null, response: null };
    };
    hub.connect({ ...taking("slack").adapter, post });
    hub.doors.use("slack", smallChat([channel(there.channelId, "#releases")]).door);
    const id = await hub.installations.save(grant);
    hub.deliver();
    await hub.receive(producer, posted("web/1"));
    await expect.poll(() => tries).toBe(2);
    await pause(300);
    expect(tries).toBe(2);
    expect((await deliveries()).map(({ state }) => state)).toEqual(["held"]);
    const { health } = (await hub.workspaces.get(id)) ?? {};
    expect(health).toMatchObject({ kind: "degraded", because: expect.stringContaining("ekm_") });
    await hub.workspaces.check(id);
    await expect.poll(() => tries).toBe(3);
  });
});

describe("a place that is lost while the store takes nothing", () => {
  it("is noted as lost, and told of, as soon as the store is back", async () => {
    await world.route([{ types: ["deploy.*"], to: ["#releases"] }]);
    let fails = true;
    const destinations = {
      ...world.store.destinations,
      replace: async (...given: Parameters<typeof world.store.destinations.replace>) => {
        if (fails) throw new HubError("store_unavailable", "The database is away.");
        return world.store.destinations.replace(...given);
      },
    };
    const hub = hubOver({ ...world.store, destinations });
    hub.connect({ ...taking("slack").adapter, post: shutOut });
    await hub.start();
    hub.deliver();
    await hub.receive(producer, posted("web/1"));
    const told = () => world.entries.filter(({ kind }) => kind === "hub.trouble").length;
    await expect.poll(told).toBeGreaterThan(0);
    expect((await deliveries()).map(({ state }) => state)).toEqual(["held"]);
    fails = false;
    world.clock.pass(1_000);
    const read = async () => (await world.store.destinations.get(slackChannel.id))?.broken?.code;
    await expect.poll(read, { timeout: 5_000 }).toBe("not_in_channel");
    const raised = await world.store.events.scan("byTime", { limit: 99 });
    expect(raised.filter(({ event }) => event.type === "destination.broken")).toHaveLength(1);
  });
});

describe("a hub that stops", () => {
  it("says how many deliveries wait for the next start, and begins nothing more", async () => {
    const hub = hubOver();
    hub.deliver();
    await world.post({ type: "deploy.requested", id: "1", subject: "web/1", data: {} });
    await hub.start();
    expect(await hub.stop()).toBe(2);
    await hub.receive(producer, posted("web/2"));
    expect(await deliveries()).toHaveLength(2);
  });
});

/** A hub whose events wait to be noted as expanded until `goOn`. */
function slowly() {
  let goOn: () => void = () => {};
  const slow = new Promise<void>((done) => {
    goOn = done;
  });
  const events = {
    ...world.store.events,
    replace: async (...given: Parameters<typeof world.store.events.replace>) => {
      await slow;
      return world.store.events.replace(...given);
    },
  };
  return { hub: hubOver({ ...world.store, events }), goOn };
}

const subjectOf = (type: string, subject: string) => ({
  ...posted(subject),
  body: JSON.stringify({ type, id: type, subject, data: builtinTypes.get(type)?.sample.data }),
});

describe("a hub that stops while work behind it goes on", () => {
  it("sends nothing more: it may be ended in the middle of that", async () => {
    await world.route([
      { types: ["build.*"], to: ["#releases"] },
      { types: ["deploy.*"], to: ["Ops › General"], policy: "production" },
    ]);
    const { hub, goOn } = slowly();
    const { adapter } = taking("slack");
    const sent: string[] = [];
    const post: DestinationAdapter["post"] = (place, ...given) => {
      sent.push(place.name);
      return adapter.post(place, ...given);
    };
    hub.connect({ ...adapter, post });
    hub.deliver();
    await hub.receive(producer, posted("web/1"));
    const stopped = hub.stop();
    await hub.receive(producer, subjectOf("build.finished", "web/1"));
    await pause(100);
    goOn();
    expect(await stopped).toBe(2);
    expect(sent).toEqual([]);
  });

  it("begins no turn of an event that waits for another one", async () => {
    await world.route([{ to: ["#releases"] }]);
    const { hub, goOn } = slowly();
    await hub.receive(producer, subjectOf("RequestCreated", "s/1"));
    const told = hub.receive(producer, subjectOf("RequestApproved", "s/1"));
    const left = () => world.store.events.scan("toExpand", { limit: 9 });
    await expect.poll(left).toHaveLength(2);
    const stopped = hub.stop();
    goOn();
    await stopped;
    expect(await told).toMatchObject({ kind: "accepted" });
    expect(await left()).toMatchObject([{ event: { type: "RequestApproved" } }]);
  });
});

describe("an event that ends a request", () => {
  it("is answered when the request has ended, so that the same can be asked for again", async () => {
    const { hub, goOn } = slowly();
    const stateOf = async () =>
      (await world.store.approvals.scan("byTime", { limit: 9 }))[0]?.state;
    await hub.receive(producer, subjectOf("RequestCreated", "s/1"));
    let isTold = false;
    const told = hub.receive(producer, subjectOf("RequestApproved", "s/1")).then(() => {
      isTold = true;
    });
    await hub.receive(producer, subjectOf("RequestGranted", "s/1"));
    expect([isTold, await stateOf()]).toEqual([false, "open"]);
    goOn();
    await told;
    expect(await stateOf()).toBe("approved");
    await hub.stop();
  });

  it("is answered so, too, where it comes again because another process could not finish it", async () => {
    const { hub: stuck, goOn } = slowly();
    const other = hubOver();
    const stateOf = async () =>
      (await world.store.approvals.scan("byTime", { limit: 9 }))[0]?.state;
    await other.receive(producer, subjectOf("RequestCreated", "s/1"));
    const ending = subjectOf("RequestApproved", "s/1");
    const left = () => world.store.events.scan("toExpand", { limit: 9 });
    await expect.poll(left).toEqual([]);
    const first = stuck.receive(producer, ending);
    await expect.poll(left).toHaveLength(1);
    expect(await other.receive(producer, ending)).toMatchObject({
      receipts: [{ status: "duplicate" }],
    });
    expect([await stateOf(), await left()]).toEqual(["approved", []]);
    goOn();
    await first;
    await Promise.all([stuck.stop(), other.stop()]);
  });

  it("is refused where the store fails right then, and ends the request when it comes again", async () => {
    let away: HubError | undefined = new HubError("store_unavailable", "It is away.");
    const replace: Store["approvals"]["replace"] = async (...given) => {
      if (away) throw away;
      return world.store.approvals.replace(...given);
    };
    const hub = hubOver({ ...world.store, approvals: { ...world.store.approvals, replace } });
    await hub.receive(producer, subjectOf("RequestCreated", "s/1"));
    const ending = subjectOf("RequestApproved", "s/1");
    await expect(hub.receive(producer, ending)).rejects.toBe(away);
    away = undefined;
    expect(await hub.receive(producer, ending)).toMatchObject({ kind: "accepted" });
    expect(await open()).toEqual([]);
  });
});

describe("opening a request", () => {
  it("keeps a digest of what is shown: another text, another request or another button is another digest", async () => {
    const digestOf = async (body: object) => {
      const taken = await world.post(body);
      const accepted = taken.kind === "accepted" ? taken.receipts[0]?.accepted : undefined;
      if (!accepted) throw new Error("it was refused");
      const opening = await openApproval(world, accepted, policy);
      return opening.approval.digest;
    };
    const deploy = { type: "deploy.requested", id: "1", data: { service: "web" } };
    const digest = await digestOf(deploy);
    expect(digest).toMatch(/^[0-9a-f]{32}$/);
    expect(await digestOf(deploy)).toBe(digest);
    const actions = [{ id: "approve", choice: "approve", label: "Go" }];
    const others = await Promise.all([
      digestOf({ ...deploy, id: "2" }),
      digestOf({ ...deploy, id: "3", data: { service: "api" } }),
      digestOf({ ...deploy, id: "4", link: "/x" }),
      digestOf({ ...deploy, id: "5", data: { service: "web", approval: { actions } } }),
    ]);
    expect(new Set([digest, ...others]).size).toBe(5);
  });
});
