import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { SandboxJournal } from "../../../core/ports/sandbox.ts";
import { createTeamsSandbox } from "../../../teams-app/sandbox/teams-sandbox.ts";
import { closed, waiting } from "../../fixtures/teams/messages.ts";
import { memoryJournal, newest, type Rig, startRig } from "../../fixtures/teams/rig.ts";

const build = (journal: SandboxJournal, secret = "one secret") =>
  createTeamsSandbox({
    ownUrl: "http://localhost:3000/sandbox/teams",
    hubUrl: "http://localhost:3000",
    secret,
    journal,
    now: () => new Date("2026-11-20T12:00:00Z"),
  });

describe("the Teams sandbox", () => {
  it("is the tenant Contoso with its teams, channels and people", () => {
    const { workspace, settings, installation } = build(memoryJournal());
    expect(workspace.name).toBe("Contoso");
    expect(workspace.channels.map(({ name }) => name)).toEqual([
      "Ops › General",
      "Ops › Incidents",
      "Ops › On call",
      "Finance › General",
    ]);
    expect(workspace.people.map(({ name, guest }) => [name, guest])).toEqual([
      ["Ann", false],
      ["Ben", false],
      ["Chloé", false],
      ["Dov", true],
      ["Eve", false],
    ]);
    expect(settings.serviceHosts).toEqual(["localhost:3000"]);
    expect(installation).toMatchObject({ platform: "teams", entraTenantId: workspace.id });
  });

  it("has the same ids and secrets for the same secret, and others for another", () => {
    const [one, same, other] = ["a", "a", "b"].map((secret) => build(memoryJournal(), secret));
    expect(same?.settings).toEqual(one?.settings);
    expect(same?.workspace).toEqual(one?.workspace);
    expect(other?.settings.appId).not.toBe(one?.settings.appId);
    expect(other?.settings.appPassword).not.toBe(one?.settings.appPassword);
  });

  it("keeps its messages and their order over a restart", () => {
    const journal = memoryJournal();
    const before = build(journal);
    before.say({ person: "Ann", channel: "Ops › General", text: "one" });
    before.say({ person: "Ben", channel: "Finance › General", text: "two" });
    before.remove(before.messages(1).items[0]?.id ?? "");
    const after = build(journal);
    expect(after.messages(0)).toEqual(before.messages(0));
    expect(after.messages(1).items.map(({ text, deleted }) => [text, deleted])).toEqual([
      ["two", false],
      ["one", true],
    ]);
    expect(after.messages(3).items.map(({ text }) => text)).toEqual(["one"]);
    expect(after.messages(0).items).toHaveLength(3);
  });

  it("goes on counting after it was cleared, so that no change is missed", () => {
    const journal = memoryJournal();
    const sandbox = build(journal);
    sandbox.say({ person: "Ann", channel: "Ops › General", text: "one" });
    const { next } = sandbox.messages(0);
    sandbox.clear();
    expect(sandbox.messages(0)).toEqual({ items: [], next });
    const after = build(journal);
    after.say({ person: "Ann", channel: "Ops › General", text: "two" });
    expect(after.messages(next).items.map(({ text }) => text)).toEqual(["two"]);
  });

  it("calls its listeners on every change", () => {
    const sandbox = build(memoryJournal());
    let changes = 0;
    sandbox.onChange(() => {
      changes += 1;
    });
    sandbox.say({ person: "Ann", channel: "Ops › General", text: "one" });
    sandbox.say({ person: "Nobody", channel: "Ops › General", text: "two" });
    sandbox.say({ person: "Ann", channel: "Nowhere", text: "three" });
    expect(changes).toBe(1);
  });

  it("loads neither botbuilder nor the template engine", () => {
    const { files, packages } = loads("teams-app/sandbox/teams-sandbox.ts");
    expect(files.size).toBeGreaterThan(10);
    // The parser, for the Card check, only once somebody looks at a card.
    expect([...packages].filter((name) => !name.startsWith("node:")).sort()).toEqual([
      "adaptivecards/dist/adaptivecards.js",
      "jose",
    ]);
    expect(loads("teams-app/render/message.ts").packages).toContain("adaptivecards-templating");
    expect(loads("teams-app/teams-app.ts").packages).toContain("botbuilder");
  });
});

