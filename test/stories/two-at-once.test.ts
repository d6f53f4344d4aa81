import { afterAll, beforeAll, expect, it } from "vitest";
import { endStory } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import { closedCopy, openRequest, shownTexts } from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";
import { timeLimit } from "../fixtures/rig/time-limit.ts";

/** How often the race is run: 200 times in every test run, 24 on MongoDB; 10,000 by `npm run soak`. */
const usual = { SQLite: 200, MongoDB: 24 } as const;

/** Where the races are run side by side: a channel takes one message a second, so three are three times as fast. */
const places = [
  { type: "race.first", to: ["#releases", "Ops › General"] },
  { type: "race.second", to: ["#ops", "Ops › Incidents"] },
  { type: "race.third", to: ["#finance", "Finance › General"] },
];

/** A card and its edit are two sends of one channel, and a busy machine takes its time. */
const roundMs = (2_000 / places.length) * 4;

/**
 * A Slack workspace takes about fifty edits a minute, and the hub takes its share in blocks, so it stays below that.
 * After so many a minute passes, where a clock can be moved.
 */
const editsAMinute = 24;

onEveryEngine("two people at once", (engine) => {
  const wished = Number(process.env["ROUNDS"] ?? usual[engine.name]);
  const rounds = engine.name === "SQLite" ? wished : Math.min(wished, editsAMinute);
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await engine.start();
    const rules = places.map(({ type, to }) => ({
      name: type,
      types: [type],
      to,
      policy: "production",
    }));
    await hub.saveRules(rules);
  });
  afterAll(() => endStory(hub));

  /** Whoever is told that the hub could not confirm presses again, as the text says; a busy machine can be that slow. */
  async function press(click: Parameters<typeof hub.sandbox.click>[0]) {
    const seen = await hub.sandbox.click(click);
    if (!seen.text?.startsWith("We could not confirm")) return { ...seen, again: false };
    return { ...(await hub.sandbox.click(click)), again: true };
  }

  /** Approve in Slack and reject in Teams, both on their way before either is answered. */
  async function race(type: string) {
    const request = await openRequest(hub, {}, type);
    const { slack, teams } = request.copies;
    const inputs = { reason: "Not today" };
    const [inSlack, inTeams] = await Promise.all([
      press({ message: slack.id, person: "Ann", action: "approve" }),
      press({ message: teams.id, person: "Ben", action: "reject", inputs }),
    ]);
    return { request, inSlack, inTeams };
  }

  async function check({ request, inSlack, inTeams }: Awaited<ReturnType<typeof race>>) {
    const { approval } = request;
    const { body } = await hub.call<{ readonly state: string; readonly votes: readonly unknown[] }>(
      "GET",
      `/v1/approvals/${approval}`,
    );
    expect(["approved", "rejected"]).toContain(body.state);
    expect(body.votes).toHaveLength(1);
    const isApproved = body.state === "approved";
    const [won, lost] = isApproved ? [inSlack, inTeams] : [inTeams, inSlack];
    // Who pressed again may have found the card without its buttons.
    if (!won.again) expect(won.shown).toBe("updated");
    const refusal = isApproved
      ? /^Ann approved this .* in Slack\.$/
      : /^Ben rejected this .* in Teams\.$/;
    if (lost.shown !== "none" || !lost.again) expect(lost.text).toMatch(refusal);
    const sign = isApproved ? "✓ Approved by Ann" : "✕ Rejected by Ben";
    for (const platform of platforms) {
      expect(shownTexts(await closedCopy(hub, request, platform))).toContain(sign);
    }
    const callback = await hub.sandbox.callback(approval);
    expect(callback.body.data.state).toBe(body.state);
  }

  it(
    `U3 D3: one of them decides, the other is told who did, ${rounds} times`,
    async () => {
      const approvals: string[] = [];
      let minutes = 0;
      const run = async (type: string) => {
        while (approvals.length < rounds) {
          const one = await race(type);
          approvals.push(one.request.approval);
          await check(one);
          // Three run side by side, so the number itself may never be seen.
          if (approvals.length < (minutes + 1) * editsAMinute) continue;
          minutes += 1;
          await hub.pass("1m");
        }
      };
      await Promise.all(places.map(({ type }) => run(type)));
      expect(approvals.length).toBeGreaterThanOrEqual(rounds);
      for (const approval of approvals) {
        expect(await hub.sandbox.effects(approval)).toHaveLength(1);
      }
    },
    timeLimit(30_000 + rounds * roundMs),
  );
});
