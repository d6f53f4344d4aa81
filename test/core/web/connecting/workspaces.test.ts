import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isChannel } from "../../../../core/domain/destination.ts";
import { deriveId } from "../../../../core/domain/ids.ts";
import { createInstallations } from "../../../../core/installations/installations.ts";
import { createVault } from "../../../../core/secrets.ts";
import { type ConsoleVisitor, visitAs } from "../../../fixtures/rig/console-visitor.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { channel, grant, type SmallChat, smallChat } from "../../channels/small-chat.ts";
import { type ApiRig, startApi } from "../api/api-rig.ts";

describe("the pages of connected workspaces", () => {
  let api: ApiRig;
  let chat: SmallChat;
  let admin: ConsoleVisitor;
  let workspace: string;

  beforeEach(async () => {
    api = await startApi();
    await api.keepPolicy();
    await api.person("Ann", ["admin"], []);
    await api.person("Ria", ["router"], []);
    chat = smallChat([channel("C0RELEASES1", "#releases"), channel("C0OPSOPSOP1", "#ops")]);
    const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
    await createInstallations(api.store, vault, organization).save(grant);
    api.hub.doors.use("slack", chat.door);
    const [record] = await api.store.installations.scan("byWorkspace", { limit: 1 });
    workspace = `/workspaces/${record?.id}`;
    admin = await visitAs(api, deriveId("person", "Ann"));
  });
  afterEach(() => api.close());

  /** Choose a channel with the forms alone, as a browser without scripts does. */
  async function choose(name: string): Promise<string> {
    const page = `${workspace}/channels?q=${encodeURIComponent(name)}`;
    const { body } = await admin.get(page);
    const field = (one: string) =>
      new RegExp(`name="${one}" value="([^"]*)"`).exec(body)?.[1] ?? "";
    const answer = await admin.post(page, `${workspace}/channels`, {
      ...{ workspace: field("workspace"), channel: field("channel") },
    });
    expect(answer.status, answer.body).toBe(303);
    return answer.headers.get("location")?.split("?")[0] ?? "";
  }

  it("A15: a workspace to which nothing was posted is not tested, and says what to do", async () => {
    const { body } = await admin.get("/workspaces");
    expect(body).toContain("Not tested");
    expect(body).not.toContain("Healthy");
    expect(body).toContain("Post a hello message to a channel.");
    expect((await admin.get(workspace)).body).toContain("No channel is chosen yet.");
  });

  it("A15: a platform that only sends is no less on; one without settings is disabled", async () => {
    api.hub.doors.use("slack", undefined);
    expect((await admin.get("/workspaces")).body).toContain("Disabled");
    api.hub.doors.use("slack", "none");
    const { body } = await admin.get("/workspaces");
    expect(body).toContain("Not tested");
    expect(body).not.toContain("Disabled");
  });

  it("A2: a tenant of Teams shows its three steps with what is proven, and who does the next", async () => {
    const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
    const installations = createInstallations(api.store, vault, organization);
    const tenant = { platform: "teams", entraTenantId: "9a3b-tenant", name: "Contoso" } as const;
    await installations.expect(tenant);
    const id = deriveId("installation", organization, "teams", "9a3b-tenant");
    const ticks = async () => {
      const { body } = await admin.get(`/workspaces/${id}`);
      return {
        body,
        done: body.match(/Done/g)?.length ?? 0,
        open: body.match(/To do/g)?.length ?? 0,
      };
    };
    const pending = await ticks();
    expect(pending).toMatchObject({ done: 0, open: 3 });
    expect(pending.body).toContain('href="/teams/consent?workspace=9a3b-tenant"');
    expect(pending.body).toContain("can take up to 24 hours");
    await installations.save(tenant, { at: new Date(), by: deriveId("person", "Ann") });
    const consented = await ticks();
    expect(consented).toMatchObject({ done: 1, open: 2 });
    expect(consented.body).toContain("A team owner adds it");
    expect(consented.body).toContain("Check status");
    const ops = { id: "19:ops", name: "Ops", serviceUrl: "https://smba.example/" };
    await api.hub.news.tell({
      ...{ platform: "teams", workspace: "9a3b-tenant", news: "1", at: new Date() },
      ...{ kind: "team_seen", team: ops },
    });
    const connected = await ticks();
    expect(connected).toMatchObject({ done: 3, open: 0 });
    expect(connected.body).toContain("It is in Ops.");
  });

  it("A16: names what is off without a missing right, and leads to Reauthorise", async () => {
    const scopes = [{ scope: "chat:write", why: "Post messages", optional: false }];
    api.hub.doors.use("slack", { ...chat.door, scopes });
    const { body } = await admin.get(workspace);
    expect(body).toContain("Some rights were not granted");
    expect(body).toMatch(/Post messages \(<code>chat:write<\/code>\)/);
    expect(body).toContain('href="/slack/install?workspace=T0ACME"');
    expect(body).toContain("Rules, destinations and the default channel stay as they are.");
  });

  it("A5: a channel is chosen without scripts, and is a destination then", async () => {
    const destination = await choose("#releases");
    const { body } = await admin.get(`${destination}?done=chosen`);
    expect(body).toContain("<strong>#releases is a destination now.</strong>");
    expect(body).toContain("Not tested");
    const again = await admin.get(`${workspace}/channels?q=%23releases`);
    expect(again.body).toContain("Open #releases");
    expect((await api.hub.destinations.list()).map(({ name }) => name)).toEqual(["#releases"]);
  });

  it("A5: a destination is moved to another channel, and the rules stay", async () => {
    const destination = await choose("#releases");
    await admin.post(destination, `${destination}/rules`, { type: "deploy.*", version: "0" });
    const before = await api.hub.rules.current();
    const page = `${workspace}/channels?q=%23ops&move=${destination.split("/").at(-1)}`;
    const { body } = await admin.get(page);
    expect(body).toContain("Move #releases to another channel");
    const field = (one: string) =>
      new RegExp(`name="${one}" value="([^"]*)"`).exec(body)?.[1] ?? "";
    const moved = await admin.post(page, `${workspace}/channels`, {
      ...{ workspace: field("workspace"), channel: field("channel"), move: field("move") },
    });
    expect(moved.headers.get("location")).toBe(`${destination}?done=chosen`);
    const [now] = (await api.hub.destinations.list()).filter(isChannel);
    expect([now?.name, now?.channelId]).toEqual(["#releases", "C0OPSOPSOP1"]);
    expect((await api.hub.rules.current()).rules).toEqual(before.rules);
  });

  it("a rule is added where the channel is, after those that are there", async () => {
    const destination = await choose("#releases");
    const { version } = await api.hub.rules.current();
    const added = await admin.post(destination, `${destination}/rules`, {
      ...{ type: "deploy.*", policy: "open", version: String(version) },
    });
    expect(added.status).toBe(303);
    const page = await admin.get(added.headers.get("location")?.split("#")[0] ?? "");
    expect(page.body).toContain("The next such event lands in");
    const { rules, author } = await api.hub.rules.current();
    expect(author).toBe("Ann");
    expect(rules).toEqual([
      {
        ...{ name: "deploy to #releases", types: ["deploy.*"], to: ["#releases"] },
        ...{ policy: "open", continue: false },
      },
    ]);
  });

  it("a rule that another one shadows is saved, and the page says which", async () => {
    const destination = await choose("#releases");
    const add = async (type: string) => {
      const { version } = await api.hub.rules.current();
      const fields = { type, version: String(version) };
      const answer = await admin.post(destination, `${destination}/rules`, fields);
      return admin.get(answer.headers.get("location")?.split("#")[0] ?? "");
    };
    await add("deploy.*");
    const { body } = await add("deploy.requested");
    expect(body).toContain("<strong>deploy to #releases</strong> stands before it");
  });

  it.each([
    ["a type that is none", "deploy requested", 0, "Expected a type such as deploy.requested"],
    ["rules that somebody else saved meanwhile", "deploy.*", -1, "Somebody saved other rules"],
  ])("refuses %s, keeps what was typed, and saves nothing", async (_, type, older, says) => {
    const destination = await choose("#releases");
    const { version } = await api.hub.rules.current();
    const answer = await admin.post(destination, `${destination}/rules`, {
      ...{ type, version: String(version + older) },
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain(says);
    expect(answer.body).toContain(`value="${type}"`);
    expect((await api.hub.rules.current()).version).toBe(version);
  });

  it("A9 A11: options are kept, each as it was ticked", async () => {
    const destination = await choose("#releases");
    const saved = await admin.post(workspace, `${workspace}/options`, {
      ...{ default: destination.split("/").at(-1) ?? "", email: "on" },
    });
    expect(saved.headers.get("location")).toBe(`${workspace}?done=saved`);
    const [record] = await api.store.installations.scan("byWorkspace", { limit: 1 });
    expect(record).toMatchObject({
      ...{ defaultDestination: destination.split("/").at(-1) },
      ...{ matchByEmail: true, allowOutsiders: false },
    });
    await admin.post(workspace, `${workspace}/options`, { only: "default", default: "" });
    const [after] = await api.store.installations.scan("byWorkspace", { limit: 1 });
    expect(after?.matchByEmail).toBe(true);
  });

  it("disconnecting asks first, says what is kept, and offers the way back", async () => {
    await choose("#releases");
    expect((await admin.get(workspace)).body).toContain("Kept: destinations, rules");
    const done = await admin.post(workspace, `${workspace}/disconnect`);
    const { body } = await admin.get(done.headers.get("location") ?? "");
    expect(body).toContain("Countersign cannot act in Acme any more.");
    expect(body).toContain("Reconnect");
    expect(body).not.toContain("Disconnect Acme");
    expect(await api.hub.destinations.list()).toHaveLength(1);
  });

  it("are for admins alone, and nothing changes without the session's token", async () => {
    const router = await visitAs(api, deriveId("person", "Ria"));
    for (const path of ["/workspaces", workspace, `${workspace}/channels`]) {
      expect((await router.get(path)).status, path).toBe(403);
    }
    const forged = await admin.post(workspace, `${workspace}/disconnect`, { _csrf: "forged" });
    expect(forged.status).toBe(403);
    const [record] = await api.store.installations.scan("byWorkspace", { limit: 1 });
    expect(record?.state).toBe("connected");
  });

  it.each(["/workspaces/ins_nothing", "/workspaces/none"])("answers 404 at %s", async (path) => {
    const { status, body } = await admin.get(path);
    expect([status, body]).toEqual([404, expect.stringContaining("No such workspace")]);
  });
});
