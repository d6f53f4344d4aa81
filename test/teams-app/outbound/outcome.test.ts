import { describe, expect, it } from "vitest";
import { failureOf } from "../../../teams-app/outbound/outcome.ts";

const now = new Date("2026-11-20T12:00:00Z");
const named = (status: number, code: string) =>
  ({ kind: "answered", status, body: JSON.stringify({ error: { code, message: "…" } }) }) as const;

describe("failureOf", () => {
  it.each([
    [403, "BotNotInConversationRoster", "rejected"],
    [403, "BotDisabledByAdmin", "disconnected"],
    [403, "ConversationBlockedByUser", "rejected"],
    [403, "MessageWritesBlocked", "rejected"],
    [403, "ForbiddenOperationException", "rejected"],
    [403, "NotEnoughPermissions", "rejected"],
    [403, "InvalidBotApiHost", "retry"],
    [404, "ConversationNotFound", "rejected"],
    [404, "ActivityNotFoundInConversation", "rejected", "repost"],
    [401, "BotNotRegistered", "disconnected"],
    [401, "Unauthorized", "disconnected"],
    [413, "MessageSizeTooBig", "rejected", "shorten"],
    [429, "Throttled", "retry"],
    [412, "PreconditionFailed", "retry"],
    [500, "ServiceError", "retry"],
    [502, "BadGateway", "retry"],
    [503, "ServiceError", "retry"],
    [504, "GatewayTimeout", "retry"],
    [400, "BadArgument", "rejected", "shorten"],
    [400, "BadSyntax", "rejected", "shorten"],
    [418, "Teapot", "rejected"],
  ])("reads %i %s as %s", (status, code, kind, remedy?: string) => {
    const mending = remedy === undefined ? {} : { remedy };
    expect(failureOf(named(status, code), now)).toEqual({ kind, because: code, ...mending });
  });

  it.each([
    "AADSTS700016",
    "AADSTS7000229",
    "AADSTS7000215",
    "AADSTS7000222",
    "AADSTS65001",
    "AADSTS90002",
  ])("reads %s from the login as disconnected", (code) => {
    const answer = { kind: "login_refused", status: 400, code } as const;
    expect(failureOf(answer, now)).toEqual({ kind: "disconnected", because: code });
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
