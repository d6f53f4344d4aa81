import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SlackChannel } from "../../../core/domain/destination.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { codeOf, resultOf } from "../../../core/domain/send-result.ts";
import type { ChatAdapter } from "../../../core/ports/chat-platform.ts";
import type { SlackInstallation } from "../../../core/ports/installations.ts";
import { createClients } from "../../../slack-app/outbound/client.ts";
import { createSlackAdapter } from "../../../slack-app/outbound/send.ts";
import { approved, type Listening, listen, waiting } from "../rig.ts";

type Script = (method: string, response: ServerResponse, body: URLSearchParams) => void;

const json =
  (answer: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Script =>
  (_method, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(answer));
  };
const fails = (error: string, more = {}) => json({ ok: false, error, ...more });

const installation: SlackInstallation = {
  platform: "slack",
  slackTeamId: "T1",
  name: "Acme",
  botToken: "xoxb-secret-token",
  botId: "B1",
  botUserId: "U1",
  scopes: [],
};

const destination: SlackChannel = {
  kind: "slack",
  id: deriveId("destination", "releases"),
  organization: deriveId("organization", "own"),
  revision: 1,
  name: "#releases",
  slackTeamId: "T1",
  channelId: "C1",
};
const ref = { platform: "slack", workspace: "T1", channel: "C1", message: "1.2" } as const;

