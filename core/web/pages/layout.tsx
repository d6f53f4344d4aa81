import type { ComponentChildren } from "preact";
import { languageNow, say } from "../../words/say.ts";
import { Brand, Find, Links, PhoneBar, type Section, Viewer } from "./navigation.tsx";
import type { PageFrame } from "./page-frame.ts";
import { SandboxBadge } from "./parts.tsx";

const baseStyles: readonly string[] = [
  "/assets/countersign.css",
  "/assets/panels.css",
  "/assets/console.css",
  "/assets/pieces.css",
];

interface DocumentProps {
  readonly title: string;
  readonly frame: PageFrame;
  readonly styles?: readonly string[] | undefined;
  /** Classic scripts, run before the modules. */
  readonly scripts?: readonly string[] | undefined;
  readonly modules?: readonly string[] | undefined;
  readonly children: ComponentChildren;
}

function Document({
  title,
  frame,
  styles = [],
  scripts = [],
  modules = [],
  children,
}: DocumentProps) {
  const name =
    frame.instance.name === undefined ? "Countersign" : `Countersign ${frame.instance.name}`;
  return (
    <html lang={languageNow()}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · ${name}`}</title>
        <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
        {[...baseStyles, ...styles].map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {scripts.map((source) => (
          <script key={source} defer src={source} />
        ))}
        {["/assets/client/page.js", ...modules].map((source) => (
          <script key={source} type="module" src={source} />
        ))}
      </head>
      <body data-copied={say`Copied`}>{children}</body>
    </html>
  );
}

interface LayoutProps {
  readonly title: string;
  readonly frame: PageFrame;
  readonly section?: Section | undefined;
  /** Read aloud and shown at the top of the content; left out where the page brings its own. */
  readonly heading?: ComponentChildren;
  /** What stands at the right end of the heading: a time, the page's one filled button. */
  readonly headingEnd?: ComponentChildren;
  /** Where the browser hears that the parts of this page with an id in `data-part` have changed. */
  readonly watch?: string | undefined;
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  readonly modules?: readonly string[];
  readonly children: ComponentChildren;
}

/** A page of the console: the document, the navigation (212 px, a bar on the phone), the content. */
export function Layout({
  title,
  frame,
  section,
  heading,
  headingEnd,
  watch,
  styles,
  scripts,
  modules,
  children,
}: LayoutProps) {
  return (
    <Document title={title} frame={frame} styles={styles} scripts={scripts} modules={modules}>
      <a class="skip-link" href="#content">
        {say`Skip to the content`}
      </a>
      <PhoneBar frame={frame} section={section} />
      <div class="frame">
        <header class="side">
          <div class="side-brand">
            <Brand frame={frame} />
          </div>
          <Find frame={frame} />
          <nav aria-label={say`Main`}>
            <Links frame={frame} section={section} />
          </nav>
          <Viewer frame={frame} />
        </header>
        <main
          id="content"
          class="content"
          tabIndex={-1}
          {...(watch ? { "data-watch": watch } : {})}
        >
          {heading === undefined ? null : (
            <div class="page-head">
              {heading}
              {frame.instance.sandbox ? <SandboxBadge /> : null}
              {headingEnd === undefined ? null : <div class="page-end push">{headingEnd}</div>}
            </div>
          )}
          {children}
        </main>
      </div>
    </Document>
  );
}

interface PlainLayoutProps {
  readonly title: string;
  readonly frame: PageFrame;
  readonly styles?: readonly string[];
  readonly children: ComponentChildren;
}

/** A page for somebody who is not signed in: one narrow panel and no navigation. */
export function PlainLayout({ title, frame, styles, children }: PlainLayoutProps) {
  return (
    <Document title={title} frame={frame} styles={styles}>
      <a class="skip-link" href="#content">
        {say`Skip to the content`}
      </a>
      <div class="plain">
        <header class="plain-brand">
          <Brand frame={frame} />
          {frame.instance.sandbox ? <SandboxBadge /> : null}
        </header>
        <main id="content" class="panel plain-panel" tabIndex={-1}>
          {children}
        </main>
      </div>
    </Document>
  );
}
