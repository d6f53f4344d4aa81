import type { DestinationKind } from "../../domain/destination.ts";
import type { Rule } from "../../domain/rule.ts";
import { say, sayAs } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { JsonText } from "./json-text.tsx";
import { CsrfField } from "./parts.tsx";
import type { RoutingPageProps } from "./routing-page.tsx";
import { ruleAddress } from "./rule-editor-page.tsx";
import { sayNodes } from "./say-nodes.ts";
import { sayPattern } from "./say-pattern.ts";

/** Draw one rule of the list: when it takes an event, where that goes, and what can be done to the rule. */
export function RuleRow(
  props: RoutingPageProps & { readonly rule: Rule; readonly number: number },
) {
  const { rule, number, mayChange, done } = props;
  const isDone = done?.name === rule.name;
  const before = props.rules.rules[number - 2];
  return (
    <li class={isDone ? "rule rule-done" : "rule"} id={`rule-${number}`}>
      {before?.continue ? (
        <span class="continues-line">
          <Icon name="chevron" /> {say`continues`}
        </span>
      ) : null}
      <span class="rule-number">{number}</span>
      <div class="rule-name">
        <h2>{rule.name}</h2>
        <When rule={rule} />
      </div>
      <div class="rule-to">
        <div class="places">
          {rule.to.map((name) => (
            <Place key={name} name={name} kind={props.destinationKinds.get(name)} />
          ))}
        </div>
        <div class="rule-policy note">
          {rule.policy === undefined
            ? say`information, nobody is asked`
            : sayNodes`asks for approval, policy ${<strong>{rule.policy}</strong>}`}
        </div>
      </div>
      <div class="rule-then note">
        {rule.continue ? (
          <span class="continues">
            <Icon name="chevron" /> {say`continues`}
          </span>
        ) : (
          say`stops here`
        )}
      </div>
      {mayChange ? <Actions {...props} /> : null}
    </li>
  );
}

function Actions(props: RoutingPageProps & { readonly rule: Rule; readonly number: number }) {
  const { frame, rules, rule, number } = props;
  const query = new URLSearchParams({ name: rule.name });
  return (
    <div class="rule-actions">
      <form method="post" action="/routing/move" class="rule-moves">
        <CsrfField csrf={frame.csrf} />
        <input type="hidden" name="version" value={rules.version} />
        <input type="hidden" name="name" value={rule.name} />
        <Mover {...props} to="up" off={number === 1} />
        <Mover {...props} to="down" off={number === rules.rules.length} />
      </form>
      <a class="button button-small" href={`${ruleAddress}?${query}`}>
        <Icon name="edit" />
        {say`Edit`}
        <span class="sr-only"> {rule.name}</span>
      </a>
      <a class="icon-button" href={`/routing/remove?${query}`} title={say`Remove ${rule.name}`}>
        <Icon name="trash" />
        <span class="sr-only">{say`Remove ${rule.name}`}</span>
      </a>
    </div>
  );
}

interface MoverProps {
  readonly rule: Rule;
  readonly to: "up" | "down";
  readonly off: boolean;
  readonly done?: RoutingPageProps["done"];
}

/** The button keeps the focus after its page comes back, so that pressing it again moves the rule on. */
function Mover({ rule, to, off, done }: MoverProps) {
  const again = done?.kind === "moved" && done.name === rule.name && done.to === to && !off;
  const words = to === "up" ? say`Move ${rule.name} up` : say`Move ${rule.name} down`;
  return (
    <button
      type="submit"
      class={`icon-button mover mover-${to}`}
      name="to"
      value={to}
      disabled={off}
      autofocus={again}
      title={words}
    >
      <Icon name="chevron" />
      <span class="sr-only">{words}</span>
    </button>
  );
}

function When({ rule }: { readonly rule: Rule }) {
  const conditions = rule.pattern === undefined ? [] : sayPattern(rule.pattern);
  return (
    <>
      <ul class="conditions">
        <li>
          {sayAs("event")`type`}{" "}
          {rule.types.map((type, index) => (
            <span key={type}>
              {index === 0 ? "" : ` ${say`or`} `}
              <code>{type}</code>
            </span>
          ))}
        </li>
        {rule.level === undefined ? null : (
          <li>{sayNodes`level at least ${<code>{rule.level}</code>}`}</li>
        )}
        {conditions?.map((condition) => (
          <li key={condition.field}>
            <code>{condition.field}</code> {condition.holds}
          </li>
        ))}
        {rule.when === undefined ? null : <li>{sayNodes`when ${<code>{rule.when}</code>}`}</li>}
      </ul>
      {rule.pattern === undefined ? null : (
        <details class="pattern" open={conditions === undefined}>
          <summary>{say`The pattern as JSON`}</summary>
          <JsonText text={JSON.stringify(rule.pattern)} label={say`Pattern of ${rule.name}`} />
        </details>
      )}
    </>
  );
}

const kindNames: Readonly<Record<string, string>> = {
  slack: "Slack",
  teams: "Teams",
  webhook: "Webhook",
  "slack-webhook": "Slack",
  "teams-workflow": "Teams",
};

/** Draw a destination by its name, with the chat that it is in. */
export function Place({
  name,
  kind,
}: {
  readonly name: string;
  readonly kind: DestinationKind | undefined;
}) {
  return (
    <span class="chip">
      {kind === undefined ? (
        <span class="place">{say`not set up`}</span>
      ) : (
        <span class={`place place-${kind}`}>{kindNames[kind] ?? kind}</span>
      )}
      {name}
    </span>
  );
}
