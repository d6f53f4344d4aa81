import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Heard, openStandIn, type StandIn } from "./stand-in.ts";

const signatureOf = (secret: string, { headers, raw }: Heard) => {
  const stamp = headers["x-slack-request-timestamp"];
  return `v0=${createHmac("sha256", secret).update(`v0:${stamp}:${raw}`).digest("hex")}`;
};

describe("events of the local Slack", () => {
  let at: StandIn;

  afterEach(() => at.close());

  describe("told as Slack tells them", () => {
    beforeEach(async () => {
      at = await openStandIn({ retryMs: [0, 0, 0] });
    });

    const archive = () => at.life.changeChannel({ do: "archive", channel: "#ops" });

    it("come signed, in an envelope that names the installation", async () => {
      const before = Math.floor(at.clock.now().getTime() / 1_000);
      expect(await archive()).toMatchObject({ told: [{ event: "channel_archive", status: 200 }] });
      const [heard] = at.hub.heard;
      const seconds = Number(heard?.body["event_time"]);
      expect(seconds).toBeGreaterThanOrEqual(before);
      expect(seconds).toBeLessThanOrEqual(at.clock.now().getTime() / 1_000);
      const [home] = at.life.workspaces();
      expect(heard?.headers["content-type"]).toBe("application/json");
      expect(heard?.headers["x-slack-signature"]).toBe(
        signatureOf(at.settings.signingSecret, heard as Heard),
      );
      expect(heard?.headers).not.toHaveProperty("x-slack-retry-num");
      expect(heard?.body).toMatchObject({
        type: "event_callback",
        team_id: home?.id,
        event_id: expect.stringMatching(/^Ev0[0-9A-F]{9}$/),
        authorizations: [
          {
            enterprise_id: null,
            team_id: home?.id,
            user_id: at.slack.installation.botUserId,
            is_bot: true,
            is_enterprise_install: false,
          },
        ],
        event: { type: "channel_archive", channel: at.channelId("#ops") },
      });
    });

    it("come three times more where they are not acknowledged, with number and reason", async () => {
      at.hub.answerWith(() => ({ status: 500 }));
      expect(await archive()).toMatchObject({ told: [{ status: 500 }] });
      await at.hub.until(4);
      expect(
        at.hub.heard.map(({ headers }) => [
          headers["x-slack-retry-num"],
          headers["x-slack-retry-reason"],
        ]),
      ).toEqual([
        [undefined, undefined],
        ["1", "http_error"],
        ["2", "http_error"],
        ["3", "http_error"],
      ]);
      expect(new Set(at.hub.heard.map(({ body }) => body["event_id"])).size).toBe(1);
    });

    it("come no more once they are acknowledged", async () => {
      at.hub.answerWith(({ headers }) => ({ status: headers["x-slack-retry-num"] ? 200 : 500 }));
      await archive();
      await at.hub.until(2);
      await at.life.changeChannel({ do: "unarchive", channel: "#ops" });
      await at.hub.until(4);
      expect(at.hub.heard.map(({ body }) => body.event?.type)).toEqual([
        "channel_archive",
        "channel_archive",
        "channel_unarchive",
        "channel_unarchive",
      ]);
    });

    it("count an answer after three seconds as none", async () => {
      at.hub.answerWith(({ headers }) => ({ status: headers["x-slack-retry-num"] ? 200 : 0 }));
      expect(await archive()).toMatchObject({ told: [{ status: 0 }] });
      await at.hub.until(2);
      expect(at.hub.heard[1]?.headers["x-slack-retry-reason"]).toBe("http_timeout");
    });

    it("prove the address by a challenge", async () => {
      at.hub.answerWith(({ body }) => ({ status: 200, text: String(body["challenge"]) }));
      expect(await at.life.verifyAddress()).toEqual({ status: 200, proven: true });
      at.hub.answerWith(() => ({ status: 200, text: "ok" }));
      expect(await at.life.verifyAddress()).toEqual({ status: 200, proven: false });
      expect(at.hub.heard[0]?.body).toMatchObject({ type: "url_verification" });
    });

    it("come for workspaces with the app alone", async () => {
      const made = await at.life.changeChannel({
        do: "create",
        workspace: "Globex",
        name: "quiet",
      });
      expect(made).toMatchObject({ kind: "done", told: [] });
    });
  });

  it("waits a minute and five where nothing else is asked for, and forgets them when it closes", async () => {
    at = await openStandIn();
    at.hub.answerWith(() => ({ status: 500 }));
    await at.life.changeChannel({ do: "archive", channel: "#ops" });
    await at.hub.until(2);
    await at.slack.close?.();
    expect(at.hub.heard).toHaveLength(2);
  });

  describe("of channels", () => {
    beforeEach(async () => {
      at = await openStandIn();
    });

    const types = () => at.hub.heard.map(({ body }) => body.event?.type);
    const last = () => at.hub.heard.at(-1)?.body.event;

    it("tell of making, renaming, archiving and deleting", async () => {
      const made = await at.life.changeChannel({ do: "create", name: "launch" });
      const id = made.kind === "done" ? made.id : "";
      expect(last()).toMatchObject({ type: "channel_created", channel: { id, name: "launch" } });
      await at.life.changeChannel({ do: "rename", channel: id, name: "lift-off" });
      expect(last()).toMatchObject({ type: "channel_rename", channel: { id, name: "lift-off" } });
      for (const what of ["archive", "unarchive", "delete"] as const)
        await at.life.changeChannel({ do: what, channel: "#lift-off" });
      expect(types().slice(2)).toEqual(["channel_archive", "channel_unarchive", "channel_deleted"]);
      const gone = await at.call("conversations.info", { channel: id });
      expect(gone.body.error).toBe("channel_not_found");
    });

    it("tell the app that it was let in, and put out", async () => {
      await at.life.changeChannel({ do: "remove", channel: "#ops" });
      expect(last()).toMatchObject({ type: "channel_left", channel: at.channelId("#ops") });
      const post = { channel: at.channelId("#ops"), text: "x" };
      expect((await at.call("chat.postMessage", post)).body.error).toBe("not_in_channel");
      await at.life.changeChannel({ do: "invite", channel: "#ops" });
      expect(last()).toMatchObject({
        type: "member_joined_channel",
        user: at.slack.installation.botUserId,
        channel_type: "C",
      });
      expect((await at.call("chat.postMessage", post)).body.ok).toBe(true);
    });

    it("call private channels groups, and tell nothing of those without the app", async () => {
      await at.life.changeChannel({ do: "archive", channel: "#security" });
      await at.life.changeChannel({ do: "unarchive", channel: "#security" });
      expect(types()).toEqual([]);
      await at.life.changeChannel({ do: "invite", channel: "#security" });
      for (const what of ["archive", "unarchive"] as const)
        await at.life.changeChannel({ do: what, channel: "#security" });
      await at.life.changeChannel({ do: "rename", channel: "#security", name: "safety" });
      await at.life.changeChannel({ do: "remove", channel: "#safety" });
      expect(types()).toEqual([
        "member_joined_channel",
        "group_archive",
        "group_unarchive",
        "group_rename",
        "group_left",
      ]);
    });

    it("tell that a channel has another id, under which its messages are found", async () => {
      const old = at.channelId("#releases");
      const posted = await at.call("chat.postMessage", { channel: old, text: "x" });
      const changed = await at.life.changeChannel({ do: "change_id", channel: "#releases" });
      const id = changed.kind === "done" ? changed.id : "";
      expect(last()).toMatchObject({
        type: "channel_id_changed",
        old_channel_id: old,
        new_channel_id: id,
      });
      const { ts } = posted.body;
      const edit = { ts, text: "y" };
      expect((await at.call("chat.update", { channel: old, ...edit })).body.error).toBe(
        "channel_not_found",
      );
      expect((await at.call("chat.update", { channel: id, ...edit })).body.ok).toBe(true);
    });

    it.each<[string, Parameters<StandIn["life"]["changeChannel"]>[0], object]>([
      [
        "an unknown channel",
        { do: "archive", channel: "#none" },
        { kind: "unknown", what: "channel" },
      ],
      [
        "an unknown workspace",
        { do: "create", name: "x", workspace: "Initech" },
        { what: "workspace" },
      ],
      ["a name that is taken", { do: "create", name: "ops" }, { code: "name_taken" }],
      [
        "a name with capitals",
        { do: "rename", channel: "#ops", name: "Ops" },
        { code: "invalid_name_specials" },
      ],
      ["what is not archived", { do: "unarchive", channel: "#ops" }, { code: "not_archived" }],
      ["the app where it is", { do: "invite", channel: "#ops" }, { code: "already_in_channel" }],
      [
        "people of another company",
        { do: "invite", channel: "#ops", person: "Gil" },
        { code: "cant_invite" },
      ],
    ])("refuses %s, and tells nothing", async (_name, wish, expected) => {
      expect(await at.life.changeChannel(wish)).toMatchObject(expected);
      expect(types()).toEqual([]);
    });
  });

  describe("of leaving", () => {
    beforeEach(async () => {
      at = await openStandIn();
    });

    const told = () => at.hub.heard.map(({ body }) => body.event?.type);

    it("kills the tokens, and is told in two events without authorizations", async () => {
      await at.life.uninstall({});
      expect((await at.call("auth.test")).body.error).toBe("account_inactive");
      expect(told()).toEqual(["app_uninstalled", "tokens_revoked"]);
      for (const { body } of at.hub.heard) expect(body).not.toHaveProperty("authorizations");
      expect(at.hub.heard[1]?.body.event).toMatchObject({
        tokens: { oauth: [], bot: [at.slack.installation.botUserId] },
      });
    });

    it("is told in the other order, not at all, or late with the time at which it was", async () => {
      await at.life.uninstall({ first: "tokens_revoked" });
      expect(told()).toEqual(["tokens_revoked", "app_uninstalled"]);
      await at.install();
      await at.life.uninstall({ silent: true });
      expect(at.hub.heard).toHaveLength(2);
      await at.install();
      const then = Math.floor(at.clock.now().getTime() / 1_000);
      expect(await at.life.uninstall({ after_ms: 1 })).toMatchObject({ kind: "done", told: [] });
      at.clock.offsetMs += 60_000;
      await at.hub.until(4);
      expect(Number(at.hub.heard[3]?.body["event_time"]) - then).toBeLessThan(60);
    });

    it.each([
      ["uninstalled", "account_inactive"],
      ["revoked", "token_revoked"],
      ["forgotten", "invalid_auth"],
    ] as const)("answers a token that was %s with %s", async (how, error) => {
      await at.life.uninstall({ how, silent: true });
      expect((await at.call("auth.test")).body).toEqual({ ok: false, error });
    });

    it("is what the app may do itself, by its token or with its secret", async () => {
      const first = at.slack.installation.botToken;
      expect((await at.call("auth.revoke", { test: true })).body).toMatchObject({ revoked: false });
      expect((await at.call("auth.revoke")).body).toMatchObject({ revoked: true });
      expect((await at.call("auth.revoke")).body.error).toBe("token_revoked");
      await at.hub.until(2);
      const { access_token } = await at.install();
      expect(access_token).not.toBe(first);
      const app = { client_id: at.settings.clientId, client_secret: at.settings.clientSecret };
      const uninstall = (given: object) => at.call("apps.uninstall", { ...given }, access_token);
      const wrong = await uninstall({ ...app, client_secret: "x" });
      expect(wrong.body.error).toBe("bad_client_secret");
      expect((await uninstall(app)).body.ok).toBe(true);
      expect((await uninstall(app)).body.error).toBe("account_inactive");
      await at.hub.until(4);
    });

    it("leaves the channels and the messages where they are", async () => {
      const before = at.life.workspaces()[0]?.channels;
      await at.life.uninstall({});
      const { access_token } = await at.install();
      expect(at.life.workspaces()[0]?.channels).toEqual(before);
      const post = { channel: at.channelId("#ops"), text: "back" };
      expect((await at.call("chat.postMessage", post, access_token)).body.ok).toBe(true);
    });

    it("is refused where nothing is installed", async () => {
      expect(await at.life.uninstall({ workspace: "Globex" })).toEqual({
        kind: "unknown",
        what: "installation",
        asked: "Globex",
      });
    });
  });
});
