import { afterAll, beforeAll, expect, it } from "vitest";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { onEveryEngine } from "../fixtures/rig/engines.ts";
import {
  closedCopy,
  openRequest,
  shownTexts,
  type WaitingRequest,
} from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";
import { timeLimit } from "../fixtures/rig/time-limit.ts";
import { WebPerson } from "../fixtures/rig/web-person.ts";

/** How many requests are fought over: 6 in every test run, 10,000 by `npm run soak`. In every third the power goes. */
const rounds = Number(process.env["DECIDED_REQUESTS"] ?? 6);
const deciders = 64;
const roundMs = 40_000;

interface ApprovalBody {
  readonly state: "open" | "approved" | "rejected";
  readonly votes: readonly { readonly name: string; readonly via: string }[];
}

const signs = { approved: "✓ Approved by", rejected: "✕ Rejected by" } as const;
const reason = "Not while so many decide";

onEveryEngine(`${deciders} deciders at once`, (engine) => {
  let hub: RunningHub;
  let ann: WebPerson;
  beforeAll(async () => {
    hub = await engine.start();
    ann = await WebPerson.signIn(hub);
  });
  afterAll(() => hub.stop());

  const stored = async ({ approval }: WaitingRequest) =>
    (await hub.call<ApprovalBody>("GET", `/v1/approvals/${approval}`)).body;

  /** Decide in Slack, in Teams, on the page and by the API in turn, another one first in each round; half reject. */
  async function decide(
    request: WaitingRequest,
    page: Awaited<ReturnType<typeof ann.open>>,
    round: number,
  ) {
    const { approval, copies } = request;
    const one = (index: number): Promise<unknown> => {
      const rejects = index % 8 >= 4;
      const action = rejects ? "reject" : "approve";
      const person = index % 16 >= 8 ? "Ben" : "Ann";
      const click = (message: string) =>
        hub.sandbox.click({ message, person, action, ...(rejects ? { inputs: { reason } } : {}) });
      switch (index % 4) {
        case 0:
          return click(copies.slack.id);
        case 1:
          return click(copies.teams.id);
        case 2:
          return ann.decide(approval, page, { action, reason, click: `${approval} ${index}` });
        default:
          return ann.decideByApi(approval, page, { action, reason });
      }
    };
    return Array.from({ length: deciders }, (_, index) => one(index + round));
  }

  async function expectOneWinner(request: WaitingRequest) {
    const { state, votes } = await stored(request);
    expect(votes).toHaveLength(1);
    if (state === "open") throw new Error("nobody has decided");
    const winner = `${signs[state]} ${votes[0]?.name}`;
    for (const platform of platforms) {
      expect(shownTexts(await closedCopy(hub, request, platform))).toContain(winner);
    }
    await hub.sandbox.callback(request.approval);
    await everyDeliveryHasAnEnd(hub);
    const effects = await hub.sandbox.effects(request.approval);
    expect(effects.map(({ body }) => body.data.state)).toEqual([state]);
  }

  it(
    `U3 D3: one of them decides, and every copy and the producer say so, ${rounds} times`,
    async () => {
      for (let round = 0; round < rounds; round += 1) {
        const request = await openRequest(hub);
        const page = await ann.open(request.approval);
        expect(page.digest).not.toBe("");
        const votes = await decide(request, page, round);
        if (round % 3 === 2) {
          await Promise.any(votes);
          await hub.kill();
          await Promise.allSettled(votes);
          await hub.restart();
        } else {
          const answers = await Promise.all(votes);
          const recorded = answers.filter((answer) => answer === "recorded");
          const { via } = (await stored(request)).votes[0] ?? {};
          expect(recorded).toHaveLength(via === "web" ? 1 : 0);
        }
        await expectOneWinner(request);
      }
    },
    timeLimit(30_000 + rounds * roundMs),
  );
});
