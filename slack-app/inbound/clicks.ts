import { createHash } from "node:crypto";
import type { ViewErrorsResponseAction, ViewUpdateResponseAction } from "@slack/bolt";
import { WebAPIPlatformError } from "@slack/web-api";
import type { Refusal, RefusalCode } from "../../core/domain/refusal.ts";
import { refusalText } from "../../core/messages/texts.ts";
import type { ChatPlatformDeps } from "../../core/ports/chat-platform.ts";
import type { Click, ReasonPrompt } from "../../core/ports/inbox.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { SlackSettings } from "../../core/ports/platform-settings.ts";
import type { Clients } from "../outbound/client.ts";
import { renderClosing, renderPrompt, slackTexts } from "../render/refusal.ts";
import { isHome, type People } from "../workspace/people.ts";
import { type ButtonPress, formatPressed, type ReasonForm, reasonField } from "./parse.ts";
import { tellPrivately } from "./private-answer.ts";

/** What the handlers of clicks work with. */
export interface ClickTools {
  readonly deps: ChatPlatformDeps;
  readonly settings: SlackSettings;
  readonly clientOf: Clients;
  readonly profileOf: People;
}

/** What is still to be done for the person after the click was acknowledged. */
export type NextStep =
  | { readonly kind: "nothing" }
  | { readonly kind: "tell"; readonly text: string }
  | { readonly kind: "ask"; readonly prompt: ReasonPrompt };

/** What the dialog is answered with: nothing closes it. */
export type FormAnswer = ViewErrorsResponseAction | ViewUpdateResponseAction | undefined;

type Said = Exclude<
  Refusal["because"],
  | "closed"
  | "own_request"
  | "not_eligible"
  | "surface_off"
  | "already_voted"
  | "locked"
  | "sign_on_needed"
>;

const sayRefusal = (because: Exclude<Said, "reason_missing">, { deps }: ClickTools) =>
  refusalText({ because }, "slack", deps.clock.now());

/** Write what broke into the log, so that a person who was told "not confirmed" can be helped. */
export function logTrouble(
  { log }: Pick<ChatPlatformDeps, "log">,
  where: string,
  error: unknown,
): void {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : "not an Error";
  log.write({ kind: "hub.trouble", where, error: text });
}

const identityOf = (...parts: readonly string[]) => parts.join(" ");

type Who = Pick<Click, "outsider" | "unidentified" | "owner">;

/**
 * Say who pressed. Guests, people of other workspaces and people of whom Slack does not tell stand outside: who may
 * decide is never guessed.
 */
export async function whoPressed(
  { user, userTeam }: Pick<ButtonPress, "user" | "userTeam">,
  installation: SlackInstallation,
  { profileOf, deps }: ClickTools,
): Promise<Who> {
  if (userTeam !== undefined && !isHome(installation, userTeam)) return { outsider: true };
  const said = await profileOf(installation, user);
  if (said.kind === "untold") {
    deps.log.write({ kind: "hub.trouble", where: "slack.users.info", error: said.because });
    return { outsider: true, unidentified: true };
  }
  if (said.kind === "nobody") return { outsider: true };
  const { name, email, guest, foreign, gone } = said.profile;
  const owner = { name, ...(email === undefined ? {} : { email }) };
  return { outsider: guest || foreign || gone, owner };
}

/** A click is told apart by who pressed what, where and when: Slack sends the same five again when it repeats itself. */
function clickOf(press: ButtonPress, value: string, who: Who): Click {
  const { team, user, channel, message, action, pressedAt } = press;
  return {
    platform: "slack",
    workspace: team,
    user,
    ...who,
    action,
    value,
    copy: { channel, message },
    click: identityOf(team, user, message, action, pressedAt),
  };
}

/**
 * Bring a pressed button to the inbox and say what the person gets to see.
 *
 * Never rejects: an inbox that broke says "not confirmed", never "done". A repeat gets no second answer, for the first
 * one is on the screen.
 */
