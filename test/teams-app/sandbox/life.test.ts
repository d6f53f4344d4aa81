import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxChannelWish, SandboxTeamWish } from "../../../core/ports/sandbox-life.ts";
import { openStandIn, type StandIn } from "./stand-in.ts";

let at: StandIn;
beforeEach(async () => {
  at = await openStandIn();
});
afterEach(() => at.close());

const team = (wish: SandboxTeamWish) => at.teams.life.changeTeam(wish);
const channel = (wish: SandboxChannelWish) => at.teams.life.changeChannel(wish);
const refused = (code: string) => ({ kind: "refused", code });
const idOf = (name: string) => at.channel(`${name} › General`).id;
const appId = () => `28:${at.teams.settings.appId}`;

describe("adding the app to a team", () => {
  beforeEach(async () => {
    await at.did(team({ do: "remove_app", team: "Ops" }));
  });

  it("is told twice: by the update of the installation, then by that of the conversation", async () => {
    const before = at.told.length;
    const done = await team({ do: "add_app", team: "Ops", channel: "Incidents" });
    expect(done).toEqual({
      kind: "done",
      id: idOf("Ops"),
      told: [
        { event: "installationUpdate.add", status: 200 },
        { event: "conversationUpdate.teamMemberAdded", status: 200 },
      ],
    });
    const { id } = at.channel("Ops › Incidents");
    const place = {
      serviceUrl: `${at.url}/sandbox/teams/connector/emea/`,
      conversation: { id, tenantId: at.teams.workspace.id },
      channelData: {
        settings: { selectedChannel: { id } },
        team: { id: idOf("Ops"), name: "Ops" },
        tenant: { id: at.teams.workspace.id },
      },
      claimed: { serviceurl: `${at.url}/sandbox/teams/connector/emea/` },
    };
    expect(at.told.slice(before)).toMatchObject([
      { ...place, type: "installationUpdate", action: "add" },
      { ...place, type: "conversationUpdate", membersAdded: [{ id: appId() }] },
    ]);
  });

  it("is told in another order, by one of them or by none where the wish says so", async () => {
    const both = ["conversationUpdate", "installationUpdate"] as const;
    expect(await team({ do: "add_app", team: "Ops", announce: both })).toMatchObject({
      told: [{ event: "conversationUpdate.teamMemberAdded" }, { event: "installationUpdate.add" }],
    });
    const gone = await team({ do: "remove_app", team: "Ops", announce: ["conversationUpdate"] });
    expect(gone).toMatchObject({ told: [{ event: "conversationUpdate.teamMemberRemoved" }] });
    expect(at.told.at(-1)).toMatchObject({ membersRemoved: [{ id: appId() }] });
    expect(await team({ do: "add_app", team: "Ops", announce: [] })).toMatchObject({ told: [] });
  });

  it("is told again under the same id where the wish says so", async () => {
    await team({ do: "add_app", team: "Ops", announce: ["installationUpdate"], repeat: true });
    const [one, same] = at.told.slice(-2);
    expect(same).toEqual(one);
  });

  it("says what the hub answered", async () => {
    at.answer = 403;
    const done = await team({ do: "add_app", team: "Ops", announce: ["installationUpdate"] });
    expect(done).toMatchObject({ told: [{ status: 403 }] });
  });

  it.each<[string, string, (life: StandIn["teams"]["life"]) => unknown]>([
    ["app_not_in_catalogue", "is not in the catalogue", (life) => life.catalogue({ do: "remove" })],
    ["app_blocked_by_policy", "is blocked by a policy", (life) => life.catalogue({ do: "block" })],
    ["team_archived", "comes into an archived team", () => team({ do: "archive", team: "Ops" })],
    ["team_deleted", "comes into a deleted team", () => team({ do: "delete", team: "Ops" })],
    ["app_already_added", "is there", () => team({ do: "add_app", team: "Ops" })],
  ])("is refused as %s when the app %s", async (code, _, before) => {
    await before(at.teams.life);
    expect(await team({ do: "add_app", team: "Ops" })).toEqual(refused(code));
  });

  it("is refused for a channel of another team, and for one that is not standard", async () => {
    const wish = { do: "add_app", team: "Ops" } as const;
    expect(await team({ ...wish, channel: "Finance › General" })).toMatchObject({
      kind: "unknown",
      what: "channel",
    });
    await at.did(channel({ do: "create", team: "Ops", name: "Board", private: true }));
    expect(await team({ ...wish, channel: "Board" })).toEqual(refused("channel_not_standard"));
  });
});

