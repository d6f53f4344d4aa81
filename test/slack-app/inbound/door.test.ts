import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChannelPicker } from "../../../core/domain/channel-picker.ts";
import type { ClickAnswer } from "../../../core/ports/inbox.ts";
import { chooseAction } from "../../../slack-app/render/picker.ts";
import { formOf, listen, type Rig, recorded, refused, sign, startRig, waiting } from "../rig.ts";

const picker: ChannelPicker = {
  ...{ kind: "picker", message: waiting, choices: [] },
  words: {
    ...{ label: "Channel", hint: "Type", missing: "Pick one.", question: "This one?" },
    ...{ submit: "Choose", cancel: "Cancel" },
  },
};

type Fields = Readonly<Record<string, unknown>>;

describe("the Slack door", () => {
  let rig: Rig;
  /** Paths that were asked for, in order, without the door itself. */
  let asked: string[];
  let channel: string;

  beforeEach(async () => {
    rig = await startRig();
    channel = rig.sandbox.workspace.channels[0]?.id ?? "";
    asked = [];
    rig.hub.server.on("request", ({ url = "" }) => {
      if (url.startsWith("/sandbox/slack/")) asked.push(url.slice("/sandbox/slack/".length));
    });
  });
  afterEach(() => rig.close());

  const personId = (name: string) =>
    rig.sandbox.workspace.people.find((one) => one.name === name)?.id ?? "";

  const press = (over: Fields = {}, action: Fields = {}): Fields => ({
    type: "block_actions",
    team: { id: rig.installation.slackTeamId, domain: "acme" },
    user: { id: personId("Ann"), name: "ann", team_id: rig.installation.slackTeamId },
    container: { type: "message", message_ts: "1763722582.000100", channel_id: channel },
    trigger_id: "1.2.abc",
    response_url: `${rig.hub.url}/sandbox/slack/actions/T1/none`,
    actions: [
      {
        type: "button",
        action_id: "approve",
        block_id: "b",
        value: "apr_1:digest",
        action_ts: "1763722590.000001",
        ...action,
      },
    ],
    ...over,
  });

  const send = (body: string, headers: Readonly<Record<string, string>>) =>
    fetch(`${rig.hub.url}/slack/events`, { method: "POST", body, headers });
  const sendSigned = (interaction: unknown, at = new Date()) => {
    const body = formOf(interaction);
    return send(body, sign(rig.settings.signingSecret, body, at));
  };
  const secondsAway = (seconds: number) => new Date(Date.now() + seconds * 1_000);
  const told = () => asked.filter((path) => /^actions|postEphemeral/.test(path));

  it("A7: offers channels in the Home, and takes who chooses from the envelope alone", async () => {
    rig.inbox.picker = picker;
    const shown = (await rig.sandbox.life?.home("Ann")) as { view: unknown; message: string };
    expect(JSON.stringify(shown.view)).toContain('"type":"conversations_select"');
    const order = { message: shown.message, person: "Ann", action: chooseAction };
    const seen = await rig.sandbox.click({ ...order, inputs: { channel } });
    expect(seen).toMatchObject({ shown: "updated", http: { status: 200 } });
    expect(seen.text).toContain(waiting.title);
    const visit = { platform: "slack", user: personId("Ann"), outsider: false };
    const workspace = rig.installation.slackTeamId;
    expect(rig.inbox.choices).toMatchObject([{ channel, visit: { ...visit, workspace } }]);
    const others = await rig.sandbox.click({ ...order, person: "Ben", inputs: { channel } });
    expect(others).toMatchObject({ shown: "none" });

    const type = "conversations_select";
    const chosen = { type, action_id: chooseAction, selected_conversation: "C1", value: "U-else" };
    const view = {
      type: "home",
      private_metadata: "U-else",
      state: { values: { user: "U-else" } },
    };
    const forged = { container: { type: "view" }, view, response_url: undefined };
    expect((await sendSigned(press(forged, chosen))).status).toBe(200);
    await vi.waitFor(() => expect(rig.inbox.choices).toHaveLength(2));
    expect(rig.inbox.choices[1]).toMatchObject({ channel: "C1", visit: { ...visit, workspace } });
    const body = formOf(press(forged, chosen));
    expect((await send(body, sign("another secret", body))).status).toBe(401);
    expect(rig.inbox.clicks).toEqual([]);
    expect(rig.inbox.choices).toHaveLength(2);
  });

  it("G1: takes a request that Slack signed", async () => {
    const answer = await sendSigned(press());
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(rig.inbox.clicks).toHaveLength(1);
  });

  it.each([
    ["299 s old", -299],
    ["299 s ahead", 299],
  ])("G1: takes a signature that is %s", async (_name, seconds) => {
    expect((await sendSigned(press(), secondsAway(seconds))).status).toBe(200);
  });

  it.each([
    ["301 s old", -301],
    ["302 s ahead", 302],
    ["one hour ahead", 3_600],
  ])("G1: refuses a signature that is %s, with no effect", async (_name, seconds) => {
    expect((await sendSigned(press(), secondsAway(seconds))).status).toBe(401);
    expect(rig.inbox.clicks).toEqual([]);
    expect(asked).toEqual([]);
  });

  it.each<[string, (headers: Record<string, string>) => void]>([
    ["no signature", (headers) => delete headers["x-slack-signature"]],
    ["no timestamp", (headers) => delete headers["x-slack-request-timestamp"]],
    ["an unreadable timestamp", (headers) => (headers["x-slack-request-timestamp"] = "soon")],
    ["a signature of another length", (headers) => (headers["x-slack-signature"] = "v0=abc")],
    [
      "a signature under another secret",
      (headers) => Object.assign(headers, sign("another", formOf(press()))),
    ],
  ])("G1: refuses %s, with no effect", async (_name, spoil) => {
    const body = formOf(press());
    const headers = sign(rig.settings.signingSecret, body);
    spoil(headers);
    expect((await send(body, headers)).status).toBe(401);
    expect(rig.inbox.clicks).toEqual([]);
    expect(rig.log).toMatchObject([{ kind: "request.refused", status: 401 }]);
  });

  it("G1: refuses a body that was changed after it was signed", async () => {
    const headers = sign(rig.settings.signingSecret, formOf(press()));
    const body = formOf(press({}, { action_id: "reject" }));
    expect((await send(body, headers)).status).toBe(401);
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("U15: brings a repeated request under the same identity, and shows nothing twice", async () => {
    const seen = new Map<string, ClickAnswer>();
    rig.inbox.answer = (click) => {
      const earlier = seen.get(click.click);
      seen.set(click.click, refused);
      return earlier ? { ...earlier, repeated: true } : refused;
    };
    const body = formOf(press());
    const headers = sign(rig.settings.signingSecret, body);
    const first = await send(body, headers);
    const toldOnce = told().length;
    const second = await send(body, headers);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(seen.size).toBe(1);
    expect(toldOnce).toBeGreaterThan(0);
    expect(told()).toHaveLength(toldOnce);
  });

  it("U15: tells two clicks of one person apart", async () => {
    await sendSigned(press());
    await sendSigned(press({}, { action_ts: "1763722591.000001" }));
    expect(new Set(rig.inbox.clicks.map((click) => click.click)).size).toBe(2);
  });

  it("G1, U17: refuses a workspace without an installation, and tells the person so", async () => {
    const answer = await sendSigned(press({ team: { id: "T0OTHER", domain: "other" } }));
    expect(answer.status).toBe(401);
    expect(rig.inbox.clicks).toEqual([]);
    expect(told()).toEqual(["actions/T1/none"]);
    expect(rig.log).toMatchObject([{ kind: "request.refused", because: "workspace_unknown" }]);
  });

  it("F1: says that nothing is confirmed when the installations cannot be read", async () => {
    rig.lookUp = async () => {
      throw new Error("the disk is gone");
    };
    expect((await sendSigned(press())).status).toBe(503);
    expect(told()).toEqual(["actions/T1/none"]);
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("U2: falls back to chat.postEphemeral when the response_url is used up", async () => {
    rig.inbox.answer = () => refused;
    await sendSigned(press());
    expect(told()).toEqual(["actions/T1/none", "api/chat.postEphemeral"]);
  });

  it("never posts to a response_url outside Slack", async () => {
    const outside = await listen();
    let visits = 0;
    outside.server.on("request", () => {
      visits += 1;
    });
    rig.inbox.answer = () => refused;
    await sendSigned(press({ response_url: `${outside.url}/actions/T1/none` }));
    await outside.close();
    expect(visits).toBe(0);
    expect(told()).toEqual(["api/chat.postEphemeral"]);
  });

  it("U2: answers an element that is no button of ours", async () => {
    const answer = await sendSigned(press({}, { type: "static_select", action_id: "menu" }));
    expect(answer.status).toBe(200);
    expect(told()).toEqual(["actions/T1/none"]);
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("acknowledges the Open button without asking anybody", async () => {
    const open = { action_id: "open", value: undefined, url: "https://ci.example" };
    expect((await sendSigned(press({}, open))).status).toBe(200);
    expect([rig.inbox.clicks, asked]).toEqual([[], []]);
  });

  it("asks Slack once who the person is, and remembers it", async () => {
    await sendSigned(press());
    await sendSigned(press({}, { action_ts: "2.0" }));
    expect(asked).toEqual(["api/users.info"]);
    expect(rig.inbox.clicks.map((click) => click.outsider)).toEqual([false, false]);
  });

  it.each<[string, () => Fields]>([
    ["a guest", () => ({ id: personId("Dov"), team_id: rig.installation.slackTeamId })],
    ["somebody of another workspace", () => ({ id: personId("Ann"), team_id: "T0OTHER" })],
    ["somebody whom Slack does not know", () => ({ id: "U0NOBODY" })],
  ])("A12: counts %s as an outsider", async (_name, user) => {
    await sendSigned(press({ user: user() }));
    expect(rig.inbox.clicks).toMatchObject([{ outsider: true }]);
    expect(rig.inbox.clicks[0]).not.toHaveProperty("unidentified");
  });

  it.each<[string, Fields]>([
    ["the organization", { team_id: "E1" }],
    ["another workspace of theirs", { team_id: "T0OTHER" }],
  ])(
    "A12, U23: asks Slack who somebody is whom a click in an organization says to be of %s",
    async (_name, of) => {
      const enterprise = { id: "E1", name: "Acme Group" };
      await sendSigned(press({ enterprise, user: { id: personId("Ann"), ...of } }));
      expect(rig.inbox.clicks).toMatchObject([{ outsider: false }]);
      const { slackTeamId: id } = rig.installation;
      await sendSigned(
        press({
          ...{ team: { id, enterprise_id: "E1" }, enterprise: null },
          ...{ user: { id: personId("Dov"), ...of } },
        }),
      );
      expect(rig.inbox.clicks[1]).toMatchObject({ outsider: true });
    },
  );

  it.each<[string, (team: string) => Fields]>([
    ["the message", (team) => ({ message: { team }, user: { team_id: "E1" } })],
    ["the person", (team) => ({ user: { team_id: team } })],
    [
      "the dialog's organization and the team",
      (team) => ({ team: { id: team }, view: { app_installed_team_id: "E1" } }),
    ],
  ])("U23: finds the workspace of an org-wide installation's click by %s", async (_name, says) => {
    const { slackTeamId } = rig.installation;
    const { user, ...said } = { user: {}, ...says(slackTeamId) };
    const person = { id: personId("Ann"), ...(user as Fields) };
    const org = { enterprise: { id: "E1" }, is_enterprise_install: true };
    await sendSigned(press({ team: null, ...org, ...said, user: person }));
    expect(rig.inbox.clicks).toMatchObject([{ workspace: slackTeamId, outsider: false }]);
  });

  it("G11: counts somebody as unidentified, not as from outside, while Slack does not tell", async () => {
    rig.sandbox.setChaos({
      next: 1,
      answer: "ratelimited",
      effect: "before",
      method: "users.info",
    });
    await sendSigned(press());
    expect(rig.inbox.clicks).toMatchObject([{ outsider: true, unidentified: true }]);
    expect(rig.log).toContainEqual({
      ...{ kind: "hub.trouble", where: "slack.users.info" },
      error: expect.stringContaining("rate"),
    });
    await sendSigned(press({}, { action_ts: "2.0" }));
    expect(rig.inbox.clicks[1]).toMatchObject({ outsider: false });
    expect(rig.inbox.clicks[1]).not.toHaveProperty("unidentified");
  });

  it("answers Slack's url_verification only when it is signed", async () => {
    const body = JSON.stringify({ type: "url_verification", challenge: "c4" });
    const headers = {
      ...sign(rig.settings.signingSecret, body),
      "content-type": "application/json",
    };
    expect(await (await send(body, headers)).json()).toEqual({ challenge: "c4" });
    expect((await send(body, { "content-type": "application/json" })).status).toBe(401);
  });

  it.each<[string, number, () => Promise<Response>]>([
    ["a GET", 405, () => fetch(`${rig.hub.url}/slack/events`)],
    ["a body over a megabyte", 413, () => sendSigned(press({ pad: "x".repeat(1_000_001) }))],
    [
      "a signed body that is no JSON",
      400,
      () => {
        const body = "payload=%7Bnot";
        return send(body, sign(rig.settings.signingSecret, body));
      },
    ],
  ])("answers %s with %i", async (_name, status, request) => {
    expect((await request()).status).toBe(status);
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("finishes what it has taken before it closes, and takes nothing new", async () => {
    let finish = () => {};
    const reached = new Promise<void>((resolve) => {
      rig.inbox.answer = () => {
        resolve();
        return new Promise((settle) => {
          finish = () => settle(refused);
        });
      };
    });
    const sent = sendSigned(press());
    await reached;
    let isClosed = false;
    const closed = rig.app.close().then(() => {
      isClosed = true;
    });
    expect((await sendSigned(press())).status).toBe(503);
    expect(isClosed).toBe(false);
    finish();
    await closed;
    expect((await sent).status).toBe(200);
    expect(told()).toContain("api/chat.postEphemeral");
  });

  it("stores a click whose caller went away before it closes", async () => {
    const order: string[] = [];
    let finish = () => {};
    const reached = new Promise<void>((resolve) => {
      rig.inbox.answer = () => {
        resolve();
        return new Promise((settle) => {
          finish = () => {
            order.push("stored");
            settle(recorded);
          };
        });
      };
    });
    const body = formOf(press());
    const caller = new AbortController();
    const sent = fetch(`${rig.hub.url}/slack/events`, {
      method: "POST",
      body,
      headers: sign(rig.settings.signingSecret, body),
      signal: caller.signal,
    });
    await reached;
    caller.abort();
    await expect(sent).rejects.toThrow();
    const closed = rig.app.close().then(() => order.push("closed"));
    await sendSigned(press());
    finish();
    await closed;
    expect(order).toEqual(["stored", "closed"]);
  });

  it("F1: acknowledges only after the inbox has stored the click", async () => {
    const order: string[] = [];
    rig.inbox.answer = async (click) => {
      await rig.app.adapter.edit(
        { platform: "slack", workspace: click.workspace, ...click.copy },
        waiting,
      );
      order.push("stored");
      return refused;
    };
    await sendSigned(press()).then(() => order.push("answered"));
    expect(order).toEqual(["stored", "answered"]);
  });
});
