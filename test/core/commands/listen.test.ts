import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { run, type SmallWorld, smallWorld } from "./small-world.ts";

const at = "2026-11-20T14:00:00.000Z";
const received = {
  kind: "event.received",
  event: "evt_1",
  producer: "ci",
  type: "deploy.requested",
  known: true,
  duplicate: false,
  rules: ["a"],
  destinations: 1,
  durationMs: 1,
  at,
};
const alert = { ...received, event: "evt_2", type: "alert.fired" };
const sent = {
  kind: "delivery.attempted",
  delivery: "dlv_1",
  event: "evt_1",
  platform: "slack",
  task: "post",
  label: "#releases",
  attempt: 1,
  outcome: "retry",
  nextAt: at,
  durationMs: 2,
  at,
};
const last = { kind: "sign_in", person: "Ann", how: "link", at };

/** A feed that sends these entries to each listener in turn and then ends; the last listener's stream stays open. */
async function feeding(
  streams: readonly (readonly object[])[],
  words: readonly string[],
  until: string,
) {
  let times = 0;
  const answer = (response: ServerResponse) => {
    const entries = streams[times] ?? [];
    times += 1;
    response.writeHead(200, { "Content-Type": "text/event-stream" }).write(": hello\n\n");
    for (const entry of entries) response.write(`data: ${JSON.stringify(entry)}\n\n`);
    if (times < streams.length) response.end();
  };
  const server = createServer((_, response) => answer(response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world: SmallWorld = smallWorld({
    out: {
      write(text) {
        world.written.out += text;
        if (text.includes(until)) world.press();
      },
      terminal: false,
    },
  });
  const ran = await run(["--url", url, "--key", "cs_test", "listen", ...words], world);
  server.closeAllConnections();
  server.close();
  return ran;
}

describe("listen", () => {
  it("prints the feed until Ctrl-C", async () => {
    const { code, out } = await feeding([[received, sent, last]], [], "signed in");
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.slice(10, 13))).toEqual(["-->", "<--", " · ", ""]);
    expect(out).toContain("again at");
  });

  it("goes on after the hub went away", async () => {
    const { code, out, err } = await feeding([[received], [last]], [], "signed in");
    expect(code).toBe(0);
    expect(out).toContain("evt_1");
    expect(err).toContain("Listening again.");
  });

  it("shows only the wanted types, and what follows from their events", async () => {
    const { out } = await feeding(
      [[alert, received, sent, { ...received, event: "evt_end" }]],
      ["--types", "deploy.*"],
      "evt_end",
    );
    expect(out).toContain("evt_1");
    expect(out).toContain("dlv_1");
    expect(out).not.toContain("alert.fired");
  });

  it("prints entries as JSON, and leaves out kinds that it does not know", async () => {
    const { out } = await feeding([[{ kind: "from.the.future", at }, last]], ["--json"], "sign_in");
    expect(JSON.parse(out)).toEqual(last);
  });

  it("does not wait for a hub that was never there", async () => {
    const { code } = await run(
      ["--url", "http://127.0.0.1:1", "--key", "k", "listen"],
      smallWorld(),
    );
    expect(code).toBe(3);
  });
});
