import type { SandboxMessage } from "../../core/ports/sandbox.ts";
import { decidingButtons } from "../fixtures/rig/requests.ts";
import type { Receipt, RunningHub } from "../fixtures/rig/running-hub.ts";
import { platforms } from "../fixtures/rig/sandbox-client.ts";

/** A pair of channels, and the type of the events that go there. */
export interface Place {
  readonly type: string;
  readonly to: readonly string[];
}

/** Three pairs of channels, because a channel takes about one new message a second. */
export const places: readonly Place[] = [
  { type: "load.first", to: ["#releases", "Ops › General"] },
  { type: "load.second", to: ["#ops", "Ops › Incidents"] },
  { type: "load.third", to: ["#finance", "Finance › General"] },
];

/** The rules by which the events of these places ask for a decision there. */
export const rulesOf = (wanted: readonly Place[]) =>
  wanted.map(({ type, to }) => ({ name: type, types: [type], to, policy: "production" }));

/** New requests in one life of the hub: more would only wait for the channels' pace. */
const requestsInOneLife = 2;

type LoadEvent = ReturnType<typeof loadEvent>;

function loadEvent(number: number, type: string) {
  const title = `Load ${String(number).padStart(6, "0")}`;
  return { type, id: `load-${number}`, subject: `load/${number}`, data: { title } };
}

const any = <Item>(items: readonly Item[]): Item | undefined =>
  items[Math.floor(Math.random() * items.length)];

/**
 * A producer that posts and people who press, without a pause, while the hub lives.
 *
 * The producer does as a good one should: what was not answered with 202 it sends again, as it was.
 */
export class Load {
  /** Every event that was ever sent, by its external id. */
  readonly sent = new Map<string, LoadEvent>();
  /** The first 202 of each. */
  readonly accepted = new Map<string, Receipt>();
  #toSend: LoadEvent[] = [];
  #requestsLeft = requestsInOneLife;

  /** Name the channels and the policy of this load. */
  async prepare(hub: RunningHub): Promise<void> {
    await hub.saveRules(rulesOf(places));
  }

  /** Work until so many calls were answered, then do `end`; what is under way goes on meanwhile. */
  async until(answers: number, hub: RunningHub, end: () => Promise<unknown>): Promise<void> {
    this.#requestsLeft = requestsInOneLife;
    let left = answers;
    let over = false;
    let reached = () => {};
    const enough = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const work = async (step: () => Promise<boolean>) => {
      while (!over) {
        // A call that is cut off is no answer; what it was about is sent again in the next life.
        const answered = await step().catch(() => false);
        if (answered) left -= 1;
        if (left === 0) reached();
      }
    };
    const workers = [
      ...Array.from({ length: 4 }, () => work(() => this.#post(hub))),
      ...platforms.map((platform) => work(() => this.#press(hub, platform))),
    ];
    await enough;
    over = true;
    await end();
    await Promise.all(workers);
  }

  /** Send what is still unanswered, until nothing is. */
  async finish(hub: RunningHub): Promise<void> {
    while (this.#toSend.length > 0) await this.#post(hub, this.#toSend.shift());
  }

  async #post(hub: RunningHub, event = this.#toSend.shift() ?? this.#newEvent()): Promise<boolean> {
    this.sent.set(event.id, event);
    try {
      this.accepted.set(event.id, await hub.post(event));
      return true;
    } catch (error) {
      this.#toSend.push(event);
      throw error;
    }
  }

  /** Mostly events that nobody is told of: they are stored like the others and wait for no channel. */
  #newEvent(): LoadEvent {
    const place = this.#requestsLeft > 0 ? any(places) : undefined;
    if (place) this.#requestsLeft -= 1;
    return loadEvent(this.sent.size, place?.type ?? "load.unheard");
  }

  /** Answers whether the hub answered. */
  async #press(hub: RunningHub, platform: (typeof platforms)[number]): Promise<boolean> {
    const open = (await hub.sandbox.messages(platform)).filter(
      (message: SandboxMessage) =>
        message.text.includes("Load ") && decidingButtons(message).length > 0,
    );
    const message = any(open);
    if (!message) return false;
    const person = any(["Ann", "Ben"]) ?? "Ann";
    const rejects = Math.random() < 0.3;
    const { http } = await hub.sandbox.click({
      message: message.id,
      person,
      action: rejects ? "reject" : "approve",
      ...(rejects ? { inputs: { reason: "Not under this load" } } : {}),
    });
    return http.status === 200;
  }
}
