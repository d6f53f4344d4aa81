import express, { type RequestHandler, type Router } from "express";
import { parseId } from "../domain/ids.ts";
import { isCaretaker, type Person } from "../domain/person.ts";
import type { PageDeps } from "./page-deps.ts";
import { findAnything } from "./search/find-anything.ts";

/** The search box of every page: it leads on, and shows nothing itself. */
export function searchRoutes({ hub }: PageDeps, signedIn: RequestHandler): Router {
  const router = express.Router();
  router.get("/find", signedIn, async (request, response) => {
    const { q } = request.query;
    const text = typeof q === "string" ? q.trim().slice(0, 500) : "";
    const viewer = request.user as Person;
    if (text === "") return response.redirect(303, "/");
    // Who looks after nothing sees requests alone, and of those what concerns them: the page says so.
    if (!isCaretaker(viewer)) {
      const approval = parseId("approval", text.toLowerCase());
      return response.redirect(303, approval ? `/approvals/${approval}` : "/approvals");
    }
    response.redirect(303, (await findAnything(hub, text)).href);
  });
  return router;
}
