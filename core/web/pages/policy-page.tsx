import type { PolicyUser } from "../../hub/policies.ts";
import type { StoredPolicy } from "../../ports/small-records.ts";
import { say } from "../../words/say.ts";
import { Crumbs } from "./crumbs.tsx";
import { Icon } from "./icons.tsx";
import { Callout, CsrfField, Panel, Time } from "./parts.tsx";
import { PolicyFields, type PolicyFieldsProps } from "./policy-fields.tsx";
import { sayPolicyTerms, sayUser } from "./policy-words.ts";
import { renderPage } from "./render-page.ts";
import { SettingsLayout } from "./settings-frame.tsx";

/** What this page shows. */
export interface PolicyPageProps extends PolicyFieldsProps {
  readonly versions: readonly StoredPolicy[];
  readonly users: readonly PolicyUser[];
  /** Somebody saved it meanwhile, and the form stands on top of that. */
  readonly meanwhile?: string | undefined;
}

/** Draw the form of one policy, with its versions. */
export function renderPolicyPage(props: PolicyPageProps): string {
  const { frame, stored, errors, meanwhile } = props;
  return renderPage(
    <SettingsLayout frame={frame} place="/settings/policies" styles={["/assets/rule-editor.css"]}>
      <Crumbs above={[["/settings/policies", say`Policies`]]}>
        {stored?.policy.name ?? say`New policy`}
      </Crumbs>
      {meanwhile === undefined ? null : (
        <Callout tone="warn" icon="alert">
          <strong>{meanwhile}</strong>{" "}
          {say`What you typed stands below, on top of that version; saving again takes its place.`}
        </Callout>
      )}
      {errors.size > 0 ? (
        <Callout tone="bad" icon="cross">
          <strong>{say`Nothing was saved.`}</strong>{" "}
          {errors.get("") ?? say`Correct the fields that say what is wrong.`}
        </Callout>
      ) : null}
      <PolicyFields {...props} />
      {stored ? <Versions {...props} /> : null}
      {stored ? <Removal {...props} stored={stored} /> : null}
    </SettingsLayout>,
  );
}

function Versions({ versions, frame }: PolicyPageProps) {
  return (
    <Panel title={say`Versions`} end={<span class="note">{say`kept for ever`}</span>}>
      <ol class="rows">
        {versions.map(({ policy, author, savedAt }) => (
          <li key={String(policy.version)} class="row">
            <div class="row-main">
              <div class="strong">{say`Version ${policy.version}`}</div>
              <div>{sayPolicyTerms(policy)}</div>
              <div class="note">
                {author ?? say`came with the hub`}
                {savedAt ? (
                  <>
                    , <Time at={savedAt} now={frame.now} />
                  </>
                ) : null}
              </div>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Removal({ frame, stored, users }: PolicyPageProps & { readonly stored: StoredPolicy }) {
  return (
    <Panel title={say`Remove`}>
      <div class="panel-body stack-small">
        {users.length > 0 ? (
          <p>{say`It stays while something names it: ${users.map(sayUser).join(", ")}.`}</p>
        ) : (
          <form method="post" action="/settings/policies/remove">
            <CsrfField csrf={frame.csrf} />
            <input type="hidden" name="name" value={stored.policy.name} />
            <input type="hidden" name="revision" value={stored.revision} />
            <button type="submit" class="button button-bad-outline">
              <Icon name="trash" />
              {say`Remove ${stored.policy.name}`}
            </button>
          </form>
        )}
      </div>
    </Panel>
  );
}
