import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseChannel, moveDestination } from "../../../core/channels/choose.ts";
import { followChannel } from "../../../core/channels/follow.ts";
import { hearOfChannel } from "../../../core/channels/late-news.ts";
import { askForMissing, listDue } from "../../../core/channels/listing.ts";
import { createRouteLook } from "../../../core/channels/look.ts";
import { breakRoute } from "../../../core/channels/route-health.ts";
import { createChannelSearch } from "../../../core/channels/search.ts";
import type { ChatChannel, Destination, TeamsChannel } from "../../../core/domain/destination.ts";
import type { ChannelNews } from "../../../core/ports/workspace-news.ts";
import { organization, teamsChannel } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";
import {
  channel,
  channelDeps,
  installation,
  record,
  type SmallChat,
  smallChat,
  team,
} from "./small-chat.ts";

let world: World;
let chat: SmallChat;
let deps: ReturnType<typeof channelDeps>["deps"];
let told: ReturnType<typeof channelDeps>["told"];

beforeEach(async () => {
  world = await openWorld();
  chat = smallChat([
    channel("C1", "#ships"),
    channel("C2", "#other"),
    channel("G3", "#vault", { visibility: "private" }),
  ]);
  ({ deps, told } = channelDeps(world, chat));
  await world.store.installations.insert(record);
  await askForMissing(deps);
  while (!(await world.store.channelListings.get(installation))?.listedAt) await listDue(deps);
});
afterEach(() => world.close());

const choose = async (channelId: string, name?: string): Promise<Destination> => {
  const wish = { workspace: team, channelId, ...(name === undefined ? {} : { name }) };
  const chosen = await chooseChannel(deps, installation, wish);
  if (chosen.kind === "refused") throw new Error(chosen.text);
  return chosen.destination;
};
const now = async ({ id }: Destination) => world.store.destinations.get(id);
const change = (channelId: string, over: Parameters<typeof channel>[2]) => {
  chat.channels = chat.channels.map((one) =>
    one.channelId === channelId ? { ...one, ...over } : one,
  );
};
type Told = ChannelNews extends infer One
  ? One extends ChannelNews
    ? Omit<One, "platform" | "workspace" | "news" | "at">
    : never
  : never;
const hear = (news: Told) =>
  followChannel(deps, {
    ...{ platform: "slack", workspace: team, news: "Ev1", at: world.clock.now() },
    ...news,
  } as ChannelNews);
const find = async (asked: string) =>
  (await createChannelSearch(deps)(installation, asked, 20)).items;

describe("choosing a channel", () => {
  it("makes one destination of it, also for two who choose at once", async () => {
    const [one, other] = await Promise.all([choose("C1"), choose("C1")]);
    expect(one).toMatchObject({
      name: "#ships",
      kind: "slack",
      slackTeamId: team,
      channelId: "C1",
    });
    expect(other.id).toBe(one.id);
    expect((await find("ships"))[0]?.destination?.id).toBe(one.id);
  });

  it("names a second channel of the same name after its workspace", async () => {
    await choose("C1");
    change("C2", { name: "#ships" });
    expect((await choose("C2")).name).toBe("Acme › #ships");
  });

  it("lets two who write one name at once not both have it", async () => {
    const wish = (channelId: string) =>
      chooseChannel(deps, installation, { workspace: team, channelId, name: "Ships" });
    const chosen = await Promise.all([wish("C1"), wish("C2")]);
    const named = await world.store.destinations.scan("byName", {
      prefix: [organization, "Ships"],
      limit: 5,
    });
    expect(named.length).toBeLessThanOrEqual(1);
    expect(chosen.filter(({ kind }) => kind === "chosen")).toHaveLength(named.length);
  });

  it.each<[string, string, string | undefined, string]>([
    ["a channel that is not there", "C9", undefined, "channel_unknown"],
    ["a taken name", "C1", "#releases", "name_taken"],
    ["signs that no rule can say", "C1", "a·b", "name_bad"],
  ])("refuses %s", async (_what, channelId, name, code) => {
    const wish = { workspace: team, channelId, ...(name === undefined ? {} : { name }) };
    expect(await chooseChannel(deps, installation, wish)).toMatchObject({ kind: "refused", code });
  });

  it("refuses an archived channel, also where the list does not know it yet", async () => {
    change("C1", { archived: true });
    const wish = { workspace: team, channelId: "C1" };
    const chosen = await chooseChannel(deps, installation, wish);
    expect(chosen).toMatchObject({ kind: "refused", code: "archived" });
  });

  it("A6: a private channel that the app was sent out of waits, and turns green when it joins", async () => {
    await hear({ kind: "app_left", channel: "G3" });
    change("G3", { member: false });
    const waiting = await choose("G3");
    expect(waiting.broken).toMatchObject({ code: "not_in_channel" });
    expect((await find("vault"))[0]).toMatchObject({ invite: "/invite @countersign" });
    change("G3", { member: true });
    await hear({ kind: "app_joined", channel: "G3" });
    expect((await now(waiting))?.broken).toBeUndefined();
    expect((await find("vault"))[0]?.blocked).toBeUndefined();
    expect(told.healed.map(({ id }) => id)).toEqual([waiting.id]);
  });

  it("A6: a private channel that nobody listed stands in the list as soon as the app joins it", async () => {
    chat.channels = [...chat.channels, channel("G7", "#board", { visibility: "private" })];
    await hear({ kind: "app_joined", channel: "G7" });
    expect((await find("board")).map(({ channel: { channelId } }) => channelId)).toEqual(["G7"]);
  });

  it("A5: a moved destination keeps id and name, and its old channel can be chosen anew", async () => {
    const ships = await choose("C1");
    const moved = await moveDestination(deps, ships.id, { workspace: team, channelId: "C2" }, []);
    expect(moved).toMatchObject({
      kind: "chosen",
      destination: { id: ships.id, name: "#ships", channelId: "C2", channelName: "#other" },
    });
    const again = await choose("C1");
    expect([again.id === ships.id, again.name]).toEqual([false, "Acme › #ships"]);
  });

  it("refuses to move requests to where people of other companies read, unless that is allowed", async () => {
    const ships = await choose("C1");
    change("C2", { outsiders: true });
    const rules = [
      { name: "Deploys", types: ["*"], to: ["#ships"], policy: "production", continue: false },
    ];
    const wish = { workspace: team, channelId: "C2" };
    const refused = await moveDestination(deps, ships.id, wish, rules);
    expect(refused).toMatchObject({ kind: "refused", code: "outsiders" });
    const allowed = { ...record, allowOutsiders: true, revision: 2 };
    await world.store.installations.replace(allowed, 1);
    expect((await moveDestination(deps, ships.id, wish, rules)).kind).toBe("chosen");
  });
});

