import { afterAll, beforeAll, expect, it } from "vitest";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEnginesSideBySide } from "../fixtures/rig/engines.ts";
import type { Problem } from "../fixtures/rig/http.ts";
import {
  deployEvent,
  openRequest,
  shownTexts,
  type WaitingRequest,
} from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

interface RuleBody {
  readonly name: string;
  readonly types: readonly string[];
  readonly to: readonly string[];
  readonly level?: string;
  readonly pattern?: object;
  readonly policy?: string;
  readonly continue?: boolean;
}

interface EventList {
  readonly items: readonly { readonly data: { readonly request_id: string } }[];
}

interface RulesBody {
  readonly version: number;
  readonly rules: readonly RuleBody[];
  readonly fallback?: string;
}

onEnginesSideBySide("rules", (engine) => {
  let hub: RunningHub;
  let seeded: RulesBody;
  beforeAll(async () => {
    hub = await engine.start();
    seeded = (await read()).body;
  });
  afterAll(() => endStory(hub));

  const read = () => hub.call<RulesBody>("GET", "/v1/rules", { key: hub.adminKey });
  const write = (body: unknown, headers: Readonly<Record<string, string>>) =>
    hub.call<RulesBody & Problem>("PUT", "/v1/rules", { key: hub.adminKey, body, headers });

  /** Save a rule set over the newest one. */
  async function save(rules: readonly RuleBody[]): Promise<RulesBody> {
    const { headers } = await read();
    const body = { rules, ...(seeded.fallback ? { fallback: seeded.fallback } : {}) };
    const answer = await write(body, { "if-match": headers.get("etag") ?? "" });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body;
  }

  const namesFor = async (event: object) => (await hub.post(event)).matched.map(({ name }) => name);
  const event = (fields: object) => ({ ...deployEvent(), ...fields });

  it("H2: what is read can be written back as it is, as a new version", async () => {
    const { headers, body } = await read();
    const { rules, fallback } = body;
    const saved = await write({ rules, fallback }, { "if-match": headers.get("etag") ?? "" });
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({ version: body.version + 1, rules });
  });

  it("H2: a replace without If-Match is 428, over a newer version 412", async () => {
    const { headers, body } = await read();
    const { rules, fallback } = body;
    const etag = headers.get("etag") ?? "";
    const without = await write({ rules, fallback }, {});
    expect([without.status, without.body.code]).toEqual([428, "if_match_missing"]);
    expect((await write({ rules, fallback }, { "if-match": etag })).status).toBe(200);
    const stale = await write({ rules, fallback }, { "if-match": etag });
    expect([stale.status, stale.body.code]).toEqual([412, "rules_stale"]);
  });

  it("H2: the first match ends the walk, and continue goes on", async () => {
    await save([
      { name: "All deploys", types: ["deploy.*"], to: ["#releases"], continue: true },
      { name: "Production", types: ["deploy.requested"], to: ["Ops › General"] },
      { name: "Never reached", types: ["*"], to: ["#releases"] },
    ]);
    expect(await namesFor(event({}))).toEqual(["All deploys", "Production"]);
    expect(await namesFor(event({ type: "deploy.finished" }))).toEqual([
      "All deploys",
      "Never reached",
    ]);
    expect(await namesFor(event({ type: "deployment" }))).toEqual(["Never reached"]);
  });

  it("H2: two rules that name one channel make one message", async () => {
    await save([
      { name: "First", types: ["*"], to: ["#releases"], continue: true },
      { name: "Second", types: ["*"], to: ["#releases"] },
    ]);
    const one = event({ type: "build.done" });
    const { subject } = one as { readonly subject: string };
    const receipt = await hub.post({ ...one, data: { title: subject } });
    expect(receipt.matched).toHaveLength(2);
    const about = ({ text }: { readonly text: string }) => text.includes(subject);
    await hub.sandbox.message("slack", about);
    expect((await hub.sandbox.messages("slack")).filter(about)).toHaveLength(1);
  });

  it.each([
    ["exact", { data: { environment: ["production"] } }, { environment: "production" }, {}],
    [
      "prefix",
      { data: { region: [{ prefix: "eu-" }] } },
      { region: "eu-west-1" },
      { region: "us" },
    ],
    [
      "anything-but",
      { data: { stage: [{ "anything-but": ["test"] }] } },
      { stage: "live" },
      { stage: "test" },
    ],
    [
      "numeric",
      { data: { amount: [{ numeric: [">", 10, "<=", 20] }] } },
      { amount: 20 },
      { amount: 10 },
    ],
    ["exists", { data: { ticket: [{ exists: true }] } }, { ticket: "T-1" }, {}],
  ])("H2: a pattern with %s takes what it says and no more", async (_, pattern, yes, no) => {
    await save([{ name: "Picky", types: ["*"], to: ["#releases"], pattern }]);
    expect(await namesFor(event({ type: "any.thing", data: yes }))).toEqual(["Picky"]);
    expect(await namesFor(event({ type: "any.thing", data: no }))).toEqual([]);
  });

  it("H2: a level takes what weighs as much or more", async () => {
    await save([{ name: "Loud", types: ["*"], to: ["#releases"], level: "warning" }]);
    expect(await namesFor(event({ type: "a.b", level: "notice" }))).toEqual([]);
    expect(await namesFor(event({ type: "a.b", level: "alert" }))).toEqual(["Loud"]);
  });

  it.each([
    ["a channel that nobody has", { to: ["#releasez"] }, "/rules/0/to/0", /#releases/],
    ["a policy that nobody has", { policy: "none" }, "/rules/0/policy", /none/],
    [
      "an operator that does not exist",
      { pattern: { data: { a: [{ regex: "x" }] } } },
      "/rules/0/pattern/data/a/0/regex",
      /regex/,
    ],
    ["an unknown field", { destinations: ["#releases"] }, "/rules/0/destinations", /unknown/],
    ["a name with signs that are not taken", { name: "<b>" }, "/rules/0/name", /letters/],
  ])("H2: refuses %s, with its place", async (_, fields, pointer, says) => {
    const { headers } = await read();
    const rules = [{ name: "Draft", types: ["*"], to: ["#releases"], ...fields }];
    const answer = await write({ rules }, { "if-match": headers.get("etag") ?? "" });
    expect(answer.status).toBe(422);
    const found = answer.body.errors?.find((one) => one.pointer === pointer);
    expect(found?.message, JSON.stringify(answer.body)).toMatch(says);
  });

  it("H2: a producer's key may not change rules", async () => {
    const { headers } = await read();
    const answer = await hub.call<Problem>("PUT", "/v1/rules", {
      headers: { "if-match": headers.get("etag") ?? "" },
      body: { rules: [] },
    });
    expect([answer.status, answer.body.code]).toEqual([403, "role_missing"]);
  });

  it.each(platforms)(
    "B2: a rule for approval.* posts once to other channels how a request ended, decided in %s",
    async (platform) => {
      const deploys = { name: "Deploys", types: ["deploy.*"], policy: "production" };
      const rules = [{ ...deploys, to: ["#releases", "Ops › General"] }];
      await save(rules);
      const [approved, rejected, cancelled] = await Promise.all([
        openRequest(hub),
        openRequest(hub),
        openRequest(hub),
      ]);
      const elsewhere = ["#finance", "Finance › General"];
      await save([...rules, { name: "How it ends", types: ["approval.*"], to: elsewhere }]);
      const press = (request: WaitingRequest, action: string, inputs = {}) =>
        hub.sandbox.click({
          message: request.copies[platform].id,
          ...{ person: "Ann", action, inputs },
        });
      await press(approved, "approve");
      await press(rejected, "reject", { reason: "Not today" });
      const cancel = `/v1/approvals/${cancelled.approval}/cancel`;
      expect((await hub.call("POST", cancel, { body: {} })).status).toBe(200);
      const { approval: created } = await hub.post(deployEvent());

      const told = [
        [approved.approval, "approved", "Approved: web/"],
        [rejected.approval, "rejected", "Rejected: web/"],
        [cancelled.approval, "cancelled", "Cancelled: web/"],
        [created?.id, "created", "New request: Deploy web "],
      ] as const;
      for (const [approval, end, says] of told) {
        const isIt = (one: SandboxMessage) =>
          shownTexts(one).includes(says) && JSON.stringify(one).includes(`/approvals/${approval}`);
        for (const chat of platforms) {
          await hub.sandbox.message(chat, isIt);
          expect((await hub.sandbox.messages(chat)).filter(isIt), says).toHaveLength(1);
        }
        const path = `/v1/events?type=approval.${end}`;
        const { body } = await hub.call<EventList>("GET", path, { key: hub.adminKey });
        const found = body.items.filter(({ data }) => data.request_id === approval);
        expect(found, says).toHaveLength(1);
      }
    },
  );

  it("M2: the backtest of the rules in force counts the messages that Slack and Teams got", async () => {
    await save([
      { name: "Loud", types: ["backtest.*"], level: "warning", to: ["#finance"], continue: true },
      {
        name: "Both",
        types: ["backtest.*"],
        pattern: { data: { both: [true] } },
        to: ["Ops › On call", "Finance › General"],
      },
      { name: "One", types: ["backtest.one"], to: ["Finance › General"] },
    ]);
    const kinds = [
      { type: "backtest.one", level: "alert", data: { both: true } },
      { type: "backtest.one", level: "info", data: { both: false } },
      { type: "backtest.two", level: "warning", data: { both: false } },
      { type: "backtest.two", level: "info", data: { both: true } },
    ];
    const mark = `M2 ${process.pid}`;
    const events = kinds.map((kind, at) => ({
      ...event({}),
      ...kind,
      data: { ...kind.data, title: `${mark} ${at}` },
    }));
    const receipts = [];
    for (const one of events) receipts.push(await hub.post(one));
    const { body } = await read();
    const tried = await hub.call<{
      moved: number;
      messages: readonly { destination: string; was: number; would: number }[];
    }>("POST", "/v1/rules/backtest", {
      key: hub.adminKey,
      body: { rules: body.rules, fallback: body.fallback, last: events.length },
    });
    expect(tried.body.moved).toBe(0);
    const planned = new Map(
      tried.body.messages.map(({ destination, would }) => [destination, would] as const),
    );
    const { body: listed } = await hub.call<{
      items: readonly { name: string; kind: string; channel: { id: string } | null }[];
    }>("GET", "/v1/destinations", { key: hub.adminKey });
    const channels = new Map(listed.items.map((one) => [one.channel?.id, one.name] as const));
    const platforms = new Map(listed.items.map(({ name, kind }) => [name, kind] as const));
    const nameOf = (channel: string) => channels.get(channel.split(";")[0]) ?? channel;
    // Each message that a receipt names has come; what is there then is all that was sent.
    await Promise.all(
      receipts.flatMap(({ matched }, at) =>
        [...new Set(matched.flatMap(({ destinations }) => destinations))].map((name) =>
          hub.sandbox.message(
            platforms.get(name) === "teams" ? "teams" : "slack",
            ({ text, channel }) => text.includes(`${mark} ${at}`) && nameOf(channel) === name,
          ),
        ),
      ),
    );
    const all = await Promise.all([hub.sandbox.messages("slack"), hub.sandbox.messages("teams")]);
    const posted = all.flat().filter(({ text }) => text.includes(mark));
    const counts = new Map<string, number>();
    for (const { channel } of posted) {
      const name = nameOf(channel);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(posted.length).toBeGreaterThan(5);
    expect(Object.fromEntries(counts)).toEqual(Object.fromEntries(planned));
  });
});
