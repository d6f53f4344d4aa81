import type { Rule, RuleSet } from "../../domain/rule.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { CsrfField } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { type PreviewContent, RulePreview } from "./rule-preview.tsx";

/** What this page shows. */
export interface RuleRemovalProps {
  readonly frame: PageFrame;
  readonly rule: Rule;
  readonly newest: RuleSet;
  readonly preview: PreviewContent;
}

/** Draw the page that asks before a rule is removed: where its events would go without it. */
export function renderRuleRemovalPage({ frame, rule, newest, preview }: RuleRemovalProps): string {
  return renderPage(
    <Layout
      title={say`Remove ${rule.name}`}
      frame={frame}
      section="routing"
      styles={["/assets/routing.css", "/assets/rule-editor.css", "/assets/rule-effects.css"]}
      heading={<h1>{say`Remove “${rule.name}”?`}</h1>}
    >
      <section class="panel" aria-label={say`What changes without the rule`}>
        <RulePreview preview={preview} now={frame.now} />
        <form class="editor-foot" method="post" action="/routing/remove">
          <CsrfField csrf={frame.csrf} />
          <input type="hidden" name="version" value={newest.version} />
          <input type="hidden" name="name" value={rule.name} />
          <p class="note">
            {say`Removing it makes version ${newest.version + 1}; version ${newest.version} stays one click away.`}
          </p>
          <div class="editor-buttons">
            <a class="button button-quiet" href="/routing">
              {say`Keep it`}
            </a>
            <button type="submit" class="button button-bad">
              <Icon name="trash" />
              {say`Remove the rule`}
            </button>
          </div>
        </form>
      </section>
    </Layout>,
  );
}
