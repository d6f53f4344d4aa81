import { draftApproval } from "../approvals/open.ts";
import type { Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import { deriveId, type OrganizationId } from "../domain/ids.ts";
import type { Message } from "../domain/message.ts";
import type { Producer } from "../domain/producer.ts";
import { sampleNow } from "../event-types/sample-now.ts";
import { consider } from "../ingest/candidate.ts";
import type { Planning } from "../ingest/planning-table.ts";
import { approvalCard, type CardLinks } from "../messages/approval-card.ts";
import { eventCard } from "../messages/event-card.ts";
import { readContent } from "../messages/event-content.ts";
import type { MissingField } from "../messages/liquid-text.ts";
import type { Clock } from "../ports/clock.ts";
import type { Random } from "../ports/random.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";

/** The message that the sample of a type would post, for each chat, with what its texts miss. */
export interface TypePreview {
  readonly slack: Message;
  readonly teams: Message;
  /** Fields that its texts ask for and the event lacks, with the place of each text. */
  readonly missing: readonly MissingField[];
  /** What went wrong with a text. */
  readonly trouble?: string;
}

export interface PreviewDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly links: CardLinks;
  readonly planning: { current(): Promise<Planning> };
}

/**
 * Draw the sample of a type as it would be posted now, by the rules and policies in force; or in its place an event of
 * that type which came.
 */
export async function previewType(
  deps: PreviewDeps,
  type: EventType,
  came?: Event,
): Promise<TypePreview> {
  const { organization, store, vault, clock, links, planning } = deps;
  const { subject, link, data } = came ?? sampleNow(type.sample, clock.now());
  const sender: Producer = {
    id: deriveId("producer", organization, "sample"),
    ...{ organization, revision: 1, name: "your system", callbackHosts: [], callbackSecret: "" },
    mayNamePolicies: false,
  };
  const { off: _, ...on } = type;
  const { event, plan } = consider(
    deps,
    sender,
    await planning.current(),
    { type: on },
    {
      ...{ type: type.name, data, extensions: {} },
      ...(subject === undefined ? {} : { subject }),
      ...(link === undefined ? {} : { link }),
    },
  );
  const { warnings } = readContent(event, type);
  const accepted = { id: event.id, organization, revision: 1, event, plan, known: true } as const;
  const approval =
    plan.policy &&
    (await draftApproval({ store, vault }, { ...accepted, state: "accepted" }, plan.policy, type));
  const cardOn = (surface: "slack" | "teams") =>
    approval
      ? approvalCard({ ...approval, producerName: sender.name }, surface, links)
      : eventCard(event, type, sender, links, { surface });
  return { slack: cardOn("slack"), teams: cardOn("teams"), ...warnings };
}
