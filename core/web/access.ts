import type { NextFunction, Request, RequestHandler, Response } from "express";
import { actAs } from "../audit/acting.ts";
import type { Actor } from "../domain/audit.ts";
import { isCaretaker, type Person } from "../domain/person.ts";
import type { Problem } from "../domain/problem.ts";
import type { Producer, Scope } from "../domain/producer.ts";
import { scopesOf } from "../hub/callers.ts";
import type { Hub } from "../hub.ts";
import { onceGone } from "./gone-signal.ts";
import { sendProblem } from "./problem.ts";

/** Who asks, and what they may. */
export interface Access {
  readonly name: string;
  /** Whose turns are counted: one key, or one person's sessions. */
  readonly key: string;
  /** Whose waiting calls are counted: a producer, or a person. */
  readonly caller: string;
  readonly scopes: ReadonlySet<Scope>;
  /** As whom events are posted. */
  readonly producer?: Producer;
  readonly person?: Person;
  /** A producer's key sees the producer's own events and requests, and no others. */
  readonly onlyOwn: boolean;
  /** May see every producer's events, the rules and the feed: an admin, a router, an auditor (SURFACE §9). */
  readonly seesAll: boolean;
  /** How a vote of this person is recorded. */
  readonly identity: "session" | "key";
}

const unsafe = (method: string) => !["GET", "HEAD", "OPTIONS"].includes(method);

/**
 * Let a request pass when its key, or its session, has one of these scopes; what it may is then in `accessOf`.
 *
 * A session may read and vote; an admin's session may administer. A session that changes something must bring its
 * CSRF token, which `checkCsrf` judges.
 */
export function requireScope(
  hub: Hub,
  checkCsrf: (request: Request) => boolean,
  ...wanted: readonly Scope[]
): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    const access = await readAccess(hub, request);
    if (!access) return sendProblem(response, unknownCaller(request));
    if (access.identity === "session" && unsafe(request.method) && !checkCsrf(request)) {
      return sendProblem(response, csrfMissing);
    }
    if (!wanted.some((scope) => access.scopes.has(scope))) {
      return sendProblem(response, scopeMissing(access, wanted));
    }
    response.locals["access"] = access;
    response.locals["mayStill"] = async () => {
      const now = await accessNow(hub, request);
      return (
        now !== undefined && wanted.some((one) => now.scopes.has(one)) && !lessSeen(now, access)
      );
    };
    actAs(actorOf(access, request), next);
  };
}

/** As whom the audit log names a caller. */
export function actorOf({ person, producer, name, identity }: Access, request: Request): Actor {
  const via = identity === "key" ? "api" : "web";
  const from = request.ip === undefined ? {} : { address: request.ip };
  if (person) return { kind: "person", id: person.id, name: person.name, via, ...from };
  return { kind: "producer", ...(producer ? { id: producer.id } : {}), name, via, ...from };
}

/** What the request that passed `requireScope` may. */
export const accessOf = (response: Response): Access => response.locals["access"] as Access;

/** Tells whether the request of a session, or of whom `requireScope` let in, would be let in now. */
export const mayStillOf = (response: Response) =>
  response.locals["mayStill"] as () => Promise<boolean>;

const lessSeen = (now: Access, before: Access) => before.seesAll && !now.seesAll;

/** How long a call may go on that was let in by what has ended since. */
const lookMs = 1_000;

/**
 * Behind `requireScope`, on calls that last: end one whose key, session or role has ended meanwhile. While that cannot be
 * found out, it goes on; while the store does not answer, it is not asked again.
 */
export const endWithAccess: RequestHandler = (request, response, next) => {
  const end = () => {
    if (response.headersSent) response.destroy();
    else sendProblem(response, unknownCaller(request));
  };
  const look = async () => {
    if (!(await mayStillOf(response)().catch(() => true)) && !response.writableEnded) end();
  };
  let isLooking = false;
  const timer = setInterval(async () => {
    if (isLooking) return;
    isLooking = true;
    await look();
    isLooking = false;
  }, lookMs);
  onceGone(response, () => clearInterval(timer));
  next();
};

/** Note by what a signed-in request came in: `mayStillOf` then asks whether the session and the roles still stand. */
export function noteSession(hub: Hub, request: Request, response: Response, person: Person): void {
  const roles = rolesOf(person);
  response.locals["mayStill"] = async () => {
    const now = (await accessNow(hub, request))?.person;
    return now !== undefined && rolesOf(now) === roles;
  };
}

const rolesOf = ({ roles }: Person) => roles.toSorted().join();

