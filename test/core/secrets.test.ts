import { describe, expect, it } from "vitest";
import { HubError } from "../../core/domain/hub-error.ts";
import { parseId } from "../../core/domain/ids.ts";
import { createRandom } from "../../core/random.ts";
import { createVault } from "../../core/secrets.ts";

const key = (fill: number) => Buffer.alloc(32, fill);
const root = key(9);

const codeOf = (step: () => unknown) => {
  try {
    step();
  } catch (error) {
    return error instanceof HubError ? error.code : String(error);
  }
  return "no error";
};

describe("vault", () => {
  const vault = createVault({ ring: [key(1)], root });

  it("opens what it sealed, of any script and length", () => {
    for (const secret of ["", "xoxb-1", "Schlüssel 🔑", "x".repeat(100_000)]) {
      expect(vault.open(vault.seal(secret, "a"), "a")).toBe(secret);
    }
  });

  it("seals the same secret differently each time, and shows nothing of it", () => {
    const sealed = [vault.seal("xoxb-secret", "a"), vault.seal("xoxb-secret", "a")];
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed.join()).not.toContain("xoxb");
  });

  it("opens what it sealed to last under every later ring, and under no other root", () => {
    const sealed = vault.lasting.seal("https://ci.example/canary", "a");
    expect(sealed).not.toContain("canary");
    expect(vault.lasting.seal("https://ci.example/canary", "a")).toBe(sealed);
    expect(vault.lasting.seal("https://ci.example/canary", "b")).not.toBe(sealed);
    const later = createVault({ ring: [key(7)], root });
    expect(later.lasting.open(sealed, "a")).toBe("https://ci.example/canary");
    const stranger = createVault({ ring: [key(1)], root: key(8) });
    expect(codeOf(() => stranger.lasting.open(sealed, "a"))).toBe("secret_unreadable");
    expect(codeOf(() => vault.open(sealed, "a"))).toBe("secret_unreadable");
    expect(codeOf(() => vault.lasting.open(sealed, "b"))).toBe("secret_unreadable");
  });

  it("opens nothing under another place", () => {
    expect(
      codeOf(() => vault.open(vault.seal("s", "installation ins_1"), "installation ins_2")),
    ).toBe("secret_unreadable");
  });

  it.each([0, 1, 2, 3])("opens nothing whose part %i was changed", (part) => {
    const parts = vault.seal("secret", "a").split(".");
    const [first = "", ...rest] = parts[part] ?? "";
    parts[part] = (first === "A" ? "B" : "A") + rest.join("");
    expect(codeOf(() => vault.open(parts.join("."), "a"))).toBe("secret_unreadable");
  });

  it("opens nothing that was cut", () => {
    const sealed = vault.seal("secret", "a");
    for (const cut of [sealed.slice(0, -4), sealed.slice(0, sealed.lastIndexOf(".")), "", "..."]) {
      expect(codeOf(() => vault.open(cut, "a"))).toBe("secret_unreadable");
    }
  });

  it("keeps old secrets readable under a newer key, and seals under the newest", () => {
    const old = vault.seal("kept", "a");
    const rotated = createVault({ ring: [key(2), key(1)], root });
    expect(rotated.open(old, "a")).toBe("kept");
    expect(codeOf(() => vault.open(rotated.seal("new", "a"), "a"))).toBe("secret_unreadable");
    const without = createVault({ ring: [key(2)], root });
    expect(codeOf(() => without.open(old, "a"))).toBe("secret_unreadable");
  });

  it("makes macs that outlive a rotation and belong to one purpose", () => {
    const mac = vault.mac("digest", "text");
    expect(mac).toMatch(/^[0-9a-f]{32}$/);
    expect(createVault({ ring: [key(2)], root }).mac("digest", "text")).toBe(mac);
    expect(vault.mac("session", "text")).not.toBe(mac);
    expect(vault.mac("digest", "texts")).not.toBe(mac);
    expect(createVault({ ring: [key(1)], root: key(8) }).mac("digest", "text")).not.toBe(mac);
  });

  it("does not work without a key", () => {
    expect(codeOf(() => createVault({ ring: [], root }))).toBe("no_key");
  });
});

describe("random", () => {
  const random = createRandom();

  it("makes ids that are well formed, different, and sorted by making", () => {
    const ids = Array.from({ length: 2_000 }, () => random.id("event"));
    expect(ids.every((id) => parseId("event", id) === id)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it("makes tokens of 43 URL-safe signs", () => {
    expect(random.token()).toMatch(/^[\w-]{43}$/);
    expect(random.token()).not.toBe(random.token());
  });

  it("makes fractions from 0 up to, not including, 1", () => {
    const drawn = Array.from({ length: 1_000 }, () => random.fraction());
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    expect(new Set(drawn).size).toBeGreaterThan(900);
  });
});
