import { createRequire } from "node:module";
import { join } from "node:path";
import express, { type Router } from "express";
import { packageRoot } from "./package-root.ts";
import { docsVendorAssets } from "./pages/docs.tsx";

/** Files that browsers ask for: ours, the compiled browser code, and single files of packages. */
export function assetRoutes(vendor: Readonly<Record<string, string>>): Router {
  const router = express.Router();
  const { resolve } = createRequire(import.meta.url);
  const files = { maxAge: "1h", index: false } as const;
  router.use("/assets/client", express.static(join(packageRoot, "dist/core/web/client"), files));
  router.use("/assets", express.static(join(packageRoot, "core/web/assets"), files));
  for (const [address, module] of Object.entries({ ...docsVendorAssets, ...vendor })) {
    const file = resolve(module);
    router.get(address, (_request, response) =>
      response.sendFile(file, { maxAge: "1h", dotfiles: "allow" }),
    );
  }
  router.get("/favicon.ico", (_request, response) => response.redirect(301, "/assets/favicon.svg"));
  return router;
}
