import { saySpan } from "../../domain/duration.ts";
import { channels } from "./en/channels.ts";
import { installs } from "./en/installs.ts";
import { troubles } from "./en/troubles.ts";

/**
 * Every text that people read in chat, and of every error, in English. Other languages have the same members, or they do not compile.
 *
 * Names and reasons are put in as they are: whoever fills a text in has cleaned them, and a platform escapes the whole.
 */
export const en = {
  locale: "en-GB",
  troubles,
  installs,
  channels,
  states: {
    waiting: "Waiting for approval",
    approved: "Approved",
    rejected: "Rejected",
    expired: "Expired",
    cancelled: "Cancelled",
    locked: "Locked",
    revoked: "Revoked",
    information: "Information",
  },
  levels: {
    debug: "Debug",
    info: "Information",
    notice: "Notice",
    warning: "Warning",
    alert: "Alert",
    critical: "Critical",
  },
  /** What happened to a request, where an event tells of it. */
  happenings: {
    opened: "Approval asked",
    approved: "Approved",
    rejected: "Rejected",
    expired: "Expired",
    cancelled: "Cancelled",
    revoked: "Revoked",
    pin_failed: "Wrong PIN",
    locked: "Locked",
    executed: "Executed",
    granted: "Granted",
    fulfilled: "Fulfilled",
    failed: "Failed",
  },
  surfaces: {
    producer: "at its producer",
    slack: "in Slack",
    teams: "in Teams",
    web: "on the web page",
    api: "by API",
  },
  card: {
    askedBy: (name: string) => `asked by ${name}`,
    unknownRequester: (name: string) => `${name} (requester not known here)`,
    from: (name: string) => `from ${name}`,
    actor: (name: string) => `by ${name}`,
    decidedBy: (state: string, name: string, where: string) => `${state} by ${name} ${where}`,
    endedBy: (state: string, name: string) => `${state} by ${name}`,
    lockedBecause: (state: string, why: string) => `${state}: ${why}`,
    reason: (words: string) => `“${words}”`,
    tally: (count: number, of: number) => `${count} of ${of}`,
    rejections: (count: number, of: number) => `${count} of ${of} rejections`,
    mayDecide: (who: string) => `${who} may decide`,
    anyApprover: "any approver",
    expires: "expires ",
    approvedVote: (name: string) => `${name} approved `,
    rejectedVote: (name: string) => `${name} rejected `,
    outcomes: {
      executed: "executed ",
      granted: "granted ",
      fulfilled: "fulfilled ",
      failed: "failed ",
    },
    open: "Open",
    openFull: "open full",
    readToDecide: "too long to decide here: press Open",
    testOf: (place: string) => `test of ${place}: it was not sent there`,
    sampleTest: "test message with sample content; nothing has happened",
    decideThere: "Decide on its page",
    seePage: "See its page",
    insteadOf: (place: string, because: string) =>
      `meant for ${place}, which did not take it: ${because}`,
    waitingPlain: (until: string) => `waiting for approval, expires ${until}`,
  },
  notes: {
    saysOtherwise: (producer: string, ended: string) => `but ${producer} says: ${ended}`,
    stands: (state: string) => `Here it was settled before as: ${state}. That stands.`,
    askedAgain: (producer: string) => `${producer} asked again, with other content`,
    cardStays: "The card stays as it was asked first.",
    title: "Title",
    body: "Text",
  },
  buttons: {
    approve: "Approve",
    reject: "Reject",
    cancel: "Cancel",
    close: "Close",
    submitReject: "Reject request",
    submitApprove: "Approve request",
  },
  reason: {
    label: "Why? The requester will see this",
    hint: (least: number) => `At least ${least} characters`,
    tooShort: (least: number) => `Write at least ${least} characters.`,
    rejectTitle: "Reject this request?",
    approveTitle: "Approve this request?",
    oneEnds: "One rejection ends this request.",
  },
  answers: {
    recorded: "Recorded.",
    voteRecorded: "Your vote is recorded.",
    notInstalled:
      "Countersign is not installed in this workspace, so nothing was recorded. Ask an admin to connect it.",
    dialogTooLate:
      "Slack waited too long for the dialog, so nothing was recorded. Press the button again.",
    dialogFailed:
      "The dialog could not be opened, so nothing was recorded. Press the button again in a minute.",
  },
  ago: (ms: number) => {
    const span = saySpan(ms);
    return span === "just now" ? span : `${span} ago`;
  },
  personal: {
    waiting: (count: number) =>
      count === 0
        ? "Nothing waits for you"
        : count === 1
          ? "One request waits for you"
          : `${count} requests wait for you`,
    known: (name: string) => `○ You are ${name} here`,
    from: (producer: string, expires: string) => `from ${producer} · expires ${expires}`,
    all: "All approvals",
    help: "Requests come as cards into the channels that your admins chose. Press Approve or Reject there, or decide on a request's own page. Nothing that is written here is read as a decision.",
    unknown: "Countersign does not know yet who you are",
    unknownStatus: "○ This account is linked to nobody",
    link: "Link this account",
    linkBody:
      "Open the private link within 10 minutes and sign in: from then on your presses count. Do not hand it on.",
    outsider: "You are here from outside",
    unidentified: "We could not find out just now who you are",
    unidentifiedStatus: "Come again in a minute, and what waits for you is shown here.",
    channels: {
      help: "Write channels, or channels and a part of a name, to choose a channel that rules can send to.",
      title: "Choose a channel",
      status: "○ It becomes a destination that rules can name",
      more: (count: number) =>
        `The first ${count} channels are here. Write channels and a part of a name to find others.`,
      none: "No channel that the app can post to was found.",
      listing: "The channels are still being listed. Write channels again in a minute.",
      standard: "standard",
      already: (name: string) => `${name} already`,
      label: "Channel",
      hint: "Type a part of its name",
      missing: "Pick a channel first.",
      question: "Shall this channel be a destination that rules can name?",
      submit: "Choose",
      cancel: "Cancel",
      chosen: (name: string) => `${name} is a destination`,
      chosenBy: (person: string) => `✓ ${person} chose it`,
      named: (name: string) =>
        `Rules name it so: "to": ["${name}"]. Until a rule does, nothing is sent there.`,
      open: "Open destination",
      refused: "No channel was chosen",
      unchanged: "○ Nothing has changed",
      notRouter:
        "Channels are chosen by people with the role admin or router. Ask an admin for the role router.",
      notConnected:
        "This workspace is not connected to the hub. Ask an admin to connect it in the console.",
    },
  },
  refusals: {
    outsider: "People from outside cannot decide here. Ask somebody of this workspace to decide.",
    unidentified:
      "We could not find out just now who you are, so your click did not count. Press again in a minute.",
    notLinked: (account: string) =>
      `Countersign does not know yet who you are. Ask an admin to link ${account}, then press again; the request is still open.`,
    linkYourself: (link: string) =>
      `Countersign does not know yet who you are. Open this private link within 10 minutes, then press again; the request is still open: ${link}`,
    accounts: {
      slack: "your Slack account",
      teams: "your Teams account",
      web: "you",
      api: "you",
    },
    suspended:
      "Your access to Countersign is suspended, so your click did not count. Ask an admin of the hub.",
    decided: {
      approved: (name: string, when: string, where: string) =>
        `${name} approved this ${when} ${where}.`,
      rejected: (name: string, when: string, where: string) =>
        `${name} rejected this ${when} ${where}.`,
    },
    expired: (when: string) => `This request expired ${when}. Ask its requester to send it again.`,
    revoked: (name: string, when: string) => `${name} took this approval back ${when}.`,
    cancelled: (name: string, when: string) =>
      `${name} cancelled this ${when}. Ask its requester to send it again if it is still needed.`,
    locked: (why: string) => `This request is locked: ${why}. An admin can unlock it.`,
    ownRequest: (who: string) => `You cannot decide your own request. Who can: ${who}.`,
    notEligible: (who: string) => `Your vote is not asked for here. Who can decide: ${who}.`,
    surfaceOff: (where: string) =>
      `This request is not decided ${where}. Press Open to decide on its page.`,
    voted: {
      approve: (when: string, where: string) =>
        `Your vote stands: you approved this ${when} ${where}.`,
      reject: (when: string, where: string) =>
        `Your vote stands: you rejected this ${when} ${where}.`,
    },
    reasonMissing: (least: number) =>
      `A reason of at least ${least} characters is needed. Nothing was recorded.`,
    signOnNeeded: (minutes: number) =>
      `This request asks for a fresh single sign-on: sign in again, at most ${minutes} minutes before you decide. Nothing was recorded.`,
    contentChanged:
      "What this card shows is not what the request says now, so your click did not count. Read it again and press again.",
    unknownRequest:
      "Countersign does not know the request on this card. It may belong to another hub; ask whoever sent it.",
    unknownAction: "This button does not belong to the request. Nothing was recorded.",
    notConfirmed:
      "We could not confirm that your click was saved. Press again in a minute; it counts once.",
  },
} as const;
