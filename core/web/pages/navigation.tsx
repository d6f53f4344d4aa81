import { isAdmin, isCaretaker, type Person } from "../../domain/person.ts";
import { say } from "../../words/say.ts";
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

/** The pages that the viewer may see, and which of them is open. */
export function Links({
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
export function Find({ frame }: { readonly frame: PageFrame }) {
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

/** Who is signed in, and the way out. */
export function Viewer({ frame }: { readonly frame: PageFrame }) {
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

/** The mark, and the name of this hub where it has one. */
export function Brand({ frame }: { readonly frame: PageFrame }) {
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

/** The same on a phone, folded into one bar. */
export function PhoneBar({
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
                <span class="phone-name">{viewer.name}</span>
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

function initialOf(name: string): string {
  return ([...name.trim()][0] ?? "?").toUpperCase();
}
