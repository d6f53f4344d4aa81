import { randomUUID } from "node:crypto";
import express, { type Request, type Response, type Router } from "express";
import type { Approval } from "../domain/approval.ts";
import type { Delivery } from "../domain/delivery.ts";
import { parseId } from "../domain/ids.ts";
import { isAdmin, isCaretaker, type Person } from "../domain/person.ts";
import type { Refusal } from "../domain/refusal.ts";
import { say } from "../words/say.ts";
import { notAsked } from "./api/approvals.ts";
import { readApprovalFilter, readApprovals } from "./approvals/approval-filter.ts";
import { readWaitingFor } from "./approvals/waiting-for.ts";
import { readAttempts } from "./deliveries/read-attempts.ts";
import { frameOf, sendPage } from "./frame.ts";
import { readPageAsked } from "./lists/bounded-page.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage, sendNotFound } from "./page-errors.ts";
import { renderApprovalPage } from "./pages/approval-page.tsx";
import type { ApprovalFlash, ApprovalPageProps } from "./pages/approval-page-props.ts";
import { renderApprovalsPage } from "./pages/approvals-page.tsx";
import { saveSession, signedOnOf } from "./session.ts";

declare module "express-session" {
  interface SessionData {
    /** What the last step on a page led to, said once. */
    flash?: "recorded" | "cancelled" | "revoked" | "unlocked";
  }
}

/** The pages of approvals: the list, one request, deciding and withdrawing it. */
export function approvalPages(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.get("/approvals", (request, response) => list(deps, request, response));
  router.get("/approvals/:id", async (request, response) => {
    const approval = await find(deps, request, response);
    if (!approval) return;
    const kind = request.session.flash;
    delete request.session.flash;
    await show(deps, request, response, approval, kind === undefined ? {} : { flash: { kind } });
  });
  router.get("/approvals/:id/votes", (request, response) =>
    response.redirect(303, `/approvals/${request.params["id"]}`),
  );
  router.post("/approvals/:id/votes", csrf, (request, response) => vote(deps, request, response));
  router.post("/approvals/:id/cancel", csrf, (request, response) =>
    cancel(deps, request, response),
  );
  for (const step of ["revoke", "unlock"] as const) {
    router.get(`/approvals/:id/${step}`, (request, response) =>
      response.redirect(303, `/approvals/${request.params["id"]}`),
    );
    router.post(`/approvals/:id/${step}`, csrf, (request, response) =>
      undo(deps, step, request, response),
    );
  }
  return router;
}

const pageSize = 50;

async function list(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const filter = readApprovalFilter(request.query);
  const asked = readPageAsked(request.query);
  const id = parseId("approval", filter.words?.toLowerCase());
  if (id) return response.redirect(303, `/approvals/${id}`);
  const viewer = request.user as Person;
  const isPlain = Object.keys(filter).length === 0 && !asked.after && !asked.before;
  const maySee = await sightOf(deps, request);
  const [frame, page, yours, producers] = await Promise.all([
    frameOf(deps, request),
    readApprovals(hub, filter, asked, { limit: pageSize, maySee }),
    isPlain ? readWaitingFor(hub, viewer) : [],
    isCaretaker(viewer)
      ? hub.store.producers.scan("byName", { prefix: [hub.organization], limit: 200 })
      : [],
  ]);
  const { items, older, newer, stoppedAt } = page;
  const html = renderApprovalsPage({
    ...{ frame, filter, older, newer, approvals: items },
    yours: yours.toSorted((one, other) => one.expiresAt.getTime() - other.expiresAt.getTime()),
    producers: producers.map(({ id: producer, name }) => [producer, name] as const),
    lookedBackTo: stoppedAt?.openedAt,
  });
  sendPage(response, html);
}

/** Who keeps the hub sees every request; others those that concern them. */
async function sightOf({ hub }: PageDeps, request: Request) {
  const viewer = request.user as Person;
  return isCaretaker(viewer) ? () => true : hub.approvals.sightOf(viewer);
}

/** Find the request, or answer the page that says why it is not shown. */
async function find(
  deps: PageDeps,
  request: Request,
  response: Response,
): Promise<Approval | undefined> {
  const { hub } = deps;
  const id = parseId("approval", request.params["id"]);
  const approval = id && (await hub.approvals.get(id));
  if (!approval || approval.organization !== hub.organization) {
    await sendNotFound(deps, request, response, "request");
    return undefined;
  }
  const maySee = await sightOf(deps, request);
  if (maySee(approval)) return approval;
  await sendErrorPage(deps, request, response, notAsked(approval));
  return undefined;
}

