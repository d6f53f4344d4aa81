import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { redact } from "../../core/domain/redact.ts";
import { feedLine, type TimedEntry } from "../../core/log/feed-line.ts";
import { createLog, type LogOptions } from "../../core/log.ts";
import type { LogEntry } from "../../core/ports/log.ts";

const at = new Date(2026, 10, 20, 14, 2, 3);
const event = "evt_01jd3x5m8q2w4e6r8t0y1p3s5d" as const;
const delivery = "dlv_01jd3x5m8q2w4e6r8t0y1p3s5d" as const;
const approval = "apr_01jd3x5m8q2w4e6r8t0y1p3s5d" as const;

const received: LogEntry = {
  kind: "event.received",
  event,
  producer: "ci",
  type: "deploy.requested",
  subject: "web/1.4.2",
  known: true,
  duplicate: false,
  rules: ["Production deploys"],
  destinations: 2,
  durationMs: 3,
};
const attempted: Extract<LogEntry, { kind: "delivery.attempted" }> = {
  kind: "delivery.attempted",
  delivery,
  event,
  platform: "slack",
  task: "post",
  label: "#releases",
  attempt: 1,
  outcome: "sent",
  durationMs: 38,
};
const closed: LogEntry = {
  kind: "approval.closed",
  approval,
  event,
  state: "approved",
  revision: 2,
  sentence: "approved by Ann in Slack",
};
const trouble: LogEntry = { kind: "hub.trouble", where: "worker", error: "the disk is full" };

const plain = (entry: LogEntry) => feedLine({ ...entry, at } as TimedEntry, pc.createColors(false));

function logged(entries: readonly LogEntry[], options: Partial<LogOptions>): readonly string[] {
  const lines: string[] = [];
  const log = createLog({
    format: "json",
    level: "info",
    write: (line) => lines.push(line),
    now: () => at,
    ...options,
  });
  for (const entry of entries) log.write(entry);
  return lines;
}

describe("feedLine", () => {
  it("keeps the columns of the surface", () => {
    expect(
      [
        received,
        attempted,
        { ...attempted, platform: "teams", label: "Ops › General", durationMs: 41.4 } as const,
        closed,
        {
          ...attempted,
          platform: "callback",
          task: "callback",
          label: "ci.example",
          status: 200,
          durationMs: 12,
        } as const,
      ].map(plain),
    ).toEqual([
      `14:02:03  -->  deploy.requested   web/1.4.2                          ${event}`,
      `14:02:03  <--  slack  #releases          posted    38 ms             ${delivery}`,
      `14:02:03  <--  teams  Ops › General      posted    41 ms             ${delivery}`,
      `14:02:03   ✓   approved by Ann in Slack                              ${approval}`,
      `14:02:03  <--  callback  ci.example      200       12 ms             ${delivery}`,
    ]);
  });

  it("says behind the id what went wrong, and when it is tried again", () => {
    const retried = {
      ...attempted,
      outcome: "retry",
      because: "ratelimited",
      nextAt: new Date(2026, 10, 20, 14, 2, 8),
    } as const;
    expect(plain(retried)).toMatch(/retry +38 ms +dlv_\w+ {2}ratelimited, again at 14:02:08$/);
    expect(plain({ ...attempted, outcome: "rejected", because: "channel_not_found" })).toContain(
      "failed",
    );
  });

  it("never leaves an event without a word that reached nobody, was unknown or came twice", () => {
    const unrouted: LogEntry = { ...received, rules: [], known: false };
    expect(plain(unrouted)).toMatch(/unknown type, no rule matched$/);
    expect(plain({ ...unrouted, destinations: 0 })).toMatch(/no rule matched, goes nowhere$/);
    expect(plain({ ...received, duplicate: true })).toMatch(/duplicate, nothing done twice$/);
  });

  it("cuts what is too long, so that ids stay in their column", () => {
    const line = plain({ ...received, subject: "x".repeat(500) });
    expect(line.indexOf(event)).toBe(69);
    expect(line).toContain("…");
    expect(
      plain({ ...attempted, label: "#a-channel-with-a-very-long-name" }).indexOf(delivery),
    ).toBe(69);
  });

  it("lets no text from outside break the line, colour it or hide", () => {
    const line = plain({ ...received, type: "a\u001b[2Jb", subject: "c\nd\u202ee\u200bf" });
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it("is coloured on a terminal only", () => {
    const escapeSign = "\u001b[";
    expect(logged([received], { format: "feed", colour: true }).join()).toContain(escapeSign);
    expect(logged([received], { format: "feed" }).join()).not.toContain(escapeSign);
  });
});

describe("createLog", () => {
  it("writes one JSON object a line, with time, level and every field", () => {
    const lines = logged([received, trouble], {});
    expect(lines.every((line) => line.endsWith("\n"))).toBe(true);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { level: "info", time: at.toISOString(), ...received },
      { level: "error", time: at.toISOString(), ...trouble },
    ]);
  });

  it.each(["json", "feed"] as const)("leaves out what is below its level, as %s", (format) => {
    const refused: LogEntry = {
      kind: "request.refused",
      door: "/slack/events",
      status: 401,
      because: "bad_signature",
    };
    const failed: LogEntry = { ...attempted, outcome: "rejected" };
    const all = [received, attempted, refused, failed, trouble];
    expect(logged(all, { format, level: "info" })).toHaveLength(5);
    expect(logged(all, { format, level: "warn" })).toHaveLength(3);
    expect(logged(all, { format, level: "error" })).toHaveLength(1);
  });

  it.each(["json", "feed"] as const)(
    "hides secrets that an error text brought along, as %s",
    (format) => {
      const secrets = [
        "xoxb-12345678-abcdefgh",
        "cs_abcdefghijklmnop",
        "whsec_abcdefghijklmnop",
        "eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl",
        "abcdefgh12345678ijkl",
      ] as const;
      const [slack, key, callback, token, link] = secrets;
      const error = `a ${slack} b ${key} c ${callback} d Bearer ${token} e http://hub/start/${link} f`;
      const text = logged([{ ...trouble, error }], { format }).join();
      for (const secret of secrets) expect(text).not.toContain(secret);
      expect(text).toMatch(/a \[hidden\] b .* f/);
    },
  );

  it("tells those who follow, whatever its level, until they stop or throw", () => {
    const heard: string[] = [];
    const log = createLog({ format: "json", level: "error", write: () => {}, now: () => at });
    const stop = log.subscribe((entry) => heard.push(`${entry.kind} ${entry.at.toISOString()}`));
    log.subscribe(() => {
      throw new Error("a broken follower");
    });
    log.write(received);
    log.write(closed);
    stop();
    log.write(received);
    expect(heard).toEqual(
      ["event.received", "approval.closed"].map((kind) => `${kind} ${at.toISOString()}`),
    );
  });
});

describe("redact", () => {
  it("hides fields by their name, at any depth, and leaves the rest as it was", () => {
    const value = {
      at,
      token: "short",
      deep: [{ clientSecret: "x", signing_secret: "y", name: "Ann", count: 2 }],
    };
    expect(redact(value)).toEqual({
      at,
      token: "[hidden]",
      deep: [{ clientSecret: "[hidden]", signing_secret: "[hidden]", name: "Ann", count: 2 }],
    });
  });

  it("leaves ids and subjects readable", () => {
    const text = `${event} web/1.4.2 https://ci.example/deploys/812 19:abc@thread.tacv2`;
    expect(redact(text)).toBe(text);
  });
});
