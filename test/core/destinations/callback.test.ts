import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { errors } from "undici";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAddressGuard, guardCode } from "../../../core/destinations/address-guard.ts";
import { callbackBody } from "../../../core/destinations/callback/callback-body.ts";
import { resultOfError, resultOfStatus } from "../../../core/destinations/callback/outcome.ts";
import { sendCallback } from "../../../core/destinations/callback/send-callback.ts";
import { revoke } from "../../../core/domain/after-approval.ts";
import type { Approval } from "../../../core/domain/approval.ts";
import { castVote } from "../../../core/domain/cast-vote.ts";
import { cancel } from "../../../core/domain/close-approval.ts";
import type { SendingDelivery } from "../../../core/domain/delivery.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { ann, approval, later, postOf, voteOf } from "../domain/samples.ts";

const result = castVote(approval, voteOf(ann, "approve", { reason: "lgtm" }), { mayDecide: true });
const approved: Approval = result.kind === "decided" ? result.approval : approval;
const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const { state: _, dueAt: __, ...record } = postOf(1);
const delivery: SendingDelivery = {
  ...record,
  id: deriveId("delivery", "callback"),
  state: "sending",
  fence: 1,
  startedAt: later(60),
};

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let received: Received[] = [];
let answerWith: (answer: ServerResponse) => void = (answer) => answer.end();
let origin = "";
const server = createServer(async (incoming, answer) => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  received.push({ path: String(incoming.url), headers: incoming.headers, body });
  answerWith(answer);
});
beforeEach(async () => {
  received = [];
  answerWith = (answer) => answer.end("thanks");
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise<unknown>((done) => server.close(done));
});

async function send(
  at = new Date(),
  url = `${origin}/hooks`,
  held: readonly string[] = [secret],
  mostBytes = 262_144,
  timeoutMs = 10_000,
) {
  const guard = createAddressGuard([origin]);
  const deps = {
    guard,
    clock: { now: () => at },
    hubUrl: "https://hub.example",
    mostBytes,
    timeoutMs,
    secretsOf: async () => held,
  };
  const report = await sendCallback(deps, url, delivery, approved);
  await guard.agent.destroy();
  return report;
}

