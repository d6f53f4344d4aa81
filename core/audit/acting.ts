import { AsyncLocalStorage } from "node:async_hooks";
import type { Actor } from "../domain/audit.ts";

/**
 * Who acts right now. It travels beside the calls, not through them, so that no step between a door and the store can
 * forget to hand it on.
 */
const acting = new AsyncLocalStorage<Actor | undefined>();

/** Run a step, and everything that it begins, as somebody's. */
export const actAs = <Result>(actor: Actor | undefined, step: () => Result): Result =>
  acting.run(actor, step);

/** Run a step as the hub's own, whoever set it off. */
export const actAsNobody = <Result>(step: () => Result): Result => acting.run(undefined, step);

/** Who acts; undefined for what the hub does by itself. */
export const currentActor = (): Actor | undefined => acting.getStore();