describe("news of channels", () => {
  it("A18: a rename changes what the channel is called, and neither the name that rules say nor the id", async () => {
    const ships = await choose("C1");
    await hear({ kind: "channel_renamed", channel: "C1", name: "#vessels" });
    expect(await now(ships)).toMatchObject({ name: "#ships", channelName: "#vessels" });
    expect((await find("vessels")).map(({ destination }) => destination?.id)).toEqual([ships.id]);
    await hear({ kind: "channel_renamed", channel: "C1", name: "#ships" });
    expect(await now(ships)).not.toHaveProperty("channelName");
  });

  it.each([
    ["channel_archived", "is_archived"],
    ["channel_deleted", "channel_not_found"],
  ] as const)("A18: %s breaks the destination, which is told once", async (kind, code) => {
    const ships = await choose("C1");
    const at = world.clock.now();
    await hear({ kind, channel: "C1" });
    await hear({ kind, channel: "C1" });
    expect((await now(ships))?.broken).toEqual({ code, at });
    expect(told.broke.map(({ id }) => id)).toEqual([ships.id]);
    expect(await find("ships")).toEqual([]);
  });

  it("A18: an archived channel that is restored heals its destination", async () => {
    const ships = await choose("C1");
    await hear({ kind: "channel_archived", channel: "C1" });
    await hear({ kind: "channel_restored", channel: "C1" });
    expect((await now(ships))?.broken).toBeUndefined();
    expect(told.healed.map(({ id }) => id)).toEqual([ships.id]);
    expect(await find("ships")).toHaveLength(1);
  });

  it("A18: a private channel that the app has left is broken; a public one lets it in again by itself", async () => {
    const [vault, ships] = [await choose("G3"), await choose("C1")];
    await hear({ kind: "app_left", channel: "G3" });
    await hear({ kind: "app_left", channel: "C1" });
    expect((await now(vault))?.broken?.code).toBe("not_in_channel");
    expect((await now(ships))?.broken).toBeUndefined();
  });

  it("U28: a changed id rewrites every destination that leads there", async () => {
    const ships = await choose("C1");
    change("C1", { channelId: "C1NEW" });
    await hear({ kind: "channel_id_changed", channel: "C1", became: "C1NEW" });
    expect(await now(ships)).toMatchObject({ id: ships.id, channelId: "C1NEW", name: "#ships" });
    expect((await find("ships")).map(({ channel: { channelId } }) => channelId)).toEqual(["C1NEW"]);
  });

  it("a new channel is found at once", async () => {
    await hear({ kind: "channel_created", channel: "C8", name: "#brand-new" });
    expect(await find("brand")).toHaveLength(1);
  });

  it("news of a workspace that nobody connected changes nothing", async () => {
    const news = { platform: "slack", workspace: "T0ELSE", news: "Ev2", at: new Date() } as const;
    await followChannel(deps, { ...news, kind: "channel_created", channel: "C8", name: "#x" });
    await followChannel(deps, { ...news, kind: "app_joined", channel: "C1" });
    expect(told).toMatchObject({ broke: [], healed: [] });
    expect(await find("#x")).toEqual([]);
  });
});