describe("a callback", () => {
  it("E7: is not sent where it would be larger than callbacks may be, and says both sizes", async () => {
    const bytes = Buffer.byteLength(JSON.stringify(callbackBody(approved, "https://hub.example")));
    const report = await send(new Date(), `${origin}/hooks`, [secret], bytes - 1);
    const because = `too_large: ${bytes} bytes, and a callback may carry ${bytes - 1}`;
    expect(report.result).toEqual({ kind: "rejected", because });
    expect(received).toEqual([]);
    const fits = await send(new Date(), `${origin}/hooks`, [secret], bytes);
    expect(fits.result).toEqual({ kind: "sent" });
  });

  it("reads no more of an answer than people are shown", async () => {
    answerWith = (answer) => {
      const again = () => {
        while (!answer.destroyed && answer.write("x".repeat(65_536)));
      };
      answer.on("drain", again).on("error", () => {});
      again();
    };
    const report = await send();
    expect(report).toMatchObject({ result: { kind: "sent" }, status: 200 });
    expect(report.response).toHaveLength(16_384);
  });

  it("G4: shows people where it went by scheme and host alone, for the rest may hold a secret", async () => {
    const report = await send(new Date(), `${origin}/hooks/canary-path?token=canary-query`);
    expect(received[0]?.path).toBe("/hooks/canary-path?token=canary-query");
    expect(report.request).toMatchObject({ to: `${origin}/…` });
    expect(JSON.stringify(report)).not.toContain("canary");
  });

  it("G4: shows nothing of its address that a receiver quotes", async () => {
    answerWith = (answer) => {
      answer.statusCode = 404;
      answer.end("Cannot POST /hooks/canary-path?token=canary-query, see /hooks/canary-path");
    };
    const report = await send(new Date(), `${origin}/hooks/canary-path?token=canary-query`);
    expect(report).toMatchObject({ status: 404, result: { kind: "retry", because: "http_404" } });
    expect(report.response).toContain("Cannot POST");
    expect(JSON.stringify(report)).not.toContain("canary");
  });

  it("waits for no receiver that says its answer sign by sign, or begins none", async () => {
    let dripping: NodeJS.Timeout | undefined;
    answerWith = (answer) => {
      answer.write("x");
      dripping = setInterval(() => answer.write("x"), 50);
    };
    const impatient = () => send(new Date(), `${origin}/hooks`, [secret], 262_144, 300);
    const report = await impatient();
    clearInterval(dripping);
    expect(report).toMatchObject({ result: { kind: "sent" }, status: 200 });
    answerWith = () => {};
    expect((await impatient()).result).toEqual({ kind: "unknown", because: "timed_out" });
  });

  it("E1: is a Standard Webhooks message that its receiver verifies", async () => {
    const report = await send();
    expect(report).toMatchObject({ result: { kind: "sent" }, status: 200, response: "thanks" });
    const [{ headers, body, path } = { headers: {}, body: "", path: "" }] = received;
    expect(path).toBe("/hooks");
    const signed = headers as Record<string, string>;
    expect(new Webhook(secret).verify(body, signed)).toEqual(
      callbackBody(approved, "https://hub.example"),
    );
    expect(() => new Webhook(secret).verify(`${body} `, signed)).toThrow();
    expect(() =>
      new Webhook(`whsec_${btoa("another secret of some length")}`).verify(body, signed),
    ).toThrow();
  });

  it("E1: is refused by a receiver when it is older than five minutes", async () => {
    await send(new Date(Date.now() - 301_000));
    const [{ headers, body } = { headers: {}, body: "" }] = received;
    expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).toThrow(
      "too old",
    );
  });

  it("E2: keeps its id over every retry, under a signature of its own time", async () => {
    await send(later(0));
    await send(later(60));
    const [first, second] = received.map(({ headers }) => headers);
    expect(first?.["webhook-id"]).toBe(delivery.id);
    expect(second?.["webhook-id"]).toBe(delivery.id);
    expect(first?.["webhook-signature"]).not.toBe(second?.["webhook-signature"]);
  });

  it("follows no redirect", async () => {
    answerWith = (answer) => answer.writeHead(302, { location: `${origin}/elsewhere` }).end();
    expect(await send()).toMatchObject({
      result: { kind: "retry", because: "http_302" },
      status: 302,
    });
    expect(received.map(({ path }) => path)).toEqual(["/hooks"]);
  });

  it("has arrived by its status, whatever else the receiver says or breaks off", async () => {
    answerWith = (answer) => answer.end("x".repeat(200_000));
    expect(await send()).toMatchObject({ result: { kind: "sent" }, status: 200 });
    answerWith = (answer) => {
      answer.writeHead(200, { "content-length": "10" });
      answer.write("half", () => answer.destroy());
    };
    expect((await send()).status).toBe(200);
  });

  it("is unknown when the connection breaks before an answer", async () => {
    answerWith = (answer) => answer.destroy();
    expect((await send()).result).toMatchObject({ kind: "unknown" });
  });

  it("is tried again when nobody listens", async () => {
    const gone = origin;
    await new Promise((done) => server.close(done));
    const report = await send(later(0), `${gone}/hooks`);
    expect(report.result).toEqual({ kind: "retry", because: "unreachable: ECONNREFUSED" });
  });

  it("E1: is signed with both secrets while one follows the other, so a receiver with either takes it", async () => {
    const former = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
    await send(new Date(), `${origin}/hooks`, [secret, former]);
    const [call] = received;
    const headers = call?.headers as Record<string, string>;
    for (const known of [secret, former]) {
      expect(() => new Webhook(known).verify(call?.body ?? "", headers)).not.toThrow();
    }
    const stranger = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
    expect(() => new Webhook(stranger).verify(call?.body ?? "", headers)).toThrow();
  });

  it("goes nowhere that the guard refuses, and nowhere unsigned", async () => {
    const refused = await send(later(0), "https://10.0.0.1/");
    expect(refused.result).toEqual({ kind: "rejected", because: "address_private" });
    const rebound = await send(later(0), "https://localhost/");
    expect(rebound.result).toEqual({ kind: "rejected", because: "address_loopback" });
    const guard = createAddressGuard([origin]);
    const deps = {
      guard,
      clock: { now: () => later(0) },
      hubUrl: "",
      mostBytes: 262_144,
      secretsOf: async () => [],
    };
    const unsigned = await sendCallback(deps, `${origin}/hooks`, delivery, approved);
    expect(unsigned.result).toEqual({ kind: "rejected", because: "producer_unknown" });
    expect(received).toEqual([]);
  });
});

