import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Delivery } from "../../../core/domain/delivery.ts";
import {
  type DestinationId,
  type EventId,
  type InstallationId,
  parseId,
} from "../../../core/domain/ids.ts";
import { deliveriesOfId } from "../../../core/hub/deliveries-of.ts";
import type { InstallationRecord } from "../../../core/ports/installations.ts";
import type { SlackSettings } from "../../../core/ports/platform-settings.ts";
import type { ConsoleVisitor } from "../../fixtures/rig/console-visitor.ts";
import { type SlackHub, startSlackHub } from "../../fixtures/rig/slack-hub.ts";
import { sign } from "../rig.ts";

const patience = { timeout: 20_000, interval: 20 };
const minuteMs = 60_000;

/** A hub that runs, with the app installed in Acme and `#releases` chosen there. */
async function startInstalled(rotating = false) {
  const hub = await startSlackHub();
  const ann = await hub.signIn();
  await hub.install(ann, { rotating });
  const releases = await choose(hub, "Acme", "#releases");
  await hub.hub.start();
  hub.hub.deliver();
  return { hub, ann, releases };
}

async function recordOf(hub: SlackHub, name = "Acme"): Promise<InstallationRecord> {
  const all = await hub.store.installations.scan("byWorkspace", { prefix: ["slack"], limit: 9 });
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`${name} is not installed.`);
  return found;
}

async function choose(hub: SlackHub, name: string, channel: string, under = name) {
  const team = hub.slack.life.workspaces().find((one) => one.name === name);
  const found = team?.channels.find((one) => one.name === channel);
  const { id } = await recordOf(hub, under);
  const wish = { workspace: team?.id ?? "", channelId: found?.id ?? "" };
  const chosen = await hub.hub.channels.choose(id, wish);
  if (chosen.kind === "refused") throw new Error(chosen.text);
  return chosen.destination.id;
}

async function viewOf(hub: SlackHub, name?: string) {
  const view = await hub.hub.workspaces.get((await recordOf(hub, name)).id);
  if (!view) throw new Error("It has no view.");
  return view;
}

/** Ask for a hello, and answer what became of it once it is so. */
async function hello(
  hub: SlackHub,
  to: DestinationId,
  state: Delivery["state"],
): Promise<Delivery> {
  const said = await hub.hub.channels.hello(to, "Ann");
  const event = parseId("event", said?.event) as EventId;
  return vi.waitFor(async () => {
    const [delivery] = await deliveriesOfId(hub.store, event);
    expect(delivery?.state).toBe(state);
    return delivery as Delivery;
  }, patience);
}

const revokedEvents = async (hub: SlackHub) => {
  const { organization } = hub.hub;
  const all = await hub.store.events.scan("byTime", { prefix: [organization], limit: 200 });
  return all.filter(({ event }) => event.type === "installation.revoked");
};

const stateOf = (hub: SlackHub, state: InstallationRecord["state"], name?: string) =>
  vi.waitFor(async () => {
    const record = await recordOf(hub, name);
    expect(record.state).toBe(state);
    return record;
  }, patience);

