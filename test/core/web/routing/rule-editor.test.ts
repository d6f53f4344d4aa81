import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deriveId } from "../../../../core/domain/ids.ts";
import type { Rule } from "../../../../core/domain/rule.ts";
import { type ConsoleVisitor, visitAs } from "../../../fixtures/rig/console-visitor.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "../api/api-rig.ts";

const rule = (name: string, fields: Partial<Rule> = {}): Rule => ({
  name,
  types: ["deploy.*"],
  to: ["#releases"],
  continue: false,
  ...fields,
});
const production = rule("Production", {
  pattern: { data: { environment: ["production"] } },
  policy: "open",
});
const rest = rule("Rest", { types: ["*"], to: ["#ops"] });

/** The fields of the editor as a browser without scripts would send them. */
const fields = (over: Readonly<Record<string, string | readonly string[]>> = {}) => ({
  version: "1",
  original: "Production",
  name: "Production",
  types: "deploy.*",
  mode: "lines",
  joined: "all",
  field: ["data.environment"],
  operator: ["is"],
  value: ["production"],
  to: ["#releases"],
  policy: "open",
  afterwards: "stop",
  place: "1",
  description: "",
  do: "save",
  ...over,
});

let api: ApiRig;
let browser: ConsoleVisitor;
beforeEach(async () => {
  api = await startApi();
  await api.person("Ada", ["admin"], ["read", "admin"]);
  await api.person("Rob", ["router"], ["read"]);
  await api.person("Aud", ["auditor"], ["read"]);
  await api.keepPolicy();
  for (const [kind, name] of [
    ["slack", "#releases"],
    ["slack", "#ops"],
    ["teams", "Ops › General"],
  ] as const) {
    const record = { id: deriveId("destination", name), organization, revision: 1, name };
    await api.store.destinations.insert(
      kind === "slack"
        ? { ...record, kind, slackTeamId: "T1", channelId: name }
        : { ...record, kind, entraTenantId: "t1", channelId: name, serviceUrl: "" },
    );
  }
  await api.hub.rules.save({ rules: [production, rest], fallback: "#ops" }, 0, "Ada");
  browser = await visitAs(api, deriveId("person", "Rob"));
});
afterEach(() => api.close());

const editor = "/routing/rule?name=Production";
const save = (over: Parameters<typeof fields>[0] = {}) =>
  browser.post(editor, "/routing/rule", fields(over));
const keepSlack = (name: string, over: object = {}) =>
  api.store.destinations.insert({
    ...{ id: deriveId("destination", name), organization, revision: 1, name, kind: "slack" },
    ...{ slackTeamId: "T1", channelId: name, ...over },
  });
