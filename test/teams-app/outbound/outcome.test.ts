import { describe, expect, it } from "vitest";
import { resultOf } from "../../../core/domain/send-result.ts";
import { failureOf } from "../../../teams-app/outbound/outcome.ts";

const now = new Date("2026-11-20T12:00:00Z");
const named = (status: number, code: string) =>
  ({ kind: "answered", status, body: JSON.stringify({ error: { code, message: "…" } }) }) as const;

describe("failureOf", () => {
  it.each([
    [403, "BotNotInConversationRoster", "channel"],
    [403, "BotDisabledByAdmin", "workspace"],
    [403, "ConversationBlockedByUser", "reroute"],
    [403, "MessageWritesBlocked", "reroute"],
    [403, "ForbiddenOperationException", "reroute"],
    [403, "NotEnoughPermissions", "reroute"],
    [403, "InvalidBotApiHost", "retry"],
    [404, "ConversationNotFound", "reroute"],
    [404, "ActivityNotFoundInConversation", "repost"],
    [401, "BotNotRegistered", "workspace"],
    [401, "Unauthorized", "workspace"],
    [413, "MessageSizeTooBig", "shorten"],
    [413, "RequestEntityTooLarge", "shorten"],
    [429, "Throttled", "retry"],
    [408, "RequestTimeout", "retry"],
    [412, "PreconditionFailed", "retry"],
    [500, "ServiceError", "retry"],
    [502, "BadGateway", "retry"],
    [503, "ServiceError", "retry"],
    [504, "GatewayTimeout", "retry"],
    [400, "BadArgument", "shorten"],
    [400, "BadSyntax", "shorten"],
    [418, "Teapot", "reject"],
  ] as const)("A14: reads %i %s as %s, and names it", (status, code, verdict) => {
    expect(failureOf(named(status, code), now)).toEqual(resultOf(verdict, code));
  });

  it("takes a 429 for a matter of time, whatever name it carries", () => {
    expect(failureOf(named(429, "BotNotInConversationRoster"), now)).toMatchObject({
      kind: "retry",
    });
  });

  it.each([
    "AADSTS700016",
    "AADSTS7000229",
    "AADSTS7000215",
    "AADSTS7000222",
    "AADSTS65001",
    "AADSTS90002",
  ])("A14: reads %s from the login as a lost workspace", (code) => {
    const answer = { kind: "login_refused", status: 400, code } as const;
    expect(failureOf(answer, now)).toEqual(resultOf("workspace", code));
  });

  it("tries again when the login itself has trouble", () => {
    const answer = { kind: "login_refused", status: 503, code: "temporarily_unavailable" } as const;
    expect(failureOf(answer, now)).toMatchObject({ kind: "retry" });
  });

  it("keeps the wait that Teams names, in seconds or as a date", () => {
    const busy = named(429, "Throttled");
    expect(failureOf({ ...busy, retryAfter: "2" }, now)).toMatchObject({ afterMs: 2_000 });
    const date = "Fri, 20 Nov 2026 12:00:05 GMT";
    expect(failureOf({ ...busy, retryAfter: date }, now)).toMatchObject({ afterMs: 5_000 });
    expect(failureOf({ ...busy, retryAfter: "soon" }, now)).not.toHaveProperty("afterMs");
  });

  it.each(["0", "Fri, 20 Nov 2026 11:59:58 GMT"])(
    "takes a wait of %s for none, so that the hub's own pause grows",
    (retryAfter) => {
      const busy = { ...named(429, "Throttled"), retryAfter };
      expect(failureOf(busy, now)).toEqual({ kind: "retry", because: "Throttled" });
    },
  );

  it.each(["172800", "9".repeat(30), "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "waits a day where Teams says %s, so that a channel is not silent with nobody told",
    (retryAfter) => {
      const busy = { ...named(429, "Throttled"), retryAfter };
      expect(failureOf(busy, now)).toMatchObject({ afterMs: 86_400_000 });
    },
  );

  it("knows an unanswered call from one that was never made", () => {
    expect(failureOf({ kind: "silent", because: "timeout" }, now)).toMatchObject({
      kind: "unknown",
    });
    const refused = { kind: "unreachable", because: "ECONNREFUSED" } as const;
    expect(failureOf(refused, now)).toMatchObject({ kind: "retry" });
  });

  it("takes no code from a body that is not the connector's", () => {
    const page = { kind: "answered", status: 502, body: "<html>" } as const;
    expect(failureOf(page, now)).toEqual({ kind: "retry", because: "http_502" });
    expect(failureOf(named(400, "two words"), now)).toMatchObject({ because: "http_400" });
  });
});
