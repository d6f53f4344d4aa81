import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { packBody, unpackBody } from "../../../../core/stores/sqlite/body-bytes.ts";
import { bodyDictionary } from "../../../../core/stores/sqlite/body-dictionary.ts";

const long = JSON.stringify({ name: "Zoë 😀", text: "\u0000 step finished; ".repeat(99) });

describe("a packed record", () => {
  it("is read back as it was, long or short, from whatever the driver gives", () => {
    for (const text of ["", "{}", "x".repeat(511), "ä".repeat(512), long]) {
      const packed = packBody(text);
      expect(unpackBody(packed)).toBe(text);
      if (typeof packed !== "string") expect(unpackBody(new Uint8Array(packed).buffer)).toBe(text);
    }
  });

  it("of an event is packed with what events have in common alone, and read back", () => {
    const event = `{"id":"evt_29","text":${JSON.stringify("abc".repeat(300))}}`;
    expect([packBody(event)[0], packBody(long)[0]]).toEqual([2, 1]);
    expect(unpackBody(packBody(event))).toBe(event);
  });

  it("is text while it is short, and much smaller where it is long", () => {
    expect(packBody("x".repeat(511))).toBe("x".repeat(511));
    expect(packBody(long).length).toBeLessThan(long.length / 10);
  });

  it("says so when it was packed in a way that is not known", () => {
    expect(() => unpackBody(Buffer.of(9, 1, 1))).toThrow("A record is packed in the way 9.");
  });

  it("can be read by every later program: the dictionary is as it was", () => {
    const hash = createHash("sha256").update(bodyDictionary).digest("hex");
    expect(hash).toBe("4af6879e63f865ee1d139065a2276e64544e7f4b09b6fc2712827221610f5bfd");
  });
});