describe("the catalogue", () => {
  it("takes the app once, and not while custom apps are forbidden", async () => {
    const { life } = at.teams;
    expect(life.catalogue({ do: "publish" })).toEqual(refused("app_already_in_catalogue"));
    await at.did(life.catalogue({ do: "remove" }));
    expect(life.catalogue({ do: "block" })).toEqual(refused("app_not_in_catalogue"));
    await at.did(life.catalogue({ do: "forbid_custom" }));
    expect(life.catalogue({ do: "publish" })).toEqual(refused("custom_apps_forbidden"));
    await at.did(life.catalogue({ do: "permit_custom" }));
    await at.did(life.catalogue({ do: "publish" }));
  });

  it("loses the app with every team where it is uninstalled, and the hub hears of each", async () => {
    const done = await at.teams.life.uninstall({});
    const told = done.kind === "done" ? done.told.map(({ event }) => event) : [];
    const each = ["installationUpdate.remove", "conversationUpdate.teamMemberRemoved"];
    expect(told).toEqual([...each, ...each]);
    expect(at.teams.workspace.installed).toBe(false);
    expect(await team({ do: "add_app", team: "Ops" })).toEqual(refused("app_not_in_catalogue"));
  });

  it("tells nothing of an uninstall that is silent, and knows nothing of Slack's ways", async () => {
    const { life } = at.teams;
    expect(await life.uninstall({ after_ms: 5 })).toEqual(refused("not_in_teams"));
    await at.did(life.uninstall({ silent: true }));
    expect(at.told).toEqual([]);
    expect(at.teams.workspace.installed).toBe(false);
  });
});

describe("a tenant where nobody has installed the app", () => {
  it("lets it in by way of the catalogue, team by team", async () => {
    const fresh = await openStandIn(false);
    const { life, workspace } = fresh.teams;
    const add = { do: "add_app", team: "Finance" } as const;
    expect(workspace.installed).toBe(false);
    expect(await life.changeTeam(add)).toEqual(refused("app_not_in_catalogue"));
    await fresh.did(life.catalogue({ do: "publish" }));
    await fresh.did(life.changeTeam(add));
    expect(fresh.teams.workspace.installed).toBe(true);
    expect(fresh.channel("Finance › General").member).toBe(true);
    expect(fresh.channel("Ops › General").member).toBe(false);
    await fresh.close();
  });
});