describe("what a receiver's answer means", () => {
  it.each<[number, string | undefined, object]>([
    [200, undefined, { kind: "sent" }],
    [204, undefined, { kind: "sent" }],
    [299, undefined, { kind: "sent" }],
    [301, undefined, { kind: "retry", because: "http_301" }],
    [400, undefined, { kind: "retry", because: "http_400" }],
    [404, undefined, { kind: "retry", because: "http_404" }],
    [410, undefined, { kind: "rejected", because: "http_410" }],
    [429, "7", { kind: "retry", because: "http_429", afterMs: 7_000 }],
    [503, "7", { kind: "retry", because: "http_503", afterMs: 7_000 }],
    [503, "86400", { kind: "retry", because: "http_503", afterMs: 3_600_000 }],
    [
      429,
      "Fri, 31 Dec 9999 23:59:59 GMT",
      { kind: "retry", because: "http_429", afterMs: 3_600_000 },
    ],
    [429, "Fri, 20 Nov 2026 11:59:58 GMT", { kind: "retry", because: "http_429" }],
    [503, undefined, { kind: "retry", because: "http_503" }],
    [503, "soon", { kind: "retry", because: "http_503" }],
    [503, "-1", { kind: "retry", because: "http_503" }],
    [500, "7", { kind: "retry", because: "http_500" }],
  ])("%d with Retry-After %j", (status, retryAfter, meant) => {
    expect(resultOfStatus(status, retryAfter)).toEqual(meant);
  });

  const failed = (code: string) => Object.assign(new Error("failed"), { code });
  it.each<[string, unknown, object]>([
    ["the guard", failed(guardCode), { kind: "rejected", because: "address_refused" }],
    ["an unknown name", failed("ENOTFOUND"), { kind: "retry", because: "unreachable: ENOTFOUND" }],
    [
      "no connection in time",
      new errors.ConnectTimeoutError(),
      { kind: "retry", because: "unreachable: UND_ERR_CONNECT_TIMEOUT" },
    ],
    [
      "no answer in time",
      new errors.HeadersTimeoutError(),
      { kind: "unknown", because: "timed_out" },
    ],
    ["a reset", failed("ECONNRESET"), { kind: "unknown", because: "connection_lost: ECONNRESET" }],
    ["anything else", "odd", { kind: "unknown", because: "connection_lost: error" }],
  ])("and a failure by %s", (_, cause, meant) => {
    expect(resultOfError(cause)).toEqual(meant);
  });
});

describe("the body of a callback", () => {
  it("tells the decision and every vote", () => {
    expect(callbackBody(approved, "https://hub.example")).toEqual({
      type: "approval.approved",
      timestamp: "2026-11-20T14:01:00.000Z",
      data: {
        approval: approval.id,
        revision: 2,
        state: "approved",
        decision: deriveId("decision", approval.id),
        hub: "https://hub.example",
        producer: "ci",
        event: approval.event,
        source: "ci",
        external_id: "812",
        key: "web/1.4.2",
        digest: `hmac-sha256:${approval.digest}`,
        policy: { name: "production", version: 4 },
        valid_until: null,
        action: "approve",
        choice: "approve",
        label: "Approve",
        reason: "lgtm",
        decided_at: "2026-11-20T14:01:00.000Z",
        via: "slack",
        votes: [
          {
            person: ann.id,
            name: "Ann",
            choice: "approve",
            reason: "lgtm",
            at: "2026-11-20T14:01:00.000Z",
            via: "slack",
            assurance: "click",
            identity: "link",
          },
        ],
      },
    });
  });

  it("of an approval that was taken back says why, and when it had been decided", () => {
    const revoked = revoke(approved, { name: "Ben", reason: "wrong version" }, later(600));
    if (!revoked) throw new Error("it was not revoked");
    expect(callbackBody(revoked, "")).toMatchObject({
      type: "approval.revoked",
      timestamp: "2026-11-20T14:10:00.000Z",
      data: {
        reason: "wrong version",
        decided_at: "2026-11-20T14:01:00.000Z",
        choice: "approve",
        votes: [{ reason: "lgtm" }],
      },
    });
    const { revokeReason: _, ...silent } = revoked;
    expect(callbackBody(silent, "")).toMatchObject({ data: { reason: null } });
  });

  it("of a request that nobody decided has no decision", () => {
    const cancelled = cancel(approval, { name: "ci", reason: "superseded" }, later(5));
    if (!cancelled) throw new Error("it was not cancelled");
    const { key: _, ...keyless } = cancelled;
    expect(callbackBody(keyless, "")).toMatchObject({
      type: "approval.cancelled",
      data: {
        key: null,
        decision: null,
        action: null,
        choice: null,
        label: null,
        reason: "superseded",
        via: null,
        votes: [],
      },
    });
  });
});
