import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChannelPicker } from "../../../core/domain/channel-picker.ts";
import type { JsonObject } from "../../../core/domain/json.ts";
import type { ClickAnswer } from "../../../core/ports/inbox.ts";
import { parseActivity } from "../../../teams-app/inbound/parse.ts";
import { measureCard, mostCardBytes } from "../../../teams-app/outbound/limits.ts";
import { chooseVerb } from "../../../teams-app/render/picker.ts";
import { createDerive } from "../../../teams-app/sandbox/derive.ts";
import { createTenant, findMember } from "../../../teams-app/sandbox/tenant.ts";
import { createTeamsApp } from "../../../teams-app/teams-app.ts";
import { closed, information, waiting } from "../../fixtures/teams/messages.ts";
import { fromApp, type Rig, startRig } from "../../fixtures/teams/rig.ts";
import {
  confusedToken,
  startIssuer,
  strangerKey,
  type TestIssuer,
  unsignedToken,
} from "../../fixtures/teams/token.ts";

const recorded: ClickAnswer = {
  repeated: false,
  kind: "recorded",
  text: "Approved.",
  message: closed("approved"),
};

let issuer: TestIssuer;
let rig: Rig;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());
beforeEach(async () => {
  // botbuilder prints what it refuses.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  rig = await startRig(
    async () => recorded,
    (settings) => ({
      ...settings,
      tokenIssuer: issuer.name,
      openIdMetadataUrl: issuer.metadataUrl,
    }),
  );
});
afterEach(() => rig.close());

/** As many channels as a card offers, with long names in letters of many bytes. */
const manyChannels: ChannelPicker = {
  kind: "picker",
  message: information,
  choices: Array.from({ length: 50 }, (_, n) => ({
    label: `${"運".repeat(57)} ${n} · standard · ${"用".repeat(32)} already`,
    value: `19:${n}@thread.tacv2`,
  })),
  words: {
    ...{ label: "Channel", hint: "Type", missing: "Pick one.", question: "This one?" },
    ...{ submit: "Choose", cancel: "Cancel" },
  },
};

type Shown = { readonly view?: unknown; readonly message?: string };

const fieldOf = (card: unknown) =>
  (card as { body: readonly JsonObject[] }).body.find(({ type }) => type === "Input.ChoiceSet");

const now = () => Math.floor(Date.now() / 1_000);

const claims = () => ({
  iss: issuer.name,
  aud: rig.settings.appId,
  iat: now(),
  nbf: now() - 60,
  exp: now() + 3_600,
  serviceurl: rig.general.serviceUrl,
});

/** What botbuilder takes for a token of its emulator, whatever our settings say. */
const emulator = () => ({
  iss: "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
  appid: rig.settings.appId,
  ver: "1.0",
});

const pressed = (trigger = "manual"): JsonObject => ({
  action: { type: "Action.Execute", verb: "deploy", data: { countersign: "apr_1.digest" } },
  trigger,
});

function invoke(change: JsonObject = {}): JsonObject {
  const tenant = rig.sandbox.workspace.id;
  const ann = rig.sandbox.workspace.people[0]?.id ?? "";
  return {
    type: "invoke",
    name: "adaptiveCard/action",
    id: "f:click-1",
    channelId: "msteams",
    serviceUrl: rig.general.serviceUrl,
    from: { id: "29:ann", name: "Ann", aadObjectId: ann },
    recipient: { id: `28:${rig.settings.appId}`, name: "Countersign" },
    conversation: {
      id: `${rig.general.channelId};messageid=1700000000000`,
      conversationType: "channel",
      tenantId: tenant,
    },
    channelData: { tenant: { id: tenant }, team: { id: rig.general.channelId } },
    replyToId: "1700000000000",
    value: pressed(),
    ...change,
  };
}

async function send(token: string | undefined, activity: unknown) {
  const response = await fetch(`${rig.url}/api/messages`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: typeof activity === "string" ? activity : JSON.stringify(activity),
  });
  const text = await response.text();
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
}

