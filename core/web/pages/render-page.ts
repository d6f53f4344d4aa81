import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";

/** Turn a page into the whole HTML document. Everything that is not markup of ours is escaped on the way. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
