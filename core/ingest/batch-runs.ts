import type { Candidate } from "./candidate.ts";

/**
 * Cut the events of one request into runs, each of which is taken after what the one before says was done. Within a run
 * it does not matter in which order they stand: what tells of a request finds it, wherever it is opened.
 *
 * A cut is made where a request is asked for behind the end of the one before, or behind what was done about that, of
 * the same subject. Else it would join the request that ends, or what was said of that would be said of it.
 * Answers the places of the events in each run.
 */
export function runsOf(
  candidates: readonly Pick<Candidate, "event" | "plan">[],
): readonly (readonly number[])[] {
  let run: number[] = [];
  let over = new Set<string | undefined>();
  const runs = [run];
  for (const [index, { event, plan }] of candidates.entries()) {
    // Whatever its source: requests of one producer and subject are joined.
    const { subject } = event;
    if (plan.policy && over.has(subject)) {
      run = [];
      over = new Set();
      runs.push(run);
    }
    run.push(index);
    if (plan.effect?.kind === "closes" || plan.effect?.kind === "outcome") over.add(subject);
  }
  return runs;
}
