import { hash } from "node:crypto";
import { openOwnAddress, sealAddress } from "../deliveries/callback-address.ts";
import { type Approval, isClosed, type OpenApproval, type Requester } from "../domain/approval.ts";
import { type CallbackAddress, callbackHost, callbackOrigin } from "../domain/callback-address.ts";
import { expire } from "../domain/close-approval.ts";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import type { EventType } from "../domain/event-type.ts";
import { deriveId } from "../domain/ids.ts";
import { canonicalJson, type Json } from "../domain/json.ts";
import { namesHost } from "../domain/names-host.ts";
import type { Policy } from "../domain/policy.ts";
import type { Producer } from "../domain/producer.ts";
import { findType } from "../event-types/find-type.ts";
import { usualLabels } from "../messages/approval-card.ts";
import { differs } from "../messages/differences.ts";
import { type EventContent, eventContent } from "../messages/event-content.ts";
import { recordLink } from "../messages/record-link.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";

export interface OpeningDeps {
  readonly store: Store;
  readonly vault: Vault;
}

export interface Opening {
  readonly approval: Approval;
  /** True when an earlier event had opened it; then this event makes no cards of its own. */
  readonly joined: boolean;
  /** True when a joined request shows something else than this event says. */
  readonly differs: boolean;
}

/** The two buttons of an event that names none, with the labels of its type. */
const usualActions = (labels: EventContent["buttons"]) =>
  [
    { id: "approve", choice: "approve", label: labels?.approve ?? usualLabels.approve },
    { id: "reject", choice: "reject", label: labels?.reject ?? usualLabels.reject },
  ] as const;

/**
 * Open the request that an accepted event asks for, or join the one that is open for its producer and subject.
 *
 * Run it as often as you like, from any process: everything in the request follows from the stored event, and of two
 * events that open the same key at once, the first to claim the key wins and the other joins. What an event has opened
 * stays its own, though the key has gone to a later one; and what it was noted to have joined, though that has ended.
 */
export async function openApproval(
  deps: OpeningDeps,
  accepted: AcceptedEvent,
  policy: Policy,
): Promise<Opening> {
  const { store } = deps;
  const draft = await draftApproval(deps, accepted, policy);
  const before = await openedBefore(store, accepted, draft);
  if (before) return before;
  if (draft.key === undefined)
    return { approval: await insert(store, draft), joined: false, differs: false };

  const keyId = hash("sha256", JSON.stringify([draft.producer, draft.key]), "hex");
  const claim = {
    id: keyId,
    organization: draft.organization,
    revision: 1,
    approval: draft.id,
    event: accepted.id,
  };
  for (;;) {
    if ((await store.openKeys.insert(claim)) === "inserted") break;
    const held = await store.openKeys.get(keyId);
    if (!held) continue;
    if (held.approval === draft.id) break;
    const holder = await approvalOf(deps, held.approval, held.event, policy);
    if (holder && !isOver(holder, draft.openedAt))
      return { approval: holder, joined: true, differs: differs(holder, draft) };
    const taken = { ...claim, revision: held.revision + 1 };
    if ((await store.openKeys.replace(taken, held.revision)) === "saved") break;
  }
  return { approval: await insert(store, draft), joined: false, differs: false };
}

/** From its deadline on nobody decides it any more, though nobody may have stored that yet: it is joined no more. */
const isOver = (approval: Approval, now: Date) =>
  isClosed(approval) || expire(approval, now) !== undefined;

/** What this event has opened, or is noted to have joined. */
async function openedBefore(
  { approvals }: Store,
  { approval: noted }: AcceptedEvent,
  draft: OpenApproval,
): Promise<Opening | undefined> {
  const opened = await approvals.get(draft.id);
  if (opened) return { approval: opened, joined: false, differs: false };
  const joined = noted && (await approvals.get(noted));
  return joined ? { approval: joined, joined: true, differs: differs(joined, draft) } : undefined;
}

async function insert(store: Store, draft: OpenApproval): Promise<Approval> {
  if ((await store.approvals.insert(draft)) === "inserted") return draft;
  return (await store.approvals.get(draft.id)) ?? draft;
}

