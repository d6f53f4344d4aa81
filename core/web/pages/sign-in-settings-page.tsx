import type { PageFrame } from "./page-frame.ts";
import { Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { SettingsLayout } from "./settings-frame.tsx";

/** Draw `/settings/sign-in`: the ways into the console. */
export function renderSignInSettingsPage({ frame }: { readonly frame: PageFrame }): string {
  return renderPage(
    <SettingsLayout frame={frame} place="/settings/sign-in">
      <Panel title="One-time links">
        <div class="panel-body">
          <p>
            An admin makes a link for somebody on the page <a href="/people">People</a>. It signs in
            once, within a day. On the machine where the hub runs,{" "}
            <code>countersign admin link</code> prints one for an admin.
          </p>
        </div>
      </Panel>
    </SettingsLayout>,
  );
}
