import type { TurnContext } from "botbuilder";
import type { Refusal } from "../../core/domain/refusal.ts";
import { refusalText } from "../../core/messages/texts.ts";
import type { ChatPlatformDeps } from "../../core/ports/chat-platform.ts";
import type { Click, ClickAnswer, Visit } from "../../core/ports/inbox.ts";
import { cardActivity } from "../outbound/send.ts";
import { type ActionAnswer, cardAnswer, textAnswer } from "../render/answer.ts";
import { renderCard } from "../render/message.ts";
import { renderPicker } from "../render/picker.ts";
import type { OutsiderCheck } from "./outsider.ts";
import type { Inbound } from "./parse.ts";

type Pressed = Extract<Inbound, { kind: "click" }>;
type Refreshed = Extract<Inbound, { kind: "refresh" }>;
type Visiting = Extract<Inbound, { kind: "visit" }>;
type Choosing = Extract<Inbound, { kind: "choice" }>;

interface HandleDeps extends ChatPlatformDeps {
  readonly whoIs: OutsiderCheck;
}

/**
 * Do what a verified activity asks. Answers what goes back in the HTTP answer; undefined where nothing does.
 *
 * Whatever breaks on the way, the person reads that nothing is certain, and may press again.
 */
export async function handleActivity(
  activity: Inbound,
  tenant: string,
  context: TurnContext,
  deps: HandleDeps,
): Promise<ActionAnswer | undefined> {
  switch (activity.kind) {
    case "unsupported":
      return undefined;
    case "refresh":
      return answerRefresh(activity, tenant, deps);
    case "visit":
      await answerVisit(activity, tenant, context, deps);
      return undefined;
    case "choice":
      return answerChoice(activity, tenant, context, deps);
    case "click": {
      const answer = await answerClick(activity, tenant, context, deps);
      if (activity.by === "execute") return writeAnswer(answer, deps);
      await replyToSubmit(answer, activity, context, deps);
      return undefined;
    }
  }
}

/** Whoever did it waits for an answer. */
type Press = Extract<Inbound, { kind: "click" | "choice" | "refresh" }>;

/** Tell whether somebody waits for an answer to this. */
export const isPress = (activity: Inbound): activity is Press =>
  activity.kind === "click" || activity.kind === "choice" || activity.kind === "refresh";

/** Tell whoever pressed, while the store does not even say whether their tenant is installed, that nothing is certain. */
export async function answerUnsure(
  press: Press,
  context: TurnContext,
  deps: HandleDeps,
): Promise<ActionAnswer | undefined> {
  const answer = said({ because: "not_confirmed" }, deps);
  if (press.kind === "refresh" || press.by === "execute") return writeAnswer(answer, deps);
  await replyToSubmit(answer, press, context, deps);
  return undefined;
}

type Spoken =
  | ClickAnswer
  | { readonly kind: "said"; readonly repeated: false; readonly text: string };

async function answerClick(
  pressed: Pressed,
  tenant: string,
  context: TurnContext,
  deps: HandleDeps,
): Promise<Spoken> {
  const { user } = pressed;
  // Anonymous people have no id that could be linked.
  if (user === undefined) return said({ because: "outsider" }, deps);
  try {
    const who = await deps.whoIs(context, { tenant, user, place: pressed.channel });
    return await deps.inbox.click(readClick(pressed, tenant, user, who));
  } catch (error) {
    report(error, deps);
    return said({ because: "not_confirmed" }, deps);
  }
}

const said = (refusal: Refusal, deps: HandleDeps): Spoken => ({
  ...{ kind: "said", repeated: false },
  text: say(refusal, deps),
});

function readClick(
  pressed: Pressed,
  tenant: string,
  user: string,
  who: Pick<Click, "outsider" | "unidentified" | "owner">,
): Click {
  const { action, value, reason, channel, copy, serviceUrl } = pressed;
  return {
    platform: "teams",
    workspace: tenant,
    user,
    ...who,
    action,
    value,
    copy: { channel, message: copy, ...(serviceUrl === undefined ? {} : { serviceUrl }) },
    click: ["teams", tenant, pressed.conversation, pressed.id].join(" "),
    ...(reason === undefined ? {} : { reason }),
  };
}

