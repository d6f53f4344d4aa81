import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import type { SandboxTeam } from "../../core/ports/sandbox-life.ts";
import { type ConsoleVisitor, visit } from "../fixtures/rig/console-visitor.ts";
import { endStory, everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { SlackForger, TeamsForger } from "../fixtures/rig/forger.ts";
import { ask } from "../fixtures/rig/http.ts";
import { decidingButtons, deployEvent } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { type Platform, platforms } from "../fixtures/rig/sandbox-client.ts";

interface Items<Item> {
  readonly items: readonly Item[];
}
interface Workspace {
  readonly id: string;
  readonly platform: Platform;
  readonly workspace: string;
  readonly state: string;
}
interface Channel {
  readonly id: string;
}
interface RuleSet {
  readonly rules: readonly { readonly to?: readonly string[] }[];
  readonly fallback?: string;
}
interface Destination {
  readonly name: string;
  readonly workspace: string;
}
interface Approval {
  readonly state: string;
  readonly votes: readonly { readonly name: string; readonly via: string }[];
}

/** The workspace beside the first of each platform: its name, its people, and a channel of it that rules name. */
const second = {
  slack: { name: "Globex", people: ["Gil", "Gwen"], domain: "globex.example", channel: "#deploys" },
  // Called as a channel of the first tenant is.
  teams: {
    name: "Northwind",
    people: ["Nia", "Noah"],
    domain: "example.com",
    channel: "Ops › General",
  },
} as const;
const first = { slack: "Acme", teams: "Contoso" } as const;
const stranger = { slack: "T0FOREIGN1", teams: "11111111-2222-4333-8444-555555555555" } as const;
const patience = { timeout: 20_000, interval: 50 };

/** One hub in which two Slack workspaces and two tenants of Teams are connected, each in its own way. */
describe("several workspaces in one hub", () => {
  let hub: RunningHub;
  let ann: ConsoleVisitor;
  let slack: SlackForger;
  let teams: TeamsForger;

  const api = async <Body>(method: string, path: string, body?: object) => {
    const given = { key: hub.adminKey, ...(body ? { body } : {}) };
    const answer = await hub.call<Body>(method, path, given);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  const workspaces = async () => (await api<Items<Workspace>>("GET", "/v1/workspaces")).items;
  const teamOf = async (platform: Platform, name: string) => {
    const { body } = await hub.sandbox.call<Items<SandboxTeam & { readonly platform: Platform }>>(
      "GET",
      "/workspaces",
    );
    const found = body.items.find((one) => one.platform === platform && one.name === name);
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  };
  const recordOf = async (platform: Platform) => {
    const { id } = await teamOf(platform, second[platform].name);
    const found = (await workspaces()).find(({ workspace }) => workspace === id);
    if (!found) throw new Error(`${platform} has no second workspace.`);
    return found;
  };
  const happens = async (path: string, body: object) => {
    const answer = await hub.sandbox.call("POST", path, { body });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  };

  /** Leave for the second workspace's consent page, and come back. */
  async function connect(platform: Platform): Promise<void> {
    const { name, people } = second[platform];
    const { id } = await teamOf(platform, name);
    await happens("/install", { platform, workspace: name, as: people[0], outcome: "accept" });
    const path = { slack: "/slack/install", teams: "/teams/consent" }[platform];
    const away = await ann.get(`${path}?workspace=${id}`);
    const there = await ask(away.headers.get("location") ?? "", "GET");
    const back = new URL(there.headers.get("location") ?? "");
    expect((await ann.get(`${back.pathname}${back.search}`)).status).toBe(303);
    if (platform === "slack") return;
    await happens("/catalogue", { workspace: name, do: "publish" });
    await happens("/teams", { workspace: name, do: "add_app", team: "Ops" });
  }

  /** Make the channel of the second workspace a destination, under a name that is free. */
  async function choose(platform: Platform): Promise<string> {
    const { id, workspace } = await recordOf(platform);
    const { channels } = await teamOf(platform, second[platform].name);
    const channel = channels.find(({ name }) => name === second[platform].channel)?.id;
    const chosen = await api<Destination>("POST", "/v1/destinations", { workspace: id, channel });
    expect(chosen.workspace).toBe(workspace);
    return chosen.name;
  }

  /** Let every rule that names a channel of the first workspaces name those of the second as well. */
  async function feedBoth(names: readonly string[]): Promise<void> {
    const read = await hub.call<RuleSet>("GET", "/v1/rules", { key: hub.adminKey });
    const rules = read.body.rules.map((rule) => ({ ...rule, to: [...(rule.to ?? []), ...names] }));
    const { status } = await hub.call("PUT", "/v1/rules", {
      key: hub.adminKey,
      body: { rules, fallback: read.body.fallback },
      headers: { "if-match": read.headers.get("etag") ?? "" },
    });
    expect(status).toBe(200);
  }

  /** Open a request that any approver may decide, and answer its copy in each workspace of a platform. */
  async function open(platform: Platform) {
    const request = deployEvent({ environment: "staging", approval: {} });
    const { approval } = await hub.post(request);
    const [home, away] = await Promise.all(
      places[platform].map(({ id }) =>
        hub.sandbox.message(
          platform,
          (one) => one.workspace === id && one.text.includes(request.data.title),
        ),
      ),
    );
    if (!approval || !home || !away) throw new Error("It was not opened.");
    return { approval: approval.id, copies: [home, away] as const };
  }

  const stored = (approval: string) => api<Approval>("GET", `/v1/approvals/${approval}`);

  /** Press Approve on a copy with a good signature, as whoever writes to the hub's door can claim it. */
  async function forge(
    platform: Platform,
    copy: SandboxMessage,
    { workspace, user }: { readonly workspace: string; readonly user: string },
  ): Promise<void> {
    if (platform === "slack") {
      await slack.post(slack.click(copy, { team: workspace, user }));
      return;
    }
    const conversation = { id: copy.channel, tenantId: workspace, conversationType: "channel" };
    const claimed = {
      conversation,
      channelData: { tenant: { id: workspace }, channel: { id: copy.channel } },
      from: { id: user, name: "Somebody", aadObjectId: user },
    };
    await teams.post(teams.press(copy, claimed), await teams.token());
  }

  const places: Record<Platform, readonly SandboxTeam[]> = { slack: [], teams: [] };
  const idOf = (platform: Platform, at: number, name: string) =>
    places[platform][at]?.people.find((one) => one.name === name)?.id ?? "";

  beforeAll(async () => {
    hub = await RunningHub.start();
    ann = visit(hub.url);
    await ann.get(new URL(hub.block.startLink).pathname);
    const names: string[] = [];
    for (const platform of platforms) {
      await connect(platform);
      await vi.waitFor(async () => {
        expect((await recordOf(platform)).state).toBe("connected");
      }, patience);
      names.push(await choose(platform));
      const { name } = second[platform];
      places[platform] = [await teamOf(platform, first[platform]), await teamOf(platform, name)];
    }
    expect(names).toEqual(["#deploys", expect.stringMatching(/^Tenant \w{8} › Ops › General$/)]);
    await feedBoth(names);
    slack = new SlackForger(hub);
    teams = new TeamsForger(hub);
  });
  afterAll(() => endStory(hub));

  it.each(platforms)(
    "A20: one producer feeds channels of both workspaces of %s, and a decision in one shows in both",
    async (platform) => {
      const { approval, copies } = await open(platform);
      const { id } = copies[0];
      expect(
        (await hub.sandbox.click({ message: id, person: "Ann", action: "approve" })).shown,
      ).toBe("updated");
      for (const copy of copies) {
        await hub.sandbox.message(
          platform,
          (one) => one.id === copy.id && decidingButtons(one).length === 0,
        );
      }
      expect(await stored(approval)).toMatchObject({ state: "approved", votes: [{ name: "Ann" }] });
    },
  );

  /** Let somebody of the second workspace say who they are, by the link of their first press. */
  async function link(platform: Platform, name: string, copy: SandboxMessage): Promise<void> {
    const email = `${name.toLowerCase()}@${second[platform].domain}`;
    const { body } = await ann.post("/people", "/people", { name, email, roles: "approver" });
    const person = visit(hub.url);
    await person.get(/\/start\/[\w-]+/.exec(body)?.[0] ?? "");
    const press = { message: copy.id, person: name, action: "approve" };
    const refused = await hub.sandbox.click(press);
    expect(refused.shown).toBe("refusal");
    const own = new URL(/http\S+\/link\/\w+/.exec(refused.text ?? "")?.[0] ?? "").pathname;
    expect((await person.post(own, own)).body).toContain("The account is linked");
  }

  it.each(platforms)(
    "A20: somebody of the second workspace of %s links there, decides there, and is nobody in the first",
    async (platform) => {
      const [, name] = second[platform].people;
      const { approval, copies } = await open(platform);
      await link(platform, name, copies[1]);
      const [home, away] = places[platform];
      const user = idOf(platform, 1, name);
      await forge(platform, copies[0], { workspace: home?.id ?? "", user });
      await forge(platform, copies[0], { workspace: away?.id ?? "", user });
      expect(await stored(approval)).toMatchObject({ state: "open", votes: [] });
      const press = { message: copies[1].id, person: name, action: "approve" };
      expect((await hub.sandbox.click(press)).shown).toBe("updated");
      expect(await stored(approval)).toMatchObject({
        ...{ state: "approved", votes: [{ name, via: platform }] },
      });
    },
  );

  it.each(platforms)(
    "A20: whatever is claimed in %s, a press counts only from the workspace, by the person and on the copy that belong together",
    async (platform) => {
      const [name] = second[platform].people;
      const somewhere = [...places[platform].map(({ id }) => id), stranger[platform]];
      const people = ["Ann", name];
      const { approval, copies } = await open(platform);
      await link(platform, name, copies[1]);
      const claims = fc
        .record({
          copy: fc.constantFrom(0 as const, 1 as const),
          workspace: fc.nat(2),
          person: fc.constantFrom(0, 1),
        })
        .filter(({ copy, workspace, person }) => copy !== workspace || copy !== person);
      const press = (on: SandboxMessage, workspace: number, person: number) =>
        forge(platform, on, {
          workspace: somewhere[workspace] ?? "",
          user: idOf(platform, person, people[person] ?? ""),
        });
      await fc.assert(
        fc.asyncProperty(claims, async ({ copy, workspace, person }) => {
          await press(copies[copy], workspace, person);
          expect(await stored(approval)).toMatchObject({ state: "open", votes: [] });
        }),
        // The ten ways are few; each of them comes.
        { numRuns: 40, seed: 20 },
      );
      await press(copies[1], 1, 1);
      expect(await stored(approval)).toMatchObject({ state: "approved", votes: [{ name }] });
      const other = await open(platform);
      await press(other.copies[0], 0, 0);
      expect(await stored(other.approval)).toMatchObject({ votes: [{ name: "Ann" }] });
    },
  );

  it.each(platforms)(
    "A20: channels of %s are listed and chosen in their own workspace alone",
    async (platform) => {
      const all = (await workspaces()).filter((one) => one.platform === platform);
      expect(all).toHaveLength(2);
      for (const { id, workspace } of all) {
        const own = places[platform].find((one) => one.id === workspace);
        const other = places[platform].find((one) => one.id !== workspace);
        const path = `/v1/workspaces/${id}/channels?q=`;
        const listed = async () => (await api<Items<Channel>>("GET", path)).items;
        await expect.poll(async () => (await listed()).length, patience).toBeGreaterThan(0);
        const theirs = own?.channels.map((one) => one.id);
        expect(theirs).toEqual(expect.arrayContaining((await listed()).map((one) => one.id)));
        for (const foreign of other?.channels ?? []) {
          const body = { workspace: id, channel: foreign.id };
          const answer = await hub.call("POST", "/v1/destinations", { key: hub.adminKey, body });
          expect([404, 409, 422]).toContain(answer.status);
        }
      }
    },
  );

  it.each(platforms)(
    "A20: disconnecting the second workspace of %s leaves the first as it was",
    async (platform) => {
      const { id } = await recordOf(platform);
      // What is still on its way there would be held.
      await everyDeliveryHasAnEnd(hub);
      await api("POST", `/v1/workspaces/${id}/disconnect`, {});
      const states = (await workspaces())
        .filter((one) => one.platform === platform)
        .map(({ state }) => state);
      expect(states.toSorted()).toEqual(["connected", "disconnected"]);
      const request = deployEvent({ environment: "staging", approval: {} });
      const { id: event, approval } = await hub.post(request);
      const isCopy = (one: SandboxMessage) => one.text.includes(request.data.title);
      const copy = await hub.sandbox.message(platform, isCopy);
      expect(copy.workspace).toBe(places[platform][0]?.id);
      const waiting = async () => {
        const path = `/v1/deliveries?event=${event}&state=held`;
        const { items } = await api<Items<{ readonly label: string }>>("GET", path);
        return items.map(({ label }) => label);
      };
      const gone = { slack: "#deploys", teams: "Tenant" }[platform];
      await expect.poll(waiting, patience).toContainEqual(expect.stringContaining(gone));
      await hub.sandbox.click({ message: copy.id, person: "Ann", action: "approve" });
      expect(await stored(approval?.id ?? "")).toMatchObject({ state: "approved" });
      const copies = (await hub.sandbox.messages(platform)).filter(isCopy);
      expect(copies.map(({ workspace }) => workspace)).toEqual([copy.workspace]);
    },
  );
});
