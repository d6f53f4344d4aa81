import type { Pin } from "../../domain/pin.ts";
import type { PolicyUser } from "../../hub/policies.ts";
import type { StoredPolicy } from "../../ports/small-records.ts";
import { say, sayAs } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Empty, Panel, Time } from "./parts.tsx";
import { sayNamedBy, sayPolicyTerms } from "./policy-words.ts";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { SettingsLayout } from "./settings-frame.tsx";

/** What this page shows. */
export interface PoliciesPageProps {
  readonly frame: PageFrame;
  readonly policies: readonly {
    readonly stored: StoredPolicy;
    readonly users: readonly PolicyUser[];
  }[];
  readonly pins: readonly Pin[];
  readonly types: readonly string[];
  readonly producers: readonly string[];
  readonly note?: { readonly tone: "ok" | "warn"; readonly text: string } | undefined;
}

/** Draw `/settings/policies`: who decides what, and what of it nobody may weaken. */
export function renderPoliciesPage(props: PoliciesPageProps): string {
  const { frame, policies, note } = props;
  return renderPage(
    <SettingsLayout
      frame={frame}
      place="/settings/policies"
      styles={["/assets/rule-editor.css", "/assets/rule-effects.css"]}
      headingEnd={
        <a class="button button-primary" href="/settings/policies/edit">
          <Icon name="plus" />
          {say`Add policy`}
        </a>
      }
    >
      {note ? (
        <Callout tone={note.tone} icon={note.tone === "ok" ? "check" : "alert"}>
          {note.text}
        </Callout>
      ) : null}
      <section class="panel" aria-label={say`Policies`}>
        {policies.length === 0 ? (
          <Empty
            icon="approvals"
            title={say`There is no policy yet.`}
            next={{ href: "/settings/policies/edit", label: say`Add the first policy` }}
          >
            <p>
              {say`Requests stand under the default: any approver, one approval, not one's own request, 24 hours.`}
            </p>
          </Empty>
        ) : (
          <ul class="rows">
            {policies.map((one) => (
              <PolicyRow key={one.stored.id} {...one} frame={frame} />
            ))}
          </ul>
        )}
      </section>
      <Pins {...props} />
    </SettingsLayout>,
  );
}

function PolicyRow({
  stored: { policy, author, savedAt },
  users,
  frame,
}: PoliciesPageProps["policies"][number] & { readonly frame: PageFrame }) {
  const query = new URLSearchParams({ name: policy.name });
  return (
    <li class="row">
      <div class="row-main">
        <a class="row-title" href={`/settings/policies/edit?${query}`}>
          {policy.name}
        </a>
        <div>{sayPolicyTerms(policy)}</div>
        <div class="note">
          {author === undefined
            ? say`version ${policy.version}`
            : say`version ${policy.version}, saved by ${author}`}
          {savedAt ? (
            <>
              , <Time at={savedAt} now={frame.now} />
            </>
          ) : null}{" "}
          ·{" "}
          {users.length === 0
            ? say`no rule names it`
            : say`named by ${users.map(sayNamedBy).join(", ")}`}
        </div>
      </div>
      <div class="row-end">
        <a class="button button-small" href={`/settings/policies/edit?${query}`}>
          <Icon name="edit" />
          {say`Edit`}
          <span class="sr-only"> {policy.name}</span>
        </a>
      </div>
    </li>
  );
}

function Pins({ frame, pins, policies, types, producers }: PoliciesPageProps) {
  return (
    <Panel id="pins" title={say`Pins`}>
      <p class="panel-body quiet">
        {say`A pin fixes a policy to an event type or to a producer. No rule and no event changes it there, and the page of each event says that it is pinned. A pinned type always asks.`}
      </p>
      {pins.length === 0 ? null : (
        <ul class="rows">
          {pins.map((pin) => (
            <li key={pin.id} class="row">
              <div class="row-main">
                <div class="row-title">
                  <Icon name="lock" /> {pin.on.kind === "type" ? say`Event type` : say`Producer`}{" "}
                  <span class="mono">{pin.on.name}</span> → {pin.policy}
                </div>
                <div class="note">
                  {sayNodes`pinned by ${pin.author}, ${<Time at={pin.pinnedAt} now={frame.now} />}`}
                </div>
              </div>
              <form class="row-end" method="post" action="/settings/policies/unpin">
                <CsrfField csrf={frame.csrf} />
                <input type="hidden" name="kind" value={pin.on.kind} />
                <input type="hidden" name="name" value={pin.on.name} />
                <button type="submit" class="button button-small">
                  {say`Take it away`}
                  <span class="sr-only">{say` from ${pin.on.name}`}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {policies.length === 0 ? null : (
        <form class="panel-body backtest-run" method="post" action="/settings/policies/pin">
          <CsrfField csrf={frame.csrf} />
          <div class="field">
            <label class="label" for="pin-to">
              {say`Pin to`}
            </label>
            <select class="input" id="pin-to" name="to" required>
              <optgroup label={say`Event types`}>
                {types.map((type) => (
                  <option key={type} value={`type ${type}`}>
                    {type}
                  </option>
                ))}
              </optgroup>
              <optgroup label={say`Producers`}>
                {producers.map((name) => (
                  <option key={name} value={`producer ${name}`}>
                    {name}
                  </option>
                ))}
              </optgroup>
            </select>
          </div>
          <div class="field">
            <label class="label" for="pin-policy">
              {say`the policy`}
            </label>
            <select class="input" id="pin-policy" name="policy" required>
              {policies.map(({ stored: { policy } }) => (
                <option key={policy.name} value={policy.name}>
                  {policy.name}
                </option>
              ))}
            </select>
          </div>
          <button type="submit" class="button">
            <Icon name="lock" />
            {sayAs("verb")`Pin`}
          </button>
        </form>
      )}
    </Panel>
  );
}
