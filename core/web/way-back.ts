import type { Request, RequestHandler, Response } from "express";

/** Where somebody was going when they had to sign in first. It stays in the browser: a path may hold a secret. */
const cookieName = "countersign-back";

/** As long as the links that it may hold. */
const keptMs = 10 * 60_000;

/** A path of ours: nothing that a browser could read as another host. */
const ownPath = /^\/[\w-][\w./-]*(\?[\w.=&%+*:/,~-]*)?$/;

/** Remember where to go after signing in. */
export function keepWayBack(response: Response, path: string, secure: boolean): void {
  if (!ownPath.test(path)) return;
  response.cookie(cookieName, path, {
    httpOnly: true,
    sameSite: "lax",
    secure,
    maxAge: keptMs,
    path: "/",
  });
}

/** Read where to go after signing in, and forget it. Undefined for anything that is no path of ours. */
export function takeWayBack(request: Request, response: Response): string | undefined {
  const written = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]*)`).exec(request.headers.cookie ?? "");
  if (!written) return undefined;
  response.clearCookie(cookieName, { path: "/" });
  const path = safely(() => decodeURIComponent(written[1] ?? ""));
  return path !== undefined && ownPath.test(path) ? path : undefined;
}

/** The address of a form's answer, asked for by itself: it leads to the page on which the form stands. */
export const backTo =
  (page: string): RequestHandler =>
  (_request, response) =>
    response.redirect(303, page);

function safely<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
