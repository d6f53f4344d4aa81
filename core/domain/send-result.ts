import type { MessageRef } from "./message-ref.ts";

/**
 * What became of one try to send. `because` begins with the platform's own code, and may go on with `: ` and words.
 *
 * - `sent`: it is there. A post has its ref.
 * - `retry`: it is surely not there; later again. `afterMs` is the platform's own word, a day at most.
 * - `unknown`: the bytes left and no answer came. It is recorded as such and tried again.
 * - `rejected`: this one will never pass; others may.
 * - `disconnected`: nothing passes until people act, so what waits is held: in the whole `workspace`, whose installation
 *   no longer works, or in one `channel`, to which the app has to be invited.
 */
export type SendResult =
  | { readonly kind: "sent"; readonly ref?: MessageRef }
  | { readonly kind: "retry"; readonly because: string; readonly afterMs?: number }
  | { readonly kind: "unknown"; readonly because: string }
  | { readonly kind: "rejected"; readonly because: string; readonly remedy?: Remedy }
  | { readonly kind: "disconnected"; readonly because: string; readonly from: Lost };

/** What the hub has lost: a whole workspace, or one channel of it. */
export type Lost = "workspace" | "channel";

/** What may help a rejected message: a shorter form, a new message for one that is gone, or another channel. */
export type Remedy = "shorten" | "repost" | "reroute";

/**
 * What an error means, in one word: the tables of both platforms are made of these. A `Lost` is what is disconnected, a
 * `Remedy` what helps the rejected.
 */
export type Verdict = "retry" | "unknown" | "reject" | Remedy | Lost;

/**
 * The longest pause that is kept: a day, after which a delivery is given up and told. Behind an absurd one, such as a date
 * for "never", a place would be silent for years with nobody told; some are no time at all.
 */
const longestPauseMs = 86_400_000;

/** Make the result of a verdict. `afterMs` counts where the verdict is to try again. */
export function resultOf(
  verdict: Verdict,
  because: string,
  afterMs?: number,
): Exclude<SendResult, { kind: "sent" }> {
  switch (verdict) {
    case "retry":
      if (afterMs === undefined) return { kind: "retry", because };
      return { kind: "retry", because, afterMs: Math.min(afterMs, longestPauseMs) };
    case "unknown":
      return { kind: "unknown", because };
    case "reject":
      return { kind: "rejected", because };
    case "shorten":
    case "repost":
    case "reroute":
      return { kind: "rejected", because, remedy: verdict };
    case "workspace":
    case "channel":
      return { kind: "disconnected", because, from: verdict };
  }
}

/** The platform's own code in a `because`. */
export const codeOf = (because: string) => because.split(":", 1)[0] ?? because;

/** One try with what went over the wire, for the delivery log. */
export interface SendReport {
  readonly result: SendResult;
  readonly status?: number;
  /** What was sent, as an object; the worker redacts and cuts it. */
  readonly request: unknown;
  readonly response: unknown;
}
