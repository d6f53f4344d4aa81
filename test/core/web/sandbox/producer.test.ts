import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFileJournal } from "../../../../core/web/sandbox/file-journal.ts";
import { createSandboxProducer } from "../../../../core/web/sandbox/producer.ts";

const secret = `whsec_${randomBytes(24).toString("base64")}`;
const approved = JSON.stringify({
  type: "approval.approved",
  timestamp: "2026-11-20T14:02:19Z",
  data: { approval: "apr_1", event: "evt_1", revision: 2, state: "approved" },
});

/** The headers of a Standard Webhooks message. */
const signed = (body: string, { at = new Date(), id = "apr_1.2", by = secret } = {}) => ({
  "webhook-id": id,
  "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
  "webhook-signature": new Webhook(by).sign(id, at, body),
});
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

describe("the producer of the sandbox", () => {
  let folder: string;
  let server: Server;
  let url: string;
  let producer: ReturnType<typeof build>;
  const build = () =>
    createSandboxProducer({
      path: "/callback",
      secret,
      journal: createFileJournal(join(folder, "producer.jsonl")),
      now: () => new Date("2026-11-20T14:02:20Z"),
    });
  const send = (body: string, headers: Record<string, string>) =>
    fetch(url, { method: "POST", body, headers });
  const newest = () => producer.callbacks(0).items.at(-1);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "producer-"));
    producer = build();
    server = createServer((asked, answer) => producer.mount.handle(asked, answer));
    await once(server.listen(0, "127.0.0.1"), "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it("takes a callback whose signature is right", async () => {
    expect((await send(approved, signed(approved))).status).toBe(200);
    expect(newest()).toEqual({
      id: 1,
      webhook_id: "apr_1.2",
      type: "approval.approved",
      approval: "apr_1",
      event: "evt_1",
      revision: 2,
      received_at: "2026-11-20T14:02:20.000Z",
      verdict: "verified",
      repeat: false,
      status: 200,
      body: JSON.parse(approved),
    });
  });

  it.each([
    ["was changed on the way", approved.replace("approved", "rejected"), signed(approved)],
    ["was signed with another secret", approved, signed(approved, { by: "whsec_AAAA" })],
    ["is older than five minutes", approved, signed(approved, { at: minutes(-6) })],
    ["comes from the future", approved, signed(approved, { at: minutes(6) })],
    ["has no signature", approved, { "webhook-id": "apr_1.2" }],
    ["was signed for another id", approved, { ...signed(approved), "webhook-id": "apr_2.2" }],
  ])("refuses a callback that %s", async (_how, body, headers) => {
    expect((await send(body, headers as Record<string, string>)).status).toBe(401);
    expect(newest()).toMatchObject({ verdict: expect.stringMatching(/^refused: ./), status: 401 });
  });

  it("knows a message that it has taken before", async () => {
    await send(approved, signed(approved));
    await send(approved, signed(approved));
    await send(approved, signed(approved, { id: "apr_1.3" }));
    expect(producer.callbacks(0).items.map(({ repeat }) => repeat)).toEqual([false, true, false]);
  });

  it("does not take a refused message for one that it has seen", async () => {
    await send(approved, signed(approved, { by: "whsec_AAAA" }));
    await send(approved, signed(approved));
    expect(newest()).toMatchObject({ verdict: "verified", repeat: false });
  });

  it("answers what chaos says, as often as it says, and takes nothing before that", async () => {
    producer.setChaos({ next: 2, answer: 429, effect: "before" });
    const answers = [];
    for (let count = 0; count < 3; count += 1) {
      const answer = await send(approved, signed(approved));
      answers.push([answer.status, answer.headers.get("retry-after"), producer.chaosLeft()]);
    }
    expect(answers).toEqual([
      [429, "1", 1],
      [429, "1", 0],
      [200, null, 0],
    ]);
    expect(producer.callbacks(0).items).toHaveLength(1);
  });

  it("takes the message and then fails, where chaos says so; the retry is a repeat", async () => {
    producer.setChaos({ next: 1, answer: 500, effect: "after" });
    expect((await send(approved, signed(approved))).status).toBe(500);
    expect(newest()).toMatchObject({ verdict: "verified", repeat: false, status: 500 });
    expect((await send(approved, signed(approved))).status).toBe(200);
    expect(newest()).toMatchObject({ verdict: "verified", repeat: true, status: 200 });
  });

  it("hangs up where chaos says reset", async () => {
    producer.setChaos({ next: 1, answer: "reset", effect: "before" });
    await expect(send(approved, signed(approved))).rejects.toThrow();
    expect((await send(approved, signed(approved))).status).toBe(200);
  });

  it("lives on when a sender hangs up in the middle of a body", async () => {
    const cut = request(url, { method: "POST", headers: { "content-length": "1000" } });
    cut.on("error", () => undefined);
    cut.write('{"type":');
    const [, answer] = await once(server, "request");
    cut.destroy();
    await once(answer, "close");
    expect(producer.callbacks(0).items).toEqual([]);
    expect((await send(approved, signed(approved))).status).toBe(200);
  });

  it("refuses a body that no callback has", async () => {
    const huge = JSON.stringify({ type: "x".repeat(1_100_000) });
    expect((await send(huge, signed(huge))).status).toBe(413);
    expect(producer.callbacks(0).items).toEqual([]);
  });

  it("remembers over a restart what it has taken", async () => {
    await send(approved, signed(approved));
    const { next } = producer.callbacks(0);
    producer = build();
    await send(approved, signed(approved));
    expect(producer.callbacks(next).items).toMatchObject([{ id: 2, repeat: true }]);
  });

  it("goes on counting after it was cleared, so that no callback is missed", async () => {
    await send(approved, signed(approved));
    const { next } = producer.callbacks(0);
    producer.clear();
    await send(approved, signed(approved));
    expect(producer.callbacks(next).items).toHaveLength(1);
  });

  it("calls its listeners on every callback", async () => {
    let changes = 0;
    producer.onChange(() => {
      changes += 1;
    });
    await send(approved, signed(approved));
    expect(changes).toBe(1);
  });
});