describe("a Slack workspace that takes its access away", () => {
  let hub: SlackHub;
  let ann: ConsoleVisitor;
  let releases: DestinationId;

  beforeEach(async () => {
    ({ hub, ann, releases } = await startInstalled());
  });
  afterEach(() => hub.close());

  it.each(["app_uninstalled", "tokens_revoked"] as const)(
    "A17 U21: wipes the token when %s comes first, tells once, holds, and sends after Reconnect",
    async (first) => {
      await hello(hub, releases, "delivered");
      hub.clock.pass(10 * minuteMs);
      const done = await hub.slack.life.uninstall({ first });
      expect(done).toMatchObject({ kind: "done", told: [{ status: 200 }, { status: 200 }] });
      const record = await recordOf(hub);
      expect(record).toMatchObject({ state: "revoked", ended: { code: first } });
      expect(record.sealed).toBeUndefined();
      expect((await viewOf(hub)).health).toMatchObject({
        kind: "broken",
        because: expect.stringContaining("Reconnect"),
      });

      const held = await hello(hub, releases, "held");
      expect((await viewOf(hub)).heldDeliveries).toBe(1);
      const [told, ...again] = await revokedEvents(hub);
      expect(again).toEqual([]);
      expect(told?.event).toMatchObject({
        level: "critical",
        data: { installation_id: record.id, platform: "slack", cause: first, held_deliveries: 0 },
      });

      await hub.install(ann);
      await vi.waitFor(async () => {
        expect((await hub.store.deliveries.get(held.id))?.state).toBe("delivered");
      }, patience);
      expect((await viewOf(hub)).heldDeliveries).toBe(0);
    },
  );

  it("U18: is noticed within a minute, also when no event tells of it", async () => {
    await hub.slack.life.uninstall({ silent: true });
    hub.clock.pass(45_000);
    const record = await stateOf(hub, "revoked");
    expect(record.ended?.code).toBe("account_inactive");
    expect(await revokedEvents(hub)).toHaveLength(1);
  });

  it("A17: is noticed at once by a message that does not get through", async () => {
    await hub.slack.life.uninstall({ silent: true, how: "revoked" });
    await hello(hub, releases, "held");
    expect((await stateOf(hub, "revoked")).ended?.code).toBe("token_revoked");
  });

  it("A17: tells in another workspace where no rule takes it, and never in the lost one", async () => {
    await hub.install(ann, { workspace: "Globex", as: "Gil" });
    const globex = await recordOf(hub, "Globex");
    const general = await choose(hub, "Globex", "#general");
    await hub.hub.workspaces.change(globex.id, { defaultDestination: general });
    await hub.hub.workspaces.change((await recordOf(hub)).id, { defaultDestination: releases });
    await hub.slack.life.uninstall({ workspace: "Acme" });
    const [told] = await revokedEvents(hub);
    expect(told?.plan.destinations).toEqual([general]);
  });

  describe("in news that come late", () => {
    /** Tell what happened at a time, signed now, as Slack does when it tells again. */
    const tell = async (type: "app_uninstalled" | "tokens_revoked", at: Date) => {
      const { workspace } = await recordOf(hub);
      const body = JSON.stringify({
        type: "event_callback",
        team_id: workspace,
        event: { type, tokens: { bot: ["U1"] } },
        event_id: `Ev${type}${at.getTime()}`,
        event_time: Math.floor(at.getTime() / 1_000),
      });
      const { status } = await fetch(`${hub.url}/slack/events`, {
        method: "POST",
        headers: {
          ...sign((hub.slack.settings as SlackSettings).signingSecret ?? "", body),
          "content-type": "application/json",
        },
        body,
      });
      return status;
    };

    it.each([
      ["long before the reinstall", -60 * minuteMs],
      ["in the same minute as the reinstall", 0],
    ])("U21: does not undo a reinstall: %s", async (_when, afterMs) => {
      await hub.slack.life.uninstall({ silent: true });
      await hub.install(ann);
      const { connectedAt } = await recordOf(hub);
      const at = new Date((connectedAt?.getTime() ?? 0) + afterMs);
      expect(await tell("app_uninstalled", at)).toBe(200);
      expect(await tell("tokens_revoked", at)).toBe(200);
      expect((await recordOf(hub)).state).toBe("connected");
      await hello(hub, releases, "delivered");
    });

    it("U21: believes news that is clearly of now without asking", async () => {
      hub.clock.pass(10 * minuteMs);
      expect(await tell("app_uninstalled", hub.clock.now())).toBe(200);
      expect((await recordOf(hub)).state).toBe("revoked");
    });
  });

  it("A17: disconnecting here gives the grant back and keeps what is waiting and chosen", async () => {
    const { id } = await recordOf(hub);
    expect(await hub.hub.workspaces.disconnect(id, hub.admin.id)).toBe("disconnected");
    const [acme] = hub.slack.life.workspaces();
    expect(acme?.installed).toBe(false);
    const record = await recordOf(hub);
    expect(record).toMatchObject({
      state: "disconnected",
      ended: { code: "disconnected", by: hub.admin.id },
    });
    expect(record.sealed).toBeUndefined();
    expect((await viewOf(hub)).health.kind).toBe("disabled");
    expect(await revokedEvents(hub)).toEqual([]);
    const held = await hello(hub, releases, "held");
    await hub.install(ann);
    await vi.waitFor(async () => {
      expect((await hub.store.deliveries.get(held.id))?.state).toBe("delivered");
    }, patience);
  });

  it("U21: disconnecting here wipes the token also when Slack does not answer", async () => {
    const { id } = await recordOf(hub);
    const door = hub.hub.doors.doorOf("slack");
    if (!door) throw new Error("Slack has no door.");
    hub.hub.doors.use("slack", { ...door, leave: async () => "not_confirmed" });
    await hub.hub.workspaces.disconnect(id, hub.admin.id);
    expect((await recordOf(hub)).sealed).toBeUndefined();
  });

  it("A15: is healthy only by a message that arrived, and again only after the next one", async () => {
    expect((await viewOf(hub)).health.kind).toBe("untested");
    await hello(hub, releases, "delivered");
    await vi.waitFor(async () => expect((await viewOf(hub)).health.kind).toBe("healthy"), patience);
    await hub.slack.life.uninstall({});
    expect((await viewOf(hub)).health).toMatchObject({
      kind: "broken",
      since: (await recordOf(hub)).ended?.at,
    });
    await hub.install(ann);
    expect((await viewOf(hub)).health.kind).toBe("untested");
  });

  it("A15: is degraded with reason and since while Slack does not confirm it, and disabled without settings", async () => {
    await hello(hub, releases, "delivered");
    const { id } = await recordOf(hub);
    const door = hub.hub.doors.doorOf("slack");
    if (!door) throw new Error("Slack has no door.");
    const answers = { kind: "unknown", because: "service_unavailable" } as const;
    hub.hub.doors.use("slack", { ...door, check: async () => answers });
    const view = await hub.hub.workspaces.check(id);
    expect(view?.health).toMatchObject({
      kind: "degraded",
      because: expect.stringContaining("service_unavailable"),
    });
    expect(view?.health.since).toBeDefined();
    hub.hub.doors.use("slack", undefined);
    expect((await viewOf(hub)).health.kind).toBe("disabled");
  });

  it("A16 G8: names the features that are off, and reauthorising keeps what was chosen", async () => {
    const { id, workspace } = await recordOf(hub);
    await hub.hub.workspaces.change(id, { defaultDestination: releases });
    await hub.slack.life.access({ do: "narrow", without: ["channels:join", "users:read.email"] });
    const view = await hub.hub.workspaces.check(id);
    expect(view?.missing).toEqual([
      { scope: "channels:join", feature: expect.stringContaining("Join a public channel") },
    ]);
    expect(view?.health).toMatchObject({
      kind: "degraded",
      because: expect.stringContaining("channels:join"),
      since: view?.record.looked?.at,
    });

    await hub.install(ann, {}, `/slack/install?workspace=${workspace}`);
    const after = await viewOf(hub);
    expect(after.missing).toEqual([]);
    expect(after.record).toMatchObject({ id, defaultDestination: releases });
    expect(await hub.hub.destinations.get(releases)).toBeDefined();
    await hello(hub, releases, "delivered");
  });
});