const names = async () => (await api.hub.rules.current()).rules.map(({ name }) => name);
const textOf = (html: string) =>
  html
    .replaceAll(/<(script|style)[^>]*>.*?<\/\1>/gs, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ");

describe("the editor of a rule, without scripts", () => {
  it("B4 B10: writes the pattern of its lines, and saves a version with author and description", async () => {
    const { status, headers } = await save({
      field: ["data.environment", "data.service", ""],
      operator: ["is", "is_not", "is"],
      value: ["production, staging", "docs", ""],
      to: ["#releases", "Ops › General"],
      level: "notice",
      when: "event.data.amount > 10.0",
      afterwards: "continue",
      description: "docs deploy freely",
    });
    expect([status, headers.get("location")]).toEqual([303, "/routing?saved=Production#rule-1"]);
    expect(await api.hub.rules.current()).toMatchObject({
      version: 2,
      author: "Rob",
      description: "docs deploy freely",
      fallback: "#ops",
      rules: [
        {
          ...{ name: "Production", types: ["deploy.*"], level: "notice", policy: "open" },
          pattern: {
            data: {
              environment: ["production", "staging"],
              service: [{ "anything-but": ["docs"] }],
            },
          },
          ...{ when: "event.data.amount > 10.0", continue: true },
          to: ["#releases", "Ops › General"],
        },
        { name: "Rest" },
      ],
    });
  });

  it("adds a rule at its place, moves one, and removes one after saying what that does", async () => {
    await save({ original: "", name: "First", types: "alert.*", place: "1", policy: "" });
    expect(await names()).toEqual(["First", "Production", "Rest"]);
    await save({ version: "2", place: "3" });
    expect(await names()).toEqual(["First", "Rest", "Production"]);
    const moved = await browser.post("/routing", "/routing/move", {
      ...{ version: "3", name: "Production", to: "up" },
    });
    expect(moved.headers.get("location")).toBe("/routing?moved=Production&to=up#rule-2");
    expect(await names()).toEqual(["First", "Production", "Rest"]);
    const list = await browser.get("/routing?moved=Production&to=up");
    expect(list.body).toMatch(/value="up"[^>]*autofocus/);
    const page = "/routing/remove?name=First";
    expect((await browser.get(page)).body).toContain("Remove “First”?");
    await browser.post(page, "/routing/remove", { version: "4", name: "First" });
    expect(await names()).toEqual(["Production", "Rest"]);
    await browser.post("/routing", "/routing/fallback", { version: "5", fallback: "" });
    expect(await api.hub.rules.current()).not.toHaveProperty("fallback");
  });

  it("keeps all fields of a refused form, says the mistake at its field, and saves nothing", async () => {
    const { status, body } = await save({
      name: "Pro?",
      field: ["data.environment", "data.amount"],
      operator: ["is", "above"],
      value: ["production", "much"],
      to: [],
      description: "kept",
    });
    expect(status).toBe(422);
    expect(body).toMatch(/id="line-1-error">Give one number\./);
    expect(body).toMatch(/id="to-error">Choose where such events go\./);
    expect(body).toContain('value="Pro?"');
    expect(body).toContain('value="much"');
    expect(body).toContain('value="kept"');
    const named = await save({ name: "Pro?" });
    expect(named.body).toMatch(/id="name-error">expected letters, digits/);
    const gone = await save({ to: ["#relaeses"] });
    expect(gone.body).toMatch(/did you mean &quot;#releases&quot;/);
    const when = await save({ when: "event.data.amount >" });
    expect(when.body).toMatch(/id="when-error">/);
    expect((await api.hub.rules.current()).version).toBe(1);
  });

  it("says where an operator is unknown, and what there is", async () => {
    const { body } = await save({ mode: "json", json: '{ "data": { "a": [{ "begins": "x" }] } }' });
    expect(textOf(body)).toContain(
      'data › a › 0 › begins: There is no operator "begins". There are: prefix, suffix',
    );
    const broken = await save({ mode: "json", json: '{ "data": ' });
    expect(broken.body).toMatch(/id="json-error">[^<]*line 1/);
  });

  it("switches between lines and JSON and loses nothing of what was typed", async () => {
    const json = await save({
      do: "json",
      field: ["data.a"],
      operator: ["starts_with"],
      value: ["x"],
    });
    expect(json.body).toContain("&quot;prefix&quot;: &quot;x&quot;");
    const back = await save({ do: "lines", mode: "json", json: '{"data":{"a":[{"prefix":"x"}]}}' });
    expect(back.body).toMatch(/name="field"[^>]*value="data.a"/);
    const only = await save({ do: "lines", mode: "json", json: '{"a":["x",{"prefix":"y"}]}' });
    expect(textOf(only.body)).toContain(
      "The fields cannot show this pattern: a is tested in more than one way, or in a way that has no line. It works as it is.",
    );
    expect(only.body).toContain("{&quot;a&quot;:[&quot;x&quot;");
    await api.hub.rules.save(
      { rules: [{ ...production, pattern: { a: ["x", { prefix: "y" }] } }] },
      1,
      "Ada",
    );
    const opened = await browser.get(editor);
    expect(textOf(opened.body)).toContain("Shown as JSON, because the fields cannot show it: a is");
    const half = await save({
      do: "json",
      field: ["data.a"],
      operator: ["above"],
      value: ["much"],
    });
    expect(half.body).toContain('value="much"');
    const more = await save({ do: "add" });
    expect(more.body.match(/name="field"/g)).toHaveLength(2);
    const less = await save({ do: "remove-0" });
    expect(less.body).not.toContain('value="data.environment"');
  });

  it("B10: shows the later of two admins the other's change, and keeps the draft on top of it", async () => {
    await api.hub.rules.save(
      { rules: [{ ...production, to: ["#ops"] }, rest], description: "quiet week" },
      1,
      "Ada",
    );
    const { status, body } = await save({ name: "Production deploys", description: "mine" });
    expect(status).toBe(409);
    expect(textOf(body)).toContain("Ada saved version 2 while you were writing.");
    expect(textOf(body)).toContain("Ada changed this very rule");
    expect(textOf(body)).toContain("“quiet week”");
    expect(body).toMatch(/<del>#releases<\/del> <ins>#ops<\/ins>/);
    expect(body).toContain('value="Production deploys"');
    expect(body).toMatch(/name="version" value="2"/);
    expect((await save({ version: "2", name: "Production deploys" })).status).toBe(303);
    expect(await names()).toEqual(["Production deploys", "Rest"]);
    const late = await browser.post("/routing", "/routing/move", {
      ...{ version: "1", name: "Rest", to: "up" },
    });
    expect([late.status, textOf(late.body).includes("Rob saved version 3")]).toEqual([409, true]);
  });

  it("is for those who may route; others read the list", async () => {
    const auditor = await visitAs(api, deriveId("person", "Aud"));
    expect((await auditor.get("/routing")).status).toBe(200);
    expect((await auditor.get("/routing")).body).not.toContain("/routing/move");
    expect((await auditor.get(editor)).status).toBe(403);
    expect((await auditor.post("/routing/backtest", "/routing/rule", fields())).status).toBe(403);
    expect((await auditor.post("/routing/backtest", "/routing/rollback", { to: "1" })).status).toBe(
      403,
    );
    expect((await api.hub.rules.current()).version).toBe(1);
  });
});

describe("the draft beside the rules in force", () => {
  const send = async (count: number, data: object, type = "deploy.requested") => {
    const { key } = await api.producer(`ci ${count} ${JSON.stringify(data)}`);
    for (let at = 0; at < count; at += 1) {
      api.clock.pass(1_000);
      await api.call("POST", "/v1/events", { key, body: { type, subject: `web/${at}`, data } });
    }
  };
  const preview = async (over: Parameters<typeof fields>[0] = {}) => {
    const { body } = await browser.post(editor, "/routing/preview", fields(over));
    return { html: body, text: textOf(body) };
  };

  it("says which of the last events move, by word, and that a weaker policy would decide them", async () => {
    await send(3, { environment: "production", service: "web" });
    await send(2, { environment: "production", service: "docs" });
    const { html, text } = await preview({
      field: ["data.environment", "data.service"],
      operator: ["is", "is_not"],
      value: ["production", "docs"],
    });
    expect(text).toContain("Last 5 deploy.* events");
    expect(text).toContain(
      "2 of 5 would move, and a weaker policy would decide them. Nobody would be asked.",
    );
    expect(html.match(/<tr class="moved">/g)).toHaveLength(2);
    expect(text).toContain("moves to #ops · nobody is asked");
    expect(text.match(/ same /g)).toHaveLength(3);
    // The whole page shows the same, and offers the fields that these events have.
    const page = await save({ do: "preview" });
    expect(page.body).toContain('<option value="data.service"');
    expect(textOf(page.body)).toContain("Seen lately: production 5");
    expect((await api.hub.rules.current()).version).toBe(1);
  });

  it("finds the events of a rare type behind others, newest first", async () => {
    await send(2, { environment: "production" });
    await send(30, { environment: "production" }, "noise.made");
    const { text } = await preview({ types: "deploy.requested, nothing.like.it" });
    expect(text).toContain("Last 2 deploy.requested, nothing.like.it events");
    expect(text.indexOf("web/1")).toBeLessThan(text.indexOf("web/0"));
    expect((await preview({ types: "nothing.like.it" })).text).toContain(
      "None has come that is still kept",
    );
  });

  it("C3: warns of fields that the texts ask for and some of these events lack, with the place", async () => {
    await api.hub.eventTypes.save(
      {
        ...{
          name: "leave.requested",
          about: "",
          level: "info",
          on: true,
          approval: { kind: "no" },
        },
        sample: { data: { who: "Lena", days: 3 } },
        texts: {
          title: "{{ data.who }} asks for {{ data.days }} days",
          facts: [{ label: "Who", value: "{{ data.who }}" }],
        },
      },
      undefined,
    );
    await send(2, { who: "Lena" }, "leave.requested");
    await send(1, { who: "Lena", days: 2 }, "leave.requested");
    const line = { field: [], operator: [], value: [] };
    const { html, text } = await preview({ ...line, types: "leave.requested" });
    expect(text).toMatch(/2 of these 3 have no field days ?, which the title asks for: see one/);
    expect(text).not.toContain("no field who");
    const [, example] = /missing-fields.*?href="\/events\/(evt_[^"]+)"/s.exec(html) ?? [];
    expect((await browser.get(`/events/${example}`)).status).toBe(200);
    const omar = { field: ["data.who"], operator: ["is"], value: ["Omar"] };
    const away = await preview({ ...omar, types: "leave.requested" });
    expect(away.text).not.toContain("have no field");
  });

  it("names what would become unrouted, and a rule that another one stands before", async () => {
    await send(2, { environment: "production" });
    const lost = await preview({ original: "Rest", name: "Rest", types: "alert.*", place: "2" });
    expect(lost.text).toContain("No alert.* event");
    await api.hub.rules.save({ rules: [production], fallback: "#ops" }, 1, "Ada");
    const unrouted = await preview({ version: "2", value: ["staging"] });
    expect(unrouted.text).toContain("would become unrouted and go to the fallback #ops");
    const shadowed = await preview({ version: "2", original: "", name: "Late", place: "2" });
    expect(shadowed.text).toContain(
      "“Late” takes none of them: “Production” stands before it, takes all and ends the walk.",
    );
  });

  it("comes from “Route this…” with the type, a place before the rule that takes it, and its policy", async () => {
    await send(1, { environment: "production" });
    const [accepted] = await api.store.events.scan("byTime", { prefix: [organization], limit: 1 });
    const page = await browser.get(`/events/${accepted?.id}`);
    const href = /href="(\/routing\/rule\?event=[^"]+)"/.exec(page.body)?.[1] ?? "";
    const { body } = await browser.get(href);
    expect(body).toMatch(/name="types"[^>]*value="deploy.requested"/);
    expect(body).toMatch(/name="field"[^>]*value="data.environment"/);
    expect(body).toMatch(/name="place"[^>]*value="1"/);
    expect(body).toMatch(/<option value="open" selected/);
  });
});

