import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { renderMessage } from "../../../slack-app/render/message.ts";
import { waiting } from "../rig.ts";
import { openStandIn, type StandIn } from "./stand-in.ts";

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly is_archived: boolean;
}

describe("channels and people of the local Slack", () => {
  let at: StandIn;

  beforeEach(async () => {
    at = await openStandIn();
  });
  afterEach(() => at.close());

  const list = async (given: object = {}, method = "conversations.list") => {
    const { body } = await at.call(method, { ...given });
    return {
      error: body.error,
      channels: (body["channels"] ?? []) as readonly Listed[],
      next: (body["response_metadata"] as { next_cursor?: string } | undefined)?.next_cursor ?? "",
    };
  };
  const names = ({ channels }: { readonly channels: readonly Listed[] }) =>
    channels.map(({ name }) => name).toSorted();

  it("lists twenty thousand channels page by page, each once", { timeout: 30_000 }, async () => {
    await at.life.changeChannel({ do: "crowd", count: 20_000 });
    const seen = new Set<string>();
    let cursor = "";
    let pages = 0;
    do {
      const page = await list({ limit: 1_000, ...(cursor === "" ? {} : { cursor }) });
      for (const { id } of page.channels) seen.add(id);
      cursor = page.next;
      pages += 1;
    } while (cursor !== "");
    expect([pages, seen.size]).toEqual([21, 20_003]);
    expect(at.life.workspaces()[0]?.channels).toHaveLength(4);
  });

  it("gives a hundred where no limit is asked for, and refuses bad limits and cursors", async () => {
    await at.life.changeChannel({ do: "crowd", count: 150 });
    const page = await list();
    expect(page.channels).toHaveLength(100);
    expect(page.next).not.toBe("");
    for (const limit of [0, 1_001, 1.5, "many"])
      expect((await list({ limit })).error).toBe("invalid_limit");
    expect((await list({ cursor: "nonsense" })).error).toBe("invalid_cursor");
    expect((await list({ types: "public_channel,secret" })).error).toBe("invalid_types");
  });

  it("leaves archived channels out of their page, so that it is short and not the last", async () => {
    await at.life.changeChannel({ do: "crowd", count: 10 });
    const all = await list({ limit: 13 });
    const first = all.channels[0];
    await at.life.changeChannel({ do: "archive", channel: first?.id ?? "" });
    const page = await list({ limit: 5, exclude_archived: true });
    expect(page.channels).toHaveLength(4);
    expect(page.next).not.toBe("");
  });

  it("takes about twenty listings a minute, then asks to wait", async () => {
    for (let number = 0; number < 25; number += 1) expect((await list()).error).toBeUndefined();
    const answer = await at.call("conversations.list");
    expect([answer.status, answer.body.error]).toEqual([429, "ratelimited"]);
    const seconds = Number(answer.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect((await list({}, "users.conversations")).error).toBeUndefined();
    at.clock.offsetMs += seconds * 1_000;
    expect((await list()).error).toBeUndefined();
  });

  it("hides private channels from the app until somebody lets it in", async () => {
    const types = "public_channel,private_channel";
    const channel = at.channelId("#security");
    expect(names(await list({ types }))).toEqual(["finance", "ops", "releases"]);
    for (const method of ["conversations.info", "conversations.join", "chat.postMessage"]) {
      const hidden = await at.call(method, { channel, text: "x" });
      expect(hidden.body.error).toBe("channel_not_found");
    }
    await at.life.changeChannel({ do: "invite", channel });
    expect(names(await list({ types: "private_channel" }))).toEqual(["security"]);
    expect((await at.call("conversations.info", { channel })).body["channel"]).toMatchObject({
      is_private: true,
      is_member: true,
    });
    const join = await at.call("conversations.join", { channel });
    expect(join.body.error).toBe("method_not_supported_for_channel_type");
  });

  it("names who is in a private channel, as Slack offers it to them alone", () => {
    const [acme] = at.life.workspaces();
    const peopleOf = (name: string) => acme?.channels.find((one) => one.name === name)?.people;
    const few = acme?.people.filter(({ name }) => ["Ann", "Ben"].includes(name));
    expect(peopleOf("#security")).toEqual(few?.map(({ id }) => id));
    expect(peopleOf("#ops")).toBeUndefined();
  });

  it("keeps a channel that was made private open to the app only if it is in", async () => {
    await at.life.changeChannel({ do: "hide", channel: "#ops" });
    await at.life.changeChannel({ do: "remove", channel: "#finance" });
    await at.life.changeChannel({ do: "hide", channel: "#finance" });
    const info = async (name: string) =>
      (await at.call("conversations.info", { channel: at.channelId(name) })).body;
    expect((await info("#ops"))["channel"]).toMatchObject({ is_private: true });
    expect((await info("#finance")).error).toBe("channel_not_found");
  });

  it("finds channels by id alone, and lets the app join public ones", async () => {
    await at.life.changeChannel({ do: "remove", channel: "#ops" });
    const channel = at.channelId("#ops");
    const named = await at.call("conversations.info", { channel: "#ops" });
    expect(named.body.error).toBe("channel_not_found");
    expect(names(await list({}, "users.conversations"))).toEqual(["finance", "releases"]);
    expect((await at.call("conversations.join", { channel })).body).toMatchObject({
      ok: true,
      channel: { is_member: true },
    });
    expect((await at.call("conversations.join", { channel })).body).toMatchObject({
      warning: "already_in_channel",
    });
    expect((await at.call("chat.postMessage", { channel, text: "x" })).body.ok).toBe(true);
  });

  it.each<["archive" | "restrict", string]>([
    ["archive", "is_archived"],
    ["restrict", "restricted_action_read_only_channel"],
  ])("refuses a post after %s with %s", async (what, error) => {
    await at.life.changeChannel({ do: what, channel: "#ops" });
    const post = await at.call("chat.postMessage", { channel: at.channelId("#ops"), text: "x" });
    expect(post.body.error).toBe(error);
  });

  it("edits nothing in an archived channel, and to no text of more than 4,000 characters", async () => {
    const channel = at.channelId("#ops");
    const { ts } = (await at.call("chat.postMessage", { channel, text: "x" })).body;
    const edit = async (text: string) =>
      (await at.call("chat.update", { channel, ts, text })).body.error;
    expect(await edit("x".repeat(4_001))).toBe("msg_too_long");
    expect(await edit("x".repeat(4_000))).toBeUndefined();
    await at.life.changeChannel({ do: "archive", channel: "#ops" });
    expect(await edit("y")).toBe("is_inactive");
  });

  it("shows a channel with people of another company as Slack Connect does", async () => {
    await at.life.changeChannel({ do: "share", channel: "#ops" });
    const { body } = await at.call("conversations.info", { channel: at.channelId("#ops") });
    const [acme, globex] = at.life.workspaces();
    expect(body["channel"]).toMatchObject({
      is_ext_shared: true,
      shared_team_ids: [acme?.id, globex?.id],
    });
    const gil = globex?.people.find(({ name }) => name === "Gil")?.id;
    const met = await at.call("users.info", { user: gil });
    expect(met.body["user"]).toMatchObject({ team_id: globex?.id, is_stranger: false });
    expect(JSON.stringify(met.body)).not.toContain("@");
  });

  it("brings a click of somebody of another company with that company's id", async () => {
    await at.life.changeChannel({ do: "share", channel: "#ops" });
    const channel = at.channelId("#ops");
    const posted = await at.call("chat.postMessage", { channel, ...renderMessage(waiting) });
    at.hub.answerWith(() => ({ status: 500 }));
    const message = `slack:${channel}:${posted.body["ts"]}`;
    await at.slack.click({ message, person: "Gil", action: "approve" });
    const [acme, globex] = at.life.workspaces();
    expect(at.hub.heard[0]?.body).toMatchObject({
      type: "block_actions",
      team: { id: acme?.id },
      user: { team_id: globex?.id },
    });
  });

  describe("people", () => {
    const idOf = (name: string) =>
      at.life
        .workspaces()
        .flatMap(({ people }) => people)
        .find((one) => one.name === name)?.id;
    const ask = async (name: string) => (await at.call("users.info", { user: idOf(name) })).body;

    it("have an address, for those who may read it", async () => {
      expect((await ask("Chloé"))["user"]).toMatchObject({
        profile: { email: "chloe@example.com" },
      });
      await at.life.access({ do: "narrow", without: ["users:read.email"] });
      expect(JSON.stringify(await ask("Chloé"))).not.toContain("@");
      const byEmail = await at.call("users.lookupByEmail", { email: "ann@example.com" });
      expect(byEmail.body).toMatchObject({ error: "missing_scope", needed: "users:read.email" });
    });

    it("are found by their address in the app's own workspace", async () => {
      const find = (email: string) => at.call("users.lookupByEmail", { email });
      expect((await find("Ann@example.com")).body["user"]).toMatchObject({ id: idOf("Ann") });
      expect((await find("gil@globex.example")).body.error).toBe("users_not_found");
    });

    it("of other workspaces are not to be seen", async () => {
      expect((await ask("Gil")).error).toBe("user_not_visible");
    });

    it("become guests, leave, and come", async () => {
      at.life.changePerson({ name: "Ben", guest: true });
      expect((await ask("Ben"))["user"]).toMatchObject({ is_restricted: true });
      at.life.changePerson({ name: "Ann", deactivated: true });
      expect((await ask("Ann"))["user"]).toMatchObject({ deleted: true });
      at.life.changePerson({ name: "Fay", email: "fay@example.com" });
      expect((await ask("Fay"))["user"]).toMatchObject({
        deleted: false,
        profile: { email: "fay@example.com" },
      });
    });
  });

  describe("the Home", () => {
    const view = { type: "home", blocks: [{ type: "divider" }] };

    it("is opened by an event, and shows what the app published", async () => {
      const user = at.life.workspaces()[0]?.people[0]?.id;
      const seen = () => at.slack.workspace.people.find(({ id }) => id === user);
      expect(seen()).not.toHaveProperty("home");
      expect((await at.call("views.publish", { user_id: user, view })).body).toMatchObject({
        ok: true,
        view: { type: "home", blocks: view.blocks },
      });
      const message = `slack:home:${user}`;
      expect(seen()).toMatchObject({ home: { message, view: { blocks: view.blocks } } });
      at.hub.answerWith(() => ({ status: 500 }));
      expect(await at.life.home("Ann")).toMatchObject({
        told: [{ event: "app_home_opened", status: 500 }],
        view: { blocks: view.blocks },
      });
      expect(at.hub.heard[0]?.body.event).toMatchObject({ user, tab: "home" });
    });

    it.each<[string, object, string]>([
      ["a dialog", { type: "modal", blocks: [] }, "must be home"],
      [
        "101 blocks",
        { type: "home", blocks: Array(101).fill({ type: "divider" }) },
        "/view/blocks",
      ],
    ])("refuses %s", async (_name, given, where) => {
      const user_id = at.life.workspaces()[0]?.people[0]?.id;
      const { body } = await at.call("views.publish", { user_id, view: given });
      expect(body.error).toBe("invalid_arguments");
      expect(JSON.stringify(body)).toContain(where);
    });

    it("is nobody's who is not in the workspace", async () => {
      const { body } = await at.call("views.publish", { user_id: "U0NOBODY", view });
      expect(body.error).toBe("user_not_found");
    });
  });
});
