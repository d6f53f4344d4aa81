import type { IncomingMessage, ServerResponse } from "node:http";
import { finished } from "node:stream/promises";
import { refusalText } from "../../core/messages/texts.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import { slackTexts } from "../render/refusal.ts";
import { createBolt, eventsPath, showMs } from "./bolt.ts";
import { type ClickTools, logTrouble } from "./clicks.ts";
import { Ongoing } from "./ongoing.ts";
import { parseBody, parseInbound, type SlackInbound } from "./parse.ts";
import { postToResponseUrl } from "./private-answer.ts";
import { forgeryOf, readRawBody } from "./verify.ts";

/** The door for everything that Slack sends. */
export interface SlackDoor {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Take nothing new; resolves when what was taken is done, the private answers too. */
  close(): Promise<void>;
}

interface Genuine {
  readonly kind: "genuine";
  /** Absent on what names no workspace, such as Slack's check of our address. */
  readonly installation?: SlackInstallation;
}

interface Refused {
  readonly kind: "refused";
  readonly status: number;
  readonly because: string;
  /** What the person is told, for a request that Slack did sign. */
  readonly text?: string;
}

type Verdict =
  | (Genuine & { readonly body: Buffer })
  | (Refused & { readonly responseUrl?: string });

const refused = (status: number, because: string): Refused => ({
  kind: "refused",
  status,
  because,
});

/** Find out, before Bolt sees anything, whether Slack sent this and for a workspace that we serve. */
async function judge(request: IncomingMessage, tools: ClickTools): Promise<Verdict> {
  const { deps, settings } = tools;
  if (request.method !== "POST") return refused(405, "method_not_allowed");
  const body = await readRawBody(request);
  if (!body) return refused(413, "body_too_long");
  const { headers } = request;
  const text = body.toString("utf8");
  const forgery = forgeryOf({ headers, body: text }, settings.signingSecret, deps.clock.now());
  if (forgery) return refused(401, forgery);
  const inbound = parseInbound(parseBody(text, headers["content-type"]));
  const found = await lookUp(inbound, tools);
  if (found.kind === "genuine") return { ...found, body };
  const responseUrl = "responseUrl" in inbound ? inbound.responseUrl : undefined;
  return responseUrl === undefined ? found : { ...found, responseUrl };
}

/**
 * Find the workspace's installation. Without one, or without an answer, the person shall hear so (U17). That a grant has
 * ended is told without one: Slack may say it twice, and the first time has ended it here.
 */
async function lookUp(inbound: SlackInbound, { deps }: ClickTools): Promise<Genuine | Refused> {
  const { team, enterprise } = { enterprise: undefined, ...inbound };
  const named = [team, enterprise].filter((id) => id !== undefined);
  if (named.length === 0) return { kind: "genuine" };
  try {
    for (const id of named) {
      const installation = await deps.installations.slack(id);
      if (installation) return { kind: "genuine", installation };
    }
    if (inbound.kind === "event" && inbound.outlivesInstallation) return { kind: "genuine" };
    return { ...refused(401, "workspace_unknown"), text: slackTexts.notInstalled };
  } catch (error) {
    logTrouble(deps, "slack.installations", error);
    const text = refusalText({ because: "not_confirmed" }, "slack", deps.clock.now());
    return { ...refused(503, "store_not_answering"), text };
  }
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { "content-length": "0", connection: "close" });
  response.end();
}

/**
 * Make the one door for Slack: our checks first, then Bolt with its own.
 *
 * A request that Slack did not sign, or signed too long ago or for a time to come, gets 401 and has no effect. So does
 * one for a workspace where the hub is not installed; there the person is told why.
 */
export function createSlackDoor(tools: ClickTools): SlackDoor {
  const ongoing = new Ongoing();
  const bolt = createBolt(tools, ongoing);
  let isOpen = true;

  const turnAway = async (refusal: Extract<Verdict, Refused>, response: ServerResponse) => {
    const { status, because, text, responseUrl } = refusal;
    tools.deps.log.write({ kind: "request.refused", door: eventsPath, status, because });
    if (text !== undefined) {
      await ongoing.atMost(showMs, postToResponseUrl(responseUrl, tools.settings, text));
    }
    refuse(response, status);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const verdict = isOpen ? await judge(request, tools) : refused(503, "closing");
    if (verdict.kind === "refused") return turnAway(verdict, response);
    // Bolt reads the body from `rawBody` where something before it has read the stream.
    Object.assign(request, { rawBody: verdict.body, url: eventsPath });
    bolt(request, response, verdict.installation);
    // A caller that went away rejects; what it started is tracked by itself.
    await finished(response).catch(() => {});
  };

  return {
    handle(request, response) {
      const answered = answer(request, response).catch((error: unknown) => {
        logTrouble(tools.deps, "slack.door", error);
        refuse(response, 500);
      });
      ongoing.track(answered);
    },
    async close() {
      isOpen = false;
      await ongoing.settled();
    },
  };
}
