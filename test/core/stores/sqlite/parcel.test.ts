import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bindable, Form } from "../../../../core/stores/sqlite/bind.ts";
import type { Step, Write } from "../../../../core/stores/sqlite/commit.ts";
import { createParcel, openParcel } from "../../../../core/stores/sqlite/parcel.ts";

const forms: readonly Form[] = ["bytes", "plain", "body"];

const doTogether = ([unless, first, rest, once]: readonly (readonly Step[])[]): Write => ({
  kind: "together",
  unless: unless ?? [],
  first: first ?? [],
  rest: rest ?? [],
  once: once ?? [],
});

/** The values of one statement: a `ByteText`, a text and a record's text, and a number or nothing besides. */
const values = fc.tuple(
  fc.uint8Array().map((bytes) => Buffer.from(bytes).toString("latin1")),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("a", "\u0000", "ÿ", "ł", "\ud7ff", "\u{1f512}") }),
  fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
);
const step = fc.record({ statement: fc.nat(60), values });
const steps = fc.array(step, { maxLength: 3 });
const write = fc.oneof(
  step.map((one): Write => ({ kind: "run", ...one })),
  step.map((one): Write => ({ kind: "first", ...one })),
  fc.tuple(steps, steps, steps, steps).map(doTogether),
);

/** The same write with other values. */
function withValues(one: Write, change: (value: Bindable, position: number) => Bindable): Write {
  const changed = (given: Step): Step => ({ ...given, values: given.values.map(change) });
  return one.kind === "together"
    ? doTogether([one.unless, one.first, one.rest, one.once].map((part) => part.map(changed)))
    : { ...one, ...changed(one) };
}

const hex = (value: Bindable) =>
  value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
/** Writes as they came out, their bytes as texts. */
const shown = (writes: readonly Write[]) => writes.map((one) => withValues(one, hex));
/** Writes as they should come out. */
const expected = (writes: readonly Write[]) =>
  writes.map((one) =>
    withValues(one, (value, position) => {
      const form = forms[position] ?? "plain";
      if (typeof value !== "string" || form === "plain") return value;
      return Buffer.from(value, form === "bytes" ? "latin1" : "utf8").toString("hex");
    }),
  );

function through(writes: readonly Write[]): readonly Write[] {
  const parcel = createParcel(() => forms);
  for (const one of writes) parcel.add(one);
  // As it arrives in another thread: plain bytes.
  return openParcel(new Uint8Array(parcel.seal()));
}

describe("a parcel", () => {
  it("gives back every write as it was put in, in order", () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 4 }), (writes) => {
        expect(shown(through(writes))).toEqual(expected(writes));
      }),
    );
  });

  it("grows with what is put in", () => {
    const body = "ö".repeat(40_000);
    const [last] = through([
      { kind: "run", statement: 1, values: ["a", "b", body] },
      { kind: "run", statement: 2, values: ["id", body] },
    ]).slice(-1);
    expect(last).toMatchObject({ kind: "run", statement: 2 });
    expect(last?.kind === "run" && last.values[1] === body).toBe(true);
  });

  it("refuses what cannot be bound, and keeps nothing of that write", () => {
    const parcel = createParcel(() => forms);
    const good = { kind: "run", statement: 1, values: ["id", "text"] } as const;
    parcel.add(good);
    const odd = [Number.NaN, true, undefined, new Date(0)] as unknown as readonly Bindable[];
    for (const value of odd) {
      const bad = doTogether([[good], [{ statement: 2, values: [value] }]]);
      expect(() => parcel.add(bad)).toThrow(/value of a statement/i);
    }
    parcel.add(good);
    expect(shown(openParcel(parcel.seal()))).toEqual(expected([good, good]));
  });
});
