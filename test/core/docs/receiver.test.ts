import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createReceiver } from "../../../core/docs/receiver.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const body = JSON.stringify({
  type: "approval.approved",
  data: { approval: "apr_1", key: "web/1.4.2", votes: [] },
});

describe("the receiver of the documentation", () => {
  let server: Server;
  let told: string[];
  let works = true;
  let busy: Promise<void> | undefined;
  beforeEach(async () => {
    told = [];
    works = true;
    busy = undefined;
    const receiver = createReceiver(secret, async ({ data }) => {
      await busy;
      if (!works) throw new Error("busy");
      told.push(String(data.key));
    });
    server = createServer(receiver).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => void server.close());

  const call = async (at: Date, sent = body, signedWith = secret) => {
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/hooks`, {
      method: "POST",
      body: sent,
      headers: {
        "webhook-id": "dlv_1",
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        "webhook-signature": new Webhook(signedWith).sign("dlv_1", at, body),
      },
    });
    return answer.status;
  };

  it("E1: takes what is signed, and does it once however often it is told", async () => {
    expect(await call(new Date())).toBe(204);
    expect(await call(new Date())).toBe(204);
    expect(told).toEqual(["web/1.4.2"]);
  });

  it("E1: refuses what is older than five minutes, was changed, or is signed by somebody else", async () => {
    expect(await call(new Date(Date.now() - 301_000))).toBe(401);
    expect(await call(new Date(), body.replace("approved", "rejected"))).toBe(401);
    const other = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
    expect(await call(new Date(), body, other)).toBe(401);
    expect(told).toEqual([]);
  });

  it("E2: does once what takes longer than the hub waits for an answer", async () => {
    let goOn = () => {};
    busy = new Promise((resolve) => {
      goOn = resolve;
    });
    const answers = [call(new Date()), call(new Date())];
    await pause(100);
    goOn();
    expect(await Promise.all(answers)).toEqual([204, 204]);
    expect(told).toEqual(["web/1.4.2"]);
  });

  it("asks for another try when it could not act", async () => {
    works = false;
    expect(await call(new Date())).toBe(500);
    works = true;
    expect(await call(new Date())).toBe(204);
    expect(told).toEqual(["web/1.4.2"]);
  });
});
