// What this browser remembers between visits: who one is here, and how far each channel was read.

const keyOf = (name: string) => `countersign.sandbox.${name}`;

/** Read a remembered value; a browser that keeps nothing answers undefined. */
export function recall(name: string): unknown {
  try {
    const text = localStorage.getItem(keyOf(name));
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Remember a value, where the browser lets us. */
export function remember(name: string, value: unknown): void {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // Private windows may refuse; the page works without.
  }
}
