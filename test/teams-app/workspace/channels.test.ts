import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TeamsInstallation } from "../../../core/ports/installations.ts";
import type { ChannelLook } from "../../../core/ports/workspace-door.ts";
import { noConnecting } from "../../fixtures/teams/connecting.ts";
import { startTwoRegions, type TwoRegions, tenant } from "./two-regions.ts";

const id = (name: string) => `19:${name}@thread.tacv2`;
const opsPath = `/emea/v3/teams/${id("ops")}/conversations`;
const financePath = `/amer/v3/teams/${id("finance")}/conversations`;
const removed = [403, { error: { code: "BotNotInConversationRoster" } }] as const;

let regions: TwoRegions;
let installation: TeamsInstallation;
beforeEach(async () => {
  regions = await startTwoRegions(noConnecting);
  const place = (name: string, team: string, region: string) => ({
    ...{ id: id(team), name, serviceUrl: `${regions.url}/${region}/` },
    ...{ archived: false, gone: false, toldAt: 0 },
  });
  installation = {
    ...{ platform: "teams", entraTenantId: tenant, name: "Contoso" },
    teams: [place("Ops", "ops", "emea"), place("Finance", "finance", "amer")],
  };
  regions.answers.set(opsPath, [
    200,
    {
      conversations: [
        { id: id("ops") },
        { id: id("board"), name: "Board", type: "private" },
        { id: id("partners"), name: "Partners", type: "shared" },
      ],
    },
  ]);
  regions.answers.set(financePath, [200, { conversations: [{ id: id("finance") }] }]);
});
afterEach(() => regions.close());

async function listAll(): Promise<readonly ChannelLook[]> {
  const found: ChannelLook[] = [];
  let cursor: string | undefined;
  do {
    const page = await regions.door.listChannels(installation, cursor);
    found.push(...page.channels);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}
const find = (pasted: string) => regions.door.findChannel(installation, pasted);

describe("channels of Teams", () => {
  it("A7: are listed team by team, each where its own region answers, and General has its name", async () => {
    const all = await listAll();
    expect(all.map(({ name, serviceUrl }) => [name, serviceUrl])).toEqual([
      ["Ops › General", `${regions.url}/emea/`],
      ["Ops › Board", `${regions.url}/emea/`],
      ["Ops › Partners", `${regions.url}/emea/`],
      ["Finance › General", `${regions.url}/amer/`],
    ]);
    expect(regions.called).toEqual([opsPath, financePath]);
  });

  it("A7: private and shared ones are listed with their type, and the app is in none of them", async () => {
    const kinds = (await listAll()).map(({ visibility, member, outsiders }) => [
      visibility,
      member,
      outsiders,
    ]);
    expect(kinds).toEqual([
      ["public", true, false],
      ["private", false, false],
      ["shared", false, true],
      ["public", true, false],
    ]);
  });

  it("A7: a service address on another host is never called, so the bot's token stays here", async () => {
    const [ops, finance] = installation.teams ?? [];
    if (!ops || !finance) throw new Error("there are no teams");
    const foreign = { ...ops, serviceUrl: "http://127.0.0.1:9/emea/" };
    installation = { ...installation, teams: [foreign, finance] };
    const page = await regions.door.listChannels(installation);
    expect(page).toEqual({ channels: [], next: finance.id });
    expect(await regions.door.check(installation)).toMatchObject({ kind: "fine" });
    expect(regions.called).toEqual([financePath]);
  });

  it("a team that took the app out is passed over, and one that does not answer is asked again later", async () => {
    regions.answers.set(opsPath, removed);
    expect((await listAll()).map(({ name }) => name)).toEqual(["Finance › General"]);
    regions.clock.advance(5_000);
    regions.answers.set(opsPath, [503, {}]);
    const page = await regions.door.listChannels(installation);
    expect(page).toMatchObject({ channels: [], next: id("ops"), retryAfterMs: 30_000 });
  });

  it("a team that refuses to be read does not keep the listing from the teams behind it", async () => {
    regions.answers.set(opsPath, [403, { error: { code: "NotEnoughPermissions" } }]);
    const page = await regions.door.listChannels(installation);
    expect(page).toEqual({ channels: [], next: id("finance") });
    expect(await find(id("elsewhere"))).toMatchObject({ kind: "unknown" });
  });

  it("a login that refuses keeps the listing where it stands, for no team can be read", async () => {
    regions.login = [400, { error: "invalid_request", error_codes: [900144] }];
    expect(await regions.door.listChannels(installation)).toMatchObject({ next: id("ops") });
  });

  it.each([
    id("board"),
    `https://teams.microsoft.com/l/channel/${encodeURIComponent(id("board"))}/Board?groupId=1&tenantId=${tenant}`,
    `https://teams.microsoft.com/l/message/${id("board")}/1763722582000?tenantId=${tenant}`,
    `https://teams.cloud.microsoft/l/channel/${encodeURIComponent(id("board"))}/Board`,
    " ops › BOARD ",
  ])("A8: is found by %s", async (pasted) => {
    expect(await find(pasted)).toMatchObject({
      kind: "found",
      channel: { channelId: id("board"), name: "Ops › Board" },
    });
  });

  it.each([
    id("elsewhere"),
    `https://teams.microsoft.com/l/channel/${id("board")}/Board?tenantId=11110000-0000-0000-0000-000000000000`,
    "https://teams.microsoft.com.evil.example/l/channel/x/y",
    "https://teams.microsoft.com/l/channel/%E0%A4%A/y",
    "Ops",
  ])("%s is no channel here", async (pasted) => {
    expect(await find(pasted)).toEqual({ kind: "not_found" });
  });

  it("A18: that a channel is gone is said only when every team has answered", async () => {
    regions.answers.set(financePath, [502, {}]);
    expect(await find(id("elsewhere"))).toEqual({ kind: "unknown", because: "http_502" });
    expect(await find(id("board"))).toMatchObject({ kind: "found" });
    const { teams: _, ...nothingTold } = installation;
    expect(await regions.door.findChannel(nothingTold, id("board"))).toMatchObject({
      kind: "unknown",
    });
  });
});

describe("the look at a tenant of Teams", () => {
  const check = () => regions.door.check(installation);

  it("A2: stands while one team has the app, and is over when every team says that it has not", async () => {
    regions.answers.set(opsPath, removed);
    expect(await check()).toEqual({ kind: "fine", scopes: [] });
    regions.clock.advance(5_000);
    regions.answers.set(financePath, [404, { error: { code: "ConversationNotFound" } }]);
    expect(await check()).toEqual({ kind: "revoked", code: "app_uninstalled" });
  });

  it("A17: a team that does not answer leaves it open", async () => {
    regions.answers.set(opsPath, removed);
    regions.answers.set(financePath, [500, {}]);
    expect(await check()).toEqual({ kind: "unknown", because: "http_500" });
  });

  it("A2: knows of no place before any team was told of", async () => {
    const { teams: _, ...nothingTold } = installation;
    expect(await regions.door.check(nothingTold)).toEqual({ kind: "nowhere" });
    expect(regions.called).toEqual([]);
  });

  it.each([7000215, 700016, 90002])("U26: names the login's own code AADSTS%i", async (code) => {
    regions.login = [401, { error: "invalid_client", error_codes: [code] }];
    expect(await check()).toEqual({ kind: "unknown", because: `AADSTS${code}` });
  });
});
