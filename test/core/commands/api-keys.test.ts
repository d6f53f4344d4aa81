import { afterEach, describe, expect, it } from "vitest";
import { type Answer, answering, run, smallWorld } from "./small-world.ts";

const key = {
  ...{ id: "key_1", name: "build server", owner: { kind: "producer", id: "prd_1", name: "ci" } },
  ...{ scopes: ["events", "read"], state: "active", last_used_at: null },
};

let hub: Awaited<ReturnType<typeof answering>>;
afterEach(() => hub.close());

async function ran(words: readonly string[], routes: Readonly<Record<string, readonly Answer[]>>) {
  hub = await answering(routes);
  return { ...(await run([...hub.flags, ...words], smallWorld())), asked: hub.asked };
}

describe("countersign api-keys", () => {
  it("lists whose they are, what they may do and when they were used", async () => {
    const { code, out } = await ran(["api-keys", "list"], {
      "GET /v1/keys": [{ items: [key], next: null }],
    });
    expect(code).toBe(0);
    expect(out).toMatch(/key_1\s+build server\s+ci\s+events,read\s+not yet\s+active/);
  });

  it("prints a new key once, on a line of its own, and asks for neither vote nor admin by itself", async () => {
    const words = ["api-keys", "create", "build server", "--producer", "ci", "--expires", "90d"];
    const { code, out, asked } = await ran(words, {
      "POST /v1/keys": [{ ...key, key: "cs_secret" }],
    });
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toBe("cs_secret");
    expect(asked[0]?.body).toEqual({
      ...{ name: "build server", producer: "ci", scopes: ["events", "read"], expires_in: "90d" },
    });
  });

  it("revokes by id", async () => {
    const { code, out, asked } = await ran(["api-keys", "revoke", "key_1"], {
      "DELETE /v1/keys/key_1": [key],
    });
    expect([code, asked[0]?.method]).toEqual([0, "DELETE"]);
    expect(out).toContain("build server (key_1) opens nothing any more.");
  });
});
