import express from "express";
import { requireScope } from "../access.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { Extension } from "../server.ts";
import { askToSignIn } from "../signed-in.ts";
import { sandboxApi } from "./sandbox-api.ts";
import type { SandboxApiDeps } from "./sandbox-deps.ts";
import { renderSandboxPage, sandboxVendorAssets } from "./sandbox-page.tsx";

/**
 * Add the sandbox to the web server: its page for a signed-in person, its API for that person's session and for keys
 * of the sandbox. It lets one person act as another, so nobody else reaches it.
 */
export function sandboxExtension(deps: SandboxApiDeps): Extension {
  return {
    vendor: sandboxVendorAssets,
    routes: (pages) => {
      const router = express.Router();
      router.use(
        "/sandbox/api",
        sandboxApi(deps, requireScope(pages.hub, pages.checkCsrf, "read")),
      );
      router.get("/sandbox", async (request, response) => {
        if (!request.user) return askToSignIn(pages, request, response);
        const { csrf } = await frameOf(pages, request);
        sendPage(response, renderSandboxPage({ csrf, movesClock: true }));
      });
      return router;
    },
  };
}
