import { describe, expect, it } from "vitest";
import type { Json } from "../../../core/domain/json.ts";
import { matches } from "../../../core/routing/match.ts";
import { parsePattern } from "../../../core/routing/pattern.ts";

function takes(pattern: Json, event: Json): boolean {
  const read = parsePattern(pattern);
  expect(read.mistakes).toEqual([]);
  return matches(read.pattern, event);
}
/** Ask about one field, `a`, of an event. */
const fits = (test: Json, value: Json) => takes({ a: [test] }, { a: value });
const yes = true;
const no = false;

describe("an exact value", () => {
  it.each<[Json, Json, boolean]>([
    ["x", "x", yes],
    ["x", "X", no],
    ["x", "xy", no],
    ["", "", yes],
    ["1", 1, no],
    [1, "1", no],
    [1, 1.0, yes],
    [0, false, no],
    [true, true, yes],
    [true, "true", no],
    [null, null, yes],
    [null, "", no],
    ["x", ["y", "x"], yes],
    ["x", [["x"]], yes],
    ["x", [], no],
    ["x", { x: "x" }, no],
  ])("%j against %j: %s", (test, value, result) => {
    expect(fits(test, value)).toBe(result);
  });

  it("is one of the listed values", () => {
    expect(takes({ a: ["x", "y"] }, { a: "y" })).toBe(true);
    expect(takes({ a: ["x", "y"] }, { a: "z" })).toBe(false);
  });
});

describe("prefix", () => {
  it.each<[string, Json, boolean]>([
    ["pro", "production", yes],
    ["pro", "pro", yes],
    ["pro", "Production", no],
    ["production", "pro", no],
    ["", "anything", yes],
    ["1", 12, no],
    ["tr", true, no],
    ["nu", null, no],
    ["pro", ["staging", "production"], yes],
    ["pro", { pro: 1 }, no],
  ])("%j against %j: %s", (prefix, value, result) => {
    expect(fits({ prefix }, value)).toBe(result);
  });

  it("finds nothing where the field is missing", () => {
    expect(takes({ a: { b: [{ prefix: "" }] } }, { a: [] })).toBe(false);
    expect(takes({ a: [{ prefix: "" }] }, {})).toBe(false);
  });
});

describe("anything-but", () => {
  it.each<[Json, Json, boolean]>([
    ["x", "y", yes],
    ["x", "x", no],
    ["x", 5, yes],
    ["x", null, yes],
    ["x", false, yes],
    [["x", "y"], "y", no],
    [["x", "y"], "z", yes],
    [5, 5, no],
    [5, "5", yes],
    [[1, 2], 2, no],
    [["x"], ["x", "y"], yes],
    [["x"], ["x", "x"], no],
    [["x"], [], no],
    ["x", { y: 1 }, no],
    [{ prefix: "pro" }, "production", no],
    [{ prefix: "pro" }, "staging", yes],
    [{ prefix: ["pro", "stag"] }, "staging", no],
    [{ prefix: "1" }, 12, yes],
    [{ prefix: "pro" }, ["production", "staging"], yes],
  ])("%j against %j: %s", (operand, value, result) => {
    expect(fits({ "anything-but": operand }, value)).toBe(result);
  });

  it("finds nothing where the field is missing", () => {
    expect(takes({ a: [{ "anything-but": "x" }] }, {})).toBe(false);
  });
});

describe("suffix", () => {
  it.each<[Json, Json, boolean]>([
    [".png", "picture.png", yes],
    [".png", ".png", yes],
    [".png", "picture.PNG", no],
    [".png", "picture.png.zip", no],
    ["", "anything", yes],
    ["1", 21, no],
    [".png", ["a.jpg", "b.png"], yes],
    [{ "equals-ignore-case": ".PNG" }, "picture.pNg", yes],
    [{ "equals-ignore-case": ".png" }, "picture.jpg", no],
  ])("%j against %j: %s", (suffix, value, result) => {
    expect(fits({ suffix }, value)).toBe(result);
  });
});

describe("prefix without case", () => {
  it.each<[string, Json, boolean]>([
    ["EventB", "eventbridge", yes],
    ["EventB", "EVENTB", yes],
    ["EventB", "event", no],
    ["EventB", 5, no],
  ])("%j against %j: %s", (text, value, result) => {
    expect(fits({ prefix: { "equals-ignore-case": text } }, value)).toBe(result);
  });
});

