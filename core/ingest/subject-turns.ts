import type { AcceptedEvent } from "../domain/event.ts";

type Planned = Pick<AcceptedEvent, "event" | "plan">;
type Step<Of extends Planned> = (planned: Of) => Promise<void>;

/**
 * Make turns, of one process or one batch, in which events open a request and change it: those of one producer and
 * subject do their step one after the other, as they came. All others wait for nobody.
 *
 * What fails keeps those that wait behind it from being done, so that the next look at what is left does all of them in
 * their order.
 */
export function createSubjectTurns<Of extends Planned>(step: Step<Of>): Step<Of> {
  const last = new Map<string, Promise<void>>();
  return (planned) => {
    const { event, plan } = planned;
    if (event.subject === undefined || !(plan.policy || plan.effect)) return step(planned);
    const key = JSON.stringify([event.producer, event.subject]);
    const turn = (last.get(key) ?? Promise.resolve()).then(() => step(planned));
    last.set(key, turn);
    const leave = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  };
}
