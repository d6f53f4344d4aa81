import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { currentActor } from "../../../core/audit/acting.ts";
import type { ChannelChoice, Chosen, FoundChannels } from "../../../core/channels/choices.ts";
import { refuse } from "../../../core/channels/choices.ts";
import type { Actor } from "../../../core/domain/audit.ts";
import type { Channel } from "../../../core/domain/channel.ts";
import { deriveId } from "../../../core/domain/ids.ts";
import { accountId, type Person } from "../../../core/domain/person.ts";
import { createChannelPicking } from "../../../core/hub/pick-channel.ts";
import { notInChannelText } from "../../../core/messages/channel-texts.ts";
import { unknownCard } from "../../../core/messages/personal-card.ts";
import type { Visit } from "../../../core/ports/inbox.ts";
import type { InstallationRecord } from "../../../core/ports/installations.ts";
import { organization, personOf, slackChannel, start, teamsChannel } from "../domain/samples.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let found: FoundChannels;
let chosen: Chosen;
let record: InstallationRecord | undefined;
/** Who chose what, as the audit log would name them. */
let made: { readonly actor: Actor | undefined; readonly wish: object }[];
beforeEach(async () => {
  world = await openWorld();
  found = { items: [], listedAt: start };
  made = [];
});
afterEach(() => world.close());

const installation = deriveId("installation", organization, "teams", "tenant-1");
const connected: InstallationRecord = {
  ...{ id: installation, organization, revision: 1, platform: "teams", scopes: [] },
  ...{ workspace: "tenant-1", name: "Contoso", state: "connected" },
};

const picking = () =>
  createChannelPicking({
    ...{ store: world.store, organization, clock: world.clock },
    links: { hubUrl: "https://hub.example" },
    recordOf: async () => record,
    greet: async () => unknownCard("https://hub.example/link/x"),
    channels: {
      search: async () => found,
      choose: async (_, wish) => {
        made.push({ actor: currentActor(), wish });
        return chosen;
      },
    },
  });

const visit: Visit = {
  ...{ platform: "teams", workspace: "tenant-1", user: "aad-Rob", outsider: false, click: "c" },
};

async function be(person: Person): Promise<void> {
  record = connected;
  chosen = { kind: "chosen", destination: teamsChannel };
  await world.store.people.insert(person);
  const id = accountId("teams", "tenant-1", "aad-Rob");
  const account = { id, organization, revision: 1, person: person.id, linkedAt: start };
  await world.store.accounts.insert(account);
}

const choiceOf = (over: Partial<Channel>, more: Partial<ChannelChoice> = {}): ChannelChoice => ({
  channel: {
    ...{ id: "x", organization, revision: 1, installation, workspace: "tenant-1", seenAt: start },
    ...{ channelId: "19:a", name: "Ops › General", visibility: "public", member: true },
    ...{ outsiders: false, archived: false },
    ...over,
  },
  ...more,
});

const who: readonly [string, () => Promise<unknown>, Partial<Visit>, RegExp][] = [
  ["nobody who is linked", async () => undefined, {}, /does not know yet who you are/],
  ["a guest", () => be(personOf("Rob", ["admin"])), { outsider: true }, /does not know yet/],
  ["an approver", () => be(personOf("Rob")), {}, /No channel was chosen.*admin or router/s],
  ["an auditor", () => be(personOf("Rob", ["auditor"])), {}, /admin or router/],
  [
    "a suspended admin",
    () => {
      const suspended = { at: start, by: personOf("Ann").id };
      return be({ ...personOf("Rob", ["admin"]), suspended });
    },
    {},
    /suspended/,
  ],
  [
    "somebody of a workspace that is not connected",
    async () => {
      await be(personOf("Rob", ["router"]));
      record = undefined;
    },
    {},
    /not connected/,
  ],
];