describe("news of channels that comes late", () => {
  const hearLate = (news: Told) => {
    const at = new Date(world.clock.now().getTime() - 60_000);
    const told = { platform: "slack", workspace: team, news: "Ev1", at } as const;
    return hearOfChannel(deps, { ...told, ...news } as ChannelNews);
  };

  it("U18: breaks and renames nothing where its opposite was told before it", async () => {
    const ships = await choose("C1");
    await hearLate({ kind: "channel_archived", channel: "C1" });
    await hearLate({ kind: "channel_renamed", channel: "C1", name: "#former" });
    expect(await now(ships)).toEqual(ships);
    expect(told.broke).toEqual([]);
    expect(await find("ships")).toHaveLength(1);
  });

  it("U18: heals nothing where it was lost again since", async () => {
    const vault = await choose("G3");
    change("G3", { member: false });
    await hear({ kind: "app_left", channel: "G3" });
    await hearLate({ kind: "app_joined", channel: "G3" });
    expect((await now(vault))?.broken?.code).toBe("not_in_channel");
    expect(told.healed).toEqual([]);
  });

  it("A18: counts where it still holds, and where the platform does not answer", async () => {
    const [vault, ships] = [await choose("G3"), await choose("C1")];
    change("G3", { member: false });
    await hearLate({ kind: "app_left", channel: "G3" });
    expect((await now(vault))?.broken?.code).toBe("not_in_channel");
    chat.away = true;
    await hearLate({ kind: "channel_archived", channel: "C1" });
    expect((await now(ships))?.broken?.code).toBe("is_archived");
    chat.away = false;
    await hearLate({ kind: "channel_restored", channel: "C1" });
    expect((await now(ships))?.broken).toBeUndefined();
  });

  it("A6: brings a channel that was not listed into the list, and a changed id to its destination", async () => {
    const [vault, ships] = [await choose("G3"), await choose("C1")];
    await hear({ kind: "channel_deleted", channel: "G3" });
    await hearLate({ kind: "app_joined", channel: "G3" });
    expect((await now(vault))?.broken).toBeUndefined();
    expect(await find("vault")).toHaveLength(1);
    change("C1", { channelId: "C1NEW" });
    await hearLate({ kind: "channel_id_changed", channel: "C1", became: "C1NEW" });
    expect(await now(ships)).toMatchObject({ channelId: "C1NEW" });
  });
});

