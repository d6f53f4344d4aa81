import type { HookKind } from "../domain/destination.ts";
import type { Event } from "../domain/event.ts";
import { deriveId } from "../domain/ids.ts";
import { findType } from "../event-types/find-type.ts";
import type { CardLinks } from "../messages/approval-card.ts";
import { eventCard } from "../messages/event-card.ts";
import { withLinks } from "../messages/place-card.ts";
import type { Clock } from "../ports/clock.ts";
import type { HookPreview, HookValues } from "../ports/destination-hook.ts";
import type { HooksDeps } from "./hooks.ts";

export interface PreviewDeps extends Pick<HooksDeps, "store" | "organization" | "hooks"> {
  readonly clock: Clock;
  readonly links: CardLinks;
}

/** Show what a hook would send for the sample of a type, or for a hello. Nothing is stored or sent. */
export async function previewHook(
  { store, organization, hooks, clock, links }: PreviewDeps,
  kind: HookKind,
  values: HookValues,
  sample: string | undefined,
): Promise<HookPreview> {
  const type = sample === undefined ? undefined : await findType(store, organization, sample);
  const now = clock.now();
  const event: Event = {
    id: deriveId("event", "sample"),
    organization,
    producer: deriveId("producer", "sample"),
    externalId: "sample",
    type: type?.name ?? "destination.hello",
    source: "sample",
    ...(type?.sample.subject === undefined ? {} : { subject: type.sample.subject }),
    level: type?.level ?? "info",
    extensions: {},
    data: type?.sample.data ?? { title: "Countersign can post here" },
    occurredAt: now,
    receivedAt: now,
  };
  const message = withLinks(eventCard(event, type, { name: "sample" }, links));
  const adapter = hooks.get(kind);
  if (!adapter) return {};
  return adapter.preview(values, message, {
    ...{ delivery: deriveId("delivery", "sample"), event, producerName: "sample" },
    ...{ follows: false, test: true },
  });
}
