import type { Request, Response } from "express";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { renderErrorPage } from "./pages/error-page.tsx";

/** What went wrong, for a person. */
export interface PageError {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly hint?: string;
  /** Where the one next action leads; the start page without it. */
  readonly next?: { readonly href: string; readonly label: string };
}

/** Answer with the page that says what went wrong. */
export async function sendErrorPage(
  deps: PageDeps,
  request: Request,
  response: Response,
  error: PageError,
): Promise<void> {
  const requestId = String(response.getHeader("x-request-id"));
  const frame = await frameOf(deps, request);
  sendPage(response, renderErrorPage({ frame, ...error, requestId }), error.status);
}

/** Answer that there is no such thing. */
export function sendNotFound(
  deps: PageDeps,
  request: Request,
  response: Response,
  what: string,
): Promise<void> {
  return sendErrorPage(deps, request, response, {
    status: 404,
    title: `No such ${what}`,
    detail: `This hub has no ${what} at ${request.path}.`,
    hint: "The address may be cut off, or belong to another hub.",
  });
}
