import type { SandboxApiDeps } from "./sandbox-deps.ts";

/** Hears every change of the sandbox, for those who wait. */
export interface SandboxChanges {
  /** Resolves at the next change, after `ms`, or when `signal` aborts. */
  next(ms: number, signal: AbortSignal): Promise<void>;
  subscribe(listener: () => void): () => void;
}

/** Listen to the platforms and the producer. */
export function createSandboxChanges({ platforms, producer }: SandboxApiDeps): SandboxChanges {
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  for (const source of [...platforms, producer]) source.onChange(tell);
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    subscribe,
    next: (ms, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          stop();
          signal.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        const stop = subscribe(done);
        signal.addEventListener("abort", done);
        if (signal.aborted) done();
      }),
  };
}
