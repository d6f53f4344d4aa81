import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { deriveId } from "../../core/domain/ids.ts";
import type { Problem } from "../fixtures/rig/http.ts";
import { organization } from "../fixtures/rig/web-hub.ts";
import { type ApiRig, startApi } from "./web/api/api-rig.ts";

interface Applied {
  readonly dry_run: boolean;
  readonly changes: readonly { section: string; name: string; change: string }[];
}

let api: ApiRig;
let admin: string;

async function start(): Promise<void> {
  api = await startApi();
  admin = await api.person("Ada", ["admin"], ["read", "admin"]);
  await api.person("Ben", ["approver"], ["read"]);
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
  await api.producer("ci");
}
beforeEach(start);
afterEach(() => api.close());

const exported = async () =>
  (
    await api.call<string>("GET", "/v1/export", {
      key: admin,
      headers: { accept: "application/yaml" },
    })
  ).body;
const apply = <Body = Applied>(text: string, query = "") =>
  api.call<Body>("POST", `/v1/apply${query}`, {
    key: admin,
    headers: { "content-type": "application/yaml" },
    body: text,
  });
const said = ({ body }: { readonly body: Applied }) =>
  body.changes.map(({ section, name, change }) => `${change} ${section} ${name}`);

const file = `groups:
  - name: release managers
    members: [ben@example.com, ada@example.com]
policies:
  - name: production
    approvers: [{ group: release managers }, { person: ada@example.com }]
    votes: 2
    expires_in: 90m
rules:
  # The order is kept.
  - name: Production deploys
    types: ["deploy.*"]
    pattern: { data: { environment: ["production"] } }
    to: ["#releases", "Ops › General"]
    policy: production
  - name: All
    types: ["*"]
    level: warning
    to: ["#ops"]
    continue: true
fallback: "#ops"
pins:
  - { type: deploy.requested, policy: production }
  - { producer: ci, policy: production }
`;

const hasType = async (name: string) => (await api.hub.eventTypes.get(name)) !== undefined;

