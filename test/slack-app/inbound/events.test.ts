import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceNews } from "../../../core/ports/workspace-news.ts";
import { type Rig, sign, startRig } from "../rig.ts";

type Fields = Readonly<Record<string, unknown>>;

describe("events at the Slack door", () => {
  let rig: Rig;
  let told: WorkspaceNews[];

  beforeEach(async () => {
    rig = await startRig();
    told = [];
    rig.tell = async (news) => void told.push(news);
  });
  afterEach(() => rig.close());

  const envelope = (event: Fields, over: Fields = {}) => ({
    token: "legacy",
    team_id: rig.installation.slackTeamId,
    api_app_id: "A1",
    event,
    type: "event_callback",
    event_id: "Ev1",
    event_time: 1_795_000_000,
    authorizations: [
      {
        enterprise_id: null,
        team_id: rig.installation.slackTeamId,
        user_id: rig.installation.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    ...over,
  });

  const send = (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const text = JSON.stringify(body);
    return fetch(`${rig.hub.url}/slack/events`, {
      method: "POST",
      body: text,
      headers: {
        ...sign(rig.settings.signingSecret, text),
        "content-type": "application/json",
        ...headers,
      },
    });
  };
  const hear = async (event: Fields, over: Fields = {}) => {
    const { status } = await send(envelope(event, over));
    return { status, told: told.map(({ platform: _, news: __, at: ___, ...rest }) => rest) };
  };

  it("answers Slack's check of the address", async () => {
    const answer = await send({ type: "url_verification", challenge: "3eZbrw", token: "legacy" });
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("3eZbrw")]);
  });

  it.each<[string, Fields, Fields]>([
    [
      "channel_created",
      { channel: { id: "C1", name: "new", created: 1, creator: "U1" } },
      { kind: "channel_created", channel: "C1", name: "#new" },
    ],
    [
      "channel_rename",
      { channel: { id: "C1", name: "ships", created: 1 } },
      { kind: "channel_renamed", channel: "C1", name: "#ships" },
    ],
    [
      "group_rename",
      { channel: { id: "G1", name: "ships", created: 1 } },
      { kind: "channel_renamed", channel: "G1", name: "#ships" },
    ],
    ["channel_archive", { channel: "C1", user: "U1" }, { kind: "channel_archived", channel: "C1" }],
    ["group_archive", { channel: "G1" }, { kind: "channel_archived", channel: "G1" }],
    ["channel_unarchive", { channel: "C1" }, { kind: "channel_restored", channel: "C1" }],
    ["group_unarchive", { channel: "G1" }, { kind: "channel_restored", channel: "G1" }],
    ["channel_deleted", { channel: "C1" }, { kind: "channel_deleted", channel: "C1" }],
    ["group_deleted", { channel: "G1" }, { kind: "channel_deleted", channel: "G1" }],
    ["channel_left", { channel: "C1" }, { kind: "app_left", channel: "C1" }],
    ["group_left", { channel: "G1" }, { kind: "app_left", channel: "G1" }],
    [
      "channel_id_changed",
      { old_channel_id: "G1", new_channel_id: "C2" },
      { kind: "channel_id_changed", channel: "G1", became: "C2" },
    ],
  ])("A18: %s is told as news of the workspace", async (type, event, expected) => {
    const workspace = rig.installation.slackTeamId;
    expect(await hear({ type, ...event })).toEqual({
      status: 200,
      told: [{ workspace, ...expected }],
    });
    expect(told[0]).toMatchObject({ news: "Ev1", at: new Date(1_795_000_000_000) });
  });

  it("A6: only the app's own joining is news", async () => {
    const joined = { type: "member_joined_channel", channel: "G1", channel_type: "G" };
    expect(await hear({ ...joined, user: "U0SOMEBODY" })).toEqual({ status: 200, told: [] });
    const { told } = await hear({ ...joined, user: rig.installation.botUserId });
    expect(told).toEqual([
      { workspace: rig.installation.slackTeamId, kind: "app_joined", channel: "G1" },
    ]);
  });

  it.each<[string, Fields]>([
    ["app_uninstalled", {}],
    ["tokens_revoked", { tokens: { oauth: ["U1"], bot: ["U2"] } }],
  ])("U21: %s is told also where the installation has ended", async (type, event) => {
    rig.lookUp = async () => undefined;
    const workspace = rig.installation.slackTeamId;
    const alone = { authorizations: undefined };
    expect(await hear({ type, ...event }, alone)).toEqual({
      status: 200,
      told: [{ workspace, kind: "app_removed", code: type }],
    });
  });

  it("tokens of people alone end nothing", async () => {
    const event = { type: "tokens_revoked", tokens: { oauth: ["U1"] } };
    expect(await hear(event, { authorizations: undefined })).toEqual({ status: 200, told: [] });
  });

  it("U23: a workspace added to an org-wide grant is told under the organization", async () => {
    const event = { type: "team_access_granted", team_ids: ["T7", "T8"] };
    const over = { team_id: null, enterprise_id: "E1", authorizations: undefined };
    rig.lookUp = async (id) => (id === "E1" ? rig.installation : undefined);
    expect(await hear(event, over)).toEqual({
      status: 200,
      told: [
        { workspace: "E1", kind: "team_granted", team: "T7" },
        { workspace: "E1", kind: "team_granted", team: "T8" },
      ],
    });
    expect(told.map(({ news }) => news)).toEqual(["Ev1 T7", "Ev1 T8"]);
  });

  it("U17: other events of a workspace that the hub does not serve are refused and logged", async () => {
    rig.lookUp = async () => undefined;
    expect(await hear({ type: "channel_archive", channel: "C1" })).toEqual({
      status: 401,
      told: [],
    });
    expect(rig.log).toContainEqual(
      expect.objectContaining({ kind: "request.refused", because: "workspace_unknown" }),
    );
  });

  it("U15: an event that could not be stored is not acknowledged, so that Slack tells it again", async () => {
    rig.tell = async () => {
      throw new Error("the store is away");
    };
    expect((await hear({ type: "channel_archive", channel: "C1" })).status).toBe(500);
    expect(rig.log).toContainEqual(
      expect.objectContaining({ kind: "hub.trouble", where: "slack.bolt" }),
    );
  });

  it("acknowledges only after what follows is on disk", async () => {
    let store = () => {};
    let stored = false;
    rig.tell = (news) =>
      new Promise((resolve) => {
        told.push(news);
        store = () => {
          stored = true;
          resolve();
        };
      });
    const answered = hear({ type: "channel_archive", channel: "C1" }).then(() => stored);
    await expect.poll(() => told.length).toBe(1);
    store();
    expect(await answered).toBe(true);
  });

  it("an event that nobody acts on is acknowledged", async () => {
    expect(await hear({ type: "app_home_opened", user: "U1", tab: "home" })).toEqual({
      status: 200,
      told: [],
    });
  });
});
