import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scopes } from "../../../slack-app/install/scopes.ts";
import type { ConsoleVisitor } from "../../fixtures/rig/console-visitor.ts";
import { visit } from "../../fixtures/rig/console-visitor.ts";
import { keepPerson, type SlackHub, startSlackHub } from "../../fixtures/rig/slack-hub.ts";

const minuteMs = 60_000;

describe("installing in a Slack workspace", () => {
  let hub: SlackHub;
  let ann: ConsoleVisitor;

  beforeEach(async () => {
    hub = await startSlackHub();
    ann = await hub.signIn();
  });
  afterEach(() => hub.close());

  const records = () =>
    hub.store.installations.scan("byWorkspace", { prefix: ["slack"], limit: 9 });

  /** Begin, and answer the address that brings the browser back. */
  const wayBack = async (visitor = ann, outcome: "accept" | "wrong_state" = "accept") => {
    hub.slack.life.consent({ outcome });
    const begun = await visitor.get("/slack/install");
    const consent = await fetch(begun.headers.get("location") ?? "", { redirect: "manual" });
    const { pathname, search } = new URL(consent.headers.get("location") ?? "");
    return pathname + search;
  };

  it("A1: makes one installation with what was granted, and leads to the channel picker", async () => {
    const { status, location } = await hub.install(ann);
    const [record, ...others] = await records();
    expect(others).toEqual([]);
    expect(record).toMatchObject({ state: "connected", name: "Acme", connectedBy: hub.admin.id });
    expect(record?.scopes.toSorted()).toEqual(scopes.map(({ scope }) => scope).toSorted());
    expect([status, location]).toEqual([303, `/workspaces/${record?.id}/channels?connected`]);
    const opened = await hub.hub.installations.slack(record?.workspace ?? "");
    expect(opened).toMatchObject({
      botUserId: expect.stringMatching(/^U/),
      botId: expect.stringMatching(/^B/),
    });
    expect(record?.sealed).not.toContain(opened?.botToken);
    expect(hub.lines.join("\n")).not.toContain(opened?.botToken);
  });

  it("A1: asks for every scope of the table, with the hub's own redirect address and a fresh state", async () => {
    const [one, other] = [await ann.get("/slack/install"), await ann.get("/slack/install")];
    const queries = [one, other].map(
      ({ headers }) => new URL(headers.get("location") ?? "").searchParams,
    );
    expect(queries[0]?.get("scope")).toBe(scopes.map(({ scope }) => scope).join(","));
    expect(queries[0]?.get("redirect_uri")).toBe(`${hub.url}/slack/oauth_redirect`);
    expect(queries[0]?.get("state")).toMatch(/^[\w-]{43}$/);
    expect(queries[0]?.get("state")).not.toBe(queries[1]?.get("state"));
    const kept = await hub.store.connectStates.scan("byExpiry", { limit: 9 });
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain(queries[0]?.get("state"));
  });

  it("A1: refuses a state that comes back a second time, also two at once", async () => {
    const path = await wayBack();
    const both = await Promise.all([ann.get(path), ann.get(path)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 400]);
    const replayed = await ann.get(path);
    expect(replayed.status).toBe(400);
    expect(replayed.body).toContain("This install was finished already");
    expect(await records()).toHaveLength(1);
  });

  it("A1: refuses a state that it never made", async () => {
    const forged = await ann.get(await wayBack(ann, "wrong_state"));
    expect(forged.status).toBe(400);
    expect(forged.body).toContain("This install was not begun here");
    const none = await ann.get("/slack/oauth_redirect?code=1");
    expect(none.status).toBe(400);
    expect(await records()).toEqual([]);
  });

  it("A1: refuses the state of another session, and of another admin, and leaves it to its owner", async () => {
    const path = await wayBack();
    const ben = await keepPerson(hub, "Ben", ["admin"]);
    for (const other of [await hub.signIn(), await hub.signIn(ben)]) {
      const { status, body } = await other.get(path);
      expect(status).toBe(400);
      expect(body).toContain("This install belongs to another session");
    }
    expect(await records()).toEqual([]);
    expect((await ann.get(path)).status).toBe(303);
  });

  it("A1: refuses a state that is older than ten minutes, and starts again in one click", async () => {
    const path = await wayBack();
    hub.clock.pass(10 * minuteMs);
    const late = await ann.get(path);
    expect(late.status).toBe(400);
    expect(late.body).toContain("This install took too long");
    expect(late.body).toContain('href="/slack/install"');
    expect(await records()).toEqual([]);
  });

  it("A1, U22: answers Cancel at Slack with a page of its own, and keeps nothing", async () => {
    const { status, body } = await hub.install(ann, { outcome: "cancel" });
    expect(status).toBe(200);
    expect(body).toContain("You cancelled the install");
    expect(body).toContain("Start again");
    expect(await records()).toEqual([]);
  });

  it("U20: explains a session that did not come back, and offers to start again", async () => {
    const path = await wayBack();
    const { status, body } = await visit(hub.url).get(path);
    expect(status).toBe(400);
    expect(body).toContain("Your sign-in did not come back with you");
    expect(body).toContain('href="/slack/install"');
    expect((await ann.get(path)).status).toBe(303);
  });

  it("A1: lets only admins connect; a stranger signs in first and comes back", async () => {
    const eve = await hub.signIn(await keepPerson(hub, "Eve", ["router", "approver"]));
    const refused = await eve.get("/slack/install");
    expect(refused.status).toBe(403);
    expect(refused.body).toContain("Only admins connect workspaces");
    const stranger = await visit(hub.url).get("/slack/install");
    expect(stranger.headers.get("location")).toBe("/auth/login");
    expect(stranger.headers.get("set-cookie")).toContain(encodeURIComponent("/slack/install"));
    expect(await records()).toEqual([]);
  });

  it("A1: connecting again makes no second installation, and keeps what an admin has set", async () => {
    await hub.install(ann);
    const [first] = await records();
    const id = first?.id ?? "ins_";
    await hub.hub.workspaces.change(id as `ins_${string}`, { matchByEmail: true });
    await hub.install(ann);
    const [again, ...others] = await records();
    expect(others).toEqual([]);
    expect(again).toMatchObject({ id, matchByEmail: true, state: "connected" });
  });

  it("refuses a workspace that belongs to another organization of this hub", async () => {
    await hub.install(ann);
    const [mine] = await records();
    if (!mine) throw new Error("Nothing was installed.");
    await hub.store.installations.remove(mine.id);
    await hub.store.installations.insert({ ...mine, id: "ins_other", organization: "org_other" });
    const { status, body } = await hub.install(ann);
    expect(status).toBe(409);
    expect(body).toContain("This workspace belongs to another organization");
    expect(await records()).toHaveLength(1);
  });
});

