import { describe, expect, it } from "vitest";
import { createAddressGuard } from "../../../core/destinations/address-guard.ts";
import { createSlackWebhook } from "../../../core/destinations/slack-webhook/adapter.ts";
import type { HookAdapter } from "../../../core/ports/destination-hook.ts";
import { createVault } from "../../../core/secrets.ts";
import { renderMessage } from "../../../slack-app/render/message.ts";
import { describeDestination } from "../../contracts/destination.contract.ts";

const starts = ["https://hooks.slack.com/"];
const gone = (because: string) => ({ kind: "rejected", because, remedy: "reroute" }) as const;

describeDestination({
  kind: "slack-webhook",
  create: (deps, origin) =>
    createSlackWebhook({
      ...deps,
      starts: [...starts, `${origin}/`],
      draw: async (message) => renderMessage(message),
    }) as HookAdapter,
  taken: { status: 200, text: "ok" },
  answers: [
    [
      "payload not read",
      { status: 400, text: "invalid_payload" },
      { kind: "rejected", because: "invalid_payload" },
    ],
    [
      "blocks not taken",
      { status: 400, text: "invalid_blocks" },
      { kind: "rejected", because: "invalid_blocks", remedy: "shorten" },
    ],
    ["limited by an admin", { status: 403, text: "action_prohibited" }, gone("action_prohibited")],
    ["token wrong", { status: 403, text: "invalid_token" }, gone("invalid_token")],
    ["hook deleted", { status: 404, text: "no_service" }, gone("no_service")],
    ["app removed", { status: 404, text: "no_active_hooks" }, gone("no_active_hooks")],
    ["channel deleted", { status: 404, text: "channel_not_found" }, gone("channel_not_found")],
    ["channel archived", { status: 410, text: "channel_is_archived" }, gone("channel_is_archived")],
    ["workspace off", { status: 403, text: "team_disabled" }, gone("team_disabled")],
    [
      "too fast",
      { status: 429, headers: { "retry-after": "30" }, text: "rate_limited" },
      { kind: "retry", because: "http_429: rate_limited", afterMs: 30_000 },
    ],
    [
      "trouble at Slack",
      { status: 500, text: "rollup_error" },
      { kind: "retry", because: "rollup_error" },
    ],
    [
      "a page in between",
      { status: 502, text: "<html>Bad gateway</html>" },
      { kind: "retry", because: "http_502: <html>Bad gateway</html>" },
    ],
  ],
  textIn: (body) => JSON.stringify(body),
});

describe("the address of a Slack incoming webhook", () => {
  const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
  const adapter = createSlackWebhook({
    ...{ vault, hubUrl: "https://hub.example", guard: createAddressGuard([]), starts },
    draw: async () => ({}),
  });

  it.each([
    ["https://hooks.slack.com/services/T0/B0/abc", undefined],
    ["https://hooks.slack.com:443/services/T0/B0/abc", undefined],
    ["https://hooks.slack.com:8443/services/T0/B0/abc", "url_port"],
    ["http://hooks.slack.com/services/T0/B0/abc", "url_not_https"],
    ["https://hooks.slack.com.evil.example/services/T0", "url_wrong_kind"],
    ["https://evil.example/hooks.slack.com/", "url_wrong_kind"],
    ["https://hooks.slack.com@evil.example/", "url_wrong_kind"],
    ["https//:hooks.slack.com/services", "url_malformed"],
    ["", "url_missing"],
  ])("A22: %j: %s", (address, code) => {
    expect(adapter.check({ address })[0]?.code).toBe(code);
  });
});
