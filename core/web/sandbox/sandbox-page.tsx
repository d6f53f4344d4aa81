import type { PageFrame } from "../pages/page-frame.ts";
import { renderPage } from "../pages/render-page.ts";

/** Files of packages that the page draws cards with: address → module file. */
export const sandboxVendorAssets = {
  "/assets/vendor/adaptivecards.js": "adaptivecards/dist/adaptivecards.min.js",
  "/assets/vendor/markdown-it.js": "markdown-it/browser",
} as const;

/** Draw the shell of `/sandbox`; the browser fills it. */
export function renderSandboxPage({ frame }: { readonly frame: PageFrame }): string {
  return renderPage(
    <html lang="en">
      <head>
        <title>Sandbox · Countersign</title>
        <meta name="csrf-token" content={frame.csrf} />
      </head>
      <body></body>
    </html>,
  );
}
