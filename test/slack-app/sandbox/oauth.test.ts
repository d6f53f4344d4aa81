import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStandIn, type StandIn } from "./stand-in.ts";

const minutes = (count: number) => count * 60_000;

describe("installing at the local Slack", () => {
  let at: StandIn;
  let redirect: string;

  beforeEach(async () => {
    at = await openStandIn({ installed: false });
    redirect = `${at.hub.url}/slack/oauth_redirect`;
  });
  afterEach(() => at.close());

  const codeFor = async (wish = {}, query = {}) => {
    at.life.consent({ outcome: "accept", ...wish });
    return (await at.visit(query)).query["code"] ?? "";
  };

  it("begins with nothing installed, and the app in no channel", async () => {
    expect((await at.call("auth.test")).body).toEqual({ ok: false, error: "invalid_auth" });
    const [acme] = at.life.workspaces();
    expect(acme).toMatchObject({ name: "Acme", installed: false });
    expect(acme?.channels.some(({ member }) => member)).toBe(false);
  });

  describe("the consent page", () => {
    it("asks who one is, names the scopes, and runs without scripts", async () => {
      const { answer, page } = await at.visit({ scope: "chat:write,users:read.email" });
      expect(answer.status).toBe(200);
      for (const text of ["Ann in Acme", "Dov (guest) in Acme", "Umbrella (whole organization)"])
        expect(page).toContain(text);
      expect(page).toContain("<code>users:read.email</code>");
      expect(page).not.toContain("<script");
      const policy = answer.headers.get("content-security-policy");
      expect(policy).toContain(`form-action 'self' ${at.hub.url}`);
      expect(policy).not.toContain("unsafe");
    });

    it("offers one workspace alone where the address names it", async () => {
      const globex = at.life.workspaces().find(({ name }) => name === "Globex");
      const { page } = await at.visit({ team: globex?.id ?? "" });
      expect(page).toContain("Gil in Globex");
      expect(page).not.toContain("Acme");
    });

    it("shows what came in the address as text", async () => {
      const { page } = await at.visit({ state: '"><script>alert(1)</script>' });
      expect(page).not.toContain("<script>");
      expect(page).toContain("&quot;&gt;&lt;script&gt;");
    });

    it.each<[string, "allow" | "cancel", object]>([
      ["Allow", "allow", { state: "our-state", code: expect.stringMatching(/^[0-9a-f]{64}$/) }],
      ["Cancel", "cancel", { state: "our-state", error: "access_denied" }],
    ])("leads back on %s", async (_name, pressed, expected) => {
      const { page } = await at.visit();
      const form = new URLSearchParams();
      for (const [, name = "", value = ""] of page.matchAll(/name="(\w+)" value="([^"]*)"/g))
        if (name !== "answer") form.set(name, value);
      form.set("who", /<option value="([^"]+)">Ann in Acme/.exec(page)?.[1] ?? "");
      form.set("answer", pressed);
      const answer = await fetch(at.settings.authorizeUrl, {
        method: "POST",
        redirect: "manual",
        body: form,
      });
      expect(answer.status).toBe(302);
      const to = new URL(answer.headers.get("location") ?? "");
      expect(to.origin + to.pathname).toBe(redirect);
      expect(Object.fromEntries(to.searchParams)).toEqual(expected);
    });

    it.each<[string, Record<string, string>, string]>([
      ["a foreign client id", { client_id: "1.2" }, "invalid_client_id"],
      [
        "an address that nobody registered",
        { redirect_uri: "https://evil.example/" },
        "bad_redirect_uri",
      ],
      ["a scope that Slack does not have", { scope: "chat:write,chat:scream" }, "invalid_scope"],
      ["no scope", { scope: "" }, "invalid_scope"],
    ])("shows Slack's own error page for %s, and leads nowhere", async (_name, query, error) => {
      at.life.consent({ outcome: "accept" });
      const { answer, page } = await at.visit(query);
      expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
      expect(page).toContain(`<code>${error}</code>`);
    });

    it.each<[string, object, string]>([
      ["a guest", { as: "Dov" }, "user_is_restricted"],
      ["somebody of another workspace", { as: "Gil", workspace: "Acme" }, "org_login_required"],
    ])("lets no %s install", async (_name, wish, error) => {
      at.life.consent({ outcome: "accept", ...wish });
      expect((await at.visit()).page).toContain(`<code>${error}</code>`);
    });

    it("takes a loopback address over plain http, and refuses any other", async () => {
      await at.close();
      at = await openStandIn({ installed: false, hubUrl: "http://hub.example" });
      const { page } = await at.visit({ redirect_uri: "http://hub.example/slack/oauth_redirect" });
      expect(page).toContain("<code>bad_redirect_uri</code>");
    });

    it("decides one visit beforehand, and asks again at the next", async () => {
      at.life.consent({ outcome: "cancel" });
      expect((await at.visit()).query).toEqual({ error: "access_denied", state: "our-state" });
      expect((await at.visit()).answer.status).toBe(200);
    });

    it("brings back another state when a forger is to be played", async () => {
      at.life.consent({ outcome: "wrong_state" });
      const { query } = await at.visit();
      expect(query["code"]).toBeDefined();
      expect(query["state"]).not.toBe("our-state");
    });
  });

  describe("the exchange", () => {
    it("answers as Slack does, to the SDK as well", async () => {
      const code = await codeFor({ as: "Ann" });
      const { clientId, clientSecret, apiUrl } = at.settings;
      const answer = await new WebClient(undefined, { slackApiUrl: apiUrl }).oauth.v2.access({
        client_id: clientId,
        client_secret: clientSecret,
        code,
        redirect_uri: redirect,
      });
      const [home] = at.life.workspaces();
      expect(answer).toMatchObject({
        ok: true,
        token_type: "bot",
        scope: "channels:read,chat:write",
        team: { id: home?.id, name: "Acme" },
        enterprise: null,
        is_enterprise_install: false,
        authed_user: { id: home?.people[0]?.id },
        bot_user_id: at.slack.installation.botUserId,
      });
      expect(answer.access_token).toMatch(/^xoxb-/);
      expect(answer).not.toHaveProperty("refresh_token");
      const { body, headers } = await at.call("auth.test", {}, answer.access_token);
      expect(body).toMatchObject({ ok: true, team: "Acme", team_id: home?.id });
      expect(headers.get("x-oauth-scopes")).toBe("channels:read,chat:write");
    });

    it("takes the app's id and secret in the header too", async () => {
      const { clientId, clientSecret, apiUrl } = at.settings;
      const answer = await fetch(`${apiUrl}oauth.v2.access`, {
        method: "POST",
        headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
        body: new URLSearchParams({ code: await codeFor(), redirect_uri: redirect }),
      });
      expect(await answer.json()).toMatchObject({ ok: true });
    });

    it.each<[string, (code: string) => object, string]>([
      ["a foreign client id", () => ({ client_id: "1.2" }), "invalid_client_id"],
      ["a wrong secret", () => ({ client_secret: "x" }), "bad_client_secret"],
      ["a code that nobody gave out", () => ({ code: "x" }), "invalid_code"],
      [
        "another address",
        (code) => ({ code, redirect_uri: "https://a.example/" }),
        "bad_redirect_uri",
      ],
      [
        "no address where one was named",
        (code) => ({ code, redirect_uri: undefined }),
        "bad_redirect_uri",
      ],
    ])("refuses %s by Slack's name, and leaves the code good", async (_name, given, error) => {
      const code = await codeFor();
      const refused = await at.trade({ code, redirect_uri: redirect, ...given(code) });
      expect(refused.body).toEqual({ ok: false, error });
      expect((await at.trade({ code, redirect_uri: redirect })).body.ok).toBe(true);
    });

    it("takes a code once, and for ten minutes", async () => {
      const [code, late] = [await codeFor(), await codeFor()];
      expect((await at.trade({ code, redirect_uri: redirect })).body.ok).toBe(true);
      const again = await at.trade({ code, redirect_uri: redirect });
      expect(again.body.error).toBe("code_already_used");
      at.clock.offsetMs += minutes(10);
      const tooLate = await at.trade({ code: late, redirect_uri: redirect });
      expect(tooLate.body.error).toBe("invalid_code");
    });

    it("gives the same token again while it lives, and adds scopes up", async () => {
      const first = await at.install({ without: ["channels:read"] });
      const second = await at.install({}, { scope: "channels:read,chat:write,users:read" });
      expect(first["scope"]).toBe("chat:write");
      expect(second["scope"]).toBe("channels:read,chat:write,users:read");
      expect(second.access_token).toBe(first.access_token);
    });

    it("knows the installation after a restart", async () => {
      const { access_token } = await at.install();
      await at.slack.close?.();
      const again = at.start();
      expect(again.life?.workspaces()[0]).toMatchObject({ name: "Acme", installed: true });
      expect(again.installation.botToken).toBe(access_token);
      expect((await at.call("auth.test", {}, access_token)).body.ok).toBe(true);
      expect(JSON.stringify(at.journal.lines)).not.toContain(access_token);
    });
  });

  describe("with tokens that run out", () => {
    const renew = (refresh_token: string) =>
      at.trade({ grant_type: "refresh_token", refresh_token });

    it("gives half a day, and renews by a token that works once", async () => {
      const first = await at.install({ rotating: true });
      expect(first).toMatchObject({ expires_in: 43_200 });
      expect(first.access_token).toMatch(/^xoxe\.xoxb-1-/);
      at.clock.offsetMs += minutes(12 * 60);
      const over = await at.call("auth.test", {}, first.access_token);
      expect(over.body.error).toBe("token_expired");
      const { body } = await renew(first.refresh_token);
      expect(body).toMatchObject({ ok: true, expires_in: 43_200, team: { name: "Acme" } });
      const renewed = await at.call("auth.test", {}, String(body["access_token"]));
      expect(renewed.body.ok).toBe(true);
      expect((await renew(first.refresh_token)).body.error).toBe("invalid_refresh_token");
      expect((await renew(String(body["refresh_token"]))).body.ok).toBe(true);
    });

    it("lets them run out on demand", async () => {
      const { access_token } = await at.install({ rotating: true });
      await at.life.access({ do: "expire" });
      const answer = await at.call("auth.test", {}, access_token);
      expect(answer.body.error).toBe("token_expired");
    });

    it.each([
      ["no refresh token", ""],
      ["one that nobody gave out", "xoxe-1-other"],
    ])("refuses %s", async (_name, token) => {
      expect((await renew(token)).body.error).toBe("invalid_refresh_token");
    });
  });

  describe("rights", () => {
    it("names the scope that is missing, and those that are there", async () => {
      const { access_token } = await at.install();
      const answer = await at.call("users.info", { user: "U1" }, access_token);
      expect(answer.body).toEqual({
        ok: false,
        error: "missing_scope",
        needed: "users:read",
        provided: "channels:read,chat:write",
      });
      expect(answer.headers.get("x-oauth-scopes")).toBe("channels:read,chat:write");
    });

    it("asks for the scope of private channels where private ones are listed", async () => {
      const { access_token } = await at.install();
      const types = "public_channel,private_channel";
      const answer = await at.call("conversations.list", { types }, access_token);
      expect(answer.body).toMatchObject({ error: "missing_scope", needed: "groups:read" });
    });

    it("can be taken from an installation", async () => {
      const { access_token } = await at.install();
      await at.life.access({ do: "narrow", without: ["chat:write"] });
      const answer = await at.call("chat.postMessage", { channel: "C1", text: "x" }, access_token);
      expect(answer.body).toMatchObject({ error: "missing_scope", needed: "chat:write" });
    });
  });

  describe("several workspaces", () => {
    it("gives each its own token, which sees its own workspace alone", async () => {
      const acme = await at.install();
      const globex = await at.install({ workspace: "Globex", as: "Gil" });
      expect(globex["team"]).toMatchObject({ name: "Globex" });
      const names = async (token: string) => {
        const { body } = await at.call("conversations.list", {}, token);
        return (body["channels"] as { name: string }[]).map(({ name }) => name).toSorted();
      };
      expect(await names(globex.access_token)).toEqual(["deploys", "general"]);
      expect(await names(acme.access_token)).toEqual(["finance", "ops", "releases"]);
      const channel = at.channelId("#deploys");
      const foreign = await at.call("conversations.info", { channel }, acme.access_token);
      expect(foreign.body.error).toBe("channel_not_found");
    });

    it("installs into a whole organization, which then adds workspaces", async () => {
      const org = await at.install({ workspace: "Umbrella" });
      expect(org).toMatchObject({
        team: null,
        enterprise: { name: "Umbrella" },
        is_enterprise_install: true,
      });
      const token = org.access_token;
      expect((await at.call("auth.teams.list", {}, token)).body["teams"]).toEqual([]);
      const added = await at.life.access({ workspace: "Umbrella Sales", do: "grant" });
      expect(added).toMatchObject({ told: [{ event: "team_access_granted", status: 200 }] });
      const sales = at.life.workspaces().find(({ name }) => name === "Umbrella Sales");
      expect((await at.call("auth.teams.list", {}, token)).body["teams"]).toEqual([
        { id: sales?.id, name: "Umbrella Sales" },
      ]);
      const unnamed = await at.call("conversations.list", {}, token);
      expect(unnamed.body.error).toBe("missing_argument");
      const listed = await at.call("conversations.list", { team_id: sales?.id }, token);
      expect(listed.body["channels"]).toMatchObject([{ name: "deals" }]);
      const research = at.life.workspaces().find(({ name }) => name === "Umbrella Research");
      const other = await at.call("conversations.list", { team_id: research?.id }, token);
      expect(other.body.error).toBe("team_access_not_granted");
      await at.life.access({ workspace: "Umbrella Sales", do: "withdraw" });
      const gone = await at.call("conversations.list", { team_id: sales?.id }, token);
      expect(gone.body.error).toBe("team_access_not_granted");
      expect(at.hub.heard.map(({ body }) => body.event)).toMatchObject([
        { type: "team_access_granted", team_ids: [sales?.id] },
        { type: "team_access_revoked", team_ids: [sales?.id] },
      ]);
    });
  });
});
