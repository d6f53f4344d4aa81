import type { MessageRef } from "./message-ref.ts";

/**
 * What became of one try to send.
 *
 * - `sent`: it is there. A post has its ref.
 * - `retry`: it is surely not there; later again. `afterMs` is the platform's own word and holds up the whole lane.
 * - `unknown`: the bytes left and no answer came. It is recorded as such and tried again.
 * - `rejected`: this one will never pass; others may.
 * - `disconnected`: the installation no longer works; nothing passes until an admin acts.
 */
export type SendResult =
  | { readonly kind: "sent"; readonly ref?: MessageRef }
  | { readonly kind: "retry"; readonly because: string; readonly afterMs?: number }
  | { readonly kind: "unknown"; readonly because: string }
  | { readonly kind: "rejected"; readonly because: string; readonly remedy?: Remedy }
  | { readonly kind: "disconnected"; readonly because: string };

/** What may help a rejected message: a shorter form, or a new message for one that is gone. */
export type Remedy = "shorten" | "repost";

/** One try with what went over the wire, for the delivery log. */
export interface SendReport {
  readonly result: SendResult;
  readonly status?: number;
  /** What was sent, as an object; the worker redacts and cuts it. */
  readonly request: unknown;
  readonly response: unknown;
}
