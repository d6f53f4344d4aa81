import type { Approval } from "../../domain/approval.ts";
import { parseId } from "../../domain/ids.ts";
import type { Producer } from "../../domain/producer.ts";
import type { Hub } from "../../hub.ts";
import { eventIdOf } from "../../ingest/event-identity.ts";

/** Where what was typed leads. */
export type Found =
  | { readonly kind: "page"; readonly href: string }
  /** Nothing has this name exactly: a list that is narrowed to it. */
  | { readonly kind: "list"; readonly href: string };

type Parts = Pick<Hub, "store" | "organization" | "clock">;

/** More producers than are asked one by one. */
const mostProducers = 200;
const weekMs = 7 * 86_400_000;
/** Events are kept for 30 days unless somebody says otherwise. */
const weeks = 5;

/**
 * Find what was typed into the search box: an id, the subject of a request, or the id that a producer gave its event.
 * Each look is one or a few records by their key; nothing is searched through. Without a hit it leads to a list.
 */
export async function findAnything(hub: Parts, typed: string): Promise<Found> {
  const text = typed.trim();
  const page = pageOfId(text);
  if (page) return { kind: "page", href: page };
  const producers = await hub.store.producers.scan("byName", {
    prefix: [hub.organization],
    limit: mostProducers,
  });
  const request = await requestBySubject(hub, producers, text);
  if (request) return { kind: "page", href: `/approvals/${request.id}` };
  const event = await eventByName(hub, producers, text);
  if (event) return { kind: "page", href: `/events/${event}` };
  return { kind: "list", href: `/events?${new URLSearchParams({ subject: text })}` };
}

/** The page of something by its id. Whether it is there, and shown to this viewer, the page says. */
function pageOfId(text: string): string | undefined {
  const id = text.toLowerCase();
  if (parseId("event", id)) return `/events/${id}`;
  if (parseId("delivery", id)) return `/deliveries/${id}`;
  if (parseId("approval", id)) return `/approvals/${id}`;
  if (parseId("producer", id)) return `/settings/producers/${id}`;
  if (parseId("destination", id)) return `/destinations/${id}`;
  if (parseId("installation", id)) return `/workspaces/${id}`;
  if (parseId("person", id)) return `/people/${id}`;
  if (parseId("group", id)) return `/people/groups/${id}`;
  // Keys have no pages of their own: they stand in one list.
  if (parseId("key", id)) return "/settings/producers";
  return undefined;
}

/** The newest request about a subject: one scan of an index for each producer. */
async function requestBySubject(
  { store, organization }: Parts,
  producers: readonly Producer[],
  subject: string,
): Promise<Approval | undefined> {
  const found = await Promise.all(
    producers.map(({ id }) =>
      store.approvals.scan("byKey", {
        prefix: [organization, id, subject],
        order: "descending",
        limit: 1,
      }),
    ),
  );
  return found.flat().sort((one, other) => other.openedAt.getTime() - one.openedAt.getTime())[0];
}

/** An event by the sender's own id, where its source is the producer's name, as it is unless somebody says otherwise. */
async function eventByName(
  { store, clock }: Parts,
  producers: readonly Producer[],
  externalId: string,
): Promise<string | undefined> {
  const now = clock.now().getTime();
  const ids = producers.flatMap(({ id: producer, name: source }) =>
    Array.from({ length: weeks }, (_, week) =>
      eventIdOf({ producer, source, externalId, receivedAt: new Date(now - week * weekMs) }),
    ),
  );
  const found = await Promise.all(ids.map((id) => store.events.get(id)));
  return found.find((accepted) => accepted !== undefined)?.id;
}