describe("several Slack workspaces in one hub", () => {
  let hub: SlackHub;
  let ann: ConsoleVisitor;

  beforeEach(async () => {
    hub = await startSlackHub();
    ann = await hub.signIn();
    await hub.hub.start();
    hub.hub.deliver();
  });
  afterEach(() => hub.close());

  const messagesIn = (channel: string) =>
    hub.slack.messages(0).items.filter((one) => one.channel_name === channel && one.author.app);

  it("A20: posts with each workspace's own token, and nothing crosses over", async () => {
    await hub.install(ann, { workspace: "Acme" });
    await hub.install(ann, { workspace: "Globex", as: "Gil" });
    const [acme, globex] = [await recordOf(hub), await recordOf(hub, "Globex")];
    const tokens = [acme, globex].map(async ({ workspace }) => {
      return (await hub.hub.installations.slack(workspace))?.botToken;
    });
    expect(new Set(await Promise.all(tokens)).size).toBe(2);
    const releases = await choose(hub, "Acme", "#releases");
    const deploys = await choose(hub, "Globex", "#deploys");
    await hello(hub, deploys, "delivered");
    await hello(hub, releases, "delivered");
    await hub.slack.life.uninstall({ workspace: "Globex" });
    expect((await recordOf(hub)).state).toBe("connected");
    await hello(hub, deploys, "held");
    await hello(hub, releases, "delivered");
    expect(messagesIn("#releases").every(({ workspace }) => workspace === acme.workspace)).toBe(
      true,
    );
  });

  it("A20 U23: an organization has one installation, which finds and posts in each of its workspaces", async () => {
    await hub.install(ann, { workspace: "Umbrella", as: "Uma" });
    const [research, sales] = ["Umbrella Research", "Umbrella Sales"].map(
      (name) => hub.slack.life.workspaces().find((one) => one.name === name)?.id ?? "",
    );
    expect(await recordOf(hub, "Umbrella")).toMatchObject({
      workspace: expect.stringMatching(/^E/),
      teams: [],
    });
    expect(await hub.hub.installations.slack(research ?? "")).toBeUndefined();

    await hub.slack.life.access({ do: "grant", workspace: "Umbrella Research" });
    await hub.slack.life.access({ do: "grant", workspace: "Umbrella Sales" });
    expect(await hub.hub.installations.slack(research ?? "")).toMatchObject({
      slackTeamId: research,
    });
    const lab = await choose(hub, "Umbrella Research", "#lab", "Umbrella");
    const deals = await choose(hub, "Umbrella Sales", "#deals", "Umbrella");
    await hello(hub, lab, "delivered");
    await hello(hub, deals, "delivered");

    await hub.slack.life.access({ do: "withdraw", workspace: "Umbrella Sales" });
    expect(await hub.hub.installations.slack(sales ?? "")).toBeUndefined();
    await hello(hub, deals, "held");
    await hello(hub, lab, "delivered");
  });

  it("A17: that an organization takes a workspace away is told, and over when it gives it back", async () => {
    await hub.install(ann, { workspace: "Umbrella", as: "Uma" });
    await hub.slack.life.access({ do: "grant", workspace: "Umbrella Research" });
    await hub.slack.life.access({ do: "grant", workspace: "Umbrella Sales" });
    const lab = await choose(hub, "Umbrella Research", "#lab", "Umbrella");
    const deals = await choose(hub, "Umbrella Sales", "#deals", "Umbrella");
    const brokenBy = async (id: DestinationId) =>
      (await hub.store.destinations.get(id))?.broken?.code;

    await hub.slack.life.access({ do: "withdraw", workspace: "Umbrella Sales" });
    await vi.waitFor(
      async () => expect(await brokenBy(deals)).toBe("team_access_not_granted"),
      5_000,
    );
    expect(await brokenBy(lab)).toBeUndefined();
    await hello(hub, deals, "held");

    await hub.slack.life.access({ do: "grant", workspace: "Umbrella Sales" });
    await vi.waitFor(async () => expect(await brokenBy(deals)).toBeUndefined(), 5_000);
  });

  it("U23: a workspace's own installation goes before that of its organization", async () => {
    await hub.install(ann, { workspace: "Umbrella", as: "Uma" });
    await hub.slack.life.access({ do: "grant", workspace: "Umbrella Research" });
    const team = hub.slack.life.workspaces().find((one) => one.name === "Umbrella Research");
    const spanning = await hub.hub.installations.slack(team?.id ?? "");
    await hub.install(ann, { workspace: "Umbrella Research", as: "Uma" });
    const own = await hub.hub.installations.slack(team?.id ?? "");
    expect(own?.enterprise).toBeUndefined();
    expect(own?.botToken).not.toBe(spanning?.botToken);
  });
});