describe("settings as code", () => {
  it("B11: applied twice changes nothing the second time, and export, apply, export gives the same bytes", async () => {
    expect(said(await apply(file, "?dry_run=true"))).toHaveLength(5);
    expect((await api.hub.rules.current()).version).toBe(0);
    expect(said(await apply(file))).toEqual([
      "added groups release managers",
      "added policies production",
      "added pins type deploy.requested",
      "added pins producer ci",
      "added rules rules",
    ]);
    expect(said(await apply(file))).toEqual([]);
    const byName = file.replace("ben@example.com, ada@example.com", "Ada, ben@example.com");
    expect(said(await apply(byName.replace("person: ada@example.com", "person: Ada")))).toEqual([]);
    expect((await api.hub.rules.current()).version).toBe(1);
    const first = await exported();
    expect(first).toContain("  - name: Production deploys\n    types:\n      - deploy.*\n");
    expect(first).toContain("expires_in: 90m");
    expect(said(await apply(first))).toEqual([]);
    expect(await exported()).toBe(first);
    // Into a hub that has nothing but the same people, channels and producers.
    await api.close();
    await start();
    await apply(first);
    expect(await exported()).toBe(first);
  });

  it("takes JSON as well, and a JSON text, as programs post it", async () => {
    const json = JSON.stringify(parse(file));
    expect(said(await apply(json, "?dry_run=true"))).toHaveLength(5);
    expect(said(await apply(JSON.stringify(file), "?dry_run=true"))).toHaveLength(5);
  });

  it("leaves alone what the file leaves out, unless it prunes; rules are replaced as a list", async () => {
    await apply(file);
    const some = stringify({ rules: [{ name: "All", types: ["*"], to: ["#ops"] }] });
    expect(said(await apply(some))).toEqual(["changed rules rules"]);
    expect((await api.hub.rules.current()).rules.map(({ name }) => name)).toEqual(["All"]);
    expect((await api.hub.rules.current()).fallback).toBe("#ops");
    expect(await api.hub.policies.get("production")).toBeDefined();
    const empty = "policies: []\npins: []\ngroups: []\n";
    expect(said(await apply(empty))).toEqual([]);
    expect(said(await apply(empty, "?prune=true"))).toEqual([
      "removed pins producer ci",
      "removed pins type deploy.requested",
      "removed policies production",
      "removed groups release managers",
    ]);
  });

  it("may move a pin and the rule below it in one file", async () => {
    await apply(file);
    const other = file
      .replaceAll("production\n", "strict\n")
      .replaceAll("production }", "strict }");
    expect(other).toContain("name: strict");
    expect((await apply(other)).status).toBe(200);
    expect((await api.hub.policies.pins()).map(({ policy }) => policy)).toEqual([
      "strict",
      "strict",
    ]);
    expect((await api.hub.rules.current()).rules[0]?.policy).toBe("strict");
  });

  it("is checked whole before the first write: every mistake with its line and the nearest name", async () => {
    const wrong = file
      .replace("    votes: 2", "    vote: 2")
      .replace("    level: warning", "    levle: warning");
    const refused = await apply<Problem>(wrong);
    expect(refused.status).toBe(422);
    expect(refused.body.errors?.map(({ message }) => message)).toEqual([
      'line 7: unknown field; did you mean "votes"?',
      'line 18: unknown field; did you mean "level"?',
    ]);
    const names = file
      .replace("{ group: release managers }", "{ group: release manager }")
      .replace('to: ["#ops"]', 'to: ["#opps"]')
      .replace("{ producer: ci,", "{ producer: cj,");
    const lost = await apply<Problem>(names);
    expect(lost.body.errors?.map(({ message }) => message)).toEqual([
      'line 6: there is no group "release manager"; did you mean "release managers"?',
      'line 24: there is no producer "cj"; did you mean "ci"?',
      'line 19: there is no destination "#opps"; did you mean "#ops"?',
    ]);
    expect((await apply<Problem>("rules: [")).body.errors?.[0]?.message).toMatch(/^line 1: /);
    expect((await apply<Problem>("")).body.code).toBe("settings_missing");
    const pinned = file
      .replace("    policy: production\n  - name: All", "    policy: weak\n  - name: All")
      .replace('types: ["deploy.*"]', 'types: ["deploy.requested"]')
      .replace("rules:\n", "  - { name: weak, approvers: [{ anyone: true }] }\nrules:\n");
    expect((await apply<Problem>(pinned)).body.errors?.[0]?.message).toMatch(
      /^line \d+: an admin has pinned deploy.requested to the policy "production"/,
    );
    expect(await api.hub.policies.list()).toEqual([]);
    expect((await api.hub.rules.current()).version).toBe(0);
    expect(await exported()).not.toContain("release managers");
  });

  it("says what stands in the way where a thing is used elsewhere, and a rerun finishes", async () => {
    await apply(file);
    const away = "policies: []\n";
    const refused = await apply<Problem>(away, "?prune=true");
    expect([refused.status, refused.body.code]).toEqual([409, "settings_stopped"]);
    expect(refused.body.detail).toContain("is named by the rule Production deploys");
    expect((await apply("policies: []\npins: []\nrules: []\n", "?prune=true")).status).toBe(200);
    expect(await api.hub.policies.list()).toEqual([]);
  });

  it("brings a policy before the type that names it, and takes it away after", async () => {
    const named = `policies:
  - { name: refunds, approvers: [{ person: ada@example.com }], votes: 1 }
event_types:
  - name: refund.requested
    about: Somebody asks for money back.
    texts: { title: Refund }
    sample: { data: {} }
    approval: { kind: opens, policy: refunds }
`;
    expect(said(await apply(named))).toEqual([
      "added policies refunds",
      "added event_types refund.requested",
    ]);
    expect(await exported()).toContain("policy: refunds");
    expect(said(await apply("policies: []\nevent_types: []\n", "?prune=true"))).toEqual([
      "removed event_types refund.requested",
      "removed policies refunds",
    ]);
  });

  it("holds event types, producers and addresses too; what is secret is filled in and never written", async () => {
    const more = `producers:
  - { name: billing, callback: "https://billing.example/hooks/s3cret", callback_hosts: [billing.example] }
event_types:
  - name: refund.requested
    about: Somebody asks for money back.
    texts: { title: "Refund {{ data.amount }}" }
    sample: { subject: r/1, data: { amount: 20 } }
    approval: { kind: opens }
`;
    expect(said(await apply(more))).toEqual([
      "added producers billing",
      "added event_types refund.requested",
    ]);
    expect(said(await apply(more))).toEqual([]);
    const text = await exported();
    expect(text).toContain("  - name: refund.requested\n    about: Somebody asks");
    expect(text).toContain("  - name: billing\n    callback_hosts:\n      - billing.example");
    expect(text).not.toContain("s3cret");
    expect(said(await apply(text))).toEqual([]);
    expect(await exported()).toBe(text);
    const off = more.replace("    about:", "    on: false\n    about:");
    expect(said(await apply(off))).toEqual(["changed event_types refund.requested"]);
    expect((await api.hub.eventTypes.get("refund.requested"))?.off).toBe(true);
    expect(said(await apply("event_types: []\n", "?prune=true"))).toEqual([
      "removed event_types refund.requested",
    ]);
    const wrong = await apply<Problem>(
      more
        .replace("[billing.example]", '["https://x"]')
        .replace("{{ data.amount }}", "{{ data.amount"),
    );
    expect(wrong.body.errors?.map(({ message }) => message.slice(0, 7))).toEqual([
      "line 2:",
      "line 6:",
    ]);
    expect(await hasType("refund.requested")).toBe(false);
  });

  it("U28: takes a channel under an id that it had before for the same one", async () => {
    const before = await exported();
    const [ops] = await api.store.destinations.scan("byChannel", {
      prefix: [organization, "slack", "T1", "#ops"],
      limit: 1,
    });
    if (ops?.kind !== "slack") throw new Error("The destination is not there.");
    const moved = { ...ops, channelId: "C1NEW", formerChannelIds: [ops.channelId], revision: 2 };
    expect(await api.store.destinations.replace(moved, 1)).toBe("saved");
    const applied = await apply(before);
    expect([applied.status, applied.body.changes]).toEqual([200, []]);
    expect(await exported()).toContain("C1NEW");
  });

  it("does not move a channel by itself, nor make one of a workspace that is not connected", async () => {
    const moved = "destinations:\n  - { name: '#ops', kind: slack, workspace: T1, channel: C9 }\n";
    expect((await apply<Problem>(moved)).body.errors?.[0]?.message).toContain(
      "line 2: #ops leads to another channel here",
    );
    const far = "destinations:\n  - { name: '#far', kind: slack, workspace: T9, channel: C9 }\n";
    expect((await apply<Problem>(far)).body.errors?.[0]?.message).toContain(
      "the Slack workspace T9 is not connected here",
    );
    const off = (await exported()).replace(
      'channel: "#ops"\n',
      'channel: "#ops"\n    state: disabled\n',
    );
    expect(said(await apply(off))).toEqual(["changed destinations #ops"]);
    expect((await api.hub.destinations.list()).find(({ name }) => name === "#ops")?.disabled).toBe(
      true,
    );
  });

  it("brings destinations that name each other, in whatever order, and takes them away together", async () => {
    const hook = (name: string, more: string) =>
      `  - { name: ${name}, kind: webhook, values: { address: "https://hooks.example/${name}" }, types: ["*"], ${more} }\n`;
    const ring = `destinations:\n${hook("a", "fallback: b")}${hook("b", "fallback: a")}${hook("c", "state: test, test_target: d")}${hook("d", "fallback: c")}`;
    expect((await apply(ring)).status).toBe(200);
    const text = await exported();
    const { destinations } = parse(text) as { readonly destinations: readonly object[] };
    expect(destinations).toMatchObject([
      { name: "#ops" },
      { name: "#releases" },
      { name: "Ops › General" },
      { name: "a", fallback: "b" },
      { name: "b", fallback: "a" },
      { name: "c", state: "test", test_target: "d" },
      { name: "d", fallback: "c" },
    ]);
    expect(said(await apply(ring))).toEqual([]);
    expect(said(await apply(text))).toEqual([]);
    const rest = stringify({ destinations: destinations.slice(0, 3) });
    expect((await apply(rest, "?prune=true")).status).toBe(200);
    expect(parse(await exported())).toMatchObject(parse(rest));
  });

  it.each([
    [
      "types",
      '{ name: a, kind: webhook, values: { address: "https://hooks.example/a" }, types: [no type] }',
    ],
    [
      "test_target",
      '{ name: a, kind: webhook, values: { address: "https://hooks.example/a" }, state: test }',
    ],
  ])("checks %s of a destination that it brings before the first write", async (field, one) => {
    const text = `groups: [{ name: g, members: [Ada] }]\ndestinations:\n  - ${one}\n`;
    const refused = await apply<Problem>(text);
    expect([refused.status, refused.body.errors?.[0]?.message]).toEqual([
      422,
      expect.stringContaining(`line 3: ${field}: `),
    ]);
    expect(await api.hub.people.groups.list()).toEqual([]);
  });

  it("prunes the fallback of the rules with the destination that it leads to", async () => {
    await apply(file);
    const text = parse(await exported()) as { readonly destinations: readonly { name: string }[] };
    const rest = stringify({
      destinations: text.destinations.filter(({ name }) => name === "#releases"),
      rules: [{ name: "All", types: ["*"], to: ["#releases"] }],
    });
    expect((await apply(rest, "?prune=true")).status).toBe(200);
    expect((await api.hub.rules.current()).fallback).toBeUndefined();
    expect((await api.hub.destinations.list()).map(({ name }) => name)).toEqual(["#releases"]);
  });

  it("asks which of two people of one name is meant, and writes them so that each is", async () => {
    const ids = ["one", "two"].map((name) => deriveId("person", name));
    for (const id of ids) {
      await api.store.people.insert({ id, organization, revision: 1, name: "Kim", roles: [] });
    }
    const refused = await apply<Problem>("groups: [{ name: g, members: [Kim] }]\n");
    expect(refused.body.errors?.map(({ message }) => message)).toEqual([
      'line 1: 2 people are called "Kim"; give the e-mail address, or the id',
    ]);
    await apply(`groups: [{ name: g, members: [${ids.join(", ")}] }]\n`);
    const text = await exported();
    expect(said(await apply(text))).toEqual([]);
    await apply(text.replace("members:\n", "members:\n      - Ada\n"));
    const [group] = await api.hub.people.groups.list();
    expect(group?.members.toSorted()).toEqual([...ids, deriveId("person", "Ada")].toSorted());
  });

  it("brings an event type together with the policy that it names, and takes both away", async () => {
    const both = `policies:
  - { name: strict, approvers: [{ person: Ada }] }
event_types:
  - name: refund.requested
    about: Somebody asks for money back.
    texts: { title: Refund }
    sample: { subject: r/1, data: {} }
    approval: { kind: opens, policy: strict }
`;
    expect(said(await apply(both))).toEqual([
      "added policies strict",
      "added event_types refund.requested",
    ]);
    expect(said(await apply(await exported()))).toEqual([]);
    const lost = await apply<Problem>(
      both.replace("policies:\n  - { name: strict", "policies:\n  - { name: other"),
      "?prune=true",
    );
    expect(lost.body.errors?.map(({ message }) => message)).toEqual([
      "line 8: there is no policy called strict",
    ]);
    expect(said(await apply("policies: []\nevent_types: []\n", "?prune=true"))).toEqual([
      "removed event_types refund.requested",
      "removed policies strict",
    ]);
  });

  it("writes a pin with the name that its producer has now", async () => {
    await apply(file);
    const ci = (await api.hub.producers.list()).find(({ name }) => name === "ci");
    if (!ci) throw new Error("The producer is not there.");
    await api.hub.producers.change(ci.id, ci.revision, { name: "builds" });
    const text = await exported();
    expect(text).toContain("  - producer: builds\n    policy: production");
    expect(said(await apply(text))).toEqual([]);
    expect(said(await apply("pins: []\n", "?prune=true"))).toContain(
      "removed pins producer builds",
    );
  });

  it("is for admins alone", async () => {
    const router = await api.person("Rob", ["router"], ["read"]);
    const { status } = await api.call("GET", "/v1/export", { key: router });
    expect(status).toBe(403);
  });
});
