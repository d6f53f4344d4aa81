import type { AcceptedEvent, PolicyFrom } from "../../domain/event.ts";
import type { Policy } from "../../domain/policy.ts";
import { textsIn } from "../../messages/catalogue.ts";
import { sayDeciders } from "../../messages/say-deciders.ts";
import { sayPolicyFrom } from "../../routing/choose-policy.ts";
import { languageNow, say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Panel } from "./parts.tsx";
import { RuleTraceList, type Traced } from "./rule-trace.tsx";

interface EventRulesProps {
  readonly accepted: AcceptedEvent;
  readonly destinationNames: ReadonlyMap<string, string>;
  readonly traced: Traced | undefined;
}

/** Which rules took the event, in their order, as they stood then, and the policy that this led to. */
export function EventRules({ accepted, destinationNames, traced }: EventRulesProps) {
  const { plan } = accepted;
  const name = (id: string) => destinationNames.get(id) ?? id;
  return (
    <Panel
      id="rules"
      title={say`Rules`}
      end={
        <span class="note">
          {say`version ${plan.ruleSetVersion}`} · <a href="/routing">{say`see the rules of now`}</a>
        </span>
      }
    >
      <ul class="rows">
        {plan.matched.map((rule) => (
          <li key={rule.rule} class="matched">
            <span class="step-sign step-done">
              <Icon name="check" />
            </span>
            <div>
              <span class="strong">{rule.name}</span>{" "}
              <span class="note">{say`rule ${rule.rule}`}</span>
              <div class="quiet">
                {rule.destinations.length === 0
                  ? say`to nobody`
                  : say`to ${rule.destinations.map(name).join(", ")}`}
              </div>
            </div>
          </li>
        ))}
        {plan.unrouted ? (
          <li class="matched">
            <span class="step-sign">
              <Icon name="dash" />
            </span>
            <div>
              <span class="strong">{say`No rule took it.`}</span>
              <div class="quiet">
                {plan.destinations.length === 0
                  ? say`There is no fallback destination either, so it went nowhere.`
                  : say`It went to the fallback: ${plan.destinations.map(name).join(", ")}.`}
              </div>
            </div>
          </li>
        ) : null}
      </ul>
      {traced && traced.traces.length > 0 ? (
        <details class="tries why-here">
          <summary>{say`Why here, why not there: every rule, clause by clause`}</summary>
          <RuleTraceList {...traced} />
        </details>
      ) : null}
      <p class="panel-foot note">
        {plan.policy
          ? sayPolicy(plan.policy, plan.policyFrom)
          : say`No policy: it is information, nobody is asked.`}
      </p>
    </Panel>
  );
}

function sayPolicy(policy: Policy, from: PolicyFrom | undefined): string {
  const votes = policy.votes === 1 ? say`1 approval` : say`${policy.votes} approvals`;
  const why = from ? `, ${sayPolicyFrom(from)}` : "";
  const which = say`Policy ${policy.name}, version ${policy.version}${why}`;
  const who = sayDeciders(policy, textsIn(languageNow()));
  return policy.requesterMayVote
    ? say`${which}: ${votes} by ${who}.`
    : say`${which}: ${votes} by ${who}, not by the requester.`;
}