async function show(
  deps: PageDeps,
  request: Request,
  response: Response,
  approval: Approval,
  told: { readonly flash?: ApprovalFlash; readonly choosing?: ApprovalPageProps["choosing"] },
): Promise<void> {
  const { hub } = deps;
  const viewer = request.user as Person;
  const asked = request.query["action"];
  const choosing = told.choosing ?? (typeof asked === "string" ? { action: asked } : undefined);
  const [frame, deliveries, refusal] = await Promise.all([
    frameOf(deps, request),
    hub.store.deliveries.scan("byApproval", { prefix: [approval.id], limit: 500 }),
    hub.approvals.refusalFor(approval, viewer, "web", signedOnOf(request)),
  ]);
  const callbacks = isCaretaker(viewer) ? await readCallbacks(deps, deliveries) : [];
  const html = renderApprovalPage({
    frame,
    approval,
    ...{ deliveries, callbacks, refusal },
    issuer: deps.singleSignOn?.host,
    copies: deliveries.filter(({ task }) => task.kind === "post"),
    mayCancel: mayCancel(viewer, approval),
    mayUndo: isAdmin(viewer),
    click: randomUUID(),
    choosing,
    flash: told.flash,
  });
  sendPage(response, html, told.flash?.kind === "refused" ? 409 : 200);
}

/** Tries of the callbacks of a request, for its timeline. */
async function readCallbacks({ hub }: PageDeps, deliveries: readonly Delivery[]) {
  const callbacks = deliveries.filter(({ task }) => task.kind === "callback");
  const tries = await Promise.all(
    callbacks.map(async (delivery) => {
      const attempts = await readAttempts(hub.store, delivery.id, 50);
      return attempts.map((attempt) => [delivery, attempt] as const);
    }),
  );
  return tries.flat();
}

const mayCancel = (viewer: Person, { state, requester }: Approval) =>
  state === "open" && (viewer.roles.includes("admin") || requester?.person === viewer.id);

interface DecideForm {
  readonly action?: unknown;
  readonly digest?: unknown;
  readonly click?: unknown;
  readonly reason?: unknown;
}

async function vote(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const approval = await find(deps, request, response);
  if (!approval) return;
  const { action, digest, click, reason } = (request.body ?? {}) as DecideForm;
  const refused = (refusal: Refusal, now: Approval) =>
    show(deps, request, response, now, {
      flash: { kind: "refused", refusal },
      ...(refusal.because === "reason_missing"
        ? { choosing: { action: String(action), reason: String(reason ?? "") } }
        : {}),
    });
  if (approval.state === "open" && digest !== approval.digest) {
    return refused({ because: "content_changed" }, approval);
  }
  const recorded = await deps.hub.approvals.vote(approval, {
    voter: request.user as Person,
    action: String(action),
    via: "web",
    identity: "session",
    signedOn: signedOnOf(request),
    click: `web ${String(click)}`,
    ...(typeof reason === "string" && reason.trim() !== "" ? { reason } : {}),
  });
  if (recorded.kind === "refused") return refused(recorded.refusal, recorded.approval);
  request.session.flash = "recorded";
  await saveSession(request);
  response.redirect(303, `/approvals/${approval.id}`);
}

async function cancel(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const approval = await find(deps, request, response);
  if (!approval) return;
  const viewer = request.user as Person;
  if (approval.state === "open" && mayCancel(viewer, approval)) {
    const { reason } = (request.body ?? {}) as DecideForm;
    const said =
      typeof reason === "string" && reason.trim() !== "" ? { reason: reason.trim() } : {};
    const outcome = await deps.hub.approvals.cancel(approval, { name: viewer.name, ...said });
    if (outcome.kind === "changed") request.session.flash = "cancelled";
    await saveSession(request);
  }
  response.redirect(303, `/approvals/${approval.id}`);
}

const adminsOnly = () => ({
  status: 403,
  title: say`This is for admins`,
  detail: say`An approval is taken back, and a locked request opened again, by people with the role admin.`,
  hint: say`Ask an admin of this hub.`,
});

async function undo(
  deps: PageDeps,
  step: "revoke" | "unlock",
  request: Request,
  response: Response,
): Promise<void> {
  const approval = await find(deps, request, response);
  if (!approval) return;
  const viewer = request.user as Person;
  if (!isAdmin(viewer)) return sendErrorPage(deps, request, response, adminsOnly());
  const { reason } = (request.body ?? {}) as DecideForm;
  const said = typeof reason === "string" && reason.trim() !== "" ? { reason: reason.trim() } : {};
  const by = { name: viewer.name, ...said };
  const { kind } = await deps.hub.approvals[step](approval, by);
  if (kind === "changed") request.session.flash = step === "revoke" ? "revoked" : "unlocked";
  await saveSession(request);
  response.redirect(303, `/approvals/${approval.id}`);
}
