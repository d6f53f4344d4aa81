import type { Request, RequestHandler, Response } from "express";
import { parseUrl } from "../domain/parse-url.ts";
import { say } from "../words/say.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage } from "./page-errors.ts";
import { keepWayBack } from "./way-back.ts";

/** Let nobody pass who is not signed in. */
export const signedIn =
  (deps: PageDeps): RequestHandler =>
  (request, response, next) =>
    request.user ? next() : askToSignIn(deps, request, response);

/**
 * Have somebody sign in first. Whoever came to look gets there afterwards; whoever sent a form is told that nothing came
 * of it, and gets to its page afterwards.
 */
export function askToSignIn(
  deps: PageDeps,
  request: Request,
  response: Response,
): void | Promise<void> {
  const { secure } = deps.sessions;
  if (request.method !== "GET" && request.method !== "HEAD") {
    keepWayBack(response, pageOfForm(request), secure);
    return sendErrorPage(deps, request, response, { ...notSignedIn(), status: 403 });
  }
  // What a page asks for behind itself is no page to come back to.
  if (request.accepts("html")) keepWayBack(response, request.originalUrl, secure);
  response.redirect(303, "/auth/login");
}

/** Browsers name the page to us alone, by the policy that all our answers carry. */
function pageOfForm({ headers }: Request): string {
  const page = parseUrl(headers.referer ?? "");
  return page?.host === headers.host ? `${page?.pathname}${page?.search}` : "";
}

const notSignedIn = () => ({
  title: say`You are not signed in any more`,
  detail: say`Your session has ended. What you sent did not count, and nothing was recorded.`,
  hint: say`Sign in, and send it again: you come back to the same page.`,
  next: { href: "/auth/login", label: say`Sign in` },
});