/** Who asks, as it stands by now and not as it stood when the request began. */
async function accessNow(hub: Hub, request: Request): Promise<Access | undefined> {
  const { headers, user, sessionID, sessionStore } = request;
  if (headers.authorization !== undefined || !user) return readAccess(hub, request);
  const session = await new Promise((resolve, reject) => {
    sessionStore.get(sessionID, (cause, found) => (cause ? reject(cause) : resolve(found)));
  });
  const person = session ? await hub.store.people.get(user.id) : undefined;
  return person && !person.suspended ? sessionAccess(person) : undefined;
}

async function readAccess(hub: Hub, request: Request): Promise<Access | undefined> {
  const header = request.headers.authorization;
  if (header !== undefined) return accessByKey(hub, header);
  return request.user && sessionAccess(request.user);
}

/** What the key in an `Authorization` header may; undefined where it is none of this hub. */
export async function accessByKey(hub: Hub, header: string): Promise<Access | undefined> {
  const key = /^Bearer (\S+)$/i.exec(header)?.[1];
  const caller = key === undefined ? undefined : await hub.callers.find(key, hub.clock.now());
  if (!caller) return undefined;
  const { producer, person } = caller;
  const onlyOwn = caller.key.owner.kind === "producer";
  const scopes = scopesOf(caller);
  return {
    name: person?.name ?? producer?.name ?? caller.key.name,
    key: caller.key.key,
    caller: person?.id ?? producer?.id ?? caller.key.key,
    scopes: new Set(scopes),
    onlyOwn,
    seesAll: !onlyOwn && (scopes.includes("admin") || isCaretaker(person)),
    identity: "key",
    ...(producer ? { producer } : {}),
    ...(person ? { person } : {}),
  };
}

/**
 * Behind `requireScope`: refuse those who see only what is theirs. A producer passes where `what` is its own things,
 * and with a key that may administer where it is settings: what a key may change, it may read.
 */
export function requireOverview(what: "own" | "settings" | "everybody's"): RequestHandler {
  return (_request, response, next) => {
    const { onlyOwn, scopes, seesAll } = accessOf(response);
    const mayRead = onlyOwn && (what === "own" || (what === "settings" && scopes.has("admin")));
    if (seesAll || mayRead) next();
    else sendProblem(response, overviewMissing);
  };
}

/** Behind `requireScope`: let pass who may route: an admin's key or session, and a router's session (SURFACE §9). */
export const requireRouter: RequestHandler = (_request, response, next) => {
  const { scopes, identity, person } = accessOf(response);
  const isRouter = identity === "session" && person?.roles.includes("router");
  if (scopes.has("admin") || isRouter) next();
  else sendProblem(response, routerMissing);
};

/** What somebody may who is signed in. */
export function sessionAccess(person: Person): Access {
  const admin: readonly Scope[] = person.roles.includes("admin") ? ["admin"] : [];
  return {
    name: person.name,
    key: person.id,
    caller: person.id,
    scopes: new Set(["read", "vote", ...admin]),
    person,
    onlyOwn: false,
    seesAll: isCaretaker(person),
    identity: "session",
  };
}

function unknownCaller({ headers }: Request): Problem {
  const missing = headers.authorization === undefined;
  return {
    status: 401,
    code: missing ? "key_missing" : "key_unknown",
    title: missing ? "An API key is missing" : "This API key is not known",
    detail: missing
      ? "The request has no Authorization header."
      : "The Authorization header holds no key of this hub, or one that has expired or been revoked.",
    hint: "Send the header: Authorization: Bearer cs_… with a key of this hub.",
  };
}

function scopeMissing(access: Access, wanted: readonly Scope[]): Problem {
  return {
    status: 403,
    code: "scope_missing",
    title: "This key may not do that",
    detail: `It takes the scope ${wanted.join(" or ")}; this key has ${[...access.scopes].join(", ") || "none"}.`,
    hint: "Ask an admin for a key with that scope.",
  };
}

const csrfMissing: Problem = {
  status: 403,
  code: "csrf_missing",
  title: "The request did not come from a page of this hub",
  detail: "A signed-in session changes something only with its CSRF token.",
  hint: "Reload the page and try again, or use an API key.",
};

const overviewMissing: Problem = {
  status: 403,
  code: "role_missing",
  title: "This is not for you to see",
  detail:
    "Events of others, rules and the feed are shown to people with the role admin, router or auditor.",
  hint: "Ask an admin for one of these roles. A producer's key reads its own events and requests.",
};

const routerMissing: Problem = {
  status: 403,
  code: "role_missing",
  title: "This is for people who route",
  detail:
    "Rules and destinations are changed by people with the role admin or router, and by keys with the scope admin.",
  hint: "Ask an admin for the role router, or for a key with the scope admin.",
};
