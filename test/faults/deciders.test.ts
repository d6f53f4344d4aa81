import { expect, it } from "vitest";
import type { SandboxSight } from "../../core/ports/sandbox.ts";
import { everyDeliveryHasAnEnd } from "../fixtures/rig/ends.ts";
import { type Engine, onEveryEngine } from "../fixtures/rig/engines.ts";
import {
  closedCopy,
  openRequest,
  shownTexts,
  type WaitingRequest,
} from "../fixtures/rig/requests.ts";
import type { RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";
import { timeLimit } from "../fixtures/rig/time-limit.ts";
import { type Voted, WebPerson } from "../fixtures/rig/web-person.ts";
import { places, rulesOf } from "./load.ts";

/** How many requests are fought over: 9 in every test run, 10,000 by `npm run soak`. */
const requests = Number(process.env["DECIDED_REQUESTS"] ?? 9);
const deciders = 64;
/** After so many a new hub takes the place: everything that is stored is looked through again and again. */
const requestsOfOneHub = 36;
/** How many hubs are fought over side by side; each waits for the pace of its own channels. */
const hubs = Number(process.env["HUBS_AT_ONCE"] ?? 1);
const requestMs = 40_000;

interface ApprovalBody {
  readonly state: "open" | "approved" | "rejected";
  readonly votes: readonly { readonly name: string; readonly via: string }[];
}

interface Opened {
  readonly request: WaitingRequest;
  readonly page: Awaited<ReturnType<WebPerson["open"]>>;
}

/** Wait for an answer that tells somebody that the request is decided: in a chat nobody may be told, or of trouble. */
async function toldSo(answer: Promise<Voted | SandboxSight>): Promise<void> {
  const told = await answer;
  if (typeof told === "string" || told.shown === "updated") return;
  throw new Error(`told of no decision: ${told.shown} ${told.text ?? ""}`);
}

const signs = { approved: "✓ Approved by", rejected: "✕ Rejected by" } as const;
const reason = "Not while so many decide";

/** A hub over whose requests many fight: one request in each pair of channels at a time. */
class Arena {
  readonly #hub: RunningHub;
  readonly #ann: WebPerson;

  private constructor(hub: RunningHub, ann: WebPerson) {
    this.#hub = hub;
    this.#ann = ann;
  }

  static async on(hub: RunningHub): Promise<Arena> {
    await hub.saveRules(rulesOf(places));
    return new Arena(hub, await WebPerson.signIn(hub));
  }

  /** Let one be fought over in each of the first `count` places. In every third round the power goes. */
  async fight(round: number, count: number): Promise<void> {
    const opened = await Promise.all(
      places.slice(0, count).map(async ({ type }) => {
        const request = await openRequest(this.#hub, {}, type);
        return { request, page: await this.#ann.open(request.approval) };
      }),
    );
    const fights = opened.map((one) => ({ ...one, votes: this.#decide(one, round) }));
    if (round % 3 === 2) {
      await Promise.all(fights.map(({ votes }) => Promise.any(votes.map(toldSo))));
      await this.#hub.kill();
      await Promise.allSettled(fights.flatMap(({ votes }) => votes));
      await this.#hub.restart();
    } else {
      for (const { request, votes } of fights) {
        const recorded = (await Promise.all(votes)).filter((answer) => answer === "recorded");
        const { via } = (await this.#stored(request)).votes[0] ?? {};
        expect(recorded).toHaveLength(via === "web" ? 1 : 0);
      }
    }
    for (const { request } of fights) await this.#expectOneWinner(request);
    await everyDeliveryHasAnEnd(this.#hub);
    for (const { request } of fights) await this.#expectOneEffect(request);
  }

  /** Decide in Slack, in Teams, on the page and by the API in turn, another one first in each round; half reject. */
  #decide({ request, page }: Opened, round: number): readonly Promise<Voted | SandboxSight>[] {
    expect(page.digest).not.toBe("");
    const { approval, copies } = request;
    const one = (index: number) => {
      const rejects = index % 8 >= 4;
      const action = rejects ? "reject" : "approve";
      const person = index % 16 >= 8 ? "Ben" : "Ann";
      const click = (message: string) =>
        this.#hub.sandbox.click({
          message,
          person,
          action,
          ...(rejects ? { inputs: { reason } } : {}),
        });
      switch (index % 4) {
        case 0:
          return click(copies.slack.id);
        case 1:
          return click(copies.teams.id);
        case 2:
          return this.#ann.decide(approval, page, {
            action,
            reason,
            click: `${approval} ${index}`,
          });
        default:
          return this.#ann.decideByApi(approval, page, { action, reason });
      }
    };
    return Array.from(
      { length: deciders },
      (_, index): Promise<Voted | SandboxSight> => one(index + round),
    );
  }

  async #stored({ approval }: WaitingRequest): Promise<ApprovalBody> {
    return (await this.#hub.call<ApprovalBody>("GET", `/v1/approvals/${approval}`)).body;
  }

  async #expectOneWinner(request: WaitingRequest): Promise<void> {
    const { state, votes } = await this.#stored(request);
    expect(votes).toHaveLength(1);
    if (state === "open") throw new Error("nobody has decided");
    const winner = `${signs[state]} ${votes[0]?.name}`;
    for (const platform of platforms) {
      expect(shownTexts(await closedCopy(this.#hub, request, platform))).toContain(winner);
    }
    await this.#hub.sandbox.callback(request.approval);
  }

  async #expectOneEffect(request: WaitingRequest): Promise<void> {
    const { state } = await this.#stored(request);
    const effects = await this.#hub.sandbox.effects(request.approval);
    expect(effects.map(({ body }) => body.data.state)).toEqual([state]);
  }
}

async function fightOver(count: number, engine: Engine): Promise<void> {
  const hub = await engine.start();
  try {
    const arena = await Arena.on(hub);
    for (let done = 0; done < count; done += places.length) {
      await arena.fight(done / places.length, Math.min(places.length, count - done));
    }
  } finally {
    await hub.stop();
  }
}

onEveryEngine(`${deciders} deciders at once`, (engine) => {
  it(
    `U3 D3: one of them decides, and every copy and the producer say so, ${requests} times`,
    async () => {
      let left = requests;
      const work = async () => {
        while (left > 0) {
          const count = Math.min(requestsOfOneHub, left);
          left -= count;
          await fightOver(count, engine);
        }
      };
      await Promise.all(Array.from({ length: hubs }, work));
    },
    timeLimit(30_000 + requests * requestMs),
  );
});