describe("channels of a team", () => {
  it("are created, renamed, deleted and restored, each told under the team's conversation", async () => {
    const id = await at.did(channel({ do: "create", team: "Ops", name: "Releases" }));
    await at.did(channel({ do: "rename", channel: id, name: "Rollouts" }));
    await at.did(channel({ do: "delete", channel: "Ops › Rollouts" }));
    expect(at.teams.workspace.channels.map(({ id: one }) => one)).not.toContain(id);
    await at.did(channel({ do: "restore", channel: id }));
    expect(at.channel("Ops › Rollouts").id).toBe(id);
    const shown = (eventType: string, name: string) => ({
      type: "conversationUpdate",
      conversation: { id: idOf("Ops") },
      channelData: { eventType, channel: { id, name }, team: { id: idOf("Ops") } },
    });
    expect(at.told).toMatchObject([
      shown("channelCreated", "Releases"),
      shown("channelRenamed", "Rollouts"),
      shown("channelDeleted", "Rollouts"),
      shown("channelRestored", "Rollouts"),
    ]);
  });

  it.each(["private", "shared"] as const)(
    "are not told of when they are %s, and apps may do nothing there",
    async (type) => {
      const id = await at.did(channel({ do: "create", team: "Ops", name: "Board", type }));
      expect(at.told).toEqual([]);
      expect(at.channel("Ops › Board")).toMatchObject({ type, member: false });
      const path = `conversations/${encodeURIComponent(id)}/activities`;
      const { status, body } = await at.call("POST", path, {
        body: { type: "message", text: "x" },
      });
      expect([status, body]).toMatchObject([
        403,
        { error: { code: "ForbiddenOperationException" } },
      ]);
      const listed = await at.call("GET", `teams/${encodeURIComponent(idOf("Ops"))}/conversations`);
      expect(listed.body).toMatchObject({
        conversations: [{ type: "standard" }, {}, {}, { id, name: "Board", type }],
      });
    },
  );

  it("are told of twice under one id where the wish says so", async () => {
    const done = await channel({ do: "delete", channel: "Ops › Incidents", repeat: true });
    expect(done).toMatchObject({ told: [{ status: 200 }, { status: 200 }] });
    // Each call has a token of its own second.
    const [first, second] = at.told.map((told) => ({ ...told, claimed: undefined }));
    expect(second).toEqual(first);
  });

  it.each<[SandboxChannelWish, string]>([
    [{ do: "rename", channel: "Ops › General", name: "Main" }, "general_stays"],
    [{ do: "delete", channel: "Ops › General" }, "general_stays"],
    [{ do: "rename", channel: "Ops › Incidents", name: "on CALL" }, "name_taken"],
    [{ do: "create", team: "Ops", name: "a/b" }, "name_not_allowed"],
    [{ do: "create", team: "Ops", name: "x".repeat(51) }, "name_not_allowed"],
    [{ do: "restore", channel: "Ops › Incidents" }, "not_deleted"],
    [{ do: "archive", channel: "Ops › Incidents" }, "not_in_teams"],
  ])("refuse %j as %s", async (wish, code) => {
    expect(await channel(wish)).toEqual(refused(code));
    expect(at.told).toEqual([]);
  });

  it("keep the name of a deleted channel, and change nothing in it", async () => {
    await at.did(channel({ do: "delete", channel: "Ops › Incidents" }));
    const wish = { do: "create", team: "Ops", name: "Incidents" } as const;
    expect(await channel(wish)).toEqual(refused("name_taken"));
    const again = { channel: "Ops › Incidents" } as const;
    expect(await channel({ do: "delete", ...again })).toEqual(refused("channel_deleted"));
    expect(await channel({ do: "rename", ...again, name: "x" })).toEqual(
      refused("channel_deleted"),
    );
  });

  it.each<[SandboxChannelWish, string]>([
    [{ do: "rename", channel: "Ops › Nowhere", name: "x" }, "channel"],
    [{ do: "create", team: "Nobody", name: "x" }, "team"],
    [{ do: "delete", channel: "Ops › Incidents", workspace: "Fabrikam" }, "workspace"],
  ])("are unknown where %j names nothing", async (wish, what) => {
    expect(await channel(wish)).toMatchObject({ kind: "unknown", what });
  });
});

