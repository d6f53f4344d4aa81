import { describe, expect, it } from "vitest";
import { deriveId, idPrefixes } from "../../../../core/domain/ids.ts";
import type { KeyPart } from "../../../../core/ports/stored.ts";
import {
  cursorOfPlace,
  idBytes,
  keyBytes,
  keyRange,
} from "../../../../core/stores/sqlite/key-bytes.ts";

const id = deriveId("event", 1);
const org = deriveId("organization", 1);
const ids = Array.from({ length: 300 }, (_, number) => deriveId("delivery", number));
const inOrder = (one: string, other: string) => (one < other ? -1 : Number(one > other));
const sortedByKey = <Part extends KeyPart>(parts: readonly Part[]) =>
  [...parts].sort((one, other) => inOrder(keyBytes([one]), keyBytes([other])));

describe("keys as bytes", () => {
  it("take 17 bytes for an id, 6 for a time and 2 for a small number", () => {
    const sizes = Object.keys(idPrefixes).map(
      (kind) => idBytes(deriveId(kind as keyof typeof idPrefixes, 7)).length,
    );
    expect(new Set(sizes)).toEqual(new Set([17]));
    expect(idBytes(deriveId("organization", "default"))).toHaveLength(1);
    expect(keyBytes([org, new Date("2026-11-20T14:00:00Z")])).toHaveLength(17 + 6);
    expect(keyBytes([3])).toHaveLength(2);
    expect(keyBytes(["pending"])).toHaveLength(8);
  });

  it("hold one byte in each sign", () => {
    const odd = keyBytes([ids[0] ?? "", "ä😀\u0000\u0001", 2 ** 53 - 1, new Date()]);
    expect([...odd].every((sign) => sign <= "\u00ff")).toBe(true);
  });

  it("sort ids, times, numbers and texts as these sort themselves", () => {
    expect(sortedByKey(ids)).toEqual([...ids].sort(inOrder));
    const times = [0, 1, 255, 256, 1e12, Date.now(), Date.UTC(9999, 11, 31)].map(
      (ms) => new Date(ms),
    );
    expect(sortedByKey([...times].reverse())).toEqual(times);
    const numbers = [0, 1, 9, 10, 255, 256, 65_535, 65_536, 2 ** 40, 2 ** 53 - 1];
    expect(sortedByKey([...numbers].reverse())).toEqual(numbers);
    const texts = [
      "",
      "\u0000",
      "\u0000a",
      "\u0001",
      "\u0002",
      "a",
      "a\u0000",
      "a ",
      "ab",
      "ä",
      "😀",
    ];
    expect(sortedByKey([...texts].reverse())).toEqual(texts);
  });

  it("tell apart what is different, whatever it looks like", () => {
    const alike = [
      ...[
        "org_",
        "org",
        `${org} `,
        org.toUpperCase(),
        org.replace("org", "xyz"),
        `org_8${"0".repeat(25)}`,
        `${org.slice(0, -1)}u`,
        `${org.slice(0, -1)}\u0230`,
        `org-${org.slice(4)}`,
      ],
      ...["\u0090", "", deriveId("organization", "default")],
      ...[org, org.slice(0, -1), `per_${org.slice(4)}`],
    ];
    expect(new Set(alike.map(idBytes)).size).toBe(alike.length);
    expect(new Set(alike.map((text) => keyBytes([text]))).size).toBe(alike.length);
    expect(keyBytes(["a", "b"])).not.toBe(keyBytes(["a\u0000b"]));
    expect(keyBytes(["a", ""])).not.toBe(keyBytes(["a"]));
  });

  it("count a time outside of 1970 to 9999 as the nearest, and take none that is not one", () => {
    const key = (ms: number) => keyBytes([new Date(ms)]);
    expect(key(-5)).toBe(key(0));
    expect(key(Date.UTC(20_000, 0))).toBe(key(Date.UTC(9999, 11, 31, 23, 59, 59, 999)));
    expect(() => key(Number.NaN)).toThrow("A key holds a time that is none.");
  });

  it("narrow a range by whatever cursor, and never widen it", () => {
    const whole = keyRange({ prefix: [org], limit: 1 });
    const key = keyBytes([org, "m"]);
    expect(whole.from <= key && key < whole.to).toBe(true);
    const here = cursorOfPlace({ key, id: idBytes(id) });
    for (const after of ["", "!", "AAAA", "____", ".", "a.b.c", here, "é".repeat(40)]) {
      for (const order of ["ascending", "descending"] as const) {
        const { from, to } = keyRange({ prefix: [org], after, order, limit: 1 });
        expect(from >= whole.from && to <= whole.to).toBe(true);
      }
    }
    const after = { key, id: idBytes(id) };
    expect(keyRange({ prefix: [org], after: here, limit: 1 })).toEqual({
      ...whole,
      from: key,
      after,
    });
  });
});
