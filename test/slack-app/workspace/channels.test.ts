import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createClients } from "../../../slack-app/outbound/client.ts";
import { createChannelFinder } from "../../../slack-app/workspace/channels.ts";
import { createInviteLine } from "../../../slack-app/workspace/invite.ts";
import { parsePasted } from "../../../slack-app/workspace/pasted.ts";
import { HandClock, listen, type Rig, startRig } from "../rig.ts";

describe("parsePasted", () => {
  it.each([
    ["C0123ABCDEF", { kind: "place", channel: "C0123ABCDEF" }],
    [" G0123ABCD ", { kind: "place", channel: "G0123ABCD" }],
    ["<#C0123ABCDEF|releases>", { kind: "place", channel: "C0123ABCDEF" }],
    ["<#C0123ABCDEF>", { kind: "place", channel: "C0123ABCDEF" }],
    ["https://acme.slack.com/archives/C0123ABCDEF", { kind: "place", channel: "C0123ABCDEF" }],
    [
      "https://acme.slack.com/archives/C0123ABCDEF/p1763722582000100?thread_ts=1.2&cid=C1",
      { kind: "place", channel: "C0123ABCDEF" },
    ],
    [
      "https://app.slack.com/client/T0123ABCD/C0123ABCDEF",
      { kind: "place", team: "T0123ABCD", channel: "C0123ABCDEF" },
    ],
    ["#Releases", { kind: "name", name: "releases" }],
    ["releases", { kind: "name", name: "releases" }],
    ["C0", { kind: "name", name: "c0" }],
    ["https://evil.example/else", { kind: "name", name: "https://evil.example/else" }],
  ])("A5: reads %s", (pasted, expected) => {
    expect(parsePasted(pasted)).toEqual(expected);
  });
});