describe("the other pages of routing", () => {
  it("B10: list versions with author, reason and difference, and go back to one in one step", async () => {
    await save({ value: ["staging"], description: "try staging" });
    const { body } = await browser.get("/routing/versions");
    expect(textOf(body)).toContain("Version 2 in force Rob,");
    expect(textOf(body)).toContain("try staging");
    expect(body).toContain("staging&quot;]}}</ins>");
    const back = await browser.post("/routing/versions", "/routing/rollback", {
      ...{ version: "2", to: "1" },
    });
    expect(back.headers.get("location")).toBe("/routing/versions?back=1");
    expect((await api.hub.rules.current()).rules[0]).toEqual(production);
    const stale = await browser.post("/routing/versions", "/routing/rollback", {
      ...{ version: "2", to: "1" },
    });
    expect(stale.status).toBe(409);
  });

  it("B9: try a draft on the last events and send nothing", async () => {
    const { key } = await api.producer("ci");
    const body = { type: "deploy.requested", data: { environment: "production" } };
    await api.call("POST", "/v1/events", { key, body });
    const draft = JSON.stringify({ rules: [{ ...rest, name: "All" }] });
    const run = (text: string, last = "10") =>
      browser.post("/routing/backtest", "/routing/backtest", { rules: text, last });
    expect(textOf((await run(draft)).body)).toContain("1 would go elsewhere.");
    const wrong = await run('{"rules":[{"name":"x","typs":["a"],"to":["#ops"]}]}');
    expect([wrong.status, textOf(wrong.body).includes('did you mean "types"?')]).toEqual([
      422,
      true,
    ]);
    expect((await run(draft, "0")).status).toBe(422);
    expect((await api.hub.rules.current()).version).toBe(1);
  });

  it("take ten thousand rules at once, and stay usable", async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => rule(`rule ${at}`, { to: ["#ops"] }));
    const wrong = many.map((one) => ({ ...one, to: ["#nowhere"] }));
    const refused = await api.hub.rules.save({ rules: wrong }, 1, "Ada");
    expect(refused.kind === "invalid" && refused.errors.length).toBe(100);
    expect((await api.hub.rules.save({ rules: many }, 1, "Ada")).kind).toBe("saved");
    const list = await browser.get("/routing");
    expect(list.status).toBe(200);
    expect(list.body.length).toBeLessThan(400_000);
    const edit = await browser.get("/routing/rule?name=rule+9999");
    expect(edit.body).toMatch(/name="place"[^>]*value="10000"/);
    expect((await browser.get("/routing/rule?name=rule+5000")).status).toBe(200);
    expect((await browser.get("/routing/backtest")).status).toBe(200);
    const saved = await save({
      version: "2",
      original: "rule 9999",
      name: "last",
      place: "10000",
      policy: "",
    });
    expect(saved.status).toBe(303);
    expect((await browser.get(saved.headers.get("location") ?? "")).body).toContain(
      "<h2>last</h2>",
    );
  });
});

describe("the places that routing offers", () => {
  it("are all that there are, and nothing that stands there for the length of a test", async () => {
    const thousand = Array.from({ length: 1_000 }, (_, number) => `#a-${number}`);
    await Promise.all(thousand.map((name) => keepSlack(name)));
    await keepSlack("#b (typed values)", { draft: true });
    const edited = await browser.get(editor);
    const gone = /<span class="place">gone<\/span><span>#releases<\/span>/;
    expect([gone.test(edited.body), edited.body.includes("typed values")]).toEqual([false, false]);
    const listed = await browser.get("/routing");
    expect(listed.body).toContain('value="#ops" selected');
    expect(listed.body).not.toContain("typed values");
  });
});
