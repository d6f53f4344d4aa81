/** Rings whenever something that a person could see has changed, so that nobody has to ask again and again. */
export class Signal {
  readonly #listeners = new Set<() => void>();

  /** Call on every ring. Answers how to stop. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  ring(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Look now and at every ring until there is something, or until the time is over. */
  until<Seen>(look: () => Seen | undefined, ms: number): Promise<Seen | undefined> {
    const first = look();
    if (first !== undefined) return Promise.resolve(first);
    return new Promise((resolve) => {
      const end = (seen: Seen | undefined) => {
        clearTimeout(timer);
        stop();
        resolve(seen);
      };
      const timer = setTimeout(() => end(undefined), ms);
      const stop = this.listen(() => {
        const seen = look();
        if (seen !== undefined) end(seen);
      });
    });
  }
}
