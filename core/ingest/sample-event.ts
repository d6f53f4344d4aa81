import type { Event, Level } from "../domain/event.ts";
import { deriveId, type OrganizationId, type ProducerId } from "../domain/ids.ts";
import type { EventDraft } from "./parse-event.ts";

/** Make the event that a draft would become, to try rules on: its own ids stand for none, and it is never stored. */
export function sampleEvent(
  draft: EventDraft,
  given: {
    readonly organization: OrganizationId;
    readonly producer: ProducerId;
    /** The producer's name, which an event without a source has for one. */
    readonly producerName: string;
    /** The level of its type, where the catalogue has one. */
    readonly level?: Level | undefined;
    readonly now: Date;
  },
): Event {
  const { organization, producer, producerName, now } = given;
  return {
    ...draft,
    id: deriveId("event", "sample"),
    organization,
    producer,
    externalId: draft.externalId ?? "sample",
    source: draft.source ?? producerName,
    occurredAt: draft.occurredAt ?? now,
    receivedAt: now,
    level: draft.level ?? given.level ?? "info",
  };
}