/** All files and packages that importing a file loads; imports of types load nothing. */
function loads(entry: string, files = new Set<string>(), packages = new Set<string>()) {
  if (files.has(entry)) return { files, packages };
  files.add(entry);
  const source = readFileSync(entry, "utf8");
  for (const [, types, name = ""] of source.matchAll(
    /^import (type )?(?:[^;]* from )?"([^"]+)";$/gm,
  )) {
    if (types) continue;
    if (name.startsWith(".")) loads(posix.join(posix.dirname(entry), name), files, packages);
    else packages.add(name);
  }
  for (const [, name = ""] of source.matchAll(/createRequire\(import\.meta\.url\)\("([^"]+)"\)/g)) {
    packages.add(name);
  }
  return { files, packages };
}

describe("a click in the sandbox", () => {
  let rig: Rig;
  afterEach(() => rig.close());

  it("reaches a button that was there before the last edit, as a client does that has not drawn it", async () => {
    rig = await startRig(async () => ({
      repeated: false,
      kind: "refused",
      refusal: "closed",
      text: "Ben approved this just now in Slack.",
    }));
    const posted = await rig.app.adapter.post(rig.general, waiting);
    if (posted.result.kind !== "sent" || !posted.result.ref) throw new Error("There is no ref.");
    await rig.app.adapter.edit(posted.result.ref, closed("approved"));
    const { id } = newest(rig.sandbox);
    const sight = await rig.sandbox.click({ message: id, person: "Ann", action: "approve" });
    expect(sight).toMatchObject({ shown: "refusal", text: "Ben approved this just now in Slack." });
  });

  it("finds a button through any number of edits since it was there", async () => {
    rig = await startRig(async () => ({
      repeated: false,
      kind: "refused",
      refusal: "closed",
      text: "Over.",
    }));
    const posted = await rig.app.adapter.post(rig.general, waiting);
    if (posted.result.kind !== "sent" || !posted.result.ref) throw new Error("There is no ref.");
    for (const state of ["approved", "approved", "cancelled"] as const) {
      await rig.app.adapter.edit(posted.result.ref, closed(state));
    }
    const { id } = newest(rig.sandbox);
    const click = { message: id, person: "Ann", action: "reject", inputs: { reason: "too late" } };
    expect(await rig.sandbox.click(click)).toMatchObject({ shown: "refusal", text: "Over." });
  });

  it.each([
    ["an unknown message", { message: "teams:19:x:1", person: "Ann", action: "approve" }],
    ["an unknown person", { person: "Zoe", action: "approve" }],
    ["an unknown button", { person: "Ann", action: "explode" }],
  ])("says what is wrong with %s", async (_, wrong) => {
    rig = await startRig(async () => {
      throw new Error("Nothing comes here.");
    });
    const { id } = await rig.post(waiting);
    const sight = await rig.sandbox.click({ message: id, ...wrong });
    expect(sight).toMatchObject({ shown: "none", text: expect.stringContaining("There is no") });
    expect(rig.inbox.clicks).toEqual([]);
  });

  it("shows what Teams shows when the hub does not let it in", async () => {
    rig = await startRig(
      async () => {
        throw new Error("Nothing comes here.");
      },
      (settings) => ({ ...settings, tokenIssuer: "https://another.example" }),
    );
    const { id } = await rig.post(waiting);
    const sight = await rig.sandbox.click({ message: id, person: "Ann", action: "approve" });
    expect(sight).toMatchObject({ shown: "none", http: { status: 401 } });
    expect(sight.text).toContain("Unable to reach app");
  });

  it("keeps its key over a restart", async () => {
    const lines: unknown[] = [];
    const first = build(memoryJournal(lines));
    await expect.poll(() => lines.length, { timeout: 15_000 }).toBe(1);
    const second = build(memoryJournal(lines));
    expect(second.settings).toEqual(first.settings);
    expect(lines).toHaveLength(1);
  }, 20_000);
});