describe("choosing a channel from inside a chat", () => {
  it.each<["slack" | "teams", Partial<Person>, Partial<Visit>, string]>([
    ["teams", { language: "de" }, { language: "en" }, "Einen Kanal wählen"],
    ["slack", { language: "de" }, {}, "Einen Kanal wählen"],
    ["teams", {}, { language: "de" }, "Einen Kanal wählen"],
    ["slack", { language: "en" }, { language: "de" }, "Choose a channel"],
    ["teams", {}, {}, "Choose a channel"],
  ])(
    "C10: in %s speaks as its person chose (%j), else as their chat does (%j)",
    async (platform, spoken, over, title) => {
      await be({ ...personOf("Rob", ["router"]), ...spoken });
      const id = accountId("slack", "tenant-1", "aad-Rob");
      const account = { id, organization, revision: 1, person: personOf("Rob").id };
      await world.store.accounts.insert({ ...account, linkedAt: start });
      const picked = await picking().pick({ ...visit, ...over, platform }, "");
      if (picked.kind !== "picker") throw new Error("Nothing was offered.");
      const isGerman = title.startsWith("Einen");
      expect(picked.message.title).toBe(title);
      expect(picked.words.submit).toBe(isGerman ? "Wählen" : "Choose");
      const answer = await picking().choose({ ...visit, ...over, platform }, "19:a");
      expect(answer.title).toContain(isGerman ? "ist ein Ziel" : "is a destination");
    },
  );

  it.each(who)("A7: offers nothing to %s, and takes no choice", async (_, prepare, over, says) => {
    await prepare();
    const picked = await picking().pick({ ...visit, ...over }, "");
    expect(picked).toMatchObject({ kind: "refused" });
    const answer = await picking().choose({ ...visit, ...over }, "19:a");
    for (const message of [picked.message, answer]) {
      expect(`${message.title} ${message.body}`).toMatch(says);
    }
    expect(made).toEqual([]);
  });

  it.each(["admin", "router"] as const)(
    "A7: lets a person with the role %s choose, as themselves, in their own workspace",
    async (role) => {
      const rob = personOf("Rob", [role]);
      await be(rob);
      const message = await picking().choose(visit, "19:a");
      expect(made).toEqual([
        {
          actor: { kind: "person", id: rob.id, name: "Rob", via: "teams" },
          wish: { workspace: "tenant-1", channelId: "19:a" },
        },
      ]);
      expect(message.title).toBe(`${teamsChannel.name} is a destination`);
      expect(message.body).toContain(`"to": ["${teamsChannel.name}"]`);
      const url = `https://hub.example/workspaces/${installation}/destinations/${teamsChannel.id}`;
      expect(message.actions).toEqual([{ kind: "open", label: "Open destination", url }]);
    },
  );

  it("A7: offers channels by name and type, and names those that are closed with the reason", async () => {
    await be(personOf("Rob", ["router"]));
    const blocked = notInChannelText("teams", "Ops › Board", "");
    found = {
      items: [
        choiceOf({}),
        choiceOf({ channelId: "19:b", name: "Ops › Old" }, { destination: teamsChannel }),
        choiceOf({ channelId: "19:c", name: "Ops › Board", visibility: "private" }, { blocked }),
      ],
    };
    const picked = await picking().pick(visit, "");
    expect(picked).toMatchObject({
      kind: "picker",
      choices: [
        { label: "Ops › General · standard", value: "19:a" },
        { label: `Ops › Old · standard · ${teamsChannel.name} already`, value: "19:b" },
      ],
      message: { facts: [{ label: "Ops › Board", value: blocked }] },
    });
    expect(picked.message.body).toContain("still being listed");
    const slack = await picking().pick({ ...visit, platform: "slack" }, "");
    expect(slack).toMatchObject({ kind: "refused" });
  });

  it("A5: says why a channel was refused, and what lets the app in where it waits outside", async () => {
    await be(personOf("Rob", ["admin"]));
    chosen = refuse("archived", "#old is archived.");
    const refused = await picking().choose(visit, "C1");
    expect([refused.title, refused.body]).toEqual(["No channel was chosen", "#old is archived."]);
    const broken = { code: "not_in_channel", at: start };
    chosen = { kind: "chosen", destination: { ...slackChannel, broken } };
    found = { items: [choiceOf({}, { blocked: "Anyone types /invite @countersign." })] };
    expect((await picking().choose(visit, "C1")).body).toContain("/invite @countersign");
  });
});