describe("teams", () => {
  it("are renamed, archived, unarchived, deleted and restored, each told", async () => {
    const id = idOf("Ops");
    for (const what of ["archive", "unarchive", "delete", "restore"] as const) {
      await at.did(team({ do: what, team: id }));
    }
    await at.did(team({ do: "rename", team: "Ops", name: "Operations" }));
    expect(at.told.map(({ channelData }) => channelData["eventType"])).toEqual([
      "teamArchived",
      "teamUnarchived",
      "teamDeleted",
      "teamRestored",
      "teamRenamed",
    ]);
    expect(at.told.at(-1)).toMatchObject({
      conversation: { id },
      channelData: { team: { id, name: "Operations" } },
    });
    expect(at.channel("Operations › Incidents").team).toBe("Operations");
  });

  it("tell nothing to an app that was not added", async () => {
    const id = await at.did(team({ do: "create", name: "Legal" }));
    await at.did(team({ do: "rename", team: id, name: "Law" }));
    await at.did(channel({ do: "create", team: "Law", name: "Cases" }));
    await at.did(team({ do: "remove_member", team: "Law", person: "Ben" }));
    expect(at.told).toEqual([]);
  });

  it.each<[SandboxTeamWish, string]>([
    [{ do: "unarchive", team: "Ops" }, "not_archived"],
    [{ do: "restore", team: "Ops" }, "not_deleted"],
    [{ do: "rename", team: "Ops" }, "name_missing"],
    [{ do: "add_member", team: "Ops", person: "Ann" }, "already_member"],
  ])("refuse %j as %s", async (wish, code) => {
    expect(await team(wish)).toEqual(refused(code));
  });

  it("of the second region are served at another host, and only there", async () => {
    const id = await at.did(team({ do: "create", name: "Boston", region: "amer" }));
    await at.did(team({ do: "add_app", team: "Boston" }));
    const { serviceUrl = "" } = at.channel("Boston › General");
    expect(new URL(serviceUrl).hostname).toBe("localhost");
    expect(at.teams.settings.serviceHosts).toContain(new URL(serviceUrl).host);
    expect(at.told.at(-1)).toMatchObject({ serviceUrl, claimed: { serviceurl: serviceUrl } });
    const path = `conversations/${encodeURIComponent(id)}/activities`;
    const body = { type: "message", text: "Hello" };
    expect(await at.call("POST", path, { body, serviceUrl })).toMatchObject({ status: 201 });
    expect(await at.call("POST", path, { body })).toMatchObject({
      status: 403,
      body: { error: { code: "InvalidBotApiHost" } },
    });
  });

  it("are there as they were after a restart, also when the messages were cleared", async () => {
    await at.did(team({ do: "rename", team: "Finance", name: "Money" }));
    await at.did(team({ do: "remove_app", team: "Ops" }));
    at.teams.clear();
    expect(at.again().workspace).toEqual(at.teams.workspace);
    expect(at.again().workspace.channels.map(({ name }) => name)).toContain("Money › General");
  });
});

describe("the connector", () => {
  const general = () => `conversations/${encodeURIComponent(idOf("Ops"))}`;
  const post = (path = general()) =>
    at.call("POST", `${path}/activities`, { body: { type: "message", text: "Hello" } });
  const error = (code: string) => ({ error: { code } });

  it.each<[string, number, string, () => unknown]>([
    [
      "where the app was removed",
      403,
      "BotNotInConversationRoster",
      () => team({ do: "remove_app", team: "Ops" }),
    ],
    ["in a deleted team", 404, "ConversationNotFound", () => team({ do: "delete", team: "Ops" })],
    [
      "in an archived team",
      403,
      "ForbiddenOperationException",
      () => team({ do: "archive", team: "Ops" }),
    ],
    [
      "while an admin blocks it",
      403,
      "BotDisabledByAdmin",
      () => at.teams.life.catalogue({ do: "block" }),
    ],
  ])("refuses to post %s", async (_, status, code, before) => {
    const path = general();
    expect((await post(path)).status).toBe(201);
    await before();
    expect(await post(path)).toMatchObject({ status, body: error(code) });
  });

  it("refuses to post in a deleted channel, and takes it when it was restored", async () => {
    const { id } = at.channel("Ops › Incidents");
    const path = `conversations/${encodeURIComponent(id)}`;
    await at.did(channel({ do: "delete", channel: id }));
    expect(await post(path)).toMatchObject({ status: 404, body: error("ConversationNotFound") });
    await at.did(channel({ do: "restore", channel: id }));
    expect((await post(path)).status).toBe(201);
  });

  it("tells of a team, its channels and its people where the app is, and nowhere else", async () => {
    const ops = `teams/${encodeURIComponent(idOf("Ops"))}`;
    await at.did(team({ do: "remove_member", team: "Ops", person: "Eve" }));
    await at.did(at.teams.life.changePerson({ name: "Ben", deactivated: true }));
    expect((await at.call("GET", ops)).body).toMatchObject({ name: "Ops", channelCount: 3 });
    const { body } = await at.call("GET", `${general()}/pagedmembers?pageSize=200`);
    const { members } = body as { members: { name: string }[] };
    expect(members.map(({ name }) => name)).toEqual(["Ann", "Chloé", "Dov"]);
    const eve = at.teams.workspace.people.find(({ name }) => name === "Eve")?.id;
    expect((await at.call("GET", `${general()}/members/${eve}`)).status).toBe(404);
    await at.did(team({ do: "remove_app", team: "Ops" }));
    for (const path of [ops, `${ops}/conversations`, `${general()}/members`]) {
      expect(await at.call("GET", path)).toMatchObject({
        status: 403,
        body: error("BotNotInConversationRoster"),
      });
    }
  });

  it("fails the calls that chaos names, also such that read", async () => {
    const list = () => at.call("GET", `teams/${encodeURIComponent(idOf("Ops"))}/conversations`);
    at.teams.setChaos({ method: "channels", next: 1, answer: 429, effect: "before" });
    expect((await post()).status).toBe(201);
    expect((await list()).status).toBe(429);
    expect((await list()).status).toBe(200);
    at.teams.setChaos({ method: "members", next: 1, answer: 503, effect: "before" });
    expect((await at.call("GET", `${general()}/pagedmembers`)).status).toBe(503);
  });
});

