import { afterEach, describe, expect, it } from "vitest";
import { type Answer, answering, run, smallWorld } from "./small-world.ts";

const type = {
  ...{ name: "leave.requested", version: 2, level: "notice", about: "Days off", on: true },
  ...{ origin: "added", revision: 4, approval: { kind: "opens" }, warnings: ["No field who."] },
  ...{ texts: { title: "Leave" }, sample: { data: {} }, pictures: { slack: {}, teams: {} } },
};

let hub: Awaited<ReturnType<typeof answering>> | undefined;
afterEach(() => hub?.close());

async function ran(
  words: readonly string[],
  over: Readonly<Record<string, readonly Answer[]>> = {},
  file = "name: leave.requested\nlevel: notice\n",
) {
  hub = await answering({
    "GET /v1/event-types": [{ status: 200, body: { items: [type, { ...type, on: false }] } }],
    "GET /v1/event-types/leave.requested": [{ status: 200, body: type }],
    "PUT /v1/event-types/leave.requested": [{ status: 200, body: type }],
    ...over,
  });
  const world = smallWorld({ readText: () => file });
  return { ...(await run([...hub.flags, "event-types", ...words], world)), asked: hub.asked };
}

describe("event-types", () => {
  it("lists what every type does to requests, and which are off", async () => {
    const { out } = await ran(["list"]);
    expect(out).toMatch(/leave\.requested +notice +opens +added +Days off/);
    expect(out).toMatch(/leave\.requested +notice +opens +off/);
  });

  it("shows one as `add` takes it, with what its texts miss", async () => {
    const { out } = await ran(["show", "leave.requested"]);
    expect(out).toContain("No field who.");
    const shown = JSON.parse(out.slice(out.indexOf("{"))) as object;
    expect(shown).not.toHaveProperty("pictures");
    expect(shown).toMatchObject({ name: "leave.requested", approval: { kind: "opens" } });
  });

  it("adds one from YAML over the revision that is there", async () => {
    const { code, out, asked } = await ran(["add", "t.yaml"]);
    expect(code).toBe(0);
    expect(out).toContain("leave.requested is saved, version 2.");
    expect(asked.find(({ method }) => method === "PUT")).toMatchObject({
      match: '"4"',
      body: { name: "leave.requested", level: "notice" },
    });
  });

  it("adds a new one without a revision", async () => {
    const missing = { "GET /v1/event-types/leave.requested": [{ status: 404, body: {} }] };
    const { out, asked } = await ran(["add", "t.json"], missing, '{"name":"leave.requested"}');
    expect(out).toContain("leave.requested is added");
    expect(asked.find(({ method }) => method === "PUT")?.match).toBeUndefined();
  });

  it.each([
    ["name: [", 2, /t\.yaml: /],
    ["- a", 2, /holds no event type/],
    ["level: info", 2, /has no "name"/],
  ])("says what is wrong with the file %j", async (file, code, said) => {
    const failed = await ran(["add", "t.yaml"], {}, file);
    expect(failed.code).toBe(code);
    expect(failed.err).toMatch(said);
  });
});
