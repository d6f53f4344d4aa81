import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { SandboxBadge } from "./parts.tsx";
import { renderPage } from "./render-page.ts";

/** Files of swagger-ui-dist that the hub serves itself: address → module file. */
export const docsVendorAssets = {
  "/assets/vendor/swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
  "/assets/vendor/swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
} as const satisfies Readonly<Record<string, string>>;

/** Draw `/docs`: the shell into which Swagger UI draws `/openapi.json`. Needs `img-src data:` in the CSP. */
export function renderDocsPage({ frame }: { readonly frame: PageFrame }): string {
  return renderPage(
    <Layout
      title="API reference"
      frame={frame}
      section="docs"
      styles={["/assets/vendor/swagger-ui.css", "/assets/docs.css"]}
      scripts={["/assets/vendor/swagger-ui-bundle.js"]}
      modules={["/assets/client/docs.js"]}
    >
      <section class="stack-small" aria-label="About this page">
        <div class="page-head">
          <h1>API reference</h1>
          {frame.instance.sandbox ? <SandboxBadge /> : null}
        </div>
        <p class="quiet lead">
          Made from the hub's own schemas. <a href="/openapi.json">openapi.json</a>
        </p>
      </section>
      <div id="swagger-ui" class="panel" data-openapi="/openapi.json">
        <noscript>
          <p class="panel-body">
            This page draws itself with a script. Without one, read{" "}
            <a href="/openapi.json">openapi.json</a>.
          </p>
        </noscript>
      </div>
    </Layout>,
  );
}
