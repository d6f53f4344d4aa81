import { createHmac, timingSafeEqual } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import { sendProblem } from "../problem.ts";

/** Who may use a sandbox that is a process of its own: who bears its key, or came by its one-time link. */
export interface OwnSignIn {
  /** Path of the link. It signs in once, within half an hour. */
  readonly path: string;
  /** Use the link up. Answers false when it is not ours, used or too old. */
  enter(token: string, response: Response): boolean;
  /** The CSRF token of this browser's session; undefined when it has none. */
  csrfOf(request: Request): string | undefined;
  /** Let a request pass by the key, or by a session that brings its token wherever it changes something. */
  readonly allow: RequestHandler;
}

export interface OwnSignInDeps {
  readonly apiKey: string;
  /** What the cookies are signed with; it outlives the process, and so do they. */
  readonly secret: string;
  readonly linkToken: string;
  readonly now: () => Date;
}

const linkLifeMs = 30 * 60_000;
const sessionMs = 12 * 3_600_000;
/** Browsers send a host's cookies to all of its ports, so the name is not the hub's. */
const cookieName = "countersign-sandbox";

/** Make the sign-in: no store, only a signed cookie that says when it ends. */
export function createOwnSignIn(deps: OwnSignInDeps): OwnSignIn {
  const { apiKey, secret, linkToken, now } = deps;
  const linkEnds = now().getTime() + linkLifeMs;
  let isUsed = false;
  const sign = (purpose: string, text: string) =>
    createHmac("sha256", secret).update(`${purpose} ${text}`).digest("base64url");

  const csrfOf = (request: Request) => {
    const cookie = readCookie(request);
    const [ends = "", signature = ""] = cookie.split(".");
    const isOurs = isSame(signature, sign("session", ends)) && Number(ends) > now().getTime();
    return isOurs ? sign("csrf", cookie) : undefined;
  };

  return {
    path: `/start/${linkToken}`,
    enter: (token, response) => {
      if (isUsed || now().getTime() > linkEnds || !isSame(token, linkToken)) return false;
      isUsed = true;
      const ends = String(now().getTime() + sessionMs);
      const cookie = `${ends}.${sign("session", ends)}`;
      response.cookie(cookieName, cookie, { httpOnly: true, sameSite: "lax", maxAge: sessionMs });
      return true;
    },
    csrfOf,
    allow: (request, response, next) => {
      const header = request.headers.authorization;
      if (header !== undefined) {
        if (isSame(header, `Bearer ${apiKey}`)) return next();
        return sendProblem(response, notLetIn);
      }
      const csrf = csrfOf(request);
      if (csrf === undefined) return sendProblem(response, notLetIn);
      const reads = ["GET", "HEAD"].includes(request.method);
      if (reads || isSame(String(request.headers["x-csrf-token"]), csrf)) return next();
      return sendProblem(response, notFromPage);
    },
  };
}

function readCookie({ headers }: Request): string {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  const own = pairs.find((pair) => pair.startsWith(`${cookieName}=`));
  return own?.slice(cookieName.length + 1) ?? "";
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const notLetIn = {
  status: 401,
  code: "key_unknown",
  title: "The sandbox's key is missing or wrong",
  detail: "In a sandbox one person acts as another, so it answers only to whom it knows.",
  hint: "Open the link that the sandbox printed, or send the header Authorization: Bearer cs_… with its key.",
};

const notFromPage = {
  status: 403,
  code: "csrf_missing",
  title: "The request did not come from the sandbox's page",
  detail: "A signed-in browser changes something only with the token of its page.",
  hint: "Reload the page and try again, or use the sandbox's key.",
};
