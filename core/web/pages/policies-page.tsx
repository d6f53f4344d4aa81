import { writeDuration } from "../../domain/duration.ts";
import type { Pin } from "../../domain/pin.ts";
import { type Policy, sayApprovers } from "../../domain/policy.ts";
import type { PolicyUser } from "../../hub/policies.ts";
import type { StoredPolicy } from "../../ports/small-records.ts";
import { Icon } from "./icons.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Empty, Panel, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
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
          Add policy
        </a>
      }
    >
      {note ? (
        <Callout tone={note.tone} icon={note.tone === "ok" ? "check" : "alert"}>
          {note.text}
        </Callout>
      ) : null}
      <section class="panel" aria-label="Policies">
        {policies.length === 0 ? (
          <Empty
            icon="approvals"
            title="There is no policy yet."
            next={{ href: "/settings/policies/edit", label: "Add the first policy" }}
          >
            <p>
              Requests stand under the default: any approver, one approval, not one's own request,
              24 hours.
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

/** Say a policy in one line: who, how many, what else, by when. */
export function sayPolicyTerms(policy: Policy): string {
  const { votes, rejections, requesterMayVote, requester, via } = policy;
  const count = (number: number, one: string) => `${number} ${one}${number === 1 ? "" : "s"}`;
  return [
    `${count(votes, "approval")} by ${sayApprovers(policy)}`,
    `ended by ${count(rejections, "rejection")}`,
    requesterMayVote ? "the requester may vote" : "not by the requester",
    ...(requester === "required" ? ["who asks has to be known"] : []),
    `on ${via.join(", ")}`,
    `within ${writeDuration(policy.expiresInMs)}`,
  ].join(" · ");
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
          version {policy.version}
          {author === undefined ? "" : `, saved by ${author}`}
          {savedAt ? (
            <>
              , <Time at={savedAt} now={frame.now} />
            </>
          ) : null}{" "}
          ·{" "}
          {users.length === 0
            ? "no rule names it"
            : `named by ${users.map(({ kind, name }) => `${kind === "pin" ? "the pin of " : "the rule "}${name}`).join(", ")}`}
        </div>
      </div>
      <div class="row-end">
        <a class="button button-small" href={`/settings/policies/edit?${query}`}>
          <Icon name="edit" />
          Edit<span class="sr-only"> {policy.name}</span>
        </a>
      </div>
    </li>
  );
}

function Pins({ frame, pins, policies, types, producers }: PoliciesPageProps) {
  return (
    <Panel id="pins" title="Pins">
      <p class="panel-body quiet">
        A pin fixes a policy to an event type or to a producer. No rule and no event changes it
        there, and the page of each event says that it is pinned. A pinned type always asks.
      </p>
      {pins.length === 0 ? null : (
        <ul class="rows">
          {pins.map((pin) => (
            <li key={pin.id} class="row">
              <div class="row-main">
                <div class="row-title">
                  <Icon name="lock" /> {pin.on.kind === "type" ? "Event type" : "Producer"}{" "}
                  <span class="mono">{pin.on.name}</span> → {pin.policy}
                </div>
                <div class="note">
                  pinned by {pin.author}, <Time at={pin.pinnedAt} now={frame.now} />
                </div>
              </div>
              <form class="row-end" method="post" action="/settings/policies/unpin">
                <CsrfField csrf={frame.csrf} />
                <input type="hidden" name="kind" value={pin.on.kind} />
                <input type="hidden" name="name" value={pin.on.name} />
                <button type="submit" class="button button-small">
                  Take it away<span class="sr-only"> from {pin.on.name}</span>
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
              Pin to
            </label>
            <select class="input" id="pin-to" name="to" required>
              <optgroup label="Event types">
                {types.map((type) => (
                  <option key={type} value={`type ${type}`}>
                    {type}
                  </option>
                ))}
              </optgroup>
              <optgroup label="Producers">
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
              the policy
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
            Pin
          </button>
        </form>
      )}
    </Panel>
  );
}