describe("an install that Slack refuses at the exchange", () => {
  let hub: SlackHub;
  beforeEach(async () => {
    hub = await startSlackHub();
  });
  afterEach(() => hub.close());

  it.each([
    ["invalid_code", "Slack did not take the install"],
    ["code_already_used", "was used before"],
    ["bad_redirect_uri", "The redirect address is wrong"],
    ["invalid_client_id", "The client id is wrong"],
    ["bad_client_secret", "The client secret is wrong"],
    ["invalid_team_for_non_distributed_app", "The Slack app belongs to another workspace"],
    ["org_login_required", "The Slack organization blocks the app"],
    ["some_new_code", "It says: some_new_code"],
  ])("A1: %s names what is wrong, keeps nothing, and offers to start again", async (code, says) => {
    hub.slack.setChaos({
      ...{ platform: "slack", next: 1, method: "oauth.v2.access" },
      ...{ answer: code, effect: "before" },
    });
    const { status, body } = await hub.install(await hub.signIn());
    expect(status).toBe(400);
    expect(body).toContain(says);
    expect(body).toContain("Nothing was connected.");
    expect(body).toContain('href="/slack/install"');
    expect(await hub.store.installations.scan("byWorkspace", { limit: 9 })).toEqual([]);
  });
});

describe("an install that does not fit this hub", () => {
  const refusedWith = async (change: Parameters<typeof startSlackHub>[0]) => {
    const hub = await startSlackHub(change);
    try {
      const { status, body } = await hub.install(await hub.signIn());
      const kept = await hub.store.installations.scan("byWorkspace", { limit: 9 });
      return { status, body, kept, lines: hub.lines };
    } finally {
      await hub.close();
    }
  };

  it("names a wrong client secret as such, and keeps nothing", async () => {
    const { status, body, kept, lines } = await refusedWith({ clientSecret: "another" });
    expect(status).toBe(400);
    expect(body).toContain("The client secret is wrong");
    expect(body).not.toContain("another");
    expect(kept).toEqual([]);
    expect(lines.join("\n")).toContain('"because":"bad_client_secret"');
  });

  it("refuses a workspace that the operator did not allow, before anything is stored", async () => {
    const { status, body, kept } = await refusedWith({ allowedTeams: ["T0ELSEWHERE"] });
    expect(status).toBe(403);
    expect(body).toContain("This workspace is not allowed");
    expect(kept).toEqual([]);
  });

  it("says that Slack was not reached", async () => {
    const { status, body, kept } = await refusedWith({ apiUrl: "http://127.0.0.1:1/api/" });
    expect(status).toBe(400);
    expect(body).toContain("Slack was not reached");
    expect(kept).toEqual([]);
  });
});
