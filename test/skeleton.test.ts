import { describe, expect, it } from "vitest";
import { filesBelow } from "./fixtures/runner/source-tree.ts";

/** Files that every platform has, with `<platform>` in their names where the platform's own stands. */
const skeleton = [
  "<platform>-app.ts",
  "inbound/events.ts",
  "inbound/handle.ts",
  "inbound/parse.ts",
  "inbound/reading.ts",
  "inbound/verify.ts",
  "install/app-setup.ts",
  "install/manifest.ts",
  "outbound/limits.ts",
  "outbound/limits/mistakes.ts",
  "outbound/outcome.ts",
  "outbound/send.ts",
  "render/escape.ts",
  "render/message.ts",
  "render/picker.ts",
  "workspace/channels.ts",
  "workspace/pasted.ts",
  "workspace/people.ts",
];

/** What one platform needs and the other does not, each with the reason. A file in neither list is a difference. */
const own: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  slack: {
    "inbound/bolt.ts": "Bolt is a receiver of its own with routes, which a bot adapter is not",
    "inbound/clicks.ts": "a click and a dialog are two requests; Teams sends one activity",
    "inbound/home.ts": "the Home is a page of its own; in Teams a visit is a message like others",
    "inbound/ongoing.ts": "Slack wants its answer in 3 s, so that work goes on behind it",
    "inbound/socket.ts": "Slack lets a hub hold a connection; Teams calls a public address only",
    "inbound/private-answer.ts": "a refusal travels by response_url; in Teams it is the answer",
    "install/scopes.ts": "rights by name; a Teams bot may do what follows from where it was added",
    "outbound/client.ts": "the Web API client, its retries off",
    "install/begin.ts": "OAuth; in Teams an admin's consent, both halves in one small file",
    "install/callback.ts": "OAuth; in Teams an admin's consent, both halves in one small file",
    "install/token.ts": "tokens of each workspace; in Teams the bot has one of its own",
    "workspace/invite.ts": "a line to type; in Teams a team owner adds the app",
    "render/home.ts": "the Home is a view; in Teams the same message is a card in the chat",
    "render/refusal.ts": "a private message and a dialog's last page",
  },
  teams: {
    "inbound/outsider.ts": "Teams tells who somebody is for one conversation, with its turn",
    "inbound/receive.ts": "the ladder of checks around botbuilder, which leaves some open",
    "install/allowed.ts":
      "asked at every call of a tenant; Slack's list is asked once, at the install",
    "install/check.ts": "which teams have the app; Slack tests a workspace's token",
    "install/consent.ts": "admin consent, which grants no token",
    "outbound/converse.ts": "calls inside a conversation; Slack's client calls methods",
    "install/package.ts": "a Teams admin uploads a zip; Slack takes the manifest by a link",
    "outbound/credentials.ts": "tokens are fetched; Slack's are stored",
    "outbound/hosts.ts": "a serviceUrl names its own host; Slack has one",
    "outbound/wire.ts": "what the Bot Connector wants of an activity",
    "render/answer.ts": "the answer to an invoke carries the card or the refusal",
    "render/note.ts": "a note is markdown of its own; in Slack it is one more use of escape.ts",
    "render/template-engine.ts": "Adaptive Card templates; blocks are plain objects",
    "render/templates.ts": "Adaptive Card templates; blocks are plain objects",
    "render/values.ts": "Adaptive Card templates; blocks are plain objects",
    "teams-bot.ts": "botbuilder behind one small port, so that it can be replaced",
  },
};

/** Where the platforms and their shares of the skeleton differ. */
function differences(platform: string, files: readonly string[]): readonly string[] {
  const expected = skeleton.map((name) => name.replace("<platform>", platform));
  const known = new Set([...expected, ...Object.keys(own[platform] ?? {})]);
  return [
    ...[...known].filter((name) => !files.includes(name)).map((name) => `missing: ${name}`),
    ...files.filter((name) => !known.has(name)).map((name) => `only here: ${name}`),
  ];
}

const filesOf = (platform: string) =>
  filesBelow(`${platform}-app`)
    .map((file) => file.slice(`${platform}-app/`.length))
    .filter((file) => file.endsWith(".ts"));

describe("skeleton of a platform", () => {
  it.each(["slack", "teams"])("%s-app has it, and says why it has more", (platform) => {
    const files = filesOf(platform).filter((file) => !file.startsWith("sandbox/"));
    expect(files.length).toBeGreaterThanOrEqual(skeleton.length);
    expect(differences(platform, files)).toEqual([]);
  });

  it.each(["slack", "teams"])("the sandbox of %s-app has one door of the same name", (platform) => {
    expect(filesOf(platform)).toContain(`sandbox/${platform}-sandbox.ts`);
  });

  it("would see a file that is missing and one that only one platform has", () => {
    const files = filesOf("slack").filter((file) => !file.startsWith("sandbox/"));
    const changed = [...files.filter((file) => file !== "inbound/parse.ts"), "inbound/extra.ts"];
    expect(differences("slack", changed)).toEqual([
      "missing: inbound/parse.ts",
      "only here: inbound/extra.ts",
    ]);
  });
});