describe("a look at the channels of destinations", () => {
  const look = () => createRouteLook(deps)(record);

  it("U18: finds out what no news has told, and what has healed", async () => {
    const ships = await choose("C1");
    change("C1", { archived: true, name: "#vessels" });
    await look();
    expect(await now(ships)).toMatchObject({
      broken: { code: "is_archived" },
      channelName: "#vessels",
    });
    change("C1", { archived: false });
    await look();
    expect((await now(ships))?.broken).toBeUndefined();
    chat.channels = [];
    await look();
    expect((await now(ships))?.broken?.code).toBe("channel_not_found");
  });

  it.each([
    ["not_in_channel", "BotNotInConversationRoster"],
    ["channel_not_found", "ConversationNotFound"],
    ["is_archived", "channel_is_archived"],
    ["is_archived", "is_inactive"],
  ])(
    "heals what a send found in the platform's own words, and tells %s once",
    async (code, own) => {
      const ships = await choose("C1");
      await breakRoute(deps, ships.id, code, world.clock.now());
      await breakRoute(deps, ships.id, own, world.clock.now());
      expect(told.broke).toHaveLength(1);
      await look();
      expect((await now(ships))?.broken).toBeUndefined();
      await breakRoute(deps, ships.id, own, world.clock.now());
      await look();
      expect((await now(ships))?.broken).toBeUndefined();
      expect(told.healed).toHaveLength(2);
    },
  );

  it("F1: brings messages up to date again where the power went before a channel counted as whole", async () => {
    const ships = await choose("C1");
    await hear({ kind: "channel_archived", channel: "C1" });
    const back: string[] = [];
    const powerGoes = async ({ id }: Destination) => {
      back.push(id);
      if (back.length === 1) throw new Error("The power went.");
    };
    const look = createRouteLook({ ...deps, back: powerGoes });
    await expect(look(record)).rejects.toThrow("The power went.");
    expect((await now(ships))?.broken?.code).toBe("is_archived");
    await look(record);
    expect(back).toEqual([ships.id, ships.id]);
    expect((await now(ships))?.broken).toBeUndefined();
  });

  it("U14: breaks nothing where the team came back while it looked", async () => {
    const ships = await choose("C1");
    const ops = { id: "19:ops", name: "Ops", serviceUrl: "", archived: false, toldAt: 1 };
    const without = { ...record, revision: 2, places: [{ ...ops, gone: true }] };
    await world.store.installations.replace(without, 1);
    chat.channels = [];
    const { findChannel } = chat.door;
    Object.assign(chat.door, {
      findChannel: async (...asked: Parameters<typeof findChannel>) => {
        const back = { ...without, revision: 3, places: [{ ...ops, gone: false }] };
        await world.store.installations.replace(back, 2);
        return findChannel(...asked);
      },
    });
    await createRouteLook(deps)(without);
    expect((await now(ships))?.broken).toBeUndefined();
    await createRouteLook(deps)((await world.store.installations.get(installation)) ?? record);
    expect((await now(ships))?.broken?.code).toBe("channel_not_found");
  });

  it("A18: tells once of an archived team, whatever Teams calls it to each post", async () => {
    const ships = await choose("C1");
    change("C1", { archived: true });
    for (let minute = 0; minute < 3; minute += 1) {
      await look();
      await breakRoute(deps, ships.id, "ForbiddenOperationException", world.clock.now());
      world.clock.pass(60_000);
    }
    expect(told.broke.map(({ broken }) => broken?.code)).toEqual(["is_archived"]);
    expect((await now(ships))?.broken?.code).toBe("is_archived");
    chat.channels = [];
    await look();
    expect((await now(ships))?.broken?.code).toBe("channel_not_found");
  });

  it("lets what is held for a public channel try again where the app may not join, and alarms nobody again", async () => {
    const ships = await choose("C1");
    change("C1", { member: false });
    for (let minute = 0; minute < 3; minute += 1) {
      await breakRoute(deps, ships.id, "not_in_channel", world.clock.now());
      world.clock.pass(60_000);
      await look();
    }
    expect(told.broke).toHaveLength(1);
    expect(told.healed).toHaveLength(3);
    expect((await now(ships))?.broken?.code).toBe("not_in_channel");
  });

  it("changes nothing while the platform does not answer", async () => {
    const ships = await choose("C1");
    chat.channels = [];
    chat.away = true;
    await look();
    expect(await now(ships)).toEqual(ships);
  });

  it("U18: looks on behind a channel of which the platform does not tell", async () => {
    const [silent, ships] = [await choose("C1"), await choose("C2")].toSorted((one, other) =>
      one.id < other.id ? -1 : 1,
    ) as [ChatChannel, ChatChannel];
    chat.channels = [];
    const { findChannel } = chat.door;
    Object.assign(chat.door, {
      findChannel: async (...asked: Parameters<typeof findChannel>) =>
        asked[1] === silent.channelId
          ? { kind: "unknown", because: "missing_scope" }
          : findChannel(...asked),
    });
    const again = createRouteLook(deps);
    for (let run = 0; run < 3; run += 1) await again(record);
    expect((await now(ships))?.broken?.code).toBe("channel_not_found");
    expect((await now(silent))?.broken).toBeUndefined();
  });

  it("A7: a channel of Teams that another region serves now is written to there", async () => {
    const general: TeamsChannel = {
      ...{ ...teamsChannel, entraTenantId: team, channelId: "C1" },
      serviceUrl: "https://smba.example/emea/",
    };
    await world.store.destinations.replace({ ...general, revision: 2 }, 1);
    change("C1", { serviceUrl: "https://smba.example/amer/" });
    await createRouteLook(deps)({ ...record, platform: "teams" });
    expect(await now(general)).toMatchObject({ serviceUrl: "https://smba.example/amer/" });
  });

  it("A18: notes that people from outside have come in", async () => {
    const ships = await choose("C1");
    change("C1", { outsiders: true });
    await look();
    expect(await now(ships)).toMatchObject({ outsiders: true });
  });

  it("goes on where the last one stopped when there are many", async () => {
    chat.channels = Array.from({ length: 90 }, (_, at) => channel(`C${100 + at}`, `#many-${at}`));
    for (const { channelId } of chat.channels) await choose(channelId);
    chat.channels = chat.channels.map((one) => ({ ...one, archived: true }));
    const again = createRouteLook(deps);
    for (let run = 0; run < 5; run += 1) await again(record);
    const all = await world.store.destinations.scan("byChannel", {
      prefix: [organization, "slack", team],
      limit: 200,
    });
    expect(all.filter(({ broken }) => broken?.code === "is_archived")).toHaveLength(90);
  });
});
