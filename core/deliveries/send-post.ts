import { type Approval, isClosed } from "../domain/approval.ts";
import type { Delivery, SendingDelivery } from "../domain/delivery.ts";
import { type Destination, helloType, isChannel, workspaceOf } from "../domain/destination.ts";
import type { AcceptedEvent, Event } from "../domain/event.ts";
import { isJsonObject, type JsonObject } from "../domain/json.ts";
import type { SendReport } from "../domain/send-result.ts";
import { withInsteadNote } from "../messages/instead-note.ts";
import { withTestNote } from "../messages/place-card.ts";
import type { Posting } from "../ports/chat-platform.ts";
import { informationCard, type PlacedCard, requestCard, type Shown, shownOf } from "./card-for.ts";
import { postedAnyway, sendElsewhere, sendToTestTarget } from "./fallback.ts";
import { postOrShorten } from "./remedies.ts";
import { notConnected, remarkOf, type SendDeps, type Sent } from "./sending.ts";
import { withheldBecause } from "./withheld.ts";

type Post = Extract<Delivery["task"], { kind: "post" }>;

/** Post one message, or say why it is not sent there. */
export async function sendPost(
  deps: SendDeps,
  delivery: SendingDelivery,
  task: Post,
  approval: Approval | undefined,
): Promise<Sent> {
  const [destination, accepted] = await Promise.all([
    deps.store.destinations.get(task.destination),
    deps.store.events.get(delivery.event),
  ]);
  if (!destination || !accepted) return { kind: "needless", cause: "The destination was deleted." };
  const needless =
    (await withheldBecause(deps.store, destination, accepted.event, approval)) ??
    (await inTest(deps, delivery, destination, accepted.event)) ??
    (task.follows && (await toldAlready(deps, task.follows, approval))) ??
    (task.insteadOf && (await postedAnyway(deps.store, accepted.event, destination.id)));
  if (needless) return { kind: "needless", cause: needless };
  const adapter = deps.adapters.get(destination.kind);
  if (!adapter) return { kind: "tried", report: notConnected(destination) };
  const shown = await shownOf(deps.store, accepted.event);
  const posting = {
    ...postingFor(delivery, accepted.event, shown, approval),
    ...(await endTold(deps, delivery)),
  };
  const card = await cardOf(deps, destination, accepted, posting, shown);
  const message = withInsteadNote(card.message, task.insteadOf);
  const report = await deps.away(() => postOrShorten(adapter, destination, message, posting));
  const wentTo = await elsewhere(deps, delivery, destination, accepted.event, report);
  if (task.follows && approval && report.result.kind === "sent") {
    await noteTold(deps, task.follows, approval.revision);
  }
  return {
    kind: "tried",
    report: wentTo === undefined ? heldForRepair(destination, report) : report,
    ...remarkOf(card),
    ...(destination.broken ? { wasBroken: true } : {}),
    ...(destination.draft ? { once: true } : {}),
    ...(isChannel(destination) ? { workspace: workspaceOf(destination) } : {}),
    ...(approval ? { shownRevision: approval.revision } : {}),
    ...(wentTo === undefined ? {} : { wentTo }),
  };
}

/** What a post of this delivery is about. */
export async function postingOf(
  deps: SendDeps,
  delivery: SendingDelivery,
  approval: Approval | undefined,
): Promise<Posting | undefined> {
  const accepted = await deps.store.events.get(delivery.event);
  if (!accepted) return undefined;
  const { event } = accepted;
  return postingFor(delivery, event, await shownOf(deps.store, event), approval);
}

function postingFor(
  { id, task }: SendingDelivery,
  event: Event,
  { sender }: Shown,
  approval: Approval | undefined,
): Posting {
  return {
    delivery: id,
    event: sampleIn(event) ?? event,
    producerName: sender.name,
    ...(approval ? { approval } : {}),
    follows: task.kind === "post" && task.follows !== undefined,
    test: event.type === helloType,
  };
}

/** A hello may carry the sample of a type, so that somebody sees what such events will look like there. */
function sampleIn(event: Event): Event | undefined {
  const { sample } = event.data;
  if (event.type !== helloType || !isJsonObject(sample)) return undefined;
  const { type, subject, data } = sample;
  if (typeof type !== "string" || !isJsonObject(data)) return undefined;
  return {
    ...event,
    type,
    ...(typeof subject === "string" ? { subject } : {}),
    data: data as JsonObject,
  };
}

