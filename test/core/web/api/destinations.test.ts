import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createInstallations } from "../../../../core/installations/installations.ts";
import type { DestinationAdapter } from "../../../../core/ports/chat-platform.ts";
import { createVault } from "../../../../core/secrets.ts";
import type { Problem } from "../../../fixtures/rig/http.ts";
import { organization } from "../../../fixtures/rig/web-hub.ts";
import { channel, grant, type SmallChat, smallChat, team } from "../../channels/small-chat.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

interface DestinationBody {
  readonly id: string;
  readonly name: string;
  readonly channel: { readonly id: string; readonly name: string };
  readonly revision: number;
  readonly disabled: boolean;
  readonly fallback: string | null;
  readonly used_by?: readonly { readonly kind: string; readonly name: string }[];
}

describe("/v1/destinations", () => {
  let api: ApiRig;
  let chat: SmallChat;
  let key: string;
  let workspace: string;
  let posted: string[];

  beforeEach(async () => {
    api = await startApi();
    chat = smallChat([
      channel("C1", "#releases"),
      channel("C2", "#ops"),
      channel("C3", "#partners", { outsiders: true }),
    ]);
    const vault = createVault({ ring: [Buffer.alloc(32, 1)], root: Buffer.alloc(32, 2) });
    await createInstallations(api.store, vault, organization).save(grant);
    const [record] = await api.store.installations.scan("byWorkspace", { limit: 1 });
    workspace = record?.id ?? "";
    posted = [];
    api.hub.doors.use("slack", chat.door);
    api.hub.connect({
      kind: "slack",
      paces: [],
      budgets: [],
      post: async (destination) => {
        posted.push(destination.channelId);
        const ref = { platform: "slack", workspace: team, channel: destination.channelId } as const;
        return {
          result: { kind: "sent", ref: { ...ref, message: String(posted.length) } },
          request: {},
          response: {},
        };
      },
      note: async () => ({ result: { kind: "sent" }, request: {}, response: {} }),
      edit: async (ref) => ({ result: { kind: "sent", ref }, request: {}, response: {} }),
    } satisfies DestinationAdapter<"slack"> as DestinationAdapter);
    await api.hub.start();
    api.hub.deliver();
    key = await api.person("Ann", ["admin"], ["admin", "read"]);
  });
  afterEach(() => api.close());

  const call = <Body = DestinationBody>(
    method: string,
    path: string,
    body?: unknown,
    match?: number,
  ) =>
    api.call<Body>(method, path, {
      key,
      ...(body === undefined ? {} : { body }),
      ...(match === undefined ? {} : { headers: { "if-match": `"${match}"` } }),
    });
  const choose = async (pasted: string, name?: string) => {
    const body = { workspace, channel: pasted, ...(name === undefined ? {} : { name }) };
    return (await call("POST", "/v1/destinations", body)).body;
  };
  const route = async (to: readonly string[], fallback?: string) => {
    const { version } = await api.hub.rules.current();
    const rules = [{ name: "All", types: ["*"], to: [...to], continue: false }];
    const draft = { rules, ...(fallback === undefined ? {} : { fallback }) };
    expect((await api.hub.rules.save(draft, version, "Ann")).kind).toBe("saved");
  };

  it("A5: a channel that was pasted becomes a destination that rules can name, once", async () => {
    const first = await call("POST", "/v1/destinations", { workspace, channel: "#releases" });
    expect([first.status, first.body.name, first.body.channel]).toEqual([
      201,
      "#releases",
      { id: "C1", name: "#releases" },
    ]);
    const again = await call("POST", "/v1/destinations", { workspace, channel: "C1" });
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    await route(["#releases"]);
    const { items } = (await call<{ items: DestinationBody[] }>("GET", "/v1/destinations")).body;
    expect(items.map(({ name }) => name)).toEqual(["#releases"]);
  });

  it("C3, C10: keeps language and texts of its messages, and refuses a text that cannot be read", async () => {
    const { id, revision } = await choose("#releases");
    const path = `/v1/destinations/${id}`;
    const message = { title: "Deploy {{ data.service }}", colour: "#1A7F37" };
    const saved = await call("PATCH", path, { language: "de", message }, revision);
    expect(saved.body).toMatchObject({ language: "de", message });
    const kept = await call("PATCH", path, { disabled: false }, saved.body.revision);
    expect(kept.body).toMatchObject({ language: "de", message });
    const broken = { message: { title: "{{ data.x | nofilter }}" } };
    const refused = await call<Problem>("PATCH", path, broken, kept.body.revision);
    expect([refused.status, refused.body.code]).toEqual([422, "template_invalid"]);
    const odd = { message: { colour: "green" } };
    expect((await call<Problem>("PATCH", path, odd, kept.body.revision)).status).toBe(422);
    const without = { message: null, language: "en" };
    const gone = await call("PATCH", path, without, kept.body.revision);
    expect(gone.body).toMatchObject({ language: "en", message: null });
  });

  it("says that a channel is not there, with the line that may help", async () => {
    const { status, body } = await call<Problem>("POST", "/v1/destinations", {
      workspace,
      channel: "C404",
    });
    expect([status, body.code]).toEqual([422, "channel_unknown"]);
    expect(body.detail).toContain("/invite @countersign");
  });

  it("A5: another channel for the same destination leaves its id, its name and the rules alone", async () => {
    const { id, revision } = await choose("#releases");
    await route(["#releases"]);
    const { version } = await api.hub.rules.current();
    const moved = await call("PATCH", `/v1/destinations/${id}`, { channel: "#ops" }, revision);
    expect(moved.body).toMatchObject({
      id,
      name: "#releases",
      channel: { id: "C2", name: "#ops" },
    });
    expect((await api.hub.rules.current()).version).toBe(version);
    const { key: ci } = await api.producer("ci");
    await api.call("POST", "/v1/events", { key: ci, body: { type: "deploy.finished" } });
    await expect.poll(() => posted).toEqual(["C2"]);
  });

  it("changes all that is asked for, or nothing: also where the channel cannot be had", async () => {
    const { id, revision } = await choose("#releases");
    const other = await choose("#ops");
    const path = `/v1/destinations/${id}`;
    for (const [wish, status] of [
      [{ name: "Releases", channel: "C404" }, 422],
      [{ name: "Releases", channel: "#ops" }, 409],
      [{ channel: "#partners", types: ["no type"] }, 422],
    ] as const) {
      expect((await call("PATCH", path, wish, revision)).status).toBe(status);
    }
    const kept = (await call("GET", path)).body;
    expect(kept).toMatchObject({ revision, name: "#releases", channel: { id: "C1" } });
    await call("DELETE", `/v1/destinations/${other.id}`, undefined, other.revision);
    const both = await call("PATCH", path, { name: "Releases", channel: "#ops" }, revision);
    expect(both.body).toMatchObject({ name: "Releases", channel: { id: "C2", name: "#ops" } });
  });

  it("a channel is chosen with all that is said of it, or not at all", async () => {
    const asked = { workspace, channel: "#releases", types: ["deploy.*"], state: "disabled" };
    const refused = await call("POST", "/v1/destinations", { ...asked, types: ["no type"] });
    expect(refused.status).toBe(422);
    expect((await call<{ items: [] }>("GET", "/v1/destinations")).body.items).toEqual([]);
    const made = await call("POST", "/v1/destinations", asked);
    expect([made.status, made.body]).toMatchObject([
      201,
      { name: "#releases", types: ["deploy.*"], disabled: true },
    ]);
    const { id, revision } = made.body;
    expect((await call("PATCH", `/v1/destinations/${id}`, {}, revision)).status).toBe(200);
  });

  it("A18: a new name is brought into the rules that said the old one", async () => {
    const { id, revision } = await choose("#releases");
    await route(["#releases"], "#releases");
    const renamed = await call("PATCH", `/v1/destinations/${id}`, { name: "Releases" }, revision);
    expect(renamed.body).toMatchObject({ name: "Releases", channel: { name: "#releases" } });
    const { rules, fallback } = await api.hub.rules.current();
    expect([rules[0]?.to, fallback]).toEqual([["Releases"], "Releases"]);
  });

  it("A18: a rule that a crash kept from the new name still leads there, until another has the old one", async () => {
    const { id } = await choose("#releases");
    const found = await api.store.destinations.get(id);
    if (!found) throw new Error("not there");
    const renamed = { ...found, name: "Releases", formerNames: ["#releases"], revision: 2 };
    await api.store.destinations.replace(renamed, 1);
    await route(["#releases"]);
    const { key: ci } = await api.producer("ci");
    const post = () => api.call("POST", "/v1/events", { key: ci, body: { type: "a.b" } });
    await post();
    await expect.poll(() => posted).toEqual(["C1"]);
    const users = async () => (await call("GET", `/v1/destinations/${id}`)).body.used_by;
    expect(await users()).toEqual([{ kind: "rule", name: "All" }]);
    await choose("#ops", "#releases");
    expect(await users()).toEqual([]);
    await post();
    await expect.poll(() => posted).toEqual(["C1", "C2"]);
  });

  it("A9: a destination that something needs is not removed, and its users are named", async () => {
    const needed = await choose("#releases");
    const other = await choose("#ops");
    await route(["#releases"], "#releases");
    const record = await api.store.installations.get(workspace);
    if (!record) throw new Error("no installation");
    await api.store.installations.replace(
      { ...record, defaultDestination: needed.id as never, revision: record.revision + 1 },
      record.revision,
    );
    await call("PATCH", `/v1/destinations/${other.id}`, { fallback: "#releases" }, other.revision);
    const refused = await call<Problem>(
      "DELETE",
      `/v1/destinations/${needed.id}`,
      undefined,
      needed.revision,
    );
    expect([refused.status, refused.body.code]).toEqual([409, "destination_in_use"]);
    expect(refused.body.errors?.map(({ message }) => message)).toEqual([
      "rule: All",
      "unrouted events: the fallback of the rules",
      "workspace: Acme",
      "destination: #ops",
    ]);
    const shown = await call("GET", `/v1/destinations/${needed.id}`);
    expect(shown.body.used_by).toHaveLength(4);
    const gone = await call("DELETE", `/v1/destinations/${other.id}`, undefined, 2);
    expect(gone.status).toBe(204);
    expect((await call("GET", `/v1/destinations/${other.id}`)).status).toBe(404);
  });

  it("A9: an event that no rule matched is listed as unrouted, and those that one matched are not", async () => {
    await choose("#releases");
    const { key: ci } = await api.producer("ci");
    const post = (subject: string, type = "deploy.finished") => {
      api.clock.pass(1_000);
      return api.call("POST", "/v1/events", { key: ci, body: { type, subject } });
    };
    await post("before");
    const { version } = await api.hub.rules.current();
    const rule = { name: "Deploys", types: ["deploy.*"], to: ["#releases"], continue: false };
    await api.hub.rules.save({ rules: [rule] }, version, "Ann");
    await post("routed");
    await post("elsewhere", "build.finished");
    const subjects = async (as: string) => {
      const listed = await api.call<{ items: { subject: string }[] }>(
        "GET",
        "/v1/events?unrouted=true",
        { key: as },
      );
      return listed.body.items.map(({ subject }) => subject);
    };
    expect(await subjects(key)).toEqual(["elsewhere", "before"]);
    expect(await subjects(ci)).toEqual(["elsewhere", "before"]);
  });

  it("changes nothing without If-Match, or with an old one", async () => {
    const { id, revision } = await choose("#releases");
    const path = `/v1/destinations/${id}`;
    expect((await call("PATCH", path, { disabled: true })).status).toBe(428);
    expect((await call("DELETE", path)).status).toBe(428);
    expect((await call("PATCH", path, { disabled: true }, revision)).status).toBe(200);
    expect((await call("PATCH", path, { disabled: false }, revision)).status).toBe(412);
    expect((await call("DELETE", path, undefined, revision)).status).toBe(412);
    expect((await call("GET", path)).body).toMatchObject({ disabled: true });
  });

  it.each<[string, unknown, number, string]>([
    ["a taken name", { name: "#ops" }, 409, "name_taken"],
    ["a bad name", { name: "a<b" }, 422, "name_bad"],
    ["a channel that is another destination", { channel: "#ops" }, 409, "channel_taken"],
    ["a fallback that nobody knows", { fallback: "#nowhere" }, 422, "fallback_unknown"],
    ["itself as fallback", { fallback: "#releases" }, 422, "fallback_unknown"],
    ["a field that is none", { chanel: "C1" }, 422, "body_invalid"],
  ])("refuses %s", async (_what, body, status, code) => {
    await choose("#ops");
    const { id, revision } = await choose("#releases");
    const answer = await call<Problem>("PATCH", `/v1/destinations/${id}`, body, revision);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("a test posts a hello as a delivery and tells what became of it", async () => {
    const { id } = await choose("#releases");
    const { body } = await call<{
      outcome: string;
      steps: { state: string }[];
      event: string;
      delivery: { state: string };
    }>("POST", `/v1/destinations/${id}/test`);
    expect(body).toMatchObject({ outcome: "passed", delivery: { state: "delivered" } });
    expect(body.steps.map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(posted).toEqual(["C1"]);
    const event = await api.store.events.get(body.event);
    expect(event?.event).toMatchObject({
      type: "destination.hello",
      data: { title: "Countersign can post here", asked_by: "Ann" },
    });
  });

  it("is read by those who keep the hub and changed by those who route", async () => {
    const decides = await api.person("Ben", ["approver"], ["read"]);
    const audits = await api.person("Cat", ["auditor"], ["read"]);
    const { key: ci } = await api.producer("ci");
    const get = (as: string) => api.call<Problem>("GET", "/v1/destinations", { key: as });
    expect((await get(decides)).body.code).toBe("role_missing");
    expect((await get(ci)).body.code).toBe("role_missing");
    expect((await get(audits)).status).toBe(200);
    const body = { workspace, channel: "#ops" };
    const made = await api.call<Problem>("POST", "/v1/destinations", { key: audits, body });
    expect([made.status, made.body.code]).toEqual([403, "role_missing"]);
  });
});
