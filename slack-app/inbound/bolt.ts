import { App, type CodedError, ExpressReceiver } from "@slack/bolt";
import { refusalText } from "../../core/messages/texts.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import { silentLogger } from "../outbound/client.ts";
import { type ClickTools, logTrouble, showNext, takeButton, takeReason } from "./clicks.ts";
import type { Ongoing } from "./ongoing.ts";
import { parseInbound } from "./parse.ts";
import { postToResponseUrl } from "./private-answer.ts";

/** The path at which Slack reaches us; Bolt's default. */
export const eventsPath = "/slack/events";

/**
 * How long an acknowledgement waits for the private answer that follows it. Slack gives 3 s in all; asking who the
 * person is may take 0.7 s, and the inbox 1.5 s.
 */
const showMs = 500;

/** `authorize` puts the installation there, for it has just read it. */
const installationOf = (context: Readonly<Record<string, unknown>>) =>
  context["installation"] as SlackInstallation;

/**
 * Build Bolt's app with one listener for every button and one for every dialog.
 *
 * Bolt runs each listener that matches and lets only one acknowledge, so there is exactly one of a kind, and it
 * acknowledges whatever it does not know (PLATFORMS §1.6). A listener never rejects.
 */
export async function createBolt(tools: ClickTools, ongoing: Ongoing): Promise<ExpressReceiver> {
  const { deps, settings } = tools;
  const say = (because: "unknown_action" | "not_confirmed") =>
    refusalText({ because }, "slack", deps.clock.now());
  const receiver = new ExpressReceiver({
    signingSecret: settings.signingSecret,
    endpoints: eventsPath,
    processBeforeResponse: true,
    logger: silentLogger,
  });
  receiver.app.disable("x-powered-by");
  const app = new App({
    receiver,
    convoStore: false,
    processBeforeResponse: true,
    extendedErrorHandler: true,
    logger: silentLogger,
    clientOptions: { slackApiUrl: settings.apiUrl, retryConfig: { retries: 0 } },
    authorize: async ({ teamId = "" }) => {
      const installation = await deps.installations.slack(teamId);
      if (!installation) throw new Error("This workspace has no installation.");
      const { botToken, botId, botUserId } = installation;
      return { botToken, botId, botUserId, teamId, installation };
    },
  });

  app.action(/.*/, async ({ ack, body, context }) => {
    const press = parseInbound(body);
    if (press.kind !== "button") {
      await ack();
      const address = press.kind === "unsupported" ? press.responseUrl : undefined;
      return ongoing.atMost(showMs, postToResponseUrl(address, settings, say("unknown_action")));
    }
    const installation = installationOf(context);
    const next = await takeButton(press, installation, tools);
    await ack();
    await ongoing.atMost(showMs, showNext(press, next, installation, tools));
  });

  app.view(/.*/, async ({ ack, body, context }) => {
    const form = parseInbound(body);
    if (form.kind !== "reason") return ack();
    const answer = await takeReason(form, installationOf(context), tools);
    await (answer === undefined ? ack() : ack(answer));
  });

  app.error(async ({ error, body }: { readonly error: CodedError; readonly body: unknown }) => {
    logTrouble(deps, "slack.bolt", error);
    const inbound = parseInbound(body);
    if (inbound.kind === "reason") return;
    await postToResponseUrl(inbound.responseUrl, settings, say("not_confirmed"));
  });
  return receiver;
}
