import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askForListing, askForMissing, listDue } from "../../../core/channels/listing.ts";
import { createChannelSearch } from "../../../core/channels/search.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { organization } from "../domain/samples.ts";
import { openWorld, type World } from "../hub/world.ts";
import {
  channel,
  channelDeps,
  installation,
  record,
  type SmallChat,
  smallChat,
} from "./small-chat.ts";

describe("listing channels", () => {
  let world: World;
  let chat: SmallChat;
  let deps: ReturnType<typeof channelDeps>["deps"];

  beforeEach(async () => {
    world = await openWorld();
    chat = smallChat([
      channel("C1", "#alpha"),
      channel("C2", "#beta", { member: false }),
      channel("C3", "#gamma"),
      channel("C4", "#delta"),
      channel("C5", "#old", { archived: true }),
      channel("G6", "#hidden", { visibility: "private", member: false }),
    ]);
    ({ deps } = channelDeps(world, chat));
    await world.store.installations.insert(record);
  });
  afterEach(() => world.close());

  const listing = () => world.store.channelListings.get(installation);
  const names = async () => {
    const found = await createChannelSearch(deps)(installation, "", 100);
    return found.items.map(({ channel: { name } }) => name).sort();
  };

  it("U28: one look asks for one page, and the pages together bring every channel", async () => {
    await askForMissing(deps);
    expect(chat.asked.pages).toBe(0);
    await listDue(deps);
    expect(await names()).toEqual(["#alpha", "#beta"]);
    expect((await listing())?.listedAt).toBeUndefined();
    await listDue(deps);
    expect(await names()).toEqual(["#alpha", "#beta", "#delta", "#gamma"]);
    expect((await listing())?.listedAt).toEqual(world.clock.now());
    await listDue(deps);
    expect(chat.asked.pages).toBe(2);
  });

  it("U28: a listing that a crash cut off goes on where it stood", async () => {
    await askForMissing(deps);
    await listDue(deps);
    const { deps: afterRestart } = channelDeps(world, chat);
    await askForMissing(afterRestart);
    await listDue(afterRestart);
    expect(chat.asked.pages).toBe(2);
    expect(await names()).toHaveLength(4);
  });

  it("U28: a page that was asked for by a process that died is asked for again after a minute", async () => {
    await askForMissing(deps);
    const listChannels = chat.door.listChannels;
    Object.assign(chat.door, { listChannels: () => Promise.reject(new Error("killed")) });
    await expect(listDue(deps)).rejects.toThrow("killed");
    Object.assign(chat.door, { listChannels });
    await listDue(deps);
    expect(chat.asked.pages).toBe(0);
    world.clock.pass(60_000);
    await listDue(deps);
    expect(await names()).toEqual(["#alpha", "#beta"]);
  });

  it("U28: the platform's pause is kept", async () => {
    await askForMissing(deps);
    chat.pauseNextMs = 30_000;
    await listDue(deps);
    world.clock.pass(29_000);
    await listDue(deps);
    expect(chat.asked.pages).toBe(1);
    world.clock.pass(1_000);
    await listDue(deps);
    expect(await names()).toEqual(["#alpha", "#beta"]);
  });

  it("two processes that look at once ask for a page once", async () => {
    await askForMissing(deps);
    await Promise.all([listDue(deps), listDue(channelDeps(world, chat).deps)]);
    expect(chat.asked.pages).toBe(1);
  });

  it("a whole listing forgets what it did not bring", async () => {
    await askForMissing(deps);
    await listDue(deps);
    await listDue(deps);
    chat.channels = chat.channels.filter(({ channelId }) => channelId !== "C1");
    world.clock.pass(1_000);
    await askForListing(deps, installation);
    await listDue(deps);
    await listDue(deps);
    expect(await names()).toEqual(["#beta", "#delta", "#gamma"]);
  });

  it("forgets no channel of which there is news while it is listed", async () => {
    await askForMissing(deps);
    await listDue(deps);
    await listDue(deps);
    world.clock.pass(1_000);
    await askForListing(deps, installation);
    const { channels } = world.store;
    const { replace } = channels;
    let renamed = false;
    const late: typeof replace = async (record, revision) => {
      const kept = await channels.get(record.id);
      if (kept && !renamed) {
        renamed = true;
        await replace({ ...kept, name: "#renamed", revision: revision + 1 }, revision);
      }
      return replace(record, revision);
    };
    Object.assign(channels, { replace: late });
    await listDue(deps);
    await listDue(deps);
    Object.assign(channels, { replace });
    expect(await names()).toHaveLength(4);
    expect(await names()).toContain("#renamed");
  });

  it("an installation whose grant has ended is left alone", async () => {
    await askForMissing(deps);
    await world.store.installations.replace({ ...record, state: "revoked", revision: 2 }, 1);
    await listDue(deps);
    expect(chat.asked.pages).toBe(0);
  });

  it("waits for none of another platform's that nobody can list now, however many those are", async () => {
    const tenants = Array.from({ length: 20 }, (_, number) => `tenant-${number}`);
    for (const workspace of tenants) {
      const id = deriveId("installation", organization, "teams", workspace);
      await world.store.installations.insert({ ...record, id, platform: "teams", workspace });
      await askForListing(deps, id);
    }
    world.clock.pass(1_000);
    await askForListing(deps, installation);
    const slackAlone = {
      ...deps,
      doorOf: (platform: "slack" | "teams") => (platform === "slack" ? chat.door : undefined),
    };
    await listDue(slackAlone);
    await listDue(slackAlone);
    expect(await names()).toEqual(["#alpha", "#beta"]);
    await listDue(deps);
    world.clock.pass(10_000);
    await listDue(deps);
    const listing = deriveId("installation", organization, "teams", "tenant-0");
    expect((await world.store.channelListings.get(listing))?.beganAt).toBeDefined();
  });

  it("goes on, and forgets nothing of what it brought, where the clock is set back by a year", async () => {
    await askForMissing(deps);
    await listDue(deps);
    world.clock.pass(-365 * 86_400_000);
    await listDue(deps);
    expect(await names()).toEqual(["#alpha", "#beta", "#delta", "#gamma"]);
    world.clock.pass(6 * 3_600_000);
    await listDue(deps);
    expect(chat.asked.pages).toBe(3);
  });

  it("is repeated after six hours by itself", async () => {
    await askForMissing(deps);
    await listDue(deps);
    await listDue(deps);
    world.clock.pass(6 * 3_600_000);
    await listDue(deps);
    expect(chat.asked.pages).toBe(3);
  });
});
