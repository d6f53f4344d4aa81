import { requestCard } from "../deliveries/card-for.ts";
import type { Approval } from "../domain/approval.ts";
import type { Destination } from "../domain/destination.ts";
import { type OrganizationId, parseId, shortId } from "../domain/ids.ts";
import { refKey } from "../domain/message-ref.ts";
import { accountId } from "../domain/person.ts";
import { leastReason } from "../domain/policy.ts";
import type { Refusal } from "../domain/refusal.ts";
import { buttonValue, type CardLinks, saidRequester } from "../messages/approval-card.ts";
import { textsIn } from "../messages/catalogue.ts";
import { cleanName } from "../messages/clean-text.ts";
import { sayTime } from "../messages/say-time.ts";
import { refusalText } from "../messages/texts.ts";
import type { AccountLinks } from "../people/account-links.ts";
import { findVoter, type VoterDeps } from "../people/voter.ts";
import type { ChannelPicking } from "../ports/channel-picking.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Click, ClickAnswer, Inbox, ReasonPrompt } from "../ports/inbox.ts";
import { isCopyOf, isShownIn } from "./clicked-copy.ts";
import { greet } from "./greet.ts";
import {
  type RecordedVote,
  recordVote,
  type VoteDraft,
  type VotingDeps,
  wouldRefuse,
} from "./record-vote.ts";

export interface InboxDeps extends VotingDeps, VoterDeps {
  readonly organization: OrganizationId;
  readonly links: CardLinks;
  readonly accountLinks: Pick<AccountLinks, "offer">;
}

/** Where a person says whose chat account it is. */
const linkPage = ({ hubUrl }: CardLinks, token: string) => `${hubUrl}/link/${token}`;

/** A click that is not confirmed as stored within this time is answered as such (FEATURES F1). */
const patienceMs = 1_500;

/** Make the door through which clicks of every chat platform reach the votes. */
export function createInbox(deps: InboxDeps): Omit<Inbox, keyof ChannelPicking> {
  return {
    click: (click) => withinPatience(deps, click),
    greet: (visit) => greet(deps, visit),
    current: async ({ platform, workspace, value, copy }) => {
      const approval = await approvalOf(deps, value);
      if (!approval || !(await isShownIn(deps, approval, { platform, workspace })))
        return undefined;
      const place = await placeOf(deps, { platform, workspace, copy });
      return (await requestCard(deps, approval, platform, place)).message;
    },
  };
}

