import type { ComponentChildren } from "preact";
import { isAdmin, isCaretaker, type Person } from "../../domain/person.ts";
import { languageNow, say } from "../../words/say.ts";
import { Icon, type IconName, Mark } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField, SandboxBadge } from "./parts.tsx";
import { settingsFor } from "./settings-places.ts";

/** The pages that the navigation names, in SURFACE §6's order. A page that does not exist is not in it. */
export type Section =
  | "overview"
  | "approvals"
  | "events"
  | "deliveries"
  | "routing"
  | "destinations"
  | "workspaces"
  | "people"
  | "settings"
  | "account"
  | "docs";

interface Place {
  readonly section: Section | "sandbox";
  readonly href: string;
  readonly icon: IconName;
  readonly word: () => string;
  /** Who is shown it; absent: everybody. */
  readonly isFor?: (viewer: Person | undefined) => boolean;
}

const work: readonly Place[] = [
  {
    section: "overview",
    href: "/",
    icon: "overview",
    word: () => say`Overview`,
    isFor: isCaretaker,
  },
  { section: "approvals", href: "/approvals", icon: "approvals", word: () => say`Approvals` },
  {
    section: "events",
    href: "/events",
    icon: "events",
    word: () => say`Events`,
    isFor: isCaretaker,
  },
  {
    section: "deliveries",
    href: "/deliveries",
    icon: "send",
    word: () => say`Deliveries`,
    isFor: isCaretaker,
  },
  {
    section: "routing",
    href: "/routing",
    icon: "routing",
    word: () => say`Routing`,
    isFor: isCaretaker,
  },
  {
    section: "destinations",
    href: "/destinations",
    icon: "forward",
    word: () => say`Destinations`,
    isFor: isCaretaker,
  },
  {
    section: "workspaces",
    href: "/workspaces",
    icon: "building",
    word: () => say`Workspaces`,
    isFor: isAdmin,
  },
  { section: "people", href: "/people", icon: "people", word: () => say`People`, isFor: isAdmin },
  {
    section: "settings",
    href: "/settings",
    icon: "settings",
    word: () => say`Settings`,
    isFor: (viewer) => settingsFor(viewer).length > 0,
  },
];
const sandbox: Place = {
  section: "sandbox",
  href: "/sandbox",
  icon: "columns",
  word: () => say`Sandbox`,
};
const reference: Place = {
  section: "docs",
  href: "/docs",
  icon: "book",
  word: () => say`API reference`,
};

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

function Links({
  frame,
  section,
}: {
  readonly frame: PageFrame;
  readonly section?: Section | undefined;
}) {
  const item = (place: Place) => (
    <li key={place.section}>
      <a
        class="nav-link"
        href={place.href}
        {...(place.section === section ? { "aria-current": "page" as const } : {})}
      >
        <Icon name={place.icon} />
        {place.word()}
        {place.section === "approvals" && frame.waiting ? (
          <span class="count push">
            {frame.waiting}
            <span class="sr-only"> {say`waiting`}</span>
          </span>
        ) : null}
      </a>
    </li>
  );
  return (
    <>
      <ul class="nav-list">
        {work.filter(({ isFor }) => isFor?.(frame.viewer) ?? true).map(item)}
      </ul>
      <hr />
      <ul class="nav-list">
        {frame.instance.sandbox ? item(sandbox) : null}
        {item(reference)}
      </ul>
    </>
  );
}

/** One box that leads an id, a subject or a sender's own id to its page. */
function Find({ frame }: { readonly frame: PageFrame }) {
  if (!frame.viewer) return null;
  return (
    <form class="find" method="get" action="/find">
      <Icon name="search" />
      <label>
        <span class="sr-only">{say`Find an id or a subject`}</span>
        <input class="input" type="search" name="q" placeholder={say`Find an id or subject`} />
      </label>
    </form>
  );
}

function Viewer({ frame }: { readonly frame: PageFrame }) {
  const { viewer } = frame;
  if (!viewer) return null;
  return (
    <div class="viewer">
      <span class="avatar" aria-hidden="true">
        {initialOf(viewer.name)}
      </span>
      <div class="viewer-who">
        <a class="viewer-name" href="/account">
          {viewer.name}
        </a>
        <div class="note">{viewer.roles.join(", ") || say`no role yet`}</div>
      </div>
      <form class="push" method="post" action="/auth/logout">
        <CsrfField csrf={frame.csrf} />
        <button type="submit" class="button button-small button-quiet">
          <Icon name="signOut" />
          {say`Sign out`}
        </button>
      </form>
    </div>
  );
}

function Brand({ frame }: { readonly frame: PageFrame }) {
  return (
    <>
      <a class="brand" href="/">
        <Mark />
        Countersign
      </a>
      {frame.instance.name === undefined ? null : <span class="badge">{frame.instance.name}</span>}
    </>
  );
}

function PhoneBar({
  frame,
  section,
}: {
  readonly frame: PageFrame;
  readonly section?: Section | undefined;
}) {
  const { viewer } = frame;
  return (
    <header class="phone-bar">
      <details>
        <summary>
          <Mark />
          <span class="brand">Countersign</span>
          {frame.instance.sandbox ? <SandboxBadge /> : null}
          <span class="phone-who push">
            {viewer ? (
              <>
                <span class="avatar" aria-hidden="true">
                  {initialOf(viewer.name)}
                </span>
                {viewer.name}
              </>
            ) : null}
            <Icon name="menu" />
            <span class="sr-only">{say`Menu`}</span>
          </span>
        </summary>
        <nav class="phone-menu" aria-label={say`Main`}>
          <Find frame={frame} />
          <Links frame={frame} section={section} />
          <Viewer frame={frame} />
        </nav>
      </details>
    </header>
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

function initialOf(name: string): string {
  return ([...name.trim()][0] ?? "?").toUpperCase();
}
