import type { IncomingMessage, ServerResponse } from "node:http";
import { refusalText } from "../../core/messages/texts.ts";
import { slackTexts } from "../render/refusal.ts";
import { createBolt, eventsPath } from "./bolt.ts";
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

type Verdict =
  | { readonly kind: "genuine"; readonly body: Buffer }
  | { readonly kind: "refused"; readonly status: number; readonly because: string };

const refused = (status: number, because: string): Verdict => ({
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
  if (inbound.team === undefined) return { kind: "genuine", body };
  const trouble = await lookUp(inbound, inbound.team, tools);
  return trouble ?? { kind: "genuine", body };
}

/** Ask for the workspace's installation; without one, or without an answer, the person is told so (U17). */
async function lookUp(
  inbound: SlackInbound,
  team: string,
  { deps, settings }: ClickTools,
): Promise<Verdict | undefined> {
  const tell = async (text: string) => {
    const address = inbound.kind === "reason" ? undefined : inbound.responseUrl;
    await postToResponseUrl(address, settings, text);
  };
  try {
    if (await deps.installations.slack(team)) return undefined;
    await tell(slackTexts.notInstalled);
    return refused(401, "workspace_unknown");
  } catch (error) {
    logTrouble(deps, "slack.installations", error);
    await tell(refusalText({ because: "not_confirmed" }, "slack", deps.clock.now()));
    return refused(503, "store_not_answering");
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
export async function createSlackDoor(tools: ClickTools): Promise<SlackDoor> {
  const ongoing = new Ongoing();
  const receiver = await createBolt(tools, ongoing);
  let isOpen = true;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const verdict = isOpen ? await judge(request, tools) : refused(503, "closing");
    if (verdict.kind === "refused") {
      const { status, because } = verdict;
      tools.deps.log.write({ kind: "request.refused", door: eventsPath, status, because });
      return refuse(response, status);
    }
    // Bolt reads the body from `rawBody` where something before it has read the stream.
    Object.assign(request, { rawBody: verdict.body, url: eventsPath });
    const done = new Promise<void>((resolve) => response.once("close", resolve));
    receiver.app(request, response);
    await done;
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
