import type { Request, Response } from "express";
import { readAsked } from "./api/audit.ts";
import { isProblem } from "./api/lists.ts";
import { frameOf, sendPage } from "./frame.ts";
import { opaque } from "./lists/cursor.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage } from "./page-errors.ts";
import { type AuditFilter, renderAuditPage } from "./pages/audit-page.tsx";

/** Answer `/settings/audit`: rows as its filter asks, and on demand whether the chain stands. */
export async function showAudit(
  deps: PageDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = readAsked(request);
  if (isProblem(asked)) {
    const { status, title, detail } = asked;
    return sendErrorPage(deps, request, response, { status, title, detail });
  }
  const [frame, page, verified] = await Promise.all([
    frameOf(deps, request),
    deps.hub.audit.read(asked),
    "verify" in request.query ? deps.hub.audit.verify() : undefined,
  ]);
  const filter = filterOf(request);
  const older = page.next === undefined ? undefined : opaque(String(page.next));
  sendPage(
    response,
    renderAuditPage({
      ...{ frame, filter, verified },
      entries: page.items.map(({ entry }) => entry),
      ...(older === undefined
        ? {}
        : { older: `?${new URLSearchParams({ ...filter, after: older })}` }),
    }),
  );
}

function filterOf({ query }: Request): AuditFilter {
  const text = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  return { who: text("who"), what: text("what"), action: text("action"), since: text("since") };
}
