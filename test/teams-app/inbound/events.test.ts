import { describe, expect, it } from "vitest";
import { newsOf } from "../../../teams-app/inbound/events.ts";

const general = "19:general@thread.tacv2";
const incidents = "19:incidents@thread.tacv2";
const serviceUrl = "https://smba.example/emea/";
const at = "2026-11-21T10:00:00.000Z";
const told = { tenant: "tenant-1", serviceUrl, id: "f:1", now: new Date(at) };
const team = { id: general, name: "Ops" };
const bot = { id: "28:app", name: "Countersign" };

const activity = (given: object, channelData: object = { team }) => ({
  ...{ recipient: bot, timestamp: at, conversation: { id: "19:anything@thread.tacv2" } },
  ...given,
  channelData: { tenant: { id: "tenant-1" }, ...channelData },
});
const event = (eventType: string, more: object = {}) =>
  activity({ type: "conversationUpdate" }, { team, eventType, ...more });
const kinds = (body: unknown) => newsOf(body, told).map(({ kind }) => kind);
const seen = { kind: "team_seen", team: { id: general, name: "Ops", serviceUrl } };

describe("news in Teams activities", () => {
  it("A2: an app that was added is told twice, and both say that the team has it", () => {
    const install = activity({ type: "installationUpdate", action: "add" });
    const joined = activity({ type: "conversationUpdate", membersAdded: [bot] });
    for (const body of [install, joined]) expect(newsOf(body, told)).toMatchObject([seen]);
  });

  it("A17: an app that was removed, or whose team was deleted, is gone from the team", () => {
    const removed = activity({ type: "installationUpdate", action: "remove" });
    const left = activity({ type: "conversationUpdate", membersRemoved: [bot] });
    for (const body of [removed, left]) {
      expect(newsOf(body, told)).toMatchObject([{ kind: "team_gone", because: "removed" }]);
    }
    expect(newsOf(event("teamDeleted"), told)).toMatchObject([
      { kind: "team_gone", team: general, because: "deleted" },
    ]);
  });

  it("U27: an update of the app package adds it and never removes it", () => {
    expect(kinds(activity({ type: "installationUpdate", action: "add-upgrade" }))).toEqual([
      "team_seen",
    ]);
    expect(kinds(activity({ type: "installationUpdate", action: "remove-upgrade" }))).toEqual([]);
  });

  it("A18: an archived team is told as such, and a team that is back as usable", () => {
    const archivedOf = (type: string) => newsOf(event(type), told)[0];
    expect(archivedOf("teamArchived")).toMatchObject({ team: { archived: true } });
    expect(archivedOf("teamUnarchived")).toMatchObject({ team: { archived: false } });
    expect(archivedOf("teamRestored")).toMatchObject({ team: { archived: false } });
    expect(archivedOf("teamRenamed")).toMatchObject(seen);
    // Nobody adds an app to an archived team.
    const added = newsOf(activity({ type: "installationUpdate", action: "add" }), told);
    expect(added).toMatchObject([{ team: { archived: false } }]);
  });

  it("A18: channels are read from channelData, whatever the conversation is", () => {
    const channel = { id: incidents, name: "Alarms" };
    expect(newsOf(event("channelRenamed", { channel }), told)).toMatchObject([
      seen,
      { kind: "channel_renamed", channel: incidents, name: "Ops › Alarms" },
    ]);
    expect(kinds(event("channelCreated", { channel }))).toEqual(["team_seen", "app_joined"]);
    expect(kinds(event("channelRestored", { channel }))).toEqual(["team_seen", "channel_restored"]);
    expect(newsOf(event("channelDeleted", { channel }), told)).toMatchObject([
      { kind: "channel_deleted", channel: incidents },
    ]);
  });

  it("tells nothing of people who come and go, of chats, and of what it does not know", () => {
    const ann = { id: "29:ann" };
    expect(kinds(activity({ type: "conversationUpdate", membersAdded: [ann] }))).toEqual([]);
    expect(kinds(activity({ type: "installationUpdate", action: "add" }, {}))).toEqual([]);
    expect(kinds(activity({ type: "message", text: "add" }))).toEqual([]);
    for (const word of ["teamFolded", "constructor", "__proto__"]) {
      expect(kinds(event(word))).toEqual([]);
      expect(kinds(activity({ type: "installationUpdate", action: word }))).toEqual([]);
    }
  });

  it.each([null, [], "x", { type: "installationUpdate", action: 7, channelData: [] }])(
    "tells nothing of %j",
    (body) => {
      expect(newsOf(body, told)).toEqual([]);
    },
  );

  it("counts an activity without a time as told now", () => {
    const body = activity({ type: "installationUpdate", action: "add", timestamp: "soon" });
    expect(newsOf(body, told)[0]?.at).toEqual(told.now);
  });
});
