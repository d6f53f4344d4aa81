import { setImmediate as nextTurn } from "node:timers/promises";

/** A step that hangs holds up the lanes at a gate for no longer than this. */
const longestWaitMs = 200;

/**
 * Lets the lanes of a process ask the store together, as a group commit has it.
 *
 * A lane is with the store, or away, or waits at one of two gates: before its delivery leaves, and with the answer of a
 * place. When no lane is with the store, the gate opens at which more of them wait; so they gather, and do not follow one
 * another around. Those that go through together take the same steps at the same time, and their gets, marks and results
 * share questions to a database. While few lanes work, none waits: there is little to share, and somebody may have
 * clicked.
 */
export class Rounds {
  readonly #many: number;
  #working = 0;
  #inside = 0;
  readonly #leaving = new Gate((count) => this.#enter(count));
  readonly #answered = new Gate((count) => this.#enter(count));

  /** Lanes wait for each other only where so many work. */
  constructor(many: number) {
    this.#many = many;
  }

  /** Work one lane, from its first step to its last. */
  async work<Value>(steps: () => Promise<Value>): Promise<Value> {
    this.#working += 1;
    this.#enter(1);
    try {
      return await steps();
    } finally {
      this.#working -= 1;
      this.#leave();
    }
  }

  /** Wait for others that are about to send. Only within `work`. */
  async meet(): Promise<void> {
    if (!this.#crowded) return;
    const met = this.#leaving.wait();
    this.#leave();
    await met;
  }

  /** Wait for something that is not the store, and then for others that did. Only within `work`. */
  async away<Value>(call: () => Promise<Value>): Promise<Value> {
    this.#leave();
    try {
      return await call();
    } finally {
      if (!this.#crowded) this.#enter(1);
      else {
        const back = this.#answered.wait();
        void this.#open();
        await back;
      }
    }
  }

  get #crowded(): boolean {
    return this.#working >= this.#many;
  }

  #enter(count: number): void {
    this.#inside += count;
  }

  #leave(): void {
    this.#inside -= 1;
    void this.#open();
  }

  /** Whoever comes in the same turn goes through with the others. */
  async #open(): Promise<void> {
    await nextTurn();
    if (this.#inside > 0) return;
    const leave = this.#leaving.count > this.#answered.count;
    (leave ? this.#leaving : this.#answered).open();
  }
}

/** Where lanes wait until it opens, which it does by itself when the first of them has waited long. */
class Gate {
  readonly #entered: (count: number) => void;
  #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(entered: (count: number) => void) {
    this.#entered = entered;
  }

  get count(): number {
    return this.#waiting.length;
  }

  wait(): Promise<void> {
    this.#timer ??= setTimeout(() => this.open(), longestWaitMs);
    return new Promise((goOn) => this.#waiting.push(goOn));
  }

  open(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const all = this.#waiting;
    this.#waiting = [];
    this.#entered(all.length);
    for (const goOn of all) goOn();
  }
}