export async function takeButton(
  press: ButtonPress,
  installation: SlackInstallation,
  tools: ClickTools,
): Promise<NextStep> {
  if (press.value === undefined) return { kind: "nothing" };
  try {
    const who = await whoPressed(press, installation, tools);
    const answer = await tools.deps.inbox.click(clickOf(press, press.value, who));
    if (answer.repeated || answer.kind === "recorded") return { kind: "nothing" };
    if (answer.kind === "refused") return { kind: "tell", text: answer.text };
    return { kind: "ask", prompt: answer.prompt };
  } catch (error) {
    logTrouble(tools.deps, "slack.click", error);
    return { kind: "tell", text: sayRefusal("not_confirmed", tools) };
  }
}

function whyNoDialog(error: unknown): string {
  const name = error instanceof WebAPIPlatformError ? error.data.error : undefined;
  const late = name === "expired_trigger_id" || name === "exchanged_trigger_id";
  return late ? slackTexts.dialogTooLate : slackTexts.dialogFailed;
}

async function openDialog(
  press: ButtonPress & { readonly value: string },
  prompt: ReasonPrompt,
  installation: SlackInstallation,
  { clientOf }: ClickTools,
): Promise<string | undefined> {
  const view = renderPrompt(prompt, formatPressed(press));
  try {
    await clientOf(installation).views.open({ trigger_id: press.trigger, view });
    return undefined;
  } catch (error) {
    return whyNoDialog(error);
  }
}

/** Show the person what comes after the click: a private text, or the dialog that asks why. Never rejects. */
export async function showNext(
  press: ButtonPress,
  next: NextStep,
  installation: SlackInstallation,
  tools: ClickTools,
): Promise<void> {
  if (next.kind === "nothing") return;
  const { value = "" } = press;
  const text =
    next.kind === "tell"
      ? next.text
      : await openDialog({ ...press, value }, next.prompt, installation, tools);
  if (text === undefined) return;
  try {
    await tellPrivately(press, text, { ...tools, installation });
  } catch (error) {
    logTrouble(tools.deps, "slack.private_answer", error);
  }
}

const atField = (text: string): FormAnswer => ({
  response_action: "errors",
  errors: { [reasonField]: text },
});

const inPlace = (text: string): FormAnswer => ({
  response_action: "update",
  view: renderClosing(text),
});

/** After these the same reason may count: nobody has to type it again. */
const mayBeSentAgain: ReadonlySet<RefusalCode> = new Set([
  "reason_missing",
  "unidentified",
  "not_confirmed",
]);

/** The reason is part of the identity: a better one sent from the same dialog is another try, not a repeat. */
function submissionOf(form: ReasonForm): string {
  const said = createHash("sha256").update(form.reason).digest("hex").slice(0, 16);
  return identityOf(form.team, form.user, form.view, form.hash, said);
}

/**
 * Bring a reason to the inbox and say how the dialog goes on: it closes, it marks the field, or it gives way to a text.
 *
 * Never rejects. Where it may count in a minute the dialog stays, so that nobody has to type the reason again.
 */
export async function takeReason(
  form: ReasonForm,
  installation: SlackInstallation,
  tools: ClickTools,
): Promise<FormAnswer> {
  const { pressed, reason } = form;
  if (!pressed) return inPlace(sayRefusal("unknown_action", tools));
  const { action, value, channel, message } = pressed;
  try {
    const answer = await tools.deps.inbox.click({
      platform: "slack",
      workspace: form.team,
      user: form.user,
      ...(await whoPressed(form, installation, tools)),
      action,
      value,
      reason,
      copy: { channel, message },
      click: submissionOf(form),
    });
    if (answer.kind === "recorded") return undefined;
    if (answer.kind === "refused") {
      return mayBeSentAgain.has(answer.refusal) ? atField(answer.text) : inPlace(answer.text);
    }
    const missing = { because: "reason_missing", atLeast: answer.prompt.atLeast } as const;
    return atField(refusalText(missing, "slack", tools.deps.clock.now()));
  } catch (error) {
    logTrouble(tools.deps, "slack.reason", error);
    return atField(sayRefusal("not_confirmed", tools));
  }
}