describe("people of the tenant", () => {
  it("come into every team, change, and go", async () => {
    const { life } = at.teams;
    await at.did(life.changePerson({ name: "Fay", email: "fay@example.org", guest: true }));
    const fay = at.teams.workspace.people.find(({ name }) => name === "Fay");
    expect(fay?.guest).toBe(true);
    const path = `conversations/${encodeURIComponent(idOf("Ops"))}/members/${fay?.id}`;
    expect((await at.call("GET", path)).body).toMatchObject({
      email: "fay@example.org",
      userRole: "guest",
    });
    await at.did(life.changePerson({ name: "Fay", deactivated: true }));
    expect(at.teams.workspace.people.map(({ name }) => name)).not.toContain("Fay");
  });

  it("are told of when they come into a team with the app, and speak only in teams of theirs", async () => {
    await at.did(team({ do: "remove_member", team: "Ops", person: "Ben" }));
    const said = { person: "Ben", channel: "Ops › General", text: "Hello" };
    const before = at.teams.messages(0).next;
    at.teams.say(said);
    expect(at.teams.messages(0).next).toBe(before);
    await at.did(team({ do: "add_member", team: "Ops", person: "Ben" }));
    at.teams.say(said);
    expect(at.teams.messages(0).next).toBe(before + 1);
    expect(at.told.map(({ channelData }) => channelData["eventType"])).toEqual([
      "teamMemberRemoved",
      "teamMemberAdded",
    ]);
    expect(at.told[0]?.membersRemoved?.[0]?.id).toMatch(/^29:/);
  });

  it("open the personal chat with the app, of which it hears", async () => {
    const done = await at.teams.life.home("Ann");
    expect(done).toMatchObject({
      told: [
        { event: "installationUpdate.add" },
        { event: "conversationUpdate.membersAdded" },
        { event: "message" },
      ],
    });
    expect(at.told).toMatchObject([
      { conversation: { conversationType: "personal" }, type: "installationUpdate" },
      { conversation: { conversationType: "personal" }, type: "conversationUpdate" },
      { conversation: { conversationType: "personal" }, type: "message" },
    ]);
    const { chat } = at.teams.workspace.people.find(({ name }) => name === "Ann") ?? {};
    const { items } = at.teams.messages(0);
    expect(items.filter(({ channel }) => channel === chat)).toMatchObject([
      { channel_name: "Chat with Ann", author: { name: "Ann", app: false }, text: "hello" },
    ]);
    const again = await at.teams.life.home("Ann");
    expect(again).toMatchObject({ kind: "done", told: [{ event: "message" }], view: null });
    expect(await at.teams.life.home("Zoe")).toMatchObject({ kind: "unknown", what: "person" });
  });
});
