import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ChatChannel, Destination } from "../../../core/domain/destination.ts";
import type { InstallationId } from "../../../core/domain/ids.ts";
import type { Rule } from "../../../core/domain/rule.ts";
import type { SandboxChannelWish } from "../../../core/ports/sandbox-life.ts";
import type { WorkspaceNews } from "../../../core/ports/workspace-news.ts";
import { type SlackHub, startSlackHub } from "../../fixtures/rig/slack-hub.ts";

/** The whole way on one machine: the local Slack tells, the hub follows, and messages show where they went. */
describe("channels of a connected Slack workspace", () => {
  let slack: SlackHub;
  let id: InstallationId;
  let key: string;

  beforeEach(async () => {
    slack = await startSlackHub();
    await slack.install(await slack.signIn());
    await slack.hub.start();
    slack.hub.deliver();
    id = (await slack.hub.workspaces.list())[0]?.id as InstallationId;
    ({ key } = await slack.producer("ci"));
  });
  afterEach(() => slack.close());

  const search = (asked: string) => slack.hub.channels.search(id, asked, 20);
  const choose = async (asked: string): Promise<Destination> => {
    const [found] = (await search(asked)).items;
    if (!found) throw new Error(`${asked} is not there`);
    const { workspace, channelId } = found.channel;
    const chosen = await slack.hub.channels.choose(id, { workspace, channelId });
    if (chosen.kind === "refused") throw new Error(chosen.text);
    return chosen.destination;
  };
  const route = async (...rules: readonly Partial<Rule>[]) => {
    const { version } = await slack.hub.rules.current();
    const whole = rules.map((rule, at) => ({
      ...{ name: `rule ${at}`, types: ["*"], to: [], continue: false },
      ...rule,
    }));
    const saved = await slack.hub.rules.save({ rules: whole }, version, "Ann");
    expect(saved.kind).toBe("saved");
  };
  const change = async (wish: SandboxChannelWish) => {
    const done = await slack.slack.life.changeChannel(wish);
    expect(done).toMatchObject({ kind: "done" });
  };
  const post = async (title: string) => {
    const body = { type: "deploy.finished", data: { title } };
    const { status } = await slack.call("POST", "/v1/events", { key, body });
    expect(status).toBe(202);
  };
  const shown = () =>
    slack.slack.messages(0).items.map(({ channel_name, text }) => `${channel_name} ${text}`);
  const now = async (one: Destination) => slack.store.destinations.get(one.id);

  it("A5: a channel is chosen by its name right after the install, and a hello arrives there", async () => {
    const releases = await choose("#releases");
    await slack.hub.channels.hello(releases.id, "Ann");
    await expect
      .poll(shown)
      .toContainEqual(expect.stringMatching(/^#releases Countersign can post here/));
  });

  it("A18: a renamed channel breaks no rule: the next event arrives under its new name", async () => {
    const releases = await choose("#releases");
    await route({ to: ["#releases"] });
    await change({ do: "rename", channel: "#releases", name: "ships" });
    expect(await now(releases)).toMatchObject({ name: "#releases", channelName: "#ships" });
    await post("web 1 is live");
    await expect.poll(shown).toContainEqual(expect.stringContaining("#ships web 1 is live"));
  });

  it("A18: an archived channel is told elsewhere and gives way to its fallback; restored, it heals", async () => {
    const [releases, ops] = [await choose("#releases"), await choose("#ops")];
    await slack.hub.destinations.change(
      releases.id,
      releases.revision,
      { fallback: ops.id },
      "Ann",
    );
    await route(
      { types: ["deploy.*"], to: ["#releases"] },
      { types: ["destination.*"], to: ["#releases", "#ops"] },
    );
    await change({ do: "archive", channel: "#releases" });
    expect((await now(releases))?.broken?.code).toBe("is_archived");
    await expect
      .poll(shown)
      .toContainEqual(expect.stringContaining("#ops Nothing arrives in #releases any more"));
    await post("web 2 is live");
    await expect.poll(shown).toContainEqual(expect.stringMatching(/^#ops .*web 2 is live/));
    expect(shown().filter((line) => line.startsWith("#releases web 2"))).toEqual([]);
    await change({ do: "unarchive", channel: "#releases" });
    expect((await now(releases))?.broken).toBeUndefined();
  });

  it("U18: an event that Slack tells again after its opposite changes nothing", async () => {
    const releases = await choose("#releases");
    const { tell } = slack.hub.news;
    const missed: WorkspaceNews[] = [];
    Object.assign(slack.hub.news, { tell: async (news: WorkspaceNews) => void missed.push(news) });
    await change({ do: "archive", channel: "#releases" });
    Object.assign(slack.hub.news, { tell });
    await change({ do: "unarchive", channel: "#releases" });
    slack.clock.pass(60_000);
    for (const news of missed) await slack.hub.news.tell(news);
    expect(missed).toMatchObject([{ kind: "channel_archived" }]);
    expect((await now(releases))?.broken).toBeUndefined();
  });

  it("A18: what no event told is found out by the next message", async () => {
    const releases = await choose("#releases");
    await route({ types: ["deploy.*"], to: ["#releases"] });
    const tell = slack.hub.news.tell;
    Object.assign(slack.hub.news, { tell: async () => {} });
    await change({ do: "archive", channel: "#releases" });
    Object.assign(slack.hub.news, { tell });
    expect((await now(releases))?.broken).toBeUndefined();
    await post("web 3 is live");
    await expect.poll(async () => (await now(releases))?.broken?.code).toBe("is_archived");
    const events = await slack.store.events.scan("byTime", { limit: 20 });
    expect(events.map(({ event }) => event.type)).toContain("destination.broken");
  });

  it("A6: a private channel is found, and its held messages leave, as soon as the app is invited", async () => {
    const done = await slack.slack.life.changeChannel({
      do: "create",
      name: "vault",
      private: true,
    });
    const vault = done.kind === "done" ? done.id : "";
    expect(await search(vault)).toMatchObject({ items: [], invite: "/invite @countersign" });
    await change({ do: "invite", channel: vault });
    const place = await choose("vault");
    await route({ to: [place.name] });
    await change({ do: "remove", channel: vault });
    expect((await now(place))?.broken?.code).toBe("not_in_channel");
    expect((await search("vault")).items[0]).toMatchObject({ invite: "/invite @countersign" });
    await change({ do: "invite", channel: vault });
    expect((await now(place))?.broken).toBeUndefined();
    expect((await search("vault")).items[0]?.blocked).toBeUndefined();
    await post("web 4 is live");
    await expect.poll(shown).toContainEqual(expect.stringContaining("#vault web 4 is live"));
  });

  it("U28: a channel that gets another id keeps its destination", async () => {
    const releases = await choose("#releases");
    await route({ to: ["#releases"] });
    await change({ do: "change_id", channel: "#releases" });
    expect(await now(releases)).not.toHaveProperty(
      "channelId",
      (releases as ChatChannel).channelId,
    );
    await post("web 5 is live");
    await expect.poll(shown).toContainEqual(expect.stringContaining("#releases web 5 is live"));
  });

  it("U28: an open card shows its ending also where its channel has got another id", async () => {
    const releases = await choose("#releases");
    await route({ types: ["deploy.*"], to: ["#releases"] });
    const body = { type: "deploy.requested", data: { title: "Deploy web 8", approval: {} } };
    const { body: sent } = await slack.call<{ readonly approval: { readonly id: string } }>(
      "POST",
      "/v1/events",
      { key, body },
    );
    await expect.poll(shown).toContainEqual(expect.stringContaining("Deploy web 8"));
    await change({ do: "change_id", channel: "#releases" });
    const cancelled = await slack.call("POST", `/v1/approvals/${sent.approval.id}/cancel`, { key });
    expect(cancelled.status).toBe(200);
    await expect
      .poll(shown)
      .toContainEqual(expect.stringMatching(/^#releases Deploy web 8 — cancelled by ci/));
    expect((await now(releases))?.broken).toBeUndefined();
  });

  it("requests do not go to a channel that is shared with another company, information does", async () => {
    await change({ do: "share", channel: "#releases" });
    const releases = await choose("#releases");
    expect(releases.outsiders).toBe(true);
    await route({ to: ["#releases"] });
    await post("web 6 is live");
    await expect.poll(shown).toContainEqual(expect.stringContaining("web 6 is live"));
    const body = { type: "deploy.requested", data: { title: "Deploy web 7", approval: {} } };
    await slack.call("POST", "/v1/events", { key, body });
    await expect
      .poll(async () =>
        (await slack.store.deliveries.scan("byTime", { limit: 20 })).map(({ state }) => state),
      )
      .toContain("suppressed");
    expect(shown().join()).not.toContain("Deploy web 7");
  });
});
