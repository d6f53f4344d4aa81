import { afterEach, beforeEach, expect, it } from "vitest";
import { channelKey } from "../../../core/domain/channel.ts";
import { createHub } from "../../../core/hub.ts";
import type { DestinationAdapter } from "../../../core/ports/chat-platform.ts";
import type { TeamsInstallation } from "../../../core/ports/installations.ts";
import type { ChannelLook, WorkspaceDoor } from "../../../core/ports/workspace-door.ts";
import { smallChat } from "../channels/small-chat.ts";
import { ann, organization, producer, teamsChannel } from "../domain/samples.ts";
import { openWorld, type World } from "./world.ts";

const { channelId, entraTenantId: tenant, serviceUrl } = teamsChannel;
const ops = { id: "19:ops", name: "Ops", serviceUrl };

let world: World;
beforeEach(async () => {
  world = await openWorld();
  await world.route([{ to: [teamsChannel.name] }]);
});
afterEach(() => world.close());

const lookWith = (archived: boolean): ChannelLook => ({
  ...{ workspace: tenant, channelId, name: "Ops › General", visibility: "public", serviceUrl },
  ...{ outsiders: false, archived, member: true, team: ops.id },
});

/** Teams tells of a channel, and never whether its team is archived: the hub adds what it was told. */
const door: WorkspaceDoor = {
  ...smallChat([]).door,
  findChannel: async (installation) => {
    const [team] = (installation as TeamsInstallation).teams ?? [];
    return { kind: "found", channel: lookWith(team?.archived ?? false) };
  },
};

/** Teams, in which every message arrives. */
const adapter: DestinationAdapter = {
  ...{ kind: "teams", paces: [], budgets: [] },
  post: async () => {
    const ref = { platform: "teams", workspace: tenant, channel: channelId, message: "1" } as const;
    return { result: { kind: "sent", ref }, request: null, response: null };
  },
  edit: async () => ({ result: { kind: "sent" }, request: null, response: null }),
  note: async () => ({ result: { kind: "sent" }, request: null, response: null }),
};

it("A18 U18: a message that arrives in an archived team tells that it was unarchived, where nothing else did", async () => {
  const callback = async () =>
    ({ result: { kind: "sent" }, request: null, response: null }) as const;
  const hub = createHub({ ...world, wallClock: world.clock, callback });
  hub.doors.use("teams", door);
  const grant = { platform: "teams", entraTenantId: tenant, name: "Contoso" } as const;
  const id = await hub.installations.save(grant, { at: world.clock.now(), by: ann.id });
  const key = channelKey(id, tenant, channelId);
  const kept = { ...lookWith(false), organization, installation: id, seenAt: world.clock.now() };
  await world.store.channels.insert({ ...kept, id: key, revision: 1 });
  const code = async () => (await world.store.destinations.get(teamsChannel.id))?.broken?.code;
  await hub.news.tell({
    ...{ platform: "teams", workspace: tenant, news: "f:1", at: world.clock.now() },
    ...{ kind: "team_seen", team: { ...ops, archived: true } },
  });
  await expect.poll(code).toBe("is_archived");

  hub.connect(adapter);
  hub.deliver();
  const body = JSON.stringify({ type: "deploy.finished", subject: "web/1", data: {} });
  await hub.receive(producer, { body, contentType: "application/json", headers: {} });
  await expect.poll(code).toBeUndefined();
  const record = await world.store.installations.get(id);
  if (record) await hub.lookAtRoutes(record);
  expect(await code()).toBeUndefined();
  expect(record?.places).toMatchObject([{ id: ops.id, archived: false }]);
  await hub.stop();
});