/** The request that holds a key; made from its event where a crash came between the claim and the request. */
async function approvalOf(
  deps: OpeningDeps,
  id: Approval["id"],
  eventId: AcceptedEvent["id"],
  policy: Policy,
): Promise<Approval | undefined> {
  const known = await deps.store.approvals.get(id);
  if (known) return known;
  const accepted = await deps.store.events.get(eventId);
  if (!accepted) return undefined;
  return insert(deps.store, await draftApproval(deps, accepted, accepted.plan.policy ?? policy));
}

/**
 * Make the request that an event asks for, without storing it. Everything in it follows from the event and its type:
 * the stored one, or a draft that somebody wants to see.
 */
export async function draftApproval(
  { store, vault }: OpeningDeps,
  { event }: AcceptedEvent,
  policy: Policy,
  draft?: EventType,
): Promise<OpenApproval> {
  const { organization } = event;
  const producer = await store.producers.get(event.producer);
  const type = draft ?? (await findType(store, organization, event.type));
  const requester = await findRequester(store, event);
  const { link: linkTexts, buttons, colour: _, ...content } = eventContent(event, type);
  const actions = event.approval?.actions ?? usualActions(buttons);
  const link = recordLink(event.link ?? linkTexts?.path, producer?.records);
  const linkLabel = linkTexts?.label ?? producer?.records?.label;
  const id = deriveId("approval", event.id);
  const digest = vault.mac(
    "card",
    canonicalJson([id, content as unknown as Json, actions as unknown as Json, link ?? null]),
  );
  return {
    id,
    organization,
    revision: 1,
    announced: 1,
    state: "open",
    event: event.id,
    producer: event.producer,
    producerName: producer?.name ?? event.source,
    source: event.source,
    externalId: event.externalId,
    level: event.level,
    ...content,
    digest,
    policy,
    actions,
    votes: [],
    openedAt: event.receivedAt,
    expiresAt: deadlineOf(event, policy),
    ...(event.subject === undefined ? {} : { key: event.subject }),
    ...(link === undefined ? {} : { link }),
    ...(linkLabel === undefined ? {} : { linkLabel }),
    ...(requester ? { requester } : {}),
    ...callbackFor(vault, event, producer),
  };
}

/** Where the end of a request is told: where its event says, else at its producer's own address. */
function callbackFor(
  vault: Vault,
  { id, approval }: Event,
  producer: Producer | undefined,
): Pick<OpenApproval, "callback" | "callbackOf"> {
  const named = approval?.callback;
  if (named !== undefined) return { callback: sealAddress(vault, id, named) };
  if (producer?.callback === undefined) return {};
  const own = openOwnAddress(vault, producer.id, producer.callback);
  return { callback: sealAddress(vault, id, own), callbackOf: "producer" };
}

/** When a request that this event opens ends by itself: never later than a pinned policy says. */
export function deadlineOf(
  { approval, receivedAt }: Pick<Event, "approval" | "receivedAt">,
  policy: Policy,
): Date {
  const usual = new Date(receivedAt.getTime() + policy.expiresInMs);
  const asked =
    approval?.expiresAt ??
    (approval?.expiresInMs === undefined
      ? usual
      : new Date(receivedAt.getTime() + approval.expiresInMs));
  return policy.pinned && asked > usual ? usual : asked;
}

/** Who is meant by the producer's claim: somebody known here, found by e-mail, or only the claim. */
export async function findRequester(
  store: Pick<Store, "people">,
  { organization, approval }: Pick<Event, "organization" | "approval">,
): Promise<Requester | undefined> {
  const claim = approval?.requestedBy;
  if (claim === undefined) return undefined;
  const found = await store.people.scan("byEmail", {
    prefix: [organization, claim.toLowerCase()],
    limit: 2,
  });
  const [person] = found;
  if (!person || found.length > 1) return { claim, name: claim };
  return { claim, name: person.name, person: person.id };
}

/** Tell whether an address may be called for this producer: its own, or one on a host that its settings name. */
export function mayCallBack(
  vault: Pick<Vault, "open">,
  { id, callback: own, callbackHosts }: Producer,
  address: CallbackAddress,
): boolean {
  const url = callbackOrigin(address);
  if (namesHost(callbackHosts, url)) return true;
  const isThere = own !== undefined && callbackHost(own) === url.host;
  return isThere && openOwnAddress(vault, id, own) === address;
}
