import type { Request, Response } from "express";
import type { Hub } from "../hub.ts";
import type { PageFrame } from "./pages/page-frame.ts";
import type { Sessions } from "./session.ts";

/** What pages are told of the running hub. */
export interface Instance {
  readonly name?: string;
  readonly sandbox: boolean;
}

/** Gather what every page is given. The number of waiting requests stops at 100. */
export async function frameOf(
  { hub, sessions, instance }: { hub: Hub; sessions: Sessions; instance: Instance },
  request: Request,
): Promise<PageFrame> {
  const waiting = request.user
    ? await hub.store.approvals.scan("byState", { prefix: [hub.organization, "open"], limit: 100 })
    : [];
  return {
    viewer: request.user,
    // A token makes a session; who is not signed in and gets no form needs neither.
    csrf: request.user ? sessions.csrf.generateToken(request) : "",
    now: hub.clock.now(),
    instance,
    waiting: waiting.length,
  };
}

/** Answer with a page. */
export function sendPage(response: Response, html: string, status = 200): void {
  response.status(status).type("html").setHeader("cache-control", "no-store");
  response.send(html);
}
