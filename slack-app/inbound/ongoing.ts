/** Work that goes on after its request was answered, so that closing can wait for it. */
export class Ongoing {
  readonly #works = new Set<Promise<unknown>>();

  /** Remember this work until it is done. */
  track(work: Promise<unknown>): void {
    this.#works.add(work);
    const drop = () => this.#works.delete(work);
    work.then(drop, drop);
  }

  /** Remember this work, and wait for it. */
  done<Result>(work: Promise<Result>): Promise<Result> {
    this.track(work);
    return work;
  }

  /** Wait for this work, but not longer than so many milliseconds; it goes on behind. */
  async atMost(ms: number, work: Promise<unknown>): Promise<void> {
    this.track(work);
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([work, over]);
    clearTimeout(timer);
  }

  /** Resolves when nothing goes on any more. */
  async settled(): Promise<void> {
    while (this.#works.size > 0) await Promise.allSettled(this.#works);
  }
}
