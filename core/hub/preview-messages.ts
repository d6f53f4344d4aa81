import type { Fact } from "../domain/approval.ts";
import type { Event, Plan } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import { joinTexts } from "../messages/card-style.ts";
import { contentOver, readContent } from "../messages/event-content.ts";
import type { MissingField } from "../messages/liquid-text.ts";
import type { Store } from "../ports/store.ts";

/** What one destination would show of an event, and what is amiss with its texts. */
export interface PreviewedMessage {
  readonly destination: string;
  readonly title: string;
  readonly body?: string;
  readonly facts: readonly Fact[];
  /** Fields that the texts ask for and the event lacks, with the place of each text. */
  readonly missing: readonly MissingField[];
  /** A text took too long or failed, and would be left out. */
  readonly trouble?: string;
}

/** Fill the texts of a planned event for each of its destinations. Nothing is sent. */
export async function previewMessages(
  { destinations }: Pick<Store, "destinations">,
  event: Event,
  plan: Plan,
  type: EventType | undefined,
): Promise<readonly PreviewedMessage[]> {
  const { content, warnings } = readContent(event, type);
  const places = await Promise.all(plan.destinations.map((id) => destinations.get(id)));
  return places.flatMap((place) => {
    if (!place) return [];
    const rule = plan.matched.find(
      ({ destinations: to, message }) => message && to.includes(place.id),
    );
    const { over, missing, trouble } = contentOver(event, joinTexts(rule?.message, place.message));
    const body = over.body ?? content.body;
    const failed = trouble ?? content.trouble;
    return {
      destination: place.name,
      title: over.title ?? content.title,
      ...(body === undefined ? {} : { body }),
      facts: over.facts ?? content.facts,
      missing: [...warnings.missing.filter(({ place }) => !isReplaced(place, over)), ...missing],
      ...(failed === undefined ? {} : { trouble: failed }),
    };
  });
}

/** Fields that the texts of an event's type, or of the rules that take it, ask for and it lacks; each once a place. */
export function missingFields(
  event: Event,
  type: EventType | undefined,
  { matched }: Plan,
): readonly MissingField[] {
  const { warnings } = readContent(event, type);
  const said = matched.flatMap(({ message }) => (message ? [contentOver(event, message)] : []));
  // What every rule says otherwise is shown nowhere.
  const isAllSaid = matched.length > 0 && said.length === matched.length;
  const shown = warnings.missing.filter(
    ({ place }) => !isAllSaid || !said.every(({ over }) => isReplaced(place, over)),
  );
  return [...shown, ...said.flatMap(({ missing }) => missing)];
}

/** Whether a text of the type is not shown, because a rule or a destination says something else in its place. */
const isReplaced = (place: string, over: object): boolean => (place.split("/", 1)[0] ?? "") in over;
