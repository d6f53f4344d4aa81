import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SandboxSight } from "../../core/ports/sandbox.ts";
import { closedCopy, openRequest, shownTexts } from "../fixtures/rig/requests.ts";
import { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

/** How often the race is run: 200 in every test run, 10,000 by `npm run soak`. */
const rounds = Number(process.env["ROUNDS"] ?? 200);
const roundMs = 3_000;

describe("two people at once", () => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await RunningHub.start();
  });
  afterAll(() => hub.stop());

  /** Approve in Slack and reject in Teams, both on their way before either is answered. */
  async function race() {
    const request = await openRequest(hub);
    const { slack, teams } = request.copies;
    const startedAt = performance.now();
    const [inSlack, inTeams] = await Promise.all([
      hub.sandbox.click({ message: slack.id, person: "Ann", action: "approve" }),
      hub.sandbox.click({
        message: teams.id,
        person: "Ben",
        action: "reject",
        inputs: { reason: "Not today" },
      }),
    ]);
    // The sandbox paces posts by the hub's clock, as Slack and Teams do: move on, so that the next card may leave.
    await hub.sandbox.advance("2s");
    return { request, inSlack, inTeams, tookMs: performance.now() - startedAt };
  }

  async function check({ request, inSlack, inTeams }: Awaited<ReturnType<typeof race>>) {
    const { approval } = request;
    const { body } = await hub.call<{ readonly state: string; readonly votes: readonly unknown[] }>(
      "GET",
      `/v1/approvals/${approval}`,
    );
    expect(["approved", "rejected"]).toContain(body.state);
    expect(body.votes).toHaveLength(1);
    const won = body.state === "approved" ? inSlack : inTeams;
    const lost: SandboxSight = body.state === "approved" ? inTeams : inSlack;
    expect(won.shown).toBe("updated");
    expect(lost.text).toMatch(
      body.state === "approved"
        ? /^Ann approved this .* in Slack\.$/
        : /^Ben rejected this .* in Teams\.$/,
    );
    const sign = body.state === "approved" ? "✓ Approved by Ann" : "✕ Rejected by Ben";
    for (const platform of platforms) {
      expect(shownTexts(await closedCopy(hub, request, platform))).toContain(sign);
    }
    const callback = await hub.sandbox.callback(approval);
    expect(callback.body.data.state).toBe(body.state);
    return body.state;
  }

  it(
    `U3 D3: one of them decides, the other is told who did, ${rounds} times`,
    async () => {
      const races: Awaited<ReturnType<typeof race>>[] = [];
      const winners = { approved: 0, rejected: 0 };
      for (let round = 0; round < rounds; round += 1) {
        const one = await race();
        races.push(one);
        winners[(await check(one)) as keyof typeof winners] += 1;
      }
      expect(winners.approved + winners.rejected).toBe(rounds);
      for (const { request } of races) {
        const told = await hub.sandbox.callbacks(request.approval);
        expect(new Set(told.map(({ id }) => id)).size).toBe(1);
      }
    },
    30_000 + rounds * roundMs,
  );
});