describe("equals-ignore-case", () => {
  it.each<[string, Json, boolean]>([
    ["alice", "ALICE", yes],
    ["ALICE", "alice", yes],
    ["alice", "alice ", no],
    ["1", 1, no],
    ["straße", "STRAßE", yes],
    ["alice", ["bob", "Alice"], yes],
  ])("%j against %j: %s", (text, value, result) => {
    expect(fits({ "equals-ignore-case": text }, value)).toBe(result);
  });
});

describe("wildcard", () => {
  it.each<[string, Json, boolean]>([
    ["dir/*.png", "dir/a.png", yes],
    ["dir/*.png", "dir/.png", yes],
    ["dir/*.png", "dir/sub/a.png", yes],
    ["dir/*.png", "dir/a.png2", no],
    ["*", "", yes],
    ["a*a", "a", no],
    ["a*a", "aa", yes],
    ["a*b*c", "a-b-b-c", yes],
    ["a*b*c", "a-c", no],
    ["*bin*", "/usr/bin/x", yes],
    ["*ab*ba*", "aba", no],
    ["a", "a", yes],
    ["a\\*", "a*", yes],
    ["a\\*", "ab", no],
    ["a\\\\*", "a\\b", yes],
    ["*1", 1, no],
    ["x*", ["y", "xy"], yes],
  ])("%j against %j: %s", (wildcard, value, result) => {
    expect(fits({ wildcard }, value)).toBe(result);
  });

  it("takes a time that grows with the text alone", () => {
    const wildcard = `${"*a".repeat(500)}*b`;
    expect(fits({ wildcard }, "a".repeat(100_000))).toBe(false);
  });
});

describe("cidr", () => {
  it.each<[string, Json, boolean]>([
    ["10.0.0.0/24", "10.0.0.255", yes],
    ["10.0.0.0/24", "10.0.1.0", no],
    ["10.0.0.7/24", "10.0.0.200", yes],
    ["0.0.0.0/0", "255.255.255.255", yes],
    ["10.0.0.1/32", "10.0.0.1", yes],
    ["10.0.0.0/24", "10.0.0", no],
    ["10.0.0.0/24", "not an address", no],
    ["10.0.0.0/24", 10, no],
    ["2001:db8::/32", "2001:db8:ffff::1", yes],
    ["2001:db8::/32", "2001:db9::1", no],
    ["::/0", "10.0.0.1", no],
    ["10.0.0.0/8", ["192.168.0.1", "10.1.2.3"], yes],
  ])("%j against %j: %s", (cidr, value, result) => {
    expect(fits({ cidr }, value)).toBe(result);
  });
});

describe("anything-but an operator", () => {
  it.each<[Json, Json, boolean]>([
    [{ suffix: ".png" }, "a.png", no],
    [{ suffix: ".png" }, "a.jpg", yes],
    [{ suffix: [".png", ".jpg"] }, "a.jpg", no],
    [{ "equals-ignore-case": "Init" }, "INIT", no],
    [{ "equals-ignore-case": ["init", "done"] }, "open", yes],
    [{ wildcard: "*/lib/*" }, "/usr/lib/x", no],
    [{ wildcard: ["*/lib/*", "*/bin/*"] }, "/usr/share/x", yes],
    [{ wildcard: "*" }, 5, yes],
    [{ suffix: "x" }, [], no],
  ])("%j against %j: %s", (operand, value, result) => {
    expect(fits({ "anything-but": operand }, value)).toBe(result);
  });
});

