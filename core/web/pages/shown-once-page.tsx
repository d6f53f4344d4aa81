import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { SettingsLayout } from "./settings-frame.tsx";

/** A secret that is shown now and never again. */
export interface ShownOnce {
  /** What it is: "The key build server". */
  readonly title: string;
  readonly secret: string;
  /** What to do with it. */
  readonly use: string;
  readonly next: { readonly href: string; readonly label: string };
}

/** Draw the page that shows secrets once: it is an answer to a form, and stands at no address. */
export function renderShownOncePage({
  frame,
  shown,
}: {
  readonly frame: PageFrame;
  readonly shown: readonly ShownOnce[];
}): string {
  return renderPage(
    <SettingsLayout frame={frame} place="/settings/producers" styles={["/assets/producers.css"]}>
      <Callout tone="warn" icon="alert">
        {say`This is shown once. The hub keeps no copy that anybody can read.`}
      </Callout>
      {shown.map(({ title, secret, use, next }) => (
        <Panel key={title} title={title}>
          <div class="panel-body stack-small">
            <p class="secret">
              <code>{secret}</code>
              <button
                type="button"
                class="icon-button"
                data-copy={secret}
                title={say`Copy it`}
                hidden
              >
                <Icon name="copy" />
                <span class="sr-only">{say`Copy it`}</span>
              </button>
            </p>
            <p class="quiet">{use}</p>
            <p>
              <a class="button button-primary" href={next.href}>
                {next.label}
              </a>
            </p>
          </div>
        </Panel>
      ))}
    </SettingsLayout>,
  );
}
