import { afterEach, describe, expect, it } from "vitest";
import { answering, run, smallWorld } from "./small-world.ts";

const rules = `
rules:
  - name: Production
    types: ["deploy.*"]
    pattern: { data: { environment: ["production"] } }
    to: ["#releases", "Ops › General"]
    policy: production
  - name: Large
    types: ["invoice.*"]
    when: event.data.amount > 1000
    to: ["#finance"]
fallback: "#ops"
policies: []
`;
const event = JSON.stringify({ type: "deploy.requested", data: { environment: "staging" } });
const files: Readonly<Record<string, string>> = {
  "rules.yaml": rules,
  "event.json": event,
  "list.json": "[]",
  "broken.json": "{",
};
const readText = (path: string) => {
  const text = files[path];
  if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
  return text;
};
const routes = (words: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  run(["routes", ...words], smallWorld({ readText: (path) => more[path] ?? readText(path) }));

let hub: Awaited<ReturnType<typeof answering>> | undefined;
afterEach(() => hub?.close());

describe("routes test", () => {
  it("says where an event of a type would go, by the rules of a file, without a hub", async () => {
    const words = ["test", "deploy.requested", "environment=production", "--rules", "rules.yaml"];
    const { code, out } = await routes(words);
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toEqual([
      "1  Production  ✓ takes it",
      '     ✓ type ["deploy.*"]',
      '     ✓ data.environment ["production"]',
      "1 more rule is not reached",
      "goes to  #releases, Ops › General",
      "asks for an approval under the policy production",
    ]);
  });

  it("is content where it goes where it was expected to, in any order", async () => {
    const words = ["test", "deploy.requested", "environment=production", "--rules", "rules.yaml"];
    expect(await routes([...words, "--expect", "Ops › General, #releases"])).toMatchObject({
      code: 0,
      err: "",
    });
  });

  it("prints expected and actual side by side where they differ, and exits 1", async () => {
    const words = ["test", "invoice.paid", "amount=5", "--rules", "rules.yaml"];
    const { code, err } = await routes([...words, "--expect", "#finance,#audit"]);
    expect(code).toBe(1);
    expect(err.trimEnd().split("\n")).toEqual(["EXPECTED  ACTUAL", "#audit    #ops", "#finance"]);
  });

  it("asks the hub where no file is named", async () => {
    const explanation = {
      ...{ version: 3, destinations: ["#ops"], unrouted: true, policy: null },
      rules: [
        {
          ...{ rule: 1, name: "Deploys", outcome: "left" },
          clauses: [
            { field: "type", wanted: ["deploy.*"], found: "x", holds: false, error: null },
            {
              field: "when",
              wanted: "event.a > 1",
              found: null,
              holds: false,
              error: "No such key: a",
            },
          ],
        },
      ],
    };
    hub = await answering({ "POST /v1/rules/explain": [explanation] });
    const { code, out } = await run(
      [...hub.flags, "routes", "test", "x", "n=1", "--level", "alert"],
      smallWorld(),
    );
    expect(code).toBe(0);
    expect(hub.asked[0]?.body).toEqual({ event: { type: "x", data: { n: 1 }, level: "alert" } });
    expect(out.trimEnd().split("\n")).toEqual([
      "1  Deploys  ✕ leaves it",
      '     ✕ type ["deploy.*"]: the event has "x"',
      "     ✕ when event.a > 1: No such key: a",
      "goes to  #ops  (no rule takes it)",
    ]);
  });
});

describe("routes explain", () => {
  it("says of an event in a file why each rule takes it or leaves it", async () => {
    const { code, out } = await routes([
      "explain",
      "--event",
      "event.json",
      "--rules",
      "rules.yaml",
    ]);
    expect(code).toBe(0);
    expect(out).toContain('✕ data.environment ["production"]: the event has "staging"');
    expect(out).toContain("goes to  #ops  (no rule takes it)");
  });

  it.each([
    ["a file that is missing", "gone.json", "gone.json cannot be read (ENOENT)."],
    ["a list", "list.json", "list.json must hold one event as a JSON object."],
    ["broken JSON", "broken.json", "broken.json is not JSON:"],
  ])("refuses %s", async (_, file, sentence) => {
    const { code, err } = await routes(["explain", "--event", file, "--rules", "rules.yaml"]);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});

describe("a file of rules", () => {
  it.each([
    [
      "an unknown field",
      "rules:\n  - name: A\n    types: [x]\n    to: ['#a']\n    pattren: {}\n",
      'bad.yaml, line 5, /rules/0/pattren: unknown field; did you mean "pattern"?',
    ],
    [
      "a pattern with an unknown operator",
      "rules:\n  - name: A\n    types: [x]\n    to: ['#a']\n    pattern:\n      data:\n        a: [{ regex: x }]\n",
      'bad.yaml, line 7, /rules/0/pattern/data/a/0/regex: There is no operator "regex".',
    ],
    [
      "a condition that cannot be read",
      "rules:\n  - name: A\n    types: [x]\n    to: ['#a']\n    when: event.data.a >\n",
      "bad.yaml, line 5, /rules/0/when: Unexpected token: EOF",
    ],
    ["no rules", "destinations: []\n", "bad.yaml, line 1, /rules: expected a list"],
    ["YAML that is none", "rules: [\n", "bad.yaml, line 2: "],
  ])("with %s is refused with the line", async (_, text, sentence) => {
    const words = ["test", "x", "--rules", "bad.yaml"];
    const { code, err } = await routes(words, { "bad.yaml": text });
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});

describe("routes backtest", () => {
  it("says what the rules of a file would have done with the last events", async () => {
    hub = await answering({
      "POST /v1/rules/backtest": [
        {
          ...{ events: 12, moved: 1, unrouted: { was: 0, would: 1 } },
          messages: [{ destination: "#a", was: 12, would: 11 }],
          examples: [
            {
              ...{ event: "evt_1", type: "x", subject: "web/1" },
              was: { destinations: ["#a"], policy: "production" },
              would: { destinations: [], policy: null },
            },
          ],
        },
      ],
    });
    const world = smallWorld({ readText });
    const words = ["routes", "backtest", "--rules", "rules.yaml", "--last", "12"];
    const { code, out } = await run([...hub.flags, ...words], world);
    expect(code).toBe(0);
    expect(hub.asked[0]?.body).toMatchObject({
      last: 12,
      fallback: "#ops",
      rules: [{ name: "Production" }, {}],
    });
    expect(out.trimEnd().split("\n")).toEqual([
      "12 events planned again; 1 would go elsewhere. Nothing was sent.",
      "unrouted: 0 were, 1 would be",
      "",
      "TO  WAS  WOULD BE",
      "#a  12   11",
      "",
      "EVENT  TYPE  SUBJECT  WENT TO          WOULD GO TO",
      "evt_1  x     web/1    #a (production)  nowhere",
    ]);
  });

  it.each(["0", "100001", "x"])("does not take %s for a number of events", async (last) => {
    const { code, err } = await routes(["backtest", "--rules", "rules.yaml", "--last", last]);
    expect(code).toBe(2);
    expect(err).toContain("Give a number from 1 to 100000.");
  });
});