describe("the Slack adapter", () => {
  let slack: Listening;
  let adapter: ChatAdapter<"slack">;
  let calls: { method: string; body: URLSearchParams; authorization: string | undefined }[];
  let script: Script;

  const adapterAt = (apiUrl: string, timeoutMs = 5_000) =>
    createSlackAdapter(
      { slack: async (team) => (team === "T1" ? installation : undefined) },
      createClients({ apiUrl }, timeoutMs),
    );

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = new URLSearchParams(Buffer.concat(chunks).toString());
    const method = (request.url ?? "").slice("/api/".length);
    calls.push({ method, body, authorization: request.headers.authorization });
    script(method, response, body);
  };

  beforeEach(async () => {
    calls = [];
    slack = await listen();
    slack.mounts.push({
      path: "/api",
      handle: (request, response) => void serve(request, response),
    });
    adapter = adapterAt(`${slack.url}/api/`);
  });
  afterEach(() => slack.close());

  it("posts blocks and text, quietly, with the token in the header alone", async () => {
    script = json({ ok: true, channel: "C9", ts: "1763722582.000100" });
    const report = await adapter.post(destination, waiting);
    expect(report.result).toEqual({
      kind: "sent",
      ref: { platform: "slack", workspace: "T1", channel: "C9", message: "1763722582.000100" },
    });
    expect(report.status).toBe(200);
    const [call] = calls;
    expect(call?.authorization).toBe("Bearer xoxb-secret-token");
    const sent = Object.fromEntries(call?.body ?? []);
    expect(sent).toMatchObject({ channel: "C1", unfurl_links: "false", unfurl_media: "false" });
    expect(JSON.parse(sent["blocks"] ?? "")[0].text.text).toBe("Deploy web 1.4.2");
    expect(sent["text"]).toMatch(/^Deploy web 1.4.2 — waiting/);
    expect(JSON.stringify([report, sent])).not.toContain("secret-token");
  });

  it("U12: edits by channel and ts, with text and blocks", async () => {
    script = json({ ok: true, channel: "C1", ts: "1.2" });
    const report = await adapter.edit(ref, approved);
    expect(report.result).toEqual({ kind: "sent", ref });
    expect(calls[0]?.method).toBe("chat.update");
    const sent = Object.fromEntries(calls[0]?.body ?? []);
    expect(sent).toMatchObject({ channel: "C1", ts: "1.2" });
    expect(sent["blocks"]).toContain("Approved by Ann");
    expect(sent["text"]).toContain("approved by Ann");
  });

  it("C6: writes a note into the thread of a message, and not into the channel", async () => {
    script = json({ ok: true, channel: "C1", ts: "1.3" });
    const at = new Date("2026-11-20T14:02:00Z");
    const said = { kind: "text", text: "✓ Approved by <!channel> · " } as const;
    const line = [said, { kind: "time", at, style: "clock" }] as const;
    const report = await adapter.note(ref, { line, body: "*well*", plainText: "✓ <@U1>" });
    expect(report.result).toEqual({ kind: "sent" });
    expect(calls[0]?.method).toBe("chat.postMessage");
    const { text, blocks, ...sent } = Object.fromEntries(calls[0]?.body ?? []);
    expect(sent).toEqual({
      ...{ channel: "C1", thread_ts: "1.2", unfurl_links: "false", unfurl_media: "false" },
    });
    expect(text).toBe("✓ &lt;@U1&gt;");
    expect(JSON.parse(blocks ?? "")).toEqual([
      {
        type: "context",
        elements: [
          {
            type: "mrkdwn",
            text: "✓ Approved by &lt;!channel&gt; · <!date^1795183320^{time}|14:02 UTC>",
            verbatim: true,
          },
        ],
      },
      { type: "section", text: { type: "plain_text", text: "*well*", emoji: false } },
    ]);
  });

  it.each<[string, Script, object]>([
    [
      "a 429",
      json({ ok: false, error: "ratelimited" }, 429, { "retry-after": "7" }),
      { kind: "retry", afterMs: 7_000 },
    ],
    ["a 429 without Retry-After", json({}, 429), { kind: "retry", afterMs: 30_000 }],
    [
      "a 429 that names no time at all",
      json({}, 429, { "retry-after": "0" }),
      { kind: "retry", afterMs: 30_000 },
    ],
    [
      "a 429 that names no time that ever comes",
      json({}, 429, { "retry-after": "9".repeat(30) }),
      { kind: "retry", afterMs: 86_400_000 },
    ],
    ["a 500", json({}, 500), { kind: "retry", because: "Slack answered with HTTP 500" }],
    ["a 503", json({}, 503), { kind: "retry" }],
    ["a 404", json({}, 404), { kind: "rejected" }],
    ["a page instead of JSON", (_m, response) => response.end("<p>proxy</p>"), { kind: "unknown" }],
    [
      "a connection reset",
      (_m, response) => response.socket?.resetAndDestroy(),
      { kind: "unknown" },
    ],
    [
      "an answer cut in its middle",
      (_m, response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write("{", () => response.socket?.destroy());
      },
      { kind: "unknown" },
    ],
    ["no ts in the answer", json({ ok: true }), { kind: "unknown" }],
    [
      "missing_scope",
      fails("missing_scope", { needed: "chat:write" }),
      { kind: "rejected", because: "missing_scope: reinstall the app to grant chat:write" },
    ],
    ["a name that nobody knows", fails("brand_new"), { kind: "rejected", because: /^brand_new: / }],
  ])("takes %s for what it means", async (_name, answer, expected) => {
    script = answer;
    const { result } = await adapter.post(destination, waiting);
    const { because, ...rest } = expected as { because?: string | RegExp };
    expect(result).toMatchObject(rest);
    if (because instanceof RegExp)
      expect(result).toHaveProperty("because", expect.stringMatching(because));
    else if (because !== undefined) expect(result).toHaveProperty("because", because);
    expect(calls).toHaveLength(1);
  });

  it.each([
    ["not_in_channel", "channel"],
    ["channel_not_found", "reroute"],
    ["is_archived", "reroute"],
    ["channel_is_archived", "reroute"],
    ["is_inactive", "reroute"],
    ["invalid_auth", "workspace"],
    ["not_authed", "workspace"],
    ["account_inactive", "workspace"],
    ["token_revoked", "workspace"],
    ["token_expired", "workspace"],
    ["invalid_refresh_token", "workspace"],
    ["team_access_not_granted", "workspace"],
    ["org_login_required", "workspace"],
    ["ekm_access_denied", "workspace"],
    ["missing_scope", "reject"],
    ["not_allowed_token_type", "reject"],
    ["restricted_action", "reroute"],
    ["restricted_action_read_only_channel", "reroute"],
    ["restricted_action_thread_only_channel", "reroute"],
    ["restricted_action_non_threadable_channel", "reroute"],
    ["posting_to_general_channel_denied", "reroute"],
    ["ratelimited", "retry"],
    ["rate_limited", "retry"],
    ["message_limit_exceeded", "retry"],
    ["invalid_blocks", "shorten"],
    ["invalid_blocks_format", "shorten"],
    ["msg_too_long", "shorten"],
    ["msg_blocks_too_long", "shorten"],
    ["no_text", "shorten"],
    ["message_not_found", "repost"],
    ["cant_update_message", "repost"],
    ["edit_window_closed", "repost"],
    ["user_not_found", "reroute"],
    ["users_not_found", "reroute"],
    ["user_not_in_channel", "reroute"],
    ["user_disabled", "reroute"],
    ["cannot_dm_bot", "reroute"],
    ["messages_tab_disabled", "reroute"],
    ["expired_trigger_id", "reject"],
    ["exchanged_trigger_id", "reject"],
    ["internal_error", "retry"],
    ["service_unavailable", "retry"],
    ["team_added_to_org", "retry"],
    ["external_channel_migrating", "retry"],
    ["update_failed", "retry"],
    ["fatal_error", "unknown"],
    ["request_timeout", "unknown"],
  ] as const)("A14: answers %s with the verdict %s, and names it", async (code, verdict) => {
    script = fails(code);
    const { result } = await adapter.edit(ref, approved);
    if (result.kind === "sent") throw new Error("It was sent.");
    expect(result).toEqual(resultOf(verdict, result.because));
    expect(codeOf(result.because)).toBe(code);
    expect(result.because.length).toBeGreaterThan(code.length + 10);
    expect(calls).toHaveLength(1);
  });

  it("takes a deleted copy for a rejected edit", async () => {
    script = fails("message_not_found");
    const { result } = await adapter.edit(ref, approved);
    expect(result).toMatchObject({
      kind: "rejected",
      because: "message_not_found: the copy was deleted",
    });
  });

  it("U9: does not know what became of a post that timed out, and does not repeat it", async () => {
    script = () => {};
    const { result } = await adapterAt(`${slack.url}/api/`, 50).post(destination, waiting);
    expect(result).toEqual({ kind: "unknown", because: "no answer in time" });
    expect(calls).toHaveLength(1);
  });

  it("tries again later where nobody listens", async () => {
    const gone = await listen();
    await gone.close();
    const { result } = await adapterAt(`${gone.url}/api/`).post(destination, waiting);
    expect(result).toMatchObject({ kind: "retry", because: "ECONNREFUSED: Slack was not reached" });
  });

  it("is disconnected from a workspace without an installation, and calls nobody", async () => {
    const { result } = await adapter.post({ ...destination, slackTeamId: "T2" }, waiting);
    expect(result).toMatchObject({ kind: "disconnected", from: "workspace" });
    expect(calls).toEqual([]);
  });

  const methodsCalled = () => calls.map((call) => call.method);

  it("U29: joins a public channel once and posts again", async () => {
    script = (method, response, body) => {
      const isIn = calls.some((call) => call.method === "conversations.join");
      const answer = method === "chat.postMessage" && !isIn ? fails("not_in_channel") : undefined;
      (answer ?? json({ ok: true, channel: "C1", ts: "1.2" }))(method, response, body);
    };
    expect((await adapter.post(destination, waiting)).result).toEqual({ kind: "sent", ref });
    expect(methodsCalled()).toEqual(["chat.postMessage", "conversations.join", "chat.postMessage"]);
  });

  it("U29: joins a public channel for a note in a thread, too", async () => {
    script = (method, response, body) => {
      const isIn = calls.some((call) => call.method === "conversations.join");
      const answer = method === "chat.postMessage" && !isIn ? fails("not_in_channel") : undefined;
      (answer ?? json({ ok: true, channel: "C1", ts: "1.3" }))(method, response, body);
    };
    const note = {
      line: [{ kind: "text", text: "Ann approved" }],
      plainText: "Ann approved",
    } as const;
    expect((await adapter.note(ref, note)).result).toEqual({ kind: "sent" });
    expect(methodsCalled()).toEqual(["chat.postMessage", "conversations.join", "chat.postMessage"]);
  });

  it("U29: does not join a second time", async () => {
    script = (method, response, body) =>
      (method === "chat.postMessage" ? fails("not_in_channel") : json({ ok: true }))(
        method,
        response,
        body,
      );
    const { result } = await adapter.post(destination, waiting);
    expect(result).toMatchObject({ kind: "disconnected", from: "channel" });
    expect(methodsCalled()).toEqual(["chat.postMessage", "conversations.join", "chat.postMessage"]);
  });

  it.each<[string, Script, object]>([
    [
      "refused",
      fails("method_not_supported_for_channel_type"),
      {
        kind: "disconnected",
        from: "channel",
        because: "not_in_channel: invite the app to the channel",
      },
    ],
    ["limited", json({}, 429, { "retry-after": "2" }), { kind: "retry", afterMs: 2_000 }],
    ["lost", (_m, response) => response.socket?.resetAndDestroy(), { kind: "retry" }],
    [
      "refused for an archived channel",
      fails("is_archived"),
      { kind: "rejected", remedy: "reroute" },
    ],
  ])("U29: says what is to be done when joining is %s", async (_name, join, expected) => {
    script = (method, response, body) =>
      (method === "chat.postMessage" ? fails("not_in_channel") : join)(method, response, body);
    expect((await adapter.post(destination, waiting)).result).toMatchObject(expected);
    expect(methodsCalled()).toEqual(["chat.postMessage", "conversations.join"]);
  });
});
