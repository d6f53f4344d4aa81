import type { AcceptedEvent } from "../domain/event.ts";
import type { Store } from "../ports/store.ts";
import type { Candidate } from "./candidate.ts";
import { eventIdsBeside } from "./event-identity.ts";
import { postsOf } from "./expand.ts";
import type { Planning } from "./planning-table.ts";

/**
 * Store new events that open no request and change none, each with its deliveries, all in one commit.
 *
 * Answers undefined, and has stored nothing, where the store cannot do so or one of the events came before: then they
 * are taken one by one.
 */
export async function takeAtOnce(
  { takeIn }: Pick<Store, "takeIn">,
  { destinations }: Planning,
  candidates: readonly Candidate[],
): Promise<readonly AcceptedEvent[] | undefined> {
  if (!takeIn || candidates.some(({ plan }) => plan.policy || plan.effect)) return undefined;
  const events = candidates.map(({ event, plan, known, named }) => {
    const { id, organization } = event;
    const accepted: AcceptedEvent = {
      ...{ id, organization, revision: 1 },
      ...{ event, plan, known, state: "expanded" },
    };
    return { accepted, unless: named ? eventIdsBeside(event) : [] };
  });
  const deliveries = candidates.flatMap(({ event, plan }) =>
    postsOf(
      event,
      plan.destinations.flatMap((one) => destinations.get(one) ?? []),
    ),
  );
  if ((await takeIn({ events, deliveries })) === "present") return undefined;
  return events.map(({ accepted }) => accepted);
}
