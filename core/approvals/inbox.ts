import type { Approval } from "../domain/approval.ts";
import { type OrganizationId, parseId, shortId } from "../domain/ids.ts";
import { accountId } from "../domain/person.ts";
import { leastReason } from "../domain/policy.ts";
import type { Refusal } from "../domain/refusal.ts";
import { approvalCard, buttonValue, type CardLinks } from "../messages/approval-card.ts";
import { sayTime } from "../messages/say-time.ts";
import { reasonLabel, refusalText } from "../messages/texts.ts";
import type { AccountLinks } from "../people/account-links.ts";
import { findVoter, type VoterDeps } from "../people/voter.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Click, ClickAnswer, Inbox, ReasonPrompt } from "../ports/inbox.ts";
import { isCopyOf, isShownIn } from "./clicked-copy.ts";
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
export function createInbox(deps: InboxDeps): Inbox {
  return {
    click: (click) => withinPatience(deps, click),
    current: async ({ platform, workspace, value }) => {
      const approval = await approvalOf(deps, value);
      if (!approval || !(await isShownIn(deps, approval, { platform, workspace })))
        return undefined;
      return approvalCard(approval, platform, deps.links);
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
 * repeat finds it there, over restarts too.
 */
async function answerOnce(deps: InboxDeps, click: Click): Promise<ClickAnswer> {
  const seenId = `${accountId(click.platform, click.workspace, click.user)} ${click.click}`;
  const seen = await deps.store.seenClicks.get(seenId);
  if (seen) return answerAgain(deps, click, JSON.parse(seen.answer) as ClickAnswer);
  const answer = await answerOf(deps, click);
  if (answer.kind !== "recorded") {
    const { organization } = deps;
    await deps.store.seenClicks.insert({
      id: seenId,
      organization,
      revision: 1,
      answer: JSON.stringify(keptOf(deps, click, answer)),
      seenAt: deps.clock.now(),
    });
  }
  return answer;
}

type Unrecorded = Exclude<ClickAnswer, { readonly kind: "recorded" }>;

/** What is kept of an answer: no card, and no private link. */
function keptOf({ clock }: InboxDeps, { platform }: Click, answer: Unrecorded): Unrecorded {
  if (answer.kind !== "refused") return answer;
  const { message: _, ...kept } = answer;
  if (kept.refusal !== "not_linked") return kept;
  return { ...kept, text: refusalText({ because: "not_linked" }, platform, clock.now()) };
}

/** Tell a repeated click what the first was told. The private link follows from the click, so it is the same one. */
async function answerAgain(deps: InboxDeps, click: Click, kept: ClickAnswer): Promise<ClickAnswer> {
  if (kept.kind !== "refused" || kept.refusal !== "not_linked") return { ...kept, repeated: true };
  const text = refusalText(await notLinked(deps, click), click.platform, deps.clock.now());
  return { ...kept, text, repeated: true };
}

async function notLinked({ accountLinks, links }: InboxDeps, click: Click): Promise<Refusal> {
  const { token } = await accountLinks.offer(click);
  return { because: "not_linked", link: linkPage(links, token) };
}

async function answerOf(deps: InboxDeps, click: Click): Promise<ClickAnswer> {
  const approval = await approvalOf(deps, click.value);
  if (!approval || !(await isCopyOf(deps, approval, click))) {
    return refused(deps, click, { because: "unknown_request" });
  }
  if (click.outsider) return refused(deps, click, { because: "outsider" }, approval);
  const voter = await findVoter(deps, click);
  if (!voter) return refused(deps, click, await notLinked(deps, click), approval);
  if (approval.state === "open" && click.value !== buttonValue(approval)) {
    return refused(deps, click, { because: "content_changed" }, approval);
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
      return { kind: "reason_needed", repeated: false, prompt: promptFor(approval) };
    }
  }
  return told(deps, click, await recordVote(deps, approval, draft));
}

async function told(deps: InboxDeps, click: Click, recorded: RecordedVote): Promise<ClickAnswer> {
  if (recorded.kind === "refused") return refused(deps, click, recorded.refusal, recorded.approval);
  const { approval, repeated } = recorded;
  return {
    kind: "recorded",
    repeated,
    text: approval.state === "open" ? "Your vote is recorded." : "Recorded.",
    message: approvalCard(approval, click.platform, deps.links),
  };
}

async function refused(
  deps: InboxDeps,
  click: Click,
  refusal: Refusal,
  approval?: Approval,
): Promise<ClickAnswer> {
  deps.log.write({
    kind: "click.refused",
    surface: click.platform,
    because: refusal.because,
    who:
      (await findVoter(deps, click).catch(() => undefined))?.person.name ?? "somebody not linked",
    account: accountId(click.platform, click.workspace, click.user),
    ...(approval ? { approval: approval.id, event: approval.event } : {}),
  });
  return {
    kind: "refused",
    repeated: false,
    refusal: refusal.because,
    text: refusalText(refusal, click.platform, deps.clock.now()),
    ...(approval ? { message: approvalCard(approval, click.platform, deps.links) } : {}),
  };
}

async function approvalOf(
  { store, organization }: InboxDeps,
  value: string,
): Promise<Approval | undefined> {
  const id = parseId("approval", value.split(".")[0]);
  const approval = id && (await store.approvals.get(id));
  return approval?.organization === organization ? approval : undefined;
}

function promptFor(approval: Approval): ReasonPrompt {
  const asked = approval.requester ? [`asked by ${approval.requester.name}`] : [];
  const parts = [
    ...asked,
    `from ${approval.producerName}`,
    `expires ${sayTime(approval.expiresAt, "day-clock")}`,
    shortId(approval.id),
  ];
  const ends = approval.policy.rejections === 1 ? " One rejection ends this request." : "";
  return {
    title: "Reject this request?",
    heading: approval.title,
    context: parts.join(" · "),
    label: reasonLabel,
    hint: `At least ${leastReason} characters.${ends}`,
    submit: "Reject request",
    atLeast: leastReason,
  };
}
