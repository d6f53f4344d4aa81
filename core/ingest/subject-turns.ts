import type { AcceptedEvent } from "../domain/event.ts";

type Step = (accepted: AcceptedEvent) => Promise<void>;

/**
 * Make the turns of one process, in which events open a request and change it: those of one producer and subject do
 * their step one after the other, as they came. All others wait for nobody.
 *
 * What fails keeps those that wait behind it from being done, so that the next look at what is left does all of them in
 * their order.
 */
export function createSubjectTurns(step: Step): Step {
  const last = new Map<string, Promise<void>>();
  return (accepted) => {
    const { event, plan } = accepted;
    if (event.subject === undefined || !(plan.policy || plan.effect)) return step(accepted);
    const key = JSON.stringify([event.producer, event.subject]);
    const turn = (last.get(key) ?? Promise.resolve()).then(() => step(accepted));
    last.set(key, turn);
    const leave = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  };
}
