import type { Request, Response } from "express";
import { say, sayAs } from "../words/say.ts";
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

/** What an address may name. */
const missing = {
  delivery: () => sayAs("missing")`delivery`,
  destination: () => sayAs("missing")`destination`,
  event: () => sayAs("missing")`event`,
  "event type": () => sayAs("missing")`event type`,
  group: () => sayAs("missing")`group`,
  "kind of destination": () => sayAs("missing")`kind of destination`,
  page: () => sayAs("missing")`page`,
  person: () => sayAs("missing")`person`,
  policy: () => sayAs("missing")`policy`,
  producer: () => sayAs("missing")`producer`,
  request: () => sayAs("missing")`request`,
  rule: () => sayAs("missing")`rule`,
  step: () => sayAs("missing")`step`,
  version: () => sayAs("missing")`version`,
  workspace: () => sayAs("missing")`workspace`,
} as const;

export type Missing = keyof typeof missing;

/** Answer that there is no such thing. */
export function sendNotFound(
  deps: PageDeps,
  request: Request,
  response: Response,
  what: Missing,
): Promise<void> {
  const word = missing[what]();
  return sendErrorPage(deps, request, response, {
    status: 404,
    title: say`No such ${word}`,
    detail: say`This hub has no ${word} at ${request.path}.`,
    hint: say`The address may be cut off, or belong to another hub.`,
  });
}
