import { Icon } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { renderPage } from "./render-page.ts";
import { SettingsLayout } from "./settings-frame.tsx";
import { settingsFor } from "./settings-places.ts";

/** Draw `/settings`: what there is to look after, a sentence each. */
export function renderSettingsPage({ frame }: { readonly frame: PageFrame }): string {
  return renderPage(
    <SettingsLayout frame={frame}>
      <ul class="rows panel">
        {settingsFor(frame.viewer).map(({ href, word, icon, about }) => (
          <li key={href} class="row">
            <Icon name={icon} />
            <div class="row-main">
              <a class="row-title" href={href}>
                {word()}
              </a>
              <div class="quiet">{about()}</div>
            </div>
          </li>
        ))}
      </ul>
    </SettingsLayout>,
  );
}
