import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import { App, ErrorCode, ExpressReceiver, type Receiver } from "@slack/bolt";
import { refusalText } from "../../core/messages/texts.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import { silentLogger } from "../outbound/client.ts";
import { type ClickTools, logTrouble, showNext, takeButton, takeReason } from "./clicks.ts";
import { newsOf } from "./events.ts";
import { homeVisitOf, showHome, takeChoice } from "./home.ts";
import type { Ongoing } from "./ongoing.ts";
import { parseInbound } from "./parse.ts";
import { postToResponseUrl } from "./private-answer.ts";

/** The path at which Slack reaches us; Bolt's default. */
export const eventsPath = "/slack/events";

/**
 * How long an acknowledgement waits for the private answer that follows it. Slack gives 3 s in all; asking who the
 * person is may take 0.7 s, and the inbox 1.5 s.
 */
export const showMs = 500;

/** `authorize` puts the installation there. */
const installationOf = (context: Readonly<Record<string, unknown>>) =>
  context["installation"] as SlackInstallation;

/** Bolt, given everything together with the installation that it is for. */
export interface Bolt {
  /** Answer a request that Slack signed. Absent without a signing secret: then no request is taken. */
  readonly answer?: (
    request: IncomingMessage,
    response: ServerResponse,
    installation: SlackInstallation | undefined,
  ) => void;
  /** Hear what came through a connection of ours. Answers what to acknowledge it with; rejects where nothing is stored. */
  readonly hear: (body: object, installation: SlackInstallation | undefined) => Promise<Heard>;
}

/** `acknowledged` is false for what nobody may say was heard; `content` is what Slack shall show. */
export type Heard =
  | { readonly acknowledged: false }
  | { readonly acknowledged: true; readonly content: unknown };

/** Bolt asks for a receiver; what comes through connections is handed to it directly. */
const noReceiver: Receiver = { init: () => {}, start: async () => {}, stop: async () => {} };

/**
 * Build Bolt's app with one listener for every button and one for every dialog.
 *
 * Bolt runs each listener that matches and lets only one acknowledge, so there is exactly one of a kind, and it
 * acknowledges whatever it does not know (PLATFORMS §1.6). A listener never rejects. Bolt acknowledges what it cannot
 * authorize, which would close a dialog as if its reason counted; so the installation is read before, and handed over.
 */
export function createBolt(tools: ClickTools, ongoing: Ongoing): Bolt {
  const { deps, settings } = tools;
  const current = new AsyncLocalStorage<SlackInstallation | undefined>();
  const receiver = settings.signingSecret ? signedReceiver(settings.signingSecret) : undefined;
  const app = new App({
    receiver: receiver ?? noReceiver,
    convoStore: false,
    processBeforeResponse: true,
    logger: silentLogger,
    clientOptions: { slackApiUrl: settings.apiUrl, retryConfig: { retries: 0 } },
    authorize: async () => {
      const installation = current.getStore();
      if (!installation) throw new Error("This request names no workspace.");
      const { botToken, botId, botUserId, slackTeamId: teamId } = installation;
      return { botToken, botId, botUserId, teamId, installation };
    },
  });

  app.action(/.*/, async ({ ack, body, context }) => {
    const press = parseInbound(body);
    if (press.kind === "choice") {
      await ack();
      return ongoing.atMost(showMs, takeChoice(press, installationOf(context), tools));
    }
    if (press.kind !== "button") {
      await ack();
      const address = "responseUrl" in press ? press.responseUrl : undefined;
      const text = refusalText({ because: "unknown_action" }, "slack", deps.clock.now());
      return ongoing.atMost(showMs, postToResponseUrl(address, settings, text));
    }
    const installation = installationOf(context);
    const next = await ongoing.done(takeButton(press, installation, tools));
    await ack();
    await ongoing.atMost(showMs, showNext(press, next, installation, tools));
  });

  app.view(/.*/, async ({ ack, body, context }) => {
    const form = parseInbound(body);
    if (form.kind !== "reason") return ack();
    const answer = await ongoing.done(takeReason(form, installationOf(context), tools));
    await (answer === undefined ? ack() : ack(answer));
  });

  // Slack hears 200 when what follows is on disk; until then it tells the event again (PLATFORMS §1.15).
  app.event(/.*/, async ({ body, context }) => {
    for (const news of newsOf(body, context.botUserId)) {
      await ongoing.done(deps.news?.tell(news) ?? Promise.resolve());
    }
    const visit = homeVisitOf(body);
    if (visit) await ongoing.atMost(showMs, showHome(visit, installationOf(context), tools));
  });

  app.error(async (error) => {
    logTrouble(deps, "slack.bolt", error);
    if (error.code !== ErrorCode.AuthorizationError) throw error;
  });
  return {
    ...(receiver
      ? {
          answer: (request, response, installation) =>
            current.run(installation, () => receiver.app(request, response)),
        }
      : {}),
    hear: (body, installation) => current.run(installation, () => hear(app, body)),
  };
}

function signedReceiver(signingSecret: string): ExpressReceiver {
  const receiver = new ExpressReceiver({
    signingSecret,
    endpoints: eventsPath,
    processBeforeResponse: true,
    logger: silentLogger,
  });
  receiver.app.disable("x-powered-by");
  return receiver;
}

/** As over HTTP with `processBeforeResponse`, the acknowledgement leaves when the listener is done. */
async function hear(app: App, body: object): Promise<Heard> {
  let heard: Heard = { acknowledged: false };
  await app.processEvent({
    body,
    ack: async (content?: unknown) => {
      heard = { acknowledged: true, content };
    },
  });
  return heard;
}