describe("$or", () => {
  const wanted = {
    source: ["shop"],
    data: { $or: [{ total: [{ numeric: [">", 100] }] }, { vip: [true] }] },
  };

  it("holds where one of its patterns does, beside the fields around it", () => {
    expect(takes(wanted, { source: "shop", data: { total: 200 } })).toBe(true);
    expect(takes(wanted, { source: "shop", data: { total: 1, vip: true } })).toBe(true);
    expect(takes(wanted, { source: "shop", data: { total: 1 } })).toBe(false);
    expect(takes(wanted, { source: "cron", data: { vip: true } })).toBe(false);
  });

  it("is about the item of a list that the fields around it chose", () => {
    const pattern = { items: { sku: ["a"], $or: [{ size: [1] }, { size: [2] }] } };
    expect(takes(pattern, { items: [{ sku: "a", size: 2 }] })).toBe(true);
    expect(
      takes(pattern, {
        items: [
          { sku: "a", size: 3 },
          { sku: "b", size: 1 },
        ],
      }),
    ).toBe(false);
  });

  it("adds to a field that is named beside it", () => {
    const pattern = { a: [{ prefix: "x" }], $or: [{ a: [{ suffix: "y" }] }, { a: { b: [1] } }] };
    expect(takes(pattern, { a: "xy" })).toBe(true);
    expect(takes(pattern, { a: "x" })).toBe(false);
    expect(takes(pattern, { a: ["x", { b: 1 }] })).toBe(true);
  });

  it("stands inside another", () => {
    const pattern = { $or: [{ a: [1] }, { b: [2], $or: [{ c: [3] }, { d: [4] }] }] };
    expect(takes(pattern, { a: 1 })).toBe(true);
    expect(takes(pattern, { b: 2, d: 4 })).toBe(true);
    expect(takes(pattern, { b: 2 })).toBe(false);
  });

  it("is refused where the alternatives multiply beyond measure", () => {
    const pair = (name: string) => ({ $or: [{ [name]: [1] }, { [name]: [2] }] });
    const fields = Array.from({ length: 10 }, (_, index) => [`f${index}`, pair("x")] as const);
    const { mistakes } = parsePattern(Object.fromEntries(fields));
    expect(mistakes).toEqual([
      { pointer: "/f9", message: "The alternatives multiply to more than 1000. Split the rule." },
    ]);
  });
});

describe("numeric", () => {
  it.each<[Json, Json, boolean]>([
    [["=", 5], 5, yes],
    [["=", 301.8], 3.018e2, yes],
    [["=", 5], 5.0001, no],
    [["<", 5], 4.9, yes],
    [["<", 5], 5, no],
    [["<=", 5], 5, yes],
    [[">", 0], 0, no],
    [[">", 0], 1e-9, yes],
    [[">=", -2], -2, yes],
    [[">", 0, "<=", 5], 5, yes],
    [[">", 0, "<=", 5], 0, no],
    [[">", 0, "<=", 5], 6, no],
    [[">=", 5, "<=", 5], 5, yes],
    [[">", 0], "1", no],
    [[">", 0], true, no],
    [[">=", 0], null, no],
    [[">", 0], [-1, 1], yes],
    [[">", 0, "<", 5], [-1, 9], no],
  ])("%j against %j: %s", (operand, value, result) => {
    expect(fits({ numeric: operand }, value)).toBe(result);
  });
});

describe("exists", () => {
  it.each<[boolean, Json, boolean]>([
    [true, { a: 1 }, yes],
    [true, { a: null }, yes],
    [true, { a: "" }, yes],
    [true, { a: false }, yes],
    [true, { a: [1] }, yes],
    [true, {}, no],
    [true, { a: [] }, no],
    [true, { a: { b: 1 } }, no],
    [false, { a: 1 }, no],
    [false, { a: null }, no],
    [false, {}, yes],
    [false, { a: [] }, yes],
    [false, { a: { b: 1 } }, yes],
    [false, { a: [{ b: 1 }] }, yes],
  ])("%s against %j: %s", (wanted, event, result) => {
    expect(takes({ a: [{ exists: wanted }] }, event)).toBe(result);
  });

  it.each<[string, Json, boolean]>([
    ["there is nothing above it", {}, yes],
    ["a value stands above it", { a: "x" }, yes],
    ["no item of a list has it", { a: [{ c: 1 }, "x"] }, yes],
    ["one item of a list has it", { a: [{ b: 1 }, { c: 1 }] }, no],
  ])("false below a field where %s", (_, event, result) => {
    expect(takes({ a: { b: [{ exists: false }] } }, event)).toBe(result);
  });

  it("false stands beside values as one more alternative", () => {
    const pattern = { a: [{ exists: false }, "x"] };
    expect(takes(pattern, {})).toBe(true);
    expect(takes(pattern, { a: "x" })).toBe(true);
    expect(takes(pattern, { a: "y" })).toBe(false);
  });

  it("is not deceived by what every object has", () => {
    expect(takes({ toString: [{ exists: true }] }, {})).toBe(false);
    expect(takes({ constructor: { name: [{ exists: false }] } }, {})).toBe(true);
    const odd = JSON.parse('{ "__proto__": ["x"] }') as Json;
    expect(takes(odd, {})).toBe(false);
    expect(takes(odd, JSON.parse('{ "__proto__": "x" }') as Json)).toBe(true);
  });
});

