import type { ComponentChildren } from "preact";
import { say } from "../../words/say.ts";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { type SettingsHref, settingsFor, settingsPlaces } from "./settings-places.ts";

interface SettingsLayoutProps {
  readonly frame: PageFrame;
  /** Which page this is; absent on the list of all. */
  readonly place?: SettingsHref;
  /** What stands at the right end of the heading. */
  readonly headingEnd?: ComponentChildren;
  readonly styles?: readonly string[];
  readonly modules?: readonly string[];
  readonly children: ComponentChildren;
}

/** A page under Settings: the console's frame, and beside the content the other pages of Settings. */
export function SettingsLayout({
  frame,
  place,
  headingEnd,
  styles = [],
  modules = [],
  children,
}: SettingsLayoutProps) {
  const word = settingsPlaces.find(({ href }) => href === place)?.word();
  return (
    <Layout
      title={word === undefined ? say`Settings` : `${word} · ${say`Settings`}`}
      frame={frame}
      section="settings"
      heading={<h1>{word ?? say`Settings`}</h1>}
      headingEnd={headingEnd}
      styles={["/assets/settings.css", ...styles]}
      modules={modules}
    >
      {place === undefined ? (
        children
      ) : (
        <div class="settings">
          <Places frame={frame} place={place} />
          <div class="settings-content">{children}</div>
        </div>
      )}
    </Layout>
  );
}

function Places({ frame, place }: { readonly frame: PageFrame; readonly place: SettingsHref }) {
  return (
    <nav aria-label={say`Settings`}>
      <ul class="settings-list">
        {settingsFor(frame.viewer).map(({ href, word }) => (
          <li key={href}>
            <a
              class="settings-link"
              href={href}
              {...(href === place ? { "aria-current": "page" as const } : {})}
            >
              {word()}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
