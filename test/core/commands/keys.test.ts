import { afterEach, describe, expect, it } from "vitest";
import { type Answer, answering, run, smallWorld } from "./small-world.ts";

let hub: Awaited<ReturnType<typeof answering>>;
afterEach(() => hub.close());

async function rotated(answer: Answer, ...flags: readonly string[]) {
  hub = await answering({ "POST /v1/admin/keys/rotate": [answer] });
  return run([...hub.flags, "keys", "rotate", ...flags], smallWorld());
}

const answer = { newest: "0a1b2c3d", kept_by: "hub", resealed: 12, retired: 1 };

describe("keys rotate", () => {
  it("says what was sealed anew and what was retired", async () => {
    const { code, out } = await rotated(answer);
    expect(code).toBe(0);
    expect(out).toBe(
      "Secrets sealed anew under key 0a1b2c3d: 12. Older keys retired from secrets.json: 1.\n",
    );
  });

  it("tells an operator with keys of their own which to put first", async () => {
    const { code, out } = await rotated({ ...answer, kept_by: "operator" });
    expect(code).toBe(0);
    expect(out).toContain("Key 0a1b2c3d is the first of COUNTERSIGN_KEYS");
    expect(out).toContain("put a new one (openssl rand -base64 32) before it");
  });

  it("prints JSON where it is asked to", async () => {
    const { out } = await rotated(answer, "--json");
    expect(JSON.parse(out)).toEqual(answer);
  });

  it("exits 1 with the places that no key opens", async () => {
    const body = { title: "Some secrets open with no key of the ring", detail: "ins_1." };
    const { code, err } = await rotated({ status: 409, body });
    expect(code).toBe(1);
    expect(err).toContain("ins_1.");
  });
});