describe("channels of a Slack workspace", () => {
  let rig: Rig;
  let clock: HandClock;

  beforeEach(async () => {
    rig = await startRig();
    clock = new HandClock();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await rig.close();
  });

  const closing: (() => Promise<void>)[] = [];
  const finder = (apiUrl = rig.settings.apiUrl) =>
    createChannelFinder(createClients({ apiUrl }, 5_000));
  /** A Web API that answers every call alike. */
  const answering = async (
    status: number,
    headers: Readonly<Record<string, string>> = {},
    body: unknown = { ok: false, error: "ratelimited" },
  ) => {
    const api = await listen();
    closing.push(api.close);
    api.mounts.push({
      path: "/api",
      handle: (_request, response) => {
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(JSON.stringify(body));
      },
    });
    return `${api.url}/api/`;
  };
  const idOf = (name: string) =>
    rig.sandbox.workspace.channels.find((one) => one.name === name)?.id ?? "";
  const releases = () => ({
    workspace: rig.installation.slackTeamId,
    channelId: idOf("#releases"),
    name: "#releases",
    visibility: "public",
    outsiders: false,
    archived: false,
    member: true,
  });

  it("lists first where the app is, then all public channels, page after page", async () => {
    const { listChannels } = finder();
    const first = await listChannels(rig.installation);
    expect(first.channels).toContainEqual(releases());
    expect(first.next).toBeDefined();
    let page = first;
    const names = new Set(first.channels.map(({ name }) => name));
    while (page.next !== undefined) {
      page = await listChannels(rig.installation, page.next);
      for (const { name } of page.channels) names.add(name);
    }
    expect([...names].sort()).toEqual(["#finance", "#ops", "#releases"]);
  });

  it.each(["id", "link", "#name", "name"])("A5: finds a channel by its %s", async (how) => {
    const id = idOf("#releases");
    const pasted = {
      id,
      link: `https://acme.slack.com/archives/${id}`,
      "#name": "#Releases",
      name: "releases",
    }[how];
    expect(await finder().findChannel(rig.installation, pasted ?? "")).toEqual({
      kind: "found",
      channel: releases(),
    });
  });

  it("A6: a private channel without the app is not found, as one that is gone", async () => {
    const { findChannel } = finder();
    expect(await findChannel(rig.installation, idOf("#security"))).toEqual({ kind: "not_found" });
    expect(await findChannel(rig.installation, "#security")).toEqual({ kind: "not_found" });
    expect(await findChannel(rig.installation, "C0GONE00000")).toEqual({ kind: "not_found" });
  });

  it("a link of another workspace leads nowhere", async () => {
    const link = `https://app.slack.com/client/T0ELSEWHERE/${idOf("#releases")}`;
    expect(await finder().findChannel(rig.installation, link)).toEqual({ kind: "not_found" });
  });

  it("says what it does not know while Slack is away", async () => {
    const { findChannel, listChannels } = finder(await answering(500));
    expect(await findChannel(rig.installation, idOf("#releases"))).toMatchObject({
      kind: "unknown",
    });
    const page = await listChannels(rig.installation);
    expect(page).toMatchObject({ channels: [], retryAfterMs: 60_000 });
    const after = await finder().listChannels(rig.installation, page.next);
    expect(after.channels).toContainEqual(releases());
  });

  it("U28: a 429 gives the pause that Slack asks for, and the place to go on", async () => {
    const { listChannels } = finder(await answering(429, { "retry-after": "7" }));
    const page = await listChannels(rig.installation);
    expect(page).toMatchObject({ channels: [], retryAfterMs: 7_000 });
    const after = await finder().listChannels(rig.installation, page.next);
    expect(after.channels).toContainEqual(releases());
  });

  it("a listing goes on when the organization takes away the workspace at which it stands", async () => {
    const apiUrl = await answering(200, {}, { ok: false, error: "team_access_not_granted" });
    const enterprise = { id: "E0ACME", teams: ["T0ONE", "T0TWO"] };
    const org = { ...rig.installation, slackTeamId: "E0ACME", enterprise };
    const { listChannels } = finder(apiUrl);
    const stuck = await listChannels(org, "T0TWO public bmV4dDpD");
    expect(stuck.next).toBe("T0TWO public bmV4dDpD");
    const fewer = { ...org, enterprise: { ...enterprise, teams: ["T0ONE"] } };
    expect((await listChannels(fewer, stuck.next)).next).toBe("T0ONE mine ");
  });

  it("U28: a cursor that leads to itself ends its part of the listing", async () => {
    const fields = { id: "C0RELEASES", name: "releases", is_member: true };
    const more = { response_metadata: { next_cursor: "bmV4dDpD" } };
    const { listChannels, findChannel } = finder(
      await answering(200, {}, { ok: true, channels: [fields], ...more }),
    );
    let pages = 0;
    let cursor: string | undefined;
    do {
      cursor = (await listChannels(rig.installation, cursor)).next;
      pages += 1;
    } while (cursor !== undefined && pages < 10);
    expect(pages).toBe(4);
    expect(await findChannel(rig.installation, "#elsewhere")).toEqual({ kind: "not_found" });
  });

  it("A6: the invite line names the app as the workspace knows it", async () => {
    const named = { ok: true, user: "gatekeeper" };
    const apiUrl = await answering(200, {}, named);
    const inviteLine = createInviteLine(createClients({ apiUrl }, 5_000), clock);
    expect(await inviteLine(rig.installation)).toBe("/invite @gatekeeper");
    const away = createInviteLine(createClients({ apiUrl: await answering(500) }, 5_000), clock);
    expect(await away(rig.installation)).toBe("/invite @countersign");
  });

  it("tells a place and a whole name from part of a name", () => {
    const { readPasted } = finder();
    expect(
      ["C0123ABCDEF", "#rel", "rel", "https://a.slack.com/archives/C0123ABCDEF"].map(readPasted),
    ).toEqual(["place", "name", undefined, "place"]);
  });

  it("U28: a workspace of 20,000 channels is listed whole at the pace that its pages ask for", async () => {
    await rig.sandbox.life?.changeChannel({ do: "crowd", name: "team", count: 20_000 });
    const { listChannels, findChannel } = finder();
    const names = new Set<string>();
    let pages = 0;
    let cursor: string | undefined;
    do {
      const page = await listChannels(rig.installation, cursor);
      pages += 1;
      for (const { name } of page.channels) names.add(name);
      rig.clock.offsetMs += page.retryAfterMs ?? 0;
      cursor = page.next;
    } while (cursor !== undefined);
    expect(names.size).toBe(20_003);
    expect(pages).toBeLessThan(30);
    rig.clock.offsetMs += 60_000;
    const look = await findChannel(rig.installation, "#team-00042");
    expect(look).toMatchObject({ kind: "found", channel: { name: "#team-00042" } });
  });

  it("U28: asked too often, the local Slack asks for a pause, and the listing loses no place", async () => {
    await rig.sandbox.life?.changeChannel({ do: "crowd", name: "team", count: 30_000 });
    const { listChannels } = finder();
    let cursor: string | undefined;
    let page = await listChannels(rig.installation);
    while (page.next !== undefined && page.channels.length > 0) {
      cursor = page.next;
      page = await listChannels(rig.installation, cursor);
    }
    expect(page.retryAfterMs).toBeGreaterThanOrEqual(1_000);
    expect(page.next).toBe(cursor);
    rig.clock.offsetMs += page.retryAfterMs ?? 0;
    expect((await listChannels(rig.installation, page.next)).channels.length).toBeGreaterThan(0);
  });
});
