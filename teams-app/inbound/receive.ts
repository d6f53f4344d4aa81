import type { IncomingMessage, ServerResponse } from "node:http";
import type { Activity } from "botbuilder";
import type { ChatPlatformDeps } from "../../core/ports/chat-platform.ts";
import type { TeamsSettings } from "../../core/ports/platform-settings.ts";
import type { WorkspaceNews } from "../../core/ports/workspace-news.ts";
import type { ActionAnswer } from "../render/answer.ts";
import type { TeamsBot } from "../teams-bot.ts";
import { newsOf } from "./events.ts";
import { answerUnsure, handleActivity, isPress, report } from "./handle.ts";
import type { OutsiderCheck } from "./outsider.ts";
import { type Inbound, parseActivity } from "./parse.ts";
import { checkOrigin, checkToken, type Refused, readRefusal } from "./verify.ts";

interface ReceiveDeps extends ChatPlatformDeps {
  readonly settings: TeamsSettings;
  readonly bot: TeamsBot;
  readonly whoIs: OutsiderCheck;
  /** A tenant told that something changed there; what was read of it before is old. */
  readonly changed: (entraTenantId: string) => void;
}

interface Reply {
  readonly status: number;
  readonly because?: string;
  readonly body?: ActionAnswer;
}

/** The largest activity that we read. Teams sends 100 KB of message at most, and an invoke less. */
const mostBytes = 1024 * 1024;

/** Take one request to `/api/messages` and answer it. When the promise settles, the answer was given to the socket. */
export async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  deps: ReceiveDeps,
): Promise<void> {
  const reply = await replyTo(request, deps);
  if (reply.because !== undefined) {
    const { status, because } = reply;
    deps.log.write({ kind: "request.refused", door: "teams", status, because });
  }
  if (reply.status === 405) response.setHeader("Allow", "POST");
  if (reply.status === 413) response.setHeader("Connection", "close");
  response.statusCode = reply.status;
  const body =
    reply.body ?? (reply.because === undefined ? undefined : { error: { code: reply.because } });
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.end(JSON.stringify(body));
}

async function replyTo(request: IncomingMessage, deps: ReceiveDeps): Promise<Reply> {
  if (request.method !== "POST") return { status: 405, because: "method_not_allowed" };
  const raw = await readBody(request);
  if (raw === undefined) return { status: 413, because: "body_too_large" };
  const body = readJson(raw);
  const activity = parseActivity(body);
  if (!activity) return { status: 400, because: "activity_unreadable" };
  return admit(request.headers.authorization ?? "", body as Activity, activity, deps);
}

/** Token, then origin, then the turn: nothing of the activity is used before both have passed. */
async function admit(
  authorization: string,
  body: Activity,
  activity: Inbound,
  deps: ReceiveDeps,
): Promise<Reply> {
  const refused = checkToken(authorization, activity, deps.settings);
  if (refused) return refused;
  let entered = false;
  let outcome: Reply | Refused = { status: 200 };
  try {
    await deps.bot.receive(authorization, body, async (context) => {
      entered = true;
      const tenant = activity.tenants[0] ?? "";
      const told = { tenant, serviceUrl: activity.serviceUrl ?? "", id: activity.id };
      const news = newsOf(body, { ...told, now: deps.clock.now() });
      const foreign = await judgeOrigin(activity, news, deps);
      if (foreign) {
        const isUnsure = foreign.status === 503 && isPress(activity);
        outcome = isUnsure ? replyOf(await answerUnsure(activity, context, deps)) : foreign;
        return;
      }
      deps.installations.heard?.(tenant);
      if (news.length > 0) deps.changed(tenant);
      // Acknowledged when it is stored: where this fails Teams is answered 503.
      for (const one of news) await deps.news?.tell(one);
      outcome = replyOf(await handleActivity(activity, tenant, context, deps));
    });
    return outcome;
  } catch (error) {
    if (!entered) return readRefusal(error);
    report(error, deps);
    return { status: 503, because: "hub_trouble" };
  }
}

/** Whose activity it is, where the store may be away: then nobody knows. */
async function judgeOrigin(
  activity: Inbound,
  news: readonly WorkspaceNews[],
  deps: ReceiveDeps,
): Promise<Refused | undefined> {
  try {
    return await checkOrigin(activity, news, deps.settings, deps.installations);
  } catch (error) {
    report(error, deps);
    return { status: 503, because: "store_not_answering" };
  }
}

const replyOf = (answer: ActionAnswer | undefined): Reply =>
  answer ? { status: 200, body: answer } : { status: 200 };

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Leaving the loop must not close the socket: the refusal still has to go out.
  const body: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const chunk of body) {
    length += chunk.length;
    if (length > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
