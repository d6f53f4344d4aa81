import type { IncomingMessage, ServerResponse } from "node:http";
import { finished } from "node:stream/promises";
import { refusalText } from "../../core/messages/texts.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import { slackTexts } from "../render/refusal.ts";
import { createBolt, eventsPath, type Heard, showMs } from "./bolt.ts";
import { type ClickTools, logTrouble } from "./clicks.ts";
import { Ongoing } from "./ongoing.ts";
import { parseBody, parseInbound, type SlackInbound } from "./parse.ts";
import { postToResponseUrl } from "./private-answer.ts";
import { forgeryOf, readRawBody } from "./verify.ts";

/** The door for everything that Slack sends. */
export interface SlackDoor {
  /** Take a request that comes to our address. Without a signing secret none is taken. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Take what came through a connection that we opened, which is Slack's word by itself. */
  hear(body: object): Promise<Heard>;
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
  const { signingSecret } = settings;
  if (!signingSecret) return refused(404, "socket_mode");
  if (request.method !== "POST") return refused(405, "method_not_allowed");
  const body = await readRawBody(request);
  if (!body) return refused(413, "body_too_long");
  const { headers } = request;
  const text = body.toString("utf8");
  const forgery = forgeryOf({ headers, body: text }, signingSecret, deps.clock.now());
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

/** What the log calls the connections of Socket Mode. */
const socketDoor = "Socket Mode";
const notHeard: Heard = { acknowledged: false };

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

  const tellOff = async (refusal: Refused & { readonly responseUrl?: string }, door: string) => {
    const { status, because, text, responseUrl } = refusal;
    tools.deps.log.write({ kind: "request.refused", door, status, because });
    if (text === undefined) return;
    await ongoing.atMost(showMs, postToResponseUrl(responseUrl, tools.settings, text));
  };

  const hear = async (body: object): Promise<Heard> => {
    const inbound = parseInbound(body);
    const found = isOpen ? await lookUp(inbound, tools) : refused(503, "closing");
    if (found.kind === "genuine") return bolt.hear(body, found.installation);
    const responseUrl = "responseUrl" in inbound ? inbound.responseUrl : undefined;
    await tellOff({ ...found, ...(responseUrl === undefined ? {} : { responseUrl }) }, socketDoor);
    // An event that could not be looked up comes again; who is not ours need not try again.
    return found.status === 503 ? notHeard : { acknowledged: true, content: undefined };
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const verdict = isOpen ? await judge(request, tools) : refused(503, "closing");
    if (verdict.kind === "refused") {
      await tellOff(verdict, eventsPath);
      return refuse(response, verdict.status);
    }
    // Bolt reads the body from `rawBody` where something before it has read the stream.
    Object.assign(request, { rawBody: verdict.body, url: eventsPath });
    bolt.answer?.(request, response, verdict.installation);
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
    hear: (body) =>
      ongoing.done(
        hear(body).catch((error: unknown) => {
          logTrouble(tools.deps, "slack.socket", error);
          return notHeard;
        }),
      ),
    async close() {
      isOpen = false;
      await ongoing.settled();
    },
  };
}