describe("the door of Teams", () => {
  it("lets a good token in", async () => {
    const { status, body } = await send(await issuer.sign(claims()), invoke());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      statusCode: 200,
      type: "application/vnd.microsoft.card.adaptive",
      value: { type: "AdaptiveCard" },
    });
    expect(rig.inbox.clicks).toHaveLength(1);
  });

  const tokens: readonly [string, () => Promise<string | undefined>][] = [
    ["no token", async () => undefined],
    ["a text that is no token", async () => "abc"],
    ["an unknown key", () => issuer.sign(claims(), { kid: "unknown", key: strangerKey })],
    ["a wrong signature", () => issuer.sign(claims(), { key: strangerKey })],
    ["a wrong audience", () => issuer.sign({ ...claims(), aud: "another-app" })],
    ["a wrong issuer", () => issuer.sign({ ...claims(), iss: "https://sts.windows.net/x/" })],
    ["a token that ended 10 minutes ago", () => issuer.sign({ ...claims(), exp: now() - 600 })],
    ["a token that is not yet valid", () => issuer.sign({ ...claims(), nbf: now() + 3_600 })],
    ["a token without exp", () => issuer.sign({ ...claims(), exp: undefined })],
    ["alg none", async () => unsignedToken(claims())],
    ["HS256 with the public key", async () => confusedToken(claims(), issuer.publicPem)],
    [
      "a serviceurl claim that differs",
      () => issuer.sign({ ...claims(), serviceurl: "http://127.0.0.1/x/" }),
    ],
    ["no serviceurl claim", () => issuer.sign({ ...claims(), serviceurl: undefined })],
    ["another algorithm than Microsoft's", () => issuer.sign(claims(), { alg: "RS384" })],
    ["a token for the emulator", () => issuer.sign({ ...claims(), ...emulator() })],
    ["a key of another channel", () => issuer.sign(claims(), { kid: "webchat" })],
  ];
  it.each(tokens)("G2: answers %s with 401 and does nothing", async (_, token) => {
    const { status } = await send(await token(), invoke());
    expect(status).toBe(401);
    expect(rig.inbox.clicks).toEqual([]);
    expect(rig.log).toEqual([
      { kind: "request.refused", door: "teams", status: 401, because: expect.any(String) },
    ]);
  });

  it("G2: takes no activity of another channel, whose people may claim to be anybody", async () => {
    const token = await issuer.sign(claims(), { kid: "webchat" });
    expect(await send(token, invoke({ channelId: "webchat" }))).toMatchObject({
      status: 401,
      body: { error: { code: "channel_foreign" } },
    });
    expect(rig.inbox.clicks).toEqual([]);
  });

  const foreign: readonly [string, () => { serviceurl?: string; change: JsonObject }][] = [
    ["a serviceUrl on another host", () => both("https://evil.example/emea/")],
    ["a serviceUrl on a link-local address", () => both("http://169.254.169.254/")],
    ["a serviceUrl with a user name in it", () => both("https://127.0.0.1@evil.example/")],
    ["no serviceUrl", () => ({ change: { serviceUrl: "" } })],
  ];
  const both = (url: string) => ({ serviceurl: url, change: { serviceUrl: url } });
  it.each(foreign)("G2: answers %s with 403, though the token is good", async (_, made) => {
    const { serviceurl, change } = made();
    const token = await issuer.sign({ ...claims(), ...(serviceurl ? { serviceurl } : {}) });
    expect(await send(token, invoke(change))).toMatchObject({ status: 403 });
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("U19 A20: answers a tenant that is not installed, or not allowed, with 403, though the token is good", async () => {
    const token = await issuer.sign(claims());
    const from = (tenantId: string) => ({ id: rig.general.channelId, tenantId });
    const stranger = "11111111-1111-4111-8111-111111111111";
    // Of everything that Teams tells, the news that the app was added is what connects a tenant.
    const added = { type: "installationUpdate", action: "add" };
    for (const [tenant = "", code] of [
      [rig.settings.allowedTenants?.[0], "tenant_foreign"],
      [stranger, "tenant_not_allowed"],
    ]) {
      for (const more of [{}, added]) {
        const conversation = from(tenant);
        const activity = invoke({ conversation, channelData: { tenant: { id: tenant } }, ...more });
        expect(await send(token, activity)).toMatchObject({
          status: 403,
          body: { error: { code } },
        });
      }
    }
    const mixed = invoke({ conversation: from(stranger) });
    expect(await send(token, mixed)).toMatchObject({ body: { error: { code: "tenant_unclear" } } });
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("A2 U19: hears from an allowed tenant that is not installed only that a team has the app", async () => {
    const token = await issuer.sign(claims());
    const tenant = rig.settings.allowedTenants?.[0] ?? "";
    const of = (action: string) =>
      invoke({
        ...{ type: "installationUpdate", action, id: `f:${action}` },
        conversation: { id: rig.general.channelId, tenantId: tenant },
        channelData: { tenant: { id: tenant }, team: { id: "19:ops", name: "Ops" } },
      });
    expect((await send(token, of("add"))).status).toBe(200);
    expect((await send(token, of("remove"))).status).toBe(403);
    const { serviceUrl } = rig.general;
    const team = { id: "19:ops", name: "Ops", serviceUrl };
    expect(rig.told).toMatchObject([{ kind: "team_seen", workspace: tenant, team }]);
    expect([rig.inbox.clicks, rig.inbox.visits]).toEqual([[], []]);
  });

  it("G2: brings a replayed activity with the same identity, and gives the answer of before", async () => {
    const token = await issuer.sign(claims());
    const first = await send(token, invoke());
    rig.inbox.answer = async () => ({ ...recorded, repeated: true });
    const second = await send(token, invoke());
    expect(second).toEqual(first);
    const [one, two] = rig.inbox.clicks;
    expect(one?.click).toBe(two?.click);
    expect(one?.click).toContain("f:click-1");
  });

  it("U15: says what an older client cannot show once, though the press comes twice", async () => {
    const said = "Your vote is not asked for here.";
    const refused = { kind: "refused", refusal: "not_eligible", text: said } as const;
    const value = { verb: "deploy", countersign: "apr_1.digest" };
    const submit = invoke({ type: "message", name: "", value });
    const token = await issuer.sign(claims());
    for (const repeated of [false, true]) {
      rig.inbox.answer = async () => ({ ...refused, repeated });
      expect((await send(token, submit)).status).toBe(200);
    }
    const [one, two] = rig.inbox.clicks;
    expect(two?.click).toBe(one?.click);
    expect(fromApp(rig.sandbox).map(({ text }) => text)).toEqual([`Ann: ${said}`]);
  });

  it("F1 U2: tells who presses while the store is away that nothing is certain, and lets news come again", async () => {
    rig.store.away = true;
    const token = await issuer.sign(claims());
    const unsure = expect.stringContaining("Press again");
    for (const trigger of ["manual", "automatic"])
      expect(await send(token, invoke({ value: pressed(trigger) }))).toMatchObject({
        status: 200,
        body: { type: "application/vnd.microsoft.activity.message", value: unsure },
      });
    const value = { verb: "deploy", countersign: "apr_1.digest" };
    expect((await send(token, invoke({ type: "message", name: "", value }))).status).toBe(200);
    expect(fromApp(rig.sandbox)).toMatchObject([{ text: expect.stringMatching(/^Ann: .*Press/) }]);
    const news = invoke({ type: "installationUpdate", action: "remove" });
    expect((await send(token, news)).status).toBe(503);
    expect(rig.inbox.clicks).toEqual([]);
  });

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["an activity without id", () => invoke({ id: "" })],
    ["an activity without conversation", () => invoke({ conversation: {} })],
    ["an activity without type", () => invoke({ type: "" })],
  ])("answers %s with 400", async (_, body) => {
    const token = await issuer.sign(claims());
    const made = typeof body === "string" ? body : body();
    expect(await send(token, made)).toMatchObject({ status: 400 });
    expect(rig.log).toHaveLength(1);
  });

  it("answers a body over a megabyte with 413, and other methods with 405", async () => {
    const huge = JSON.stringify(invoke({ text: "x".repeat(8 * 1024 * 1024) }));
    expect(await send(await issuer.sign(claims()), huge)).toMatchObject({ status: 413 });
    const got = await fetch(`${rig.url}/api/messages`);
    expect(got.status).toBe(405);
  });

  it("takes who clicked from the envelope and nothing of it from the card", async () => {
    const data = {
      countersign: "apr_1.digest",
      user: "eve",
      tenant: "t",
      click: "c",
      outsider: false,
    };
    const value = { action: { verb: "deploy", data }, trigger: "manual" };
    await send(await issuer.sign(claims()), invoke({ value }));
    expect(rig.inbox.clicks).toMatchObject([
      { user: rig.sandbox.workspace.people[0]?.id, workspace: rig.sandbox.workspace.id },
    ]);
    expect(rig.inbox.clicks[0]?.click).not.toBe("c");
  });

  it("tells somebody without an id in the tenant that outsiders do not decide", async () => {
    const { status, body } = await send(
      await issuer.sign(claims()),
      invoke({ from: { id: "29:x" } }),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ type: "application/vnd.microsoft.activity.message" });
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("counts somebody as an outsider whom Teams does not know there", async () => {
    const from = { id: "29:x", name: "X", aadObjectId: "22222222-2222-4222-8222-222222222222" };
    await send(await issuer.sign(claims()), invoke({ from }));
    expect(rig.inbox.clicks).toMatchObject([{ outsider: true }]);
    expect(rig.log).toEqual([]);
    expect(rig.inbox.clicks[0]).not.toHaveProperty("unidentified");
  });

  it("G11: counts somebody as unidentified, not as from outside, while Teams does not tell", async () => {
    const tenant = createTenant(createDerive("a secret of this test"), true);
    const { id = "", aadObjectId = "" } = findMember(tenant, "Ann") ?? {};
    const click = invoke({ from: { id, name: "Ann", aadObjectId } });
    rig.sandbox.setChaos({ next: 1, answer: 503, effect: "before", method: "members" });
    await send(await issuer.sign(claims()), click);
    expect(rig.inbox.clicks).toMatchObject([{ outsider: true, unidentified: true }]);
    expect(rig.log).toEqual([
      { kind: "hub.trouble", where: "teams.members", error: "ServiceError" },
    ]);
    await send(await issuer.sign(claims()), click);
    expect(rig.inbox.clicks[1]).toMatchObject({ outsider: false });
    expect(rig.inbox.clicks[1]).not.toHaveProperty("unidentified");
  });

  it("G11: asks about somebody again after a clock that ran ahead was set back", async () => {
    const tenant = createTenant(createDerive("a secret of this test"), true);
    const { id = "", aadObjectId = "" } = findMember(tenant, "Ann") ?? {};
    const click = invoke({ from: { id, name: "Ann", aadObjectId } });
    await send(await issuer.sign(claims()), click);
    rig.clock.advance(-3_600_000);
    rig.sandbox.setChaos({ next: 1, answer: 503, effect: "before", method: "members" });
    await send(await issuer.sign(claims()), click);
    expect(rig.inbox.clicks).toMatchObject([{ outsider: false }, { unidentified: true }]);
  });

  it("A12: counts somebody as an outsider whose two ids are not those of one person", async () => {
    const tenant = createTenant(createDerive("a secret of this test"), true);
    const [ann, ben] = ["Ann", "Ben"].map((name) => findMember(tenant, name));
    const one = { id: ann?.id ?? "", name: "Ann", aadObjectId: ann?.aadObjectId ?? "" };
    await send(await issuer.sign(claims()), invoke({ from: one }));
    expect(rig.inbox.clicks.at(-1)).toMatchObject({ outsider: false });
    const from = { ...one, aadObjectId: ben?.aadObjectId ?? "" };
    await send(await issuer.sign(claims()), invoke({ from }));
    expect(rig.inbox.clicks.at(-1)).toMatchObject({ user: ben?.aadObjectId, outsider: true });
  });

  it.each(["automatic", "something new"])(
    "U7: never decides on the trigger %s",
    async (trigger) => {
      rig.inbox.now = waiting;
      const { body } = await send(await issuer.sign(claims()), invoke({ value: pressed(trigger) }));
      expect(body).toMatchObject({ type: "application/vnd.microsoft.card.adaptive" });
      rig.inbox.now = undefined;
      const unknown = await send(await issuer.sign(claims()), invoke({ value: pressed(trigger) }));
      expect(unknown.body).toMatchObject({ type: "application/vnd.microsoft.activity.message" });
      expect(rig.inbox.clicks).toEqual([]);
    },
  );

  it("U7: never decides on the verb of a refresh, by hand either", async () => {
    rig.inbox.now = waiting;
    const data = { countersign: "apr_1.digest" };
    const value = { action: { verb: "countersign/refresh", data }, trigger: "manual" };
    const { body } = await send(await issuer.sign(claims()), invoke({ value }));
    expect(body).toMatchObject({ type: "application/vnd.microsoft.card.adaptive" });
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("says what is missing when a reason is needed and the card asked for none", async () => {
    const prompt = {
      title: "",
      heading: "",
      context: "",
      label: "",
      hint: "",
      submit: "",
      cancel: "Cancel",
      atLeast: 3,
    };
    rig.inbox.answer = async () => ({ repeated: false, kind: "reason_needed", prompt });
    const { body } = await send(await issuer.sign(claims()), invoke());
    expect(body).toMatchObject({
      type: "application/vnd.microsoft.activity.message",
      value: expect.stringContaining("at least 3 characters"),
    });
  });

  it("C9: answers a press on a card that is not ours with what the inbox says of it", async () => {
    const value = { action: { verb: "x", data: {} }, trigger: "manual" };
    await send(await issuer.sign(claims()), invoke({ value }));
    expect(rig.inbox.clicks).toMatchObject([{ action: "x", value: "" }]);
  });

  it("A10: answers who writes to the app in their own chat, whatever they write, and decides nothing", async () => {
    const chat = { conversationType: "personal", id: "a:chat", tenantId: rig.sandbox.workspace.id };
    const said = { type: "message", text: "approve", value: undefined as never };
    const { status } = await send(
      await issuer.sign(claims()),
      invoke({ ...said, conversation: chat }),
    );
    expect(status).toBe(200);
    expect(rig.inbox.visits).toMatchObject([
      { platform: "teams", user: rig.sandbox.workspace.people[0]?.id, click: "f:click-1" },
    ]);
    await send(await issuer.sign(claims()), invoke(said));
    expect(rig.inbox.visits).toHaveLength(1);
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("A7: answers the word channels in a chat with a field of what can be chosen", async () => {
    await rig.close();
    rig = await startRig(async () => recorded);
    rig.inbox.picker = manyChannels;
    const { view, message = "" } = (await rig.sandbox.life.home("Ann", "channels  ops")) as Shown;
    expect(rig.inbox.picks).toMatchObject([{ part: "ops", visit: { outsider: false } }]);
    expect(measureCard(view).bytes).toBeLessThanOrEqual(mostCardBytes);
    expect(fieldOf(view)).toMatchObject({
      ...{ type: "Input.ChoiceSet", style: "filtered", isRequired: true },
      choices: manyChannels.choices.map(({ label: title, value }) => ({ title, value })),
    });
    const press = { message, person: "Ann", action: chooseVerb };
    expect((await rig.sandbox.click(press)).dialog?.inputs).toMatchObject([{ label: "Channel" }]);
    expect(rig.inbox.choices).toEqual([]);
    const inputs = { channel: "19:7@thread.tacv2" };
    expect(await rig.sandbox.click({ ...press, inputs })).toMatchObject({ shown: "updated" });
    await rig.sandbox.click({ ...press, inputs, client: "old" });
    const ann = rig.sandbox.workspace.people[0]?.id;
    const chosen = { channel: inputs.channel, visit: { user: ann, platform: "teams" } };
    expect(rig.inbox.choices).toMatchObject([chosen, chosen]);
  });

  it.each([
    ["channels", ""],
    ["/countersign channels ops", "ops"],
    ["  Channel On call ", "On call"],
    ["Kanäle", ""],
    ["Kanal On call", "On call"],
    ["kanaele ops", "ops"],
    ["Kanalisation", undefined],
    ["channelsomething", undefined],
    ["reject all channels", undefined],
  ])("A7: reads %j as asking for channels with %j", (said, channels) => {
    const conversation = { conversationType: "personal", id: "a:chat" };
    const activity = parseActivity({ id: "f:1", type: "message", text: said, conversation });
    expect(activity).toMatchObject({ kind: "visit" });
    expect(activity).toEqual(channels === undefined ? activity : { ...activity, channels });
    expect(activity && "channels" in activity).toBe(channels !== undefined);
  });

  it.each([
    ["de-DE", "de"],
    ["de", "de"],
    ["en-GB", "en"],
    ["fr-FR", undefined],
    ["default", undefined],
  ])("C10: somebody whose client speaks %j is answered in %j", async (locale, language) => {
    const chat = { conversationType: "personal", id: "a:chat", tenantId: rig.sandbox.workspace.id };
    const said = { type: "message", text: "Kanäle", value: undefined as never, locale };
    await send(await issuer.sign(claims()), invoke({ ...said, conversation: chat }));
    expect(rig.inbox.picks.map(({ visit }) => visit.language)).toEqual([language]);
  });

  it("A7: takes who chooses from the token, never from the card, and nothing from a refresh", async () => {
    const data = { channel: "19:x", user: "somebody", workspace: "elsewhere", from: { id: "x" } };
    const action = { type: "Action.Execute", verb: chooseVerb, data };
    const token = await issuer.sign(claims());
    await send(token, invoke({ value: { action, trigger: "automatic" } }));
    expect(rig.inbox.choices).toEqual([]);
    const { body } = await send(token, invoke({ value: { action, trigger: "manual" } }));
    expect(body).toMatchObject({ type: "application/vnd.microsoft.card.adaptive" });
    const { id: workspace, people } = rig.sandbox.workspace;
    expect(rig.inbox.choices).toMatchObject([
      { channel: "19:x", visit: { workspace, user: people[0]?.id } },
    ]);
    expect((await send(undefined, invoke({ value: { action } }))).status).toBe(401);
    expect(rig.inbox.choices).toHaveLength(1);
  });

  it("takes other activities with 200 and does nothing", async () => {
    const token = await issuer.sign(claims());
    const said = invoke({ type: "message", text: "hello", value: undefined as never });
    expect(await send(token, said)).toMatchObject({ status: 200 });
    expect(await send(token, invoke({ type: "installationUpdate" }))).toMatchObject({
      status: 200,
    });
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("answers 503 while the signing keys can not be read, and lets nobody in", async () => {
    await rig.close();
    rig = await startRig(
      async () => recorded,
      (settings) => ({
        ...settings,
        tokenIssuer: issuer.name,
        openIdMetadataUrl: `${settings.openIdMetadataUrl}/gone`,
      }),
    );
    expect(await send(await issuer.sign(claims()), invoke())).toMatchObject({ status: 503 });
    expect(rig.inbox.clicks).toEqual([]);
  });

  it.each(["appId", "appPassword", "tenantId"] as const)(
    "is never built with an empty %s",
    async (name) => {
      const { inbox, clock } = rig;
      const deps = {
        inbox,
        clock,
        log: { write: () => undefined },
        installations: { slack: async () => undefined, teams: async () => undefined },
      };
      const built = createTeamsApp({ ...rig.settings, [name]: " " }, deps);
      await expect(built).rejects.toMatchObject({ code: "teams_not_configured" });
    },
  );
});