describe("fields together", () => {
  const people = {
    employees: [
      { firstName: "John", lastName: "Doe" },
      { firstName: "Anna", lastName: "Smith" },
      { firstName: "Peter", lastName: "Jones" },
    ],
  };
  const named = (firstName: Json, lastName: Json) => ({ employees: { firstName, lastName } });

  it("must all hold, and other fields of the event do not matter", () => {
    const pattern = { type: ["a"], data: { env: ["b"] } };
    expect(takes(pattern, { type: "a", data: { env: "b", more: 1 }, id: "x" })).toBe(true);
    expect(takes(pattern, { type: "a", data: { env: "c" } })).toBe(false);
    expect(takes(pattern, { type: "a" })).toBe(false);
  });

  it("are compared with one and the same item of a list", () => {
    expect(takes(named(["Anna"], ["Smith"]), people)).toBe(true);
    expect(takes(named(["Anna"], ["Jones"]), people)).toBe(false);
    expect(takes(named(["Anna"], [{ exists: false }]), people)).toBe(false);
    expect(takes(named(["Anna"], ["Smith"]), { employees: [[people.employees]] })).toBe(true);
  });

  it("look for what is missing in the item that the others chose", () => {
    const pattern = { tasks: { state: ["open"], owner: [{ exists: false }] } };
    expect(takes(pattern, { tasks: [{ state: "done", owner: "a" }, { state: "open" }] })).toBe(
      true,
    );
    expect(takes(pattern, { tasks: [{ state: "done" }, { state: "open", owner: "a" }] })).toBe(
      false,
    );
  });
});

