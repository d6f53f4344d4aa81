import { afterAll, beforeAll, expect, it } from "vitest";
import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { closedCopy, deployEvent, openRequest, shownTexts } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { type Platform, platforms } from "../fixtures/rig/sandbox-client.ts";

const hostile = [
  "<!channel> <@U012AB3CD> <https://evil.example|bank>",
  "${1+1} {{data.service}} ${$root}",
  "[x](https://evil.example) **bold** <at>Ann</at>",
  "✓ Approved by Ann in Slack \u202e\u200bdesrever",
];

/** What the platform would turn into a mention, a link or bold text, where it reads markup. */
const live: Readonly<Record<Platform, RegExp>> = {
  slack: /<[!@#](?!date\^)|<https?:[^>]*evil/,
  teams: /(?<!\\)\[x|<at>|(?<!\\)\*\*/,
};

type Labelled = readonly (readonly [kind: string, text: string])[];

/** The texts of a message that the platform reads as markup, each with the kind of place that says so. */
function markupTexts(message: SandboxMessage): Labelled {
  const shown = markupBelow(message.blocks ?? message.card);
  return message.platform === "slack" ? [["notification", message.text], ...shown] : shown;
}

function markupBelow(value: unknown): Labelled {
  if (typeof value !== "object" || value === null) return [];
  const { type, text, title, value: fact } = value as Readonly<Record<string, unknown>>;
  const own: Labelled = [
    ...(type === "mrkdwn" || type === "TextBlock" ? [[String(type), String(text)] as const] : []),
    ...(title !== undefined && typeof fact === "string" ? [["Fact", fact] as const] : []),
  ];
  return [...own, ...Object.values(value).flatMap(markupBelow)];
}

onEveryEngine("cards", (engine) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
  });
  afterAll(() => endStory(hub));

  it("C1: one request shows the same facts and buttons on both platforms", async () => {
    const { title, copies, approval } = await openRequest(hub);
    for (const platform of platforms) {
      const shown = shownTexts(copies[platform]);
      for (const part of [title, "Waiting for approval", "Service", "web", "production"]) {
        expect(shown).toContain(part);
      }
      expect(shown.replaceAll("\\", "")).toContain(`apr_…${approval.slice(-4)}`);
    }
    const labels = ({ buttons }: SandboxMessage) => buttons.map(({ action }) => action);
    expect(labels(copies.slack)).toEqual(labels(copies.teams));
    expect(labels(copies.slack)).toEqual(["approve", "reject", "open"]);
    expect(copies.teams.card).toMatchObject({ type: "AdaptiveCard" });
    const { version } = copies.teams.card as { readonly version: string };
    expect(Number(version)).toBeGreaterThanOrEqual(1.4);
  });

  it("C1: labels of the producer never hide what a button does", async () => {
    const { copies } = await openRequest(hub, {
      approval: {
        actions: [
          { id: "ship", choice: "approve", label: "Deploy" },
          { id: "hold", choice: "reject", label: "Hold" },
        ],
      },
    });
    for (const platform of platforms) {
      const labels = copies[platform].buttons.map(({ label }) => label);
      expect(labels.slice(0, 2)).toEqual(["Approve · Deploy", "Reject · Hold"]);
    }
  });

  it.each(platforms)(
    "C11: a message on %s has a plain text with deadline and link",
    async (platform) => {
      const { title, copies, approval } = await openRequest(hub);
      const { text } = copies[platform];
      expect(text).toContain(`${title} — waiting for approval, expires `);
      expect(text).toContain(`${hub.url}/approvals/${approval}`);
    },
  );

  it.each(platforms)("C1: nothing in an event's texts comes alive on %s", async (platform) => {
    const long = `${hostile.join(" ")} ${"long ".repeat(1_000)}`.slice(0, 5_000);
    const marked = deployEvent();
    const title = `${marked.data.title} ${long}`;
    await hub.post({ ...marked, data: { ...marked.data, title, service: hostile[0], note: long } });
    const message = await hub.sandbox.message(platform, ({ text }) =>
      text.includes(marked.data.title),
    );
    for (const [markup, text] of markupTexts(message)) {
      expect(text, markup).not.toMatch(live[platform]);
    }
    expect(JSON.stringify(message.blocks ?? message.card)).not.toMatch(/[\u202e\u200b]/);
    const shown = shownTexts(message);
    expect(shown).toContain("{1+1}");
    expect(shown).not.toMatch(/^✓ Approved/m);
    expect(message.check.every(({ used, limit }) => used <= limit)).toBe(true);
    expect(message.mistakes).toEqual([]);
  });

  it.each(platforms)("C5: a copy deleted on %s stops nothing", async (platform) => {
    const request = await openRequest(hub);
    const other = platform === "slack" ? "teams" : "slack";
    await hub.sandbox.remove(request.copies[platform].id);
    const { id } = request.copies[other];
    await hub.sandbox.click({ message: id, person: "Ann", action: "approve" });
    await closedCopy(hub, request, other);
    expect((await hub.sandbox.callback(request.approval)).verdict).toBe("verified");
  });

  it("C1: information has neither votes nor deciding buttons", async () => {
    const { subject } = deployEvent();
    await hub.post({ type: "deploy.finished", subject, data: { title: `Deployed ${subject}` } });
    for (const platform of platforms) {
      const message = await hub.sandbox.message(platform, ({ text }) => text.includes(subject));
      expect(message.buttons.map(({ action }) => action)).not.toContain("approve");
      expect(shownTexts(message)).not.toContain("Waiting for approval");
    }
  });
});