describe("tokens that run out", () => {
  let hub: SlackHub;
  let releases: DestinationId;
  let id: InstallationId;

  beforeEach(async () => {
    ({ hub, releases } = await startInstalled(true));
    ({ id } = await recordOf(hub));
  });
  afterEach(() => hub.close());

  const tokenNow = async () => {
    const { workspace } = await recordOf(hub);
    return (await hub.hub.installations.slack(workspace))?.botToken;
  };

  it("U24: are renewed two hours before, also while nothing is sent", async () => {
    const before = await tokenNow();
    const { renewAt, connectedAt } = await recordOf(hub);
    expect(((renewAt?.getTime() ?? 0) - (connectedAt?.getTime() ?? 0)) / minuteMs).toBeCloseTo(
      600,
      0,
    );
    hub.clock.pass(10 * 60 * minuteMs + 1_000);
    await vi.waitFor(async () => expect(await tokenNow()).not.toBe(before), patience);
    await hello(hub, releases, "delivered");
  });

  it("U24: are renewed before a message leaves, once, when the hub slept for a day", async () => {
    const before = await tokenNow();
    hub.clock.pass(24 * 60 * minuteMs);
    await hello(hub, releases, "delivered");
    const after = await Promise.all([tokenNow(), tokenNow(), tokenNow()]);
    expect(new Set(after).size).toBe(1);
    expect(after[0]).not.toBe(before);
    expect((await recordOf(hub)).state).toBe("connected");
  });

  it("U24: are renewed when Slack says that one has run out early, and what waited goes out", async () => {
    await hub.slack.life.access({ do: "expire" });
    await hello(hub, releases, "delivered");
    expect((await recordOf(hub)).state).toBe("connected");
  });

  it("A17: end the installation when Slack takes the one-time token no more", async () => {
    await hub.slack.life.uninstall({ silent: true });
    hub.clock.pass(11 * 60 * minuteMs);
    expect((await stateOf(hub, "revoked")).id).toBe(id);
    expect(await revokedEvents(hub)).toHaveLength(1);
  });
});