async function cardOf(
  deps: SendDeps,
  destination: Destination,
  accepted: AcceptedEvent,
  { approval, event, test }: Posting,
  shown: Shown,
): Promise<PlacedCard> {
  if (approval) return requestCard(deps, approval, destination.kind, destination, accepted);
  // A sample is of another type than the hello that carries it.
  const known = event === accepted.event ? shown : await shownOf(deps.store, event);
  const card = informationCard(deps, { ...accepted, event }, destination, known);
  const isSample = test && event.type !== helloType;
  return isSample ? { ...card, message: withTestNote(card.message) } : card;
}

/** While a destination is in test, nothing but a hello arrives there. */
async function inTest(
  deps: SendDeps,
  delivery: SendingDelivery,
  destination: Destination,
  { type }: Event,
): Promise<string | undefined> {
  if (!destination.testing || type === helloType) return undefined;
  if (delivery.task.kind === "post" && delivery.task.insteadOf) {
    return `${destination.name} is in test itself.`;
  }
  const place = await sendToTestTarget(deps, delivery, destination);
  return place === undefined
    ? `${destination.name} is in test, and its test target is gone.`
    : `${destination.name} is in test: it goes to ${place} instead.`;
}

/** Say why nobody has to be told there: the request's own message shows the outcome, or was told of it. */
async function toldAlready(
  { store }: SendDeps,
  copyId: string,
  approval: Approval | undefined,
): Promise<string | undefined> {
  const copy = await store.deliveries.get(copyId);
  if (!approval || !isClosed(approval) || copy?.state !== "delivered") {
    return "The message that it follows shows the outcome itself.";
  }
  return (copy.shownRevision ?? 0) >= approval.revision
    ? "A newer message tells the outcome already."
    : undefined;
}

/** Tell whether another message has told there how the request ended; this one tells what came after. */
async function endTold(
  { store }: SendDeps,
  { approval, task }: SendingDelivery,
): Promise<Pick<Posting, "endTold">> {
  if (approval === undefined || task.kind !== "post" || !task.follows) return {};
  const all = await store.deliveries.scan("byApproval", { prefix: [approval], limit: 1_000 });
  const isTold = all.some(
    (one) =>
      one.state === "delivered" && one.task.kind === "post" && one.task.follows === task.follows,
  );
  return isTold ? { endTold: true } : {};
}

/** Remember what a place was told. Losing this write costs one message more, never a wrong one. */
async function noteTold({ store }: SendDeps, copyId: string, shownRevision: number): Promise<void> {
  const copy = await store.deliveries.get(copyId);
  if (copy?.state !== "delivered") return;
  await store.deliveries.replace(
    { ...copy, shownRevision, revision: copy.revision + 1 },
    copy.revision,
  );
}

/** A place that takes nothing any more gives way to another one, which is named. */
async function elsewhere(
  deps: SendDeps,
  delivery: SendingDelivery,
  destination: Destination,
  { type }: Event,
  { result }: SendReport,
): Promise<string | undefined> {
  return result.kind === "rejected" && result.remedy === "reroute" && !destination.draft
    ? sendElsewhere(deps, delivery, destination, { type, because: result.because })
    : undefined;
}

/**
 * An address can be mended where a channel that is gone can not: what waits for it is held until then. A test of typed
 * values waits for nothing: what its receiver did not take is over.
 */
function heldForRepair(destination: Destination, report: SendReport): SendReport {
  const { result } = report;
  if (destination.draft) return { ...report, result: overAtOnce(result) };
  if (isChannel(destination) || result.kind !== "rejected" || result.remedy !== "reroute") {
    return report;
  }
  const { because } = result;
  return { ...report, result: { kind: "disconnected", because, from: "channel" } };
}

function overAtOnce(result: SendReport["result"]): SendReport["result"] {
  switch (result.kind) {
    case "disconnected":
      return result.from === "channel" ? { kind: "rejected", because: result.because } : result;
    case "rejected":
      return { kind: "rejected", because: result.because };
    case "sent":
    case "retry":
    case "unknown":
      return result;
  }
}
