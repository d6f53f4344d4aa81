import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { followLooks, type Looking } from "../../../../core/stores/mongo/follow-looks.ts";

function looks() {
  const client = new EventEmitter();
  let passed = 0;
  const hangs = followLooks(client as unknown as Looking, 1_000, () => passed);
  return {
    tell: (event: string, server = "a:1") =>
      client.emit(event, { connectionId: server, address: server }),
    hangsAfter: (ms: number) => {
      passed += ms;
      return hangs();
    },
  };
}

describe("the driver's looks at its servers", () => {
  it.each(["serverHeartbeatSucceeded", "serverHeartbeatFailed", "serverClosed"])(
    "do not hang once %s was told, however long ago",
    (end) => {
      const { tell, hangsAfter } = looks();
      tell("serverHeartbeatStarted");
      tell(end);
      expect(hangsAfter(60_000)).toBe(false);
    },
  );

  it("hang when one of them has no end for longer than any may take", () => {
    const { tell, hangsAfter } = looks();
    tell("serverHeartbeatStarted", "a:1");
    tell("serverHeartbeatStarted", "b:1");
    tell("serverHeartbeatSucceeded", "b:1");
    expect(hangsAfter(1_000)).toBe(false);
    expect(hangsAfter(1)).toBe(true);
  });

  it("begin anew with the next one", () => {
    const { tell, hangsAfter } = looks();
    tell("serverHeartbeatStarted");
    hangsAfter(900);
    tell("serverHeartbeatStarted");
    expect(hangsAfter(900)).toBe(false);
  });
});