async function withinPatience(deps: InboxDeps, click: Click): Promise<ClickAnswer> {
  faultPoint("click-verified");
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<"too_late">((resolve) => {
    timer = setTimeout(() => resolve("too_late"), patienceMs);
  });
  try {
    const answer = await Promise.race([answerOnce(deps, click), tooLate]);
    faultPoint("answer-ready");
    return answer === "too_late"
      ? await refused(deps, click, { because: "not_confirmed" })
      : answer;
  } catch (cause) {
    deps.log.write({ kind: "hub.trouble", where: "click", error: String(cause) });
    return refused(deps, click, { because: "not_confirmed" });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Answer a click, and remember the answer of one that stored no vote: a vote carries its click's identity, so a
 * repeat finds it there, over restarts too. A click of somebody unidentified was not looked at, so its repeat may count.
 */
async function answerOnce(deps: InboxDeps, click: Click): Promise<ClickAnswer> {
  const seenId = `${accountId(click.platform, click.workspace, click.user)} ${click.click}`;
  const [seen, place] = await Promise.all([
    deps.store.seenClicks.get(seenId),
    placeOf(deps, click),
  ]);
  if (seen) return answerAgain(deps, click, JSON.parse(seen.answer) as ClickAnswer);
  const answer = await answerOf(deps, click, place);
  if (answer.kind !== "recorded" && !click.unidentified) {
    const { organization } = deps;
    await deps.store.seenClicks.insert({
      id: seenId,
      organization,
      revision: 1,
      answer: JSON.stringify(keptOf(deps, click, answer, place)),
      seenAt: deps.clock.now(),
    });
  }
  return answer;
}

/**
 * Where the pressed copy stands: in its language the person is answered. Of a copy that is not known by where it was
 * pressed, its channel tells: it may have got another id since, or the post's answer was lost.
 */
async function placeOf(
  { store, organization }: InboxDeps,
  { platform, workspace, copy }: Pick<Click, "platform" | "workspace" | "copy">,
): Promise<Place> {
  const key = refKey({ platform, workspace, ...copy });
  const [known] = await store.deliveries.scan("byRef", { prefix: [key], limit: 1 });
  if (known && known.task.kind !== "callback") {
    return store.destinations.get(known.task.destination);
  }
  const channel = [organization, platform, workspace, copy.channel];
  const there = await store.destinations.scan("byChannel", { prefix: channel, limit: 10 });
  return there.find(({ draft }) => !draft);
}

type Place = Destination | undefined;

type Unrecorded = Exclude<ClickAnswer, { readonly kind: "recorded" }>;

/** What is kept of an answer: no card, and no private link. */
function keptOf(
  { clock }: InboxDeps,
  { platform }: Click,
  answer: Unrecorded,
  place: Place,
): Unrecorded {
  if (answer.kind !== "refused") return answer;
  const { message: _, ...kept } = answer;
  if (kept.refusal !== "not_linked") return kept;
  const refusal = { because: "not_linked" } as const;
  return { ...kept, text: refusalText(refusal, platform, clock.now(), place?.language) };
}

/** Tell a repeated click what the first was told. The private link follows from the click, so it is the same one. */
async function answerAgain(deps: InboxDeps, click: Click, kept: ClickAnswer): Promise<ClickAnswer> {
  if (kept.kind !== "refused" || kept.refusal !== "not_linked") return { ...kept, repeated: true };
  const { language } = (await placeOf(deps, click)) ?? {};
  const refusal = await notLinked(deps, click);
  const text = refusalText(refusal, click.platform, deps.clock.now(), language);
  return { ...kept, text, repeated: true };
}

async function notLinked({ accountLinks, links }: InboxDeps, click: Click): Promise<Refusal> {
  const { token } = await accountLinks.offer(click);
  return { because: "not_linked", link: linkPage(links, token) };
}

async function answerOf(deps: InboxDeps, click: Click, place: Place): Promise<ClickAnswer> {
  const refuse = (refusal: Refusal, known?: Approval) =>
    refused(deps, click, refusal, known, place);
  const approval = await approvalOf(deps, click.value);
  if (!approval || !(await isCopyOf(deps, approval, click))) {
    return refuse({ because: "unknown_request" });
  }
  if (click.unidentified) return refuse({ because: "unidentified" }, approval);
  if (click.outsider) return refuse({ because: "outsider" }, approval);
  const voter = await findVoter(deps, click);
  if (!voter) return refuse(await notLinked(deps, click), approval);
  if (approval.state === "open" && click.value !== buttonValue(approval)) {
    return refuse({ because: "content_changed" }, approval);
  }
  const draft: VoteDraft = {
    voter: voter.person,
    action: click.action,
    via: click.platform,
    identity: voter.identity,
    click: `${click.platform} ${click.click}`,
    ...(click.reason === undefined ? {} : { reason: click.reason }),
  };
  if (click.reason === undefined) {
    const refusal = await wouldRefuse(deps, approval, draft);
    if (refusal?.because === "reason_missing") {
      return {
        kind: "reason_needed",
        repeated: false,
        prompt: await promptFor(deps, approval, click, place),
      };
    }
  }
  return told(deps, click, await recordVote(deps, approval, draft), place);
}

async function told(
  deps: InboxDeps,
  click: Click,
  recorded: RecordedVote,
  place: Place,
): Promise<ClickAnswer> {
  if (recorded.kind === "refused")
    return refused(deps, click, recorded.refusal, recorded.approval, place);
  const { approval, repeated } = recorded;
  const { answers } = textsIn(place?.language);
  return {
    kind: "recorded",
    repeated,
    text: approval.state === "open" ? answers.voteRecorded : answers.recorded,
    message: (await requestCard(deps, approval, click.platform, place)).message,
  };
}

async function refused(
  deps: InboxDeps,
  click: Click,
  refusal: Refusal,
  approval?: Approval,
  place?: Place,
): Promise<ClickAnswer> {
  deps.log.write({
    kind: "click.refused",
    surface: click.platform,
    because: refusal.because,
    who: await whoClicked(deps, click, refusal),
    account: accountId(click.platform, click.workspace, click.user),
    ...(approval ? { approval: approval.id, event: approval.event } : {}),
  });
  return {
    kind: "refused",
    repeated: false,
    refusal: refusal.because,
    text: refusalText(refusal, click.platform, deps.clock.now(), place?.language),
    ...(approval
      ? { message: (await requestCard(deps, approval, click.platform, place)).message }
      : {}),
  };
}

/** Name who clicked, for the log. A store that did not confirm the click is not asked once more: somebody waits. */
async function whoClicked(deps: InboxDeps, click: Click, { because }: Refusal): Promise<string> {
  if (because === "not_confirmed") return "somebody";
  return (
    (await findVoter(deps, click).catch(() => undefined))?.person.name ?? "somebody not linked"
  );
}

async function approvalOf(
  { store, organization }: InboxDeps,
  value: string,
): Promise<Approval | undefined> {
  const id = parseId("approval", value.split(".")[0]);
  const approval = id && (await store.approvals.get(id));
  return approval?.organization === organization ? approval : undefined;
}

/** The dialog that asks why, under the title that the pressed card shows. */
async function promptFor(
  deps: InboxDeps,
  approval: Approval,
  { action, platform }: Click,
  place: Place,
): Promise<ReasonPrompt> {
  const texts = textsIn(place?.language);
  const { card, reason, buttons } = texts;
  const { message } = await requestCard(deps, approval, platform, place);
  const { requester, expiresAt, policy } = approval;
  const parts = [
    ...(requester ? [card.askedBy(saidRequester(requester, texts))] : []),
    card.from(cleanName(approval.producerName)),
    `${card.expires}${sayTime(expiresAt, "day-clock", place?.language)}`,
    shortId(approval.id),
  ];
  const rejects = approval.actions.find(({ id }) => id === action)?.choice !== "approve";
  const ends = rejects && policy.rejections === 1 ? ` ${reason.oneEnds}` : "";
  return {
    title: rejects ? reason.rejectTitle : reason.approveTitle,
    heading: message.title,
    context: parts.join(" · "),
    label: reason.label,
    hint: `${reason.hint(leastReason)}.${ends}`,
    submit: rejects ? buttons.submitReject : buttons.submitApprove,
    cancel: buttons.cancel,
    atLeast: leastReason,
  };
}
