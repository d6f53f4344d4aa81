import type { RequestHandler } from "express";
import { diskReserve } from "../config/disk-reserve.ts";
import type { Problem } from "../domain/problem.ts";
import { accessOf } from "./access.ts";
import { onceGone } from "./gone-signal.ts";
import { sendProblem } from "./problem.ts";

/** How much one caller may ask of one process, and what stays free for votes. */
export interface LoadAllowance {
  /** Requests of one key, on and on. */
  readonly perSecond: number;
  /** Requests of one key at once, after a pause. */
  readonly burst: number;
  /** Calls of one caller that wait at the same time: `?wait=`, streams, the feed. */
  readonly waitingCalls: number;
  /** Free bytes of the data folder's disk below which events are refused. */
  readonly diskReserve: number;
}

/**
 * The allowance of a hub that nobody has told otherwise, above what one honest producer needs: P10 of the targets is
 * 1,000 events a second in all, and R12 is 1,000 slow clients.
 */
const usualAllowance: LoadAllowance = {
  perSecond: 2_000,
  burst: 20_000,
  waitingCalls: 1_000,
  diskReserve,
};

export interface LoadLimitsDeps {
  readonly allowance?: Partial<LoadAllowance>;
  /** Milliseconds that only go forward; not the hub's clock, which the sandbox moves. */
  readonly nowMs: () => number;
  /** Free bytes of the disk that the hub writes to; undefined where the system does not tell. */
  readonly freeBytes: () => Promise<number | undefined>;
}

/** Says no in time, and when to ask again. */
export interface LoadLimits {
  /** Take one turn of a key. A problem when its bucket is empty. */
  spend(key: string): Problem | undefined;
  /** Let one more call of a caller wait; answers what ends it, or a problem when too many wait already. */
  beginWaiting(caller: string): (() => void) | Problem;
  /** A problem while the disk has no more room than votes may need. It looks at the disk once a second at most. */
  diskProblem(): Promise<Problem | undefined>;
}

/**
 * Make the limits of one process.
 *
 * They live in its memory: of two processes each grants its own allowance, so the sum is what an operator plans for.
 * Only callers who are known are counted, so the tables do not grow with strangers.
 */
export function createLoadLimits({ allowance, nowMs, freeBytes }: LoadLimitsDeps): LoadLimits {
  const allowed = { ...usualAllowance, ...allowance };
  return {
    spend: createBuckets(allowed, nowMs),
    beginWaiting: createWaitingRoom(allowed),
    diskProblem: createDiskWatch(allowed, nowMs, freeBytes),
  };
}

function createBuckets({ perSecond, burst }: LoadAllowance, nowMs: () => number) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (key: string): Problem | undefined => {
    const now = nowMs();
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    buckets.set(key, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * perSecond) / 1_000);
    bucket.at = now;
    if (bucket.tokens < 1) return tooFast(perSecond, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return undefined;
  };
}

function createWaitingRoom({ waitingCalls }: LoadAllowance) {
  const waiting = new Map<string, number>();
  const leave = (caller: string) => {
    const left = (waiting.get(caller) ?? 1) - 1;
    if (left > 0) waiting.set(caller, left);
    else waiting.delete(caller);
  };
  return (caller: string): (() => void) | Problem => {
    const now = waiting.get(caller) ?? 0;
    if (now >= waitingCalls) return tooManyWaiting(waitingCalls);
    waiting.set(caller, now + 1);
    let left = false;
    return () => {
      if (!left) leave(caller);
      left = true;
    };
  };
}

const diskLookMs = 1_000;

function createDiskWatch(
  { diskReserve }: LoadAllowance,
  nowMs: () => number,
  freeBytes: () => Promise<number | undefined>,
) {
  let looked: { readonly at: number; readonly free: Promise<number | undefined> } | undefined;
  return async (): Promise<Problem | undefined> => {
    const now = nowMs();
    if (!looked || now - looked.at >= diskLookMs) {
      looked = { at: now, free: freeBytes().catch(() => undefined) };
    }
    const free = await looked.free;
    return free !== undefined && free < diskReserve ? diskLow(free, diskReserve) : undefined;
  };
}

/** Let a request pass while its key has turns left. It stands behind the check of the key. */
export function limitRate(limits: LoadLimits): RequestHandler {
  return (_request, response, next) => {
    const problem = limits.spend(accessOf(response).key);
    if (problem) return sendProblem(response, problem);
    next();
  };
}

/** Let a call wait while its caller has not too many that do. A call that asks for no wait passes freely. */
export function limitWaiting(
  limits: LoadLimits,
  asksToWait: "always" | "by_query",
): RequestHandler {
  return (request, response, next) => {
    if (asksToWait === "by_query" && request.query["wait"] === undefined) return next();
    const begun = limits.beginWaiting(accessOf(response).caller);
    if (typeof begun !== "function") return sendProblem(response, begun);
    onceGone(response, begun);
    next();
  };
}

/** Let an event in while the disk has more room than votes may need. */
export function guardReserve(limits: LoadLimits): RequestHandler {
  return async (_request, response, next) => {
    const problem = await limits.diskProblem();
    if (problem) return sendProblem(response, problem);
    next();
  };
}

const tooFast = (perSecond: number, retryAfterS: number): Problem => ({
  status: 429,
  code: "rate_limited",
  title: "This key asks too often",
  detail: `One key may ask ${perSecond} times a second, and its turns are used up.`,
  hint: "Wait as Retry-After says; send several events in one request.",
  retryAfterS,
});

const tooManyWaiting = (most: number): Problem => ({
  status: 429,
  code: "too_many_waiting",
  title: "Too many calls of this caller wait already",
  detail: `${most} calls may wait at the same time; so many do.`,
  hint: "End some, or ask without waiting; a callback tells of a decision without any call.",
  retryAfterS: 5,
});

const mebibytes = (bytes: number) => Math.floor(bytes / 1_048_576);

const diskLow = (free: number, reserve: number): Problem => ({
  status: 503,
  code: "disk_reserve",
  title: "The hub's disk is almost full",
  detail: `${mebibytes(free)} MiB are free, and the last ${mebibytes(reserve)} MiB are kept for votes. Nothing of this request was kept.`,
  hint: "Send it again later; the operator must make room on the disk of the data folder.",
  retryAfterS: 30,
});