function writeAnswer(answer: Spoken, deps: HandleDeps): ActionAnswer {
  if (answer.kind === "recorded") {
    try {
      return cardAnswer(renderCard(answer.message));
    } catch (error) {
      report(error, deps);
    }
  }
  return textAnswer(wordsOf(answer, deps));
}

function wordsOf(answer: Spoken, deps: HandleDeps): string {
  if (answer.kind !== "reason_needed") return answer.text;
  // Our cards ask with their own form, so this press came from a card that knows of none.
  return say({ because: "reason_missing", atLeast: answer.prompt.atLeast }, deps);
}

/**
 * Answer an Action.Submit. It came as a message, so no card and no private sentence can go back: the edit of the card
 * shows what was recorded, and a refusal is said in the conversation, to the person by name, once: of a repeat it stands
 * there already.
 */
async function replyToSubmit(
  answer: Spoken,
  pressed: Pick<Pressed, "userName">,
  context: TurnContext,
  deps: HandleDeps,
): Promise<void> {
  if (answer.kind === "recorded" || answer.repeated) return;
  const words = wordsOf(answer, deps);
  try {
    await context.sendActivity({
      type: "message",
      textFormat: "plain",
      text: pressed.userName === "" ? words : `${pressed.userName}: ${words}`,
    });
  } catch (error) {
    report(error, deps);
  }
}

/** Answer who wrote to the app in their own chat with it: silence would look like a dead app. */
async function answerVisit(
  visiting: Visiting,
  tenant: string,
  context: TurnContext,
  deps: HandleDeps,
): Promise<void> {
  const { channels } = visiting;
  try {
    const visit = await readVisit(visiting, tenant, context, deps);
    if (!visit) return;
    if (channels === undefined) {
      await context.sendActivity(cardActivity(await deps.inbox.greet(visit)));
      return;
    }
    const picked = await deps.inbox.pick(visit, channels);
    const card = picked.kind === "picker" ? renderPicker(picked) : renderCard(picked.message);
    await context.sendActivity(cardActivity(picked.message, card));
  } catch (error) {
    report(error, deps);
  }
}

/** Choose the channel of a picker. Who chooses is whom the token vouches for; the card says only which channel. */
async function answerChoice(
  choosing: Choosing,
  tenant: string,
  context: TurnContext,
  deps: HandleDeps,
): Promise<ActionAnswer | undefined> {
  try {
    const visit = await readVisit(choosing, tenant, context, deps);
    if (!visit) return textAnswer(say({ because: "outsider" }, deps));
    const message = await deps.inbox.choose(visit, choosing.chosen);
    if (choosing.by === "execute") return cardAnswer(renderCard(message));
    await context.sendActivity(cardActivity(message));
  } catch (error) {
    report(error, deps);
    if (choosing.by === "execute") return textAnswer(say({ because: "not_confirmed" }, deps));
  }
  return undefined;
}

/** Who comes, by the verified activity; undefined for anonymous people, who have no id that could be linked. */
async function readVisit(
  { id, user, channel, language }: Visiting | Choosing,
  tenant: string,
  context: TurnContext,
  deps: HandleDeps,
): Promise<Visit | undefined> {
  if (user === undefined) return undefined;
  const who = await deps.whoIs(context, { tenant, user, place: channel });
  const speaks = language === undefined ? {} : { language };
  return { platform: "teams", workspace: tenant, user, ...who, ...speaks, click: id };
}

async function answerRefresh(
  { value, channel, copy: message }: Refreshed,
  tenant: string,
  deps: HandleDeps,
): Promise<ActionAnswer> {
  try {
    const copy = { channel, message };
    const card = await deps.inbox.current({ platform: "teams", workspace: tenant, value, copy });
    if (card) return cardAnswer(renderCard(card));
    return textAnswer(say({ because: "unknown_request" }, deps));
  } catch (error) {
    report(error, deps);
    return textAnswer(say({ because: "not_confirmed" }, deps));
  }
}

const say = (refusal: Refusal, { clock }: HandleDeps) => refusalText(refusal, "teams", clock.now());

/** Write what broke into the log. */
export function report(error: unknown, { log }: Pick<HandleDeps, "log">): void {
  log.write({ kind: "hub.trouble", where: "teams-app", error: nameOf(error) });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
