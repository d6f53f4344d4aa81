import type { JsonObject } from "../domain/json.ts";
import { surfacePhrases } from "../messages/texts.ts";
import { type ApiAnswer, type ApiClient, fail, isFinal } from "./api-client.ts";
import { objectsAt, textAt, textsAt, timeAt } from "./read-json.ts";
import { exitCodes, print, type World } from "./world.ts";

/** The longest that one question waits at the hub (SURFACE §3). */
const waitS = 30;
/** Between questions to a hub that does not answer, while it restarts. */
const pauseMs = 1_000;

const decidedCodes: Readonly<Record<string, number>> = {
  approved: exitCodes.fine,
  rejected: exitCodes.rejected,
  expired: exitCodes.expired,
  cancelled: exitCodes.cancelled,
  // Approved, and taken back: whoever waits may do nothing, as after a cancelling.
  revoked: exitCodes.cancelled,
};

/** How a wait ended. */
export interface Waited {
  readonly exit: number;
  /** The request as it was last seen. */
  readonly approval?: JsonObject;
}

/**
 * Wait until a request is closed, and answer its exit code (SURFACE §4).
 *
 * It outlives restarts of the hub: while nobody answers, or the hub answers 5xx, it asks again until the time is over.
 * A refusal, such as a wrong key, ends it at once.
 */
export async function waitForDecision(
  api: ApiClient,
  world: World,
  id: string,
  timeoutMs: number,
): Promise<Waited> {
  const until = world.now().getTime() + timeoutMs;
  let approval: JsonObject | undefined;
  let silentBefore = false;
  for (;;) {
    const leftMs = until - world.now().getTime();
    if (leftMs <= 0) return timedOut(world, id, approval, silentBefore);
    const answer = await askOnce(api, id, approval ? leftMs : 0);
    const ended = endOf(world, answer);
    if (ended) return ended;
    if (answer.ok && !approval) print(world.err, sayWaiting(answer.body));
    if (answer.ok) approval = answer.body;
    else await bridgeSilence(world, silentBefore, leftMs);
    silentBefore = !answer.ok;
  }
}

/** What ends the wait: a closed request, or a refusal, which is told. */
function endOf(world: World, answer: ApiAnswer): Waited | undefined {
  if (!answer.ok) return isFinal(answer) ? { exit: fail(world, answer) } : undefined;
  const exit = decidedCodes[textAt(answer.body, "state")];
  return exit === undefined ? undefined : { exit, approval: answer.body };
}

async function bridgeSilence(world: World, toldBefore: boolean, leftMs: number): Promise<void> {
  if (!toldBefore)
    print(world.err, "The hub does not answer; asking again until the time is over.");
  await world.pause(Math.min(pauseMs, leftMs));
}

function timedOut(
  world: World,
  id: string,
  approval: JsonObject | undefined,
  silent: boolean,
): Waited {
  print(
    world.err,
    silent
      ? `The time is over, and the hub does not answer: how ${id} stands is not known here.`
      : `Nobody decided in time: ${id} is still ${textAt(approval, "state") || "open"}.`,
  );
  return { exit: exitCodes.timeout, ...(approval ? { approval } : {}) };
}

/** The first question asks how things stand; the later ones wait at the hub. */
function askOnce(api: ApiClient, id: string, leftMs: number): Promise<ApiAnswer> {
  const path = `/v1/approvals/${encodeURIComponent(id)}`;
  if (leftMs === 0) return api.get(path);
  const wait = Math.max(1, Math.min(waitS, Math.ceil(leftMs / 1_000)));
  return api.get(`${path}?wait=${wait}`, AbortSignal.timeout((wait + 10) * 1_000));
}

function sayWaiting(approval: JsonObject): string {
  const who = textsAt(approval, "policy", "approvers").join(", ") || "any approver";
  const page = textAt(approval, "links", "page");
  const until = timeAt(approval, "expires_at");
  return `Waiting for ${who} to decide ${textAt(approval, "id")} by ${until}${page && ` · ${page}`}`;
}

/** Say in one line how a request stands or ended: `Approved by Ann in Slack: "lgtm" · apr_…`. */
export function sayState(approval: JsonObject): string {
  const state = textAt(approval, "state");
  const settling =
    state === "approved" || state === "rejected" ? objectsAt(approval, "votes").at(-1) : undefined;
  const name = settling ? textAt(settling, "name") : textAt(approval, "closed_by");
  const where = sayWhere(textAt(settling, "via"));
  const reason = textAt(settling, "reason");
  const parts = [name && ` by ${name}`, where && ` ${where}`, reason && `: "${reason}"`];
  return `${state.charAt(0).toUpperCase()}${state.slice(1)}${parts.join("")} · ${textAt(approval, "id")}`;
}

function sayWhere(via: string): string {
  if (via === "") return "";
  const known = Object.hasOwn(surfacePhrases, via);
  return known ? surfacePhrases[via as keyof typeof surfacePhrases] : `by ${via}`;
}