describe("a mistake in a pattern", () => {
  const list = "An empty list matches nothing. Give at least one value.";
  const known = "prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr, exists";
  const one = `A matcher has exactly one operator of: ${known}.`;
  const numeric =
    'numeric takes a comparison and a number, or a range from low to high: [">", 0, "<=", 5].';
  const but =
    "anything-but takes a text, a number, a list of texts or of numbers, or one of prefix, suffix, equals-ignore-case, wildcard with a text or a list of texts.";
  const or = '$or takes a list of two patterns or more: [{ "a": ["x"] }, { "b": ["y"] }].';
  const range = 'cidr takes a range of addresses, such as "10.0.0.0/24" or "2001:db8::/32".';
  const affix = (name: string) => `${name} takes a text, or { "equals-ignore-case": "…" }.`;
  it.each<[Json, string, string]>([
    [{ a: "x" }, "/a", 'Values stand in a list. Write ["x"].'],
    [{ a: { b: 5 } }, "/a/b", "Values stand in a list. Write [5]."],
    [{ a: null }, "/a", "Values stand in a list. Write [null]."],
    [{ a: [] }, "/a", list],
    [{ a: {} }, "/a", "An empty object says nothing. Name a field, or leave it out."],
    [{}, "", "An empty object says nothing. Name a field, or leave it out."],
    [{ a: [["x"]] }, "/a/0", "A list inside a list of values is not allowed."],
    [{ a: ["x", {}] }, "/a/1", one],
    [{ a: [{ prefix: "x", exists: true }] }, "/a/0", one],
    [{ a: [{ regex: "x" }] }, "/a/0/regex", `There is no operator "regex". There are: ${known}.`],
    [{ a: [{ prefix: 5 }] }, "/a/0/prefix", affix("prefix")],
    [{ a: [{ suffix: { prefix: "x" } }] }, "/a/0/suffix", affix("suffix")],
    [
      { a: [{ "equals-ignore-case": 5 }] },
      "/a/0/equals-ignore-case",
      "equals-ignore-case takes a text.",
    ],
    [
      { a: [{ wildcard: 5 }] },
      "/a/0/wildcard",
      "wildcard takes a text with a star for any characters.",
    ],
    [
      { a: [{ wildcard: "a**" }] },
      "/a/0/wildcard",
      "Two stars in a row say no more than one. Write one.",
    ],
    [
      { a: [{ wildcard: "a\\b" }] },
      "/a/0/wildcard",
      "A backslash stands before a star or a backslash only; see place 2.",
    ],
    [{ a: [{ cidr: "10.0.0.1" }] }, "/a/0/cidr", range],
    [{ a: [{ cidr: "10.0.0.0/33" }] }, "/a/0/cidr", range],
    [{ a: [{ cidr: "10.0.0/24" }] }, "/a/0/cidr", range],
    [{ a: [{ cidr: "::/129" }] }, "/a/0/cidr", range],
    [{ a: [{ exists: "true" }] }, "/a/0/exists", "exists takes true or false."],
    [{ a: [{ numeric: 5 }] }, "/a/0/numeric", numeric],
    [{ a: [{ numeric: [] }] }, "/a/0/numeric", numeric],
    [{ a: [{ numeric: [">"] }] }, "/a/0/numeric", numeric],
    [{ a: [{ numeric: [">", "5"] }] }, "/a/0/numeric", numeric],
    [{ a: [{ numeric: ["!=", 5] }] }, "/a/0/numeric", numeric],
    [{ a: [{ numeric: ["<", 5, ">", 0] }] }, "/a/0/numeric", numeric],
    [{ a: [{ numeric: ["=", 5, "<", 9] }] }, "/a/0/numeric", numeric],
    [{ a: [{ numeric: [">", 5, "<", 5] }] }, "/a/0/numeric", numeric],
    [{ a: [{ numeric: [">", 9, "<", 5] }] }, "/a/0/numeric", numeric],
    [{ a: [{ numeric: [">", 0, "<", 5, "<", 4] }] }, "/a/0/numeric", numeric],
    [{ a: [{ "anything-but": [] }] }, "/a/0/anything-but", but],
    [{ a: [{ "anything-but": null }] }, "/a/0/anything-but", but],
    [{ a: [{ "anything-but": ["x", 5] }] }, "/a/0/anything-but", but],
    [{ a: [{ "anything-but": [["x"]] }] }, "/a/0/anything-but", but],
    [{ a: [{ "anything-but": { prefix: [] } }] }, "/a/0/anything-but", but],
    [{ a: [{ "anything-but": { prefix: "" } }] }, "/a/0/anything-but", but],
    [{ a: [{ "anything-but": { numeric: [">", 5] } }] }, "/a/0/anything-but", but],
    [{ a: [{ "anything-but": { prefix: "x", suffix: "y" } }] }, "/a/0/anything-but", but],
    [
      { a: { exists: true } },
      "/a/exists",
      'An operator stands in a list. Write [{"exists":true}].',
    ],
    [{ a: { prefix: "x" } }, "/a/prefix", 'An operator stands in a list. Write [{"prefix":"x"}].'],
    [
      { a: { numeric: [">", 5] } },
      "/a/numeric",
      'An operator stands in a list. Write [{"numeric":[">",5]}].',
    ],
    [
      { a: { "anything-but": ["x"] } },
      "/a/anything-but",
      'An operator stands in a list. Write [{"anything-but":["x"]}].',
    ],
    [{ $or: [{ a: [1] }] }, "/$or", or],
    [{ $or: { a: [1] } }, "/$or", or],
    [{ $or: [{ a: [1] }, "x"] }, "/$or", or],
    [{ $or: [{ a: [1] }, { b: 2 }] }, "/$or/1/b", "Values stand in a list. Write [2]."],
    [{ "a/b": { "~": 5 } }, "/a~1b/~0", "Values stand in a list. Write [5]."],
  ])("%j is told at %s", (pattern, pointer, message) => {
    expect(parsePattern(pattern).mistakes).toEqual([{ pointer, message }]);
  });

  it("does not hide the others", () => {
    const { mistakes } = parsePattern(
      { a: "x", b: { c: [{ prefix: 1 }, []] } },
      "/rules/3/pattern",
    );
    expect(mistakes.map(({ pointer }) => pointer)).toEqual([
      "/rules/3/pattern/a",
      "/rules/3/pattern/b/c/0/prefix",
      "/rules/3/pattern/b/c/1",
    ]);
  });

  it("leaves fields alone that only have the name of an operator", () => {
    const read = parsePattern({ prefix: ["a"], exists: { numeric: [5] } });
    expect(read.mistakes).toEqual([]);
    expect(matches(read.pattern, { prefix: "a", exists: { numeric: 5 } })).toBe(true);
  });
});
